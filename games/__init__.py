"""Rules: what can be played. Imports nothing of ours and no provider library."""
