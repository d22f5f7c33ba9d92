"""Players of single board games: a search that most of them share, and for each game its own judgement."""
