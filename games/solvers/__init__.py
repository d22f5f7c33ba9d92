"""Exact methods over the public game interface."""
