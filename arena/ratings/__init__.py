"""Ratings: pure functions from results to numbers."""
