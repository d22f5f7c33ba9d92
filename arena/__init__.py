"""Matches, tournaments, records, ratings."""
