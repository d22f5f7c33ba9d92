"""Players of single board games: one search, and for each game its own judgement of a position."""
