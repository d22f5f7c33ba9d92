"""Bargaining, negotiation and markets."""
