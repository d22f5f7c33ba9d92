"""Conformance checks that any package can run on its own game."""
