"""Games made from games."""
