"""The words of Coup: moves as texts, and what a seat reads of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from pydantic import Field

from games.cards.coup_turns import BLOCKERS, CLAIMS, RICH, ROLES, Move, Said
from games.cards.framing import (
    ActionFraming,
    Names,
    Vocabulary,
    Words,
    action_names,
    either,
    is_given,
    names_of,
    unit_of,
)
from games.core import Seat
from games.parsing import choose

_ACTIONS: Final = ("income", "foreign aid", "tax", "exchange", "coup", "assassinate", "steal")
_ALONE: Final = (*_ACTIONS[:4], "challenge", "allow", "concede")
_AIMED: Final = _ACTIONS[4:]
_SHOWING: Final = ("block", "show", "lose", "keep")
_FILLERS: Final = ("player", "with", "from", "and")

MOVES: Final = Vocabulary(
    given=(*_ACTIONS, "challenge", "allow", "block", "show", "concede", "lose", "keep"),
    plain=(
        *("earn", "collect", "gather", "swap", "strike", "attack", "take"),
        *("doubt", "accept", "stop", "reveal", "admit", "discard", "retain"),
    ),
    letters=tuple("ABCDEFGHIJKLMN"),
    harbour=(
        *("fish", "trawl", "toll", "trade", "sink", "ram", "board"),
        *("hail", "pass", "anchor", "unfurl", "yield", "jettison", "stow"),
    ),
    fair=(
        *("beg", "busk", "cash", "barter", "topple", "trip", "pinch"),
        *("object", "nod", "guard", "display", "confess", "drop", "hold"),
    ),
)
CHARACTERS: Final = Vocabulary(
    given=ROLES,
    plain=("green", "black", "blue", "white", "red"),
    letters=tuple("PQRST"),
    harbour=("pilot", "pirate", "bosun", "widow", "governor"),
    fair=("juggler", "fencer", "piper", "nurse", "baker"),
)


class CoupFraming(ActionFraming):
    """How Coup is worded."""

    characters: Words = Field(
        "given", description="Names of characters: as given, colours (plain), letters, or the story's."
    )


class CoupWords:
    """What moves, characters and coins are called under a framing, and what is told of them.

    Attributes:
        framing: the framing.
        actions: names of moves.
        cards: names of characters.
        unit: what a coin is called.
        given: whether all words are the game's own.
    """

    def __init__(self, framing: CoupFraming) -> None:
        self.framing = framing
        self.actions = action_names(framing, MOVES)
        self.cards = names_of(CHARACTERS, framing.characters, framing.story)
        self.unit = unit_of(framing, "coin")
        self.given = is_given(framing)
        self._grammar = _grammar(self.actions, self.cards)

    def move_text(self, move: Move) -> str:
        """A move as it is written."""
        target = () if move.target is None else (str(move.target + 1),)
        return " ".join((self.actions.of(move.kind), *target, *map(self.cards.of, move.cards)))

    def read_move(self, text: str, legal: Sequence[Move]) -> Move:
        """The legal move that a text names, in any order of cards kept; raises Unparsable or Illegal."""
        words = [word for word in re.sub(r"[\s,]+", " ", text).lower().split() if word not in _FILLERS]
        keep = self.actions.of("keep").lower()
        moves = {_sorted(self.move_text(move).lower(), keep): move for move in legal}
        return choose(_sorted(" ".join(words), keep), moves, self._grammar)

    def hand_text(self, hand: Iterable[str]) -> str:
        """Face-down cards, as nothing else that a seat reads is written: the leak checks look for this."""
        return " and ".join(map(self.cards.of, hand))

    def coins_text(self, coins: int) -> str:
        """So many coins."""
        return f"{coins} {self.unit}{'s' * (coins != 1)}"

    def told(self, log: Sequence[Said], reader: Seat | None) -> list[str]:
        """What was said, one line for each turn that it belongs to."""
        turns = groupby(zip(log, _turns(log), strict=True), key=lambda pair: pair[1])
        return [
            "; ".join(f"{player(said.seat, reader)}: {self._heard(said.move)}" for said, _ in turn) for _, turn in turns
        ]

    def _heard(self, move: Move) -> str:
        """A move as the others hear it."""
        if move.kind in CLAIMS:
            return f"{self.move_text(move)} (claims {self.cards.of(CLAIMS[move.kind])})"
        if move.kind == "block":
            return f"{self.actions.of('block')} (claims {self.cards.of(move.cards[0])})"
        if move.kind == "concede":
            return "does not show it"
        return "returns two cards to the deck" if move.kind == "keep" else self.move_text(move)

    def asked_to_act(self, coins: int) -> str:
        """The question of a turn."""
        coup = self.actions.of("coup")
        must = f"must {coup}" if self.given else f"must choose {coup}"
        forced = f" With {self.coins_text(RICH)} or more you {must}." if coins >= RICH else ""
        return f"It is your turn. Which action do you declare?{forced}"

    def asked_to_challenge(self, claim: tuple[Seat, str], act: Move, turn: Seat, blocked: bool) -> str:
        """The question whether a claim, of a card by a seat, is believed."""
        claimant, card = claim
        move, block = self.move_text(act), self.actions.of("block")
        what = f"to {block} {move} of {player(turn, None)}" if blocked else f"for: {move}"
        return f"{player(claimant, None).capitalize()} claims {self.cards.of(card)} {what}. {self._ask('challenge')}"

    def asked_to_block(self, act: Move, turn: Seat) -> str:
        """The question whether an action is blocked."""
        cards = either(self.framing, [self.cards.of(card) for card in BLOCKERS[act.kind]])
        asked = self._ask("block", f" (claiming {cards})")
        return f"{player(turn, None).capitalize()}: {self.move_text(act)}. {asked}"

    def asked_to_prove(self, card: str) -> str:
        """The question whether a card that was claimed and is held is shown."""
        show, concede = self.actions.of("show"), self.actions.of("concede")
        choices = either(self.framing, (f"{show} it" if self.given else show, concede))
        answered = "challenged" if self.given else f"answered with {self.actions.of('challenge')}"
        return f"Your claim is {answered}, and you have the {self.cards.of(card)}. {_sentence(choices)}?"

    def _ask(self, kind: str, detail: str = "") -> str:
        """To answer so, or to allow."""
        choices = either(self.framing, (self.actions.of(kind) + detail, self.actions.of("allow")))
        return f"{_sentence(choices)}?"


def player(seat: Seat, reader: Seat | None) -> str:
    """A player as one seat reads of it; no seat's view where the reader is None."""
    return f"player {seat + 1}{' (you)' if seat == reader else ''}"


def _turns(log: Sequence[Said]) -> list[int]:
    """For each thing said the number of actions declared up to it."""
    numbers, number = [], 0
    for said in log:
        number += said.move.kind in _ACTIONS
        numbers.append(number)
    return numbers


def _sorted(text: str, keep: str) -> str:
    """A move's text with the cards that are kept in alphabetical order."""
    first, *cards = text.split() or [""]
    return " ".join((first, *(sorted(cards) if first == keep else cards)))


def _grammar(actions: Names, cards: Names) -> str:
    """What every move matches, legal or not, in lower case."""
    alone, aimed, showing = (
        "|".join(actions.of(kind).lower() for kind in kinds) for kinds in (_ALONE, _AIMED, _SHOWING)
    )
    card = "|".join(cards.names).lower()
    return rf"{alone}|({aimed}) \d{{1,2}}|({showing}) ({card})|{actions.of('keep').lower()} ({card}) ({card})"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
