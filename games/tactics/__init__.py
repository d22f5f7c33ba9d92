"""Games of position and aim."""
