"""Players of games of plans."""
