"""What games of clues and a vote share: players by name, lines to read, votes to count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from games.core import Seat
from games.open_text import as_data
from games.parsing import choose

Verdict = Literal["caught", "missed", "tied"]


def name(seat: Seat) -> str:
    """A player as all others call it."""
    return f"player {seat + 1}"


def named(player: Seat, reader: Seat | None) -> str:
    """A player as one seat reads of it; no seat's view where the reader is None."""
    return f"{name(player)} (you)" if player == reader else name(player)


def clue_lines(clues: Sequence[str], players: int, reader: Seat | None) -> list[str]:
    """All clues with their rounds and speakers, as one seat reads them: clue `i` is of player `i % players`."""
    lines = [
        f"round {turn // players + 1}, {named(turn % players, reader)}: {as_data(clue)}"
        for turn, clue in enumerate(clues)
    ]
    return ["Clues so far:", *lines] if lines else ["No clues yet."]


def vote_lines(votes: Sequence[Seat]) -> list[str]:
    """Who voted for whom."""
    return [f"{name(voter)} voted for {name(choice)}" for voter, choice in enumerate(votes)]


def read_vote(text: str, seat: Seat, players: int) -> Seat:
    """The other player that a text names, by name or number; raises Unparsable or Illegal."""
    called = f"player {text}" if text.strip().isdigit() else text
    return choose(called, {name(other): other for other in range(players) if other != seat}, r"player \d+")


def verdict(votes: Sequence[Seat], odd: Seat) -> Verdict:
    """Whether the odd player alone has the most votes, another player alone has, or the vote is tied for the most."""
    counts = [votes.count(seat) for seat in range(len(votes))]
    top = [seat for seat, count in enumerate(counts) if count == max(counts)]
    if len(top) > 1:
        return "tied"
    return "caught" if top == [odd] else "missed"
