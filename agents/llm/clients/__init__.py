"""Transports to language models, one interface."""
