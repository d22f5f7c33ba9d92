"""Players: scripted ones, language models and people."""
