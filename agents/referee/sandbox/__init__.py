"""Code of players, run where it can do no harm."""
