"""Social dilemmas."""
