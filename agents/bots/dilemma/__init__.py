"""Strategies of the iterated prisoner's dilemma.

They look at what was played, not at what was meant: with noise, a trembling hand is answered like any other.
"""
