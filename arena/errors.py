"""Errors for people: one line that says what was wrong and what to do. The command line prints them as they are."""

from __future__ import annotations


class ArenaError(Exception):
    """Something that a person can mend."""


class UsageError(ArenaError):
    """A command, a configuration or a file that cannot be used as it is."""
