"""Card and dice games."""
