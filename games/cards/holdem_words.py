"""What cards, actions and things on the table are called in Texas hold'em."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from games.cards.betting import CALL, CHECK, FOLD, RAISE_TO
from games.cards.framing import Framing, action_names, is_given, unit_of
from games.cards.hand_texts import card_text, ranks_of
from games.cards.starting_hands import DECK


class Terms(NamedTuple):
    """Words for the course of a hand.

    Attributes:
        hand: what is played several times.
        rounds: the four rounds of betting.
        button: what marks the last seat of later rounds.
        small: the smaller one of the sums that are put in before cards are dealt.
        big: the larger one.
        board: cards that count for all.
        bet: what somebody has put in during a round.
        folded: said of who has given up.
        all_in: said of who has put in everything.
        most: said of the highest amount to raise to.
        may: how the options of a seat begin.
    """

    hand: str
    rounds: tuple[str, str, str, str]
    button: str
    small: str
    big: str
    board: str
    bet: str
    folded: str
    all_in: str
    most: str
    may: str


_POKER: Final = Terms(
    hand="hand",
    rounds=("Before the flop", "Flop", "Turn", "River"),
    button="button",
    small="small blind",
    big="big blind",
    board="board",
    bet="bet",
    folded="folded",
    all_in="all-in",
    most="all-in",
    may="You may",
)
_NEUTRAL: Final = Terms(
    hand="deal",
    rounds=("Round 1", "Round 2", "Round 3", "Round 4"),
    button="marker",
    small="small share",
    big="large share",
    board="table",
    bet="put in",
    folded="out",
    all_in="nothing left",
    most="all you have",
    may="You choose",
)
_ALL_IN: Final = re.compile(r"(?:go |i am |i'm )?all[- ]?in")


class HoldemWords:
    """The words of hold'em under a framing.

    Attributes:
        framing: the framing.
        given: whether all words are the game's own.
        terms: words for the course of a hand.
        ranks: names of ranks, from low to high.
        cards: the text of each card.
        unit: what a chip is called.
        fold, check, call, raise_: names of actions; a raise is followed by `to` and an amount.
        raises: names that a raise is understood by, in lower case.
    """

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.given = is_given(framing)
        self.terms = _POKER if self.given else _NEUTRAL
        self.ranks = ranks_of(framing)
        self.cards = {card: card_text(self.ranks, card) for card in DECK}
        self.unit = unit_of(framing, "chip")
        names = action_names(framing)
        self.fold, self.check, self.call, self.raise_ = map(names.of, (FOLD, CHECK, CALL, "raise"))
        self.raises = (self.raise_.lower(), names.of("bet").lower())
        self._actions = {FOLD: self.fold, CHECK: self.check, CALL: self.call}
        self._words = {name.lower(): word for word, name in self._actions.items()}
        self._all_in = framing.actions == "given"
        self._raise = re.compile(
            rf"(?:(?:{'|'.join(self.raises)})(?P<to> to)? ?)?(?P<amount>[0-9]{{1,9}})(?: {self.unit}s)?"
        )

    def action_text(self, action: str) -> str:
        """An action as it is written."""
        return self._actions.get(action) or f"{self.raise_} to {action.removeprefix(RAISE_TO)}"

    def word(self, text: str) -> str | None:
        """The action that is not a raise and has this name, in lower case; None when there is none."""
        return self._words.get(text)

    def is_all_in(self, text: str) -> bool:
        """Whether a text in lower case says that everything is put in."""
        return self._all_in and _ALL_IN.fullmatch(text) is not None

    def raised(self, text: str) -> tuple[int, bool] | None:
        """The amount of a raise that a text in lower case names, and whether it says that it is one raised to."""
        found = self._raise.fullmatch(text)
        return None if found is None else (int(found["amount"]), bool(found["to"]))

    def cards_text(self, cards: tuple[str, ...]) -> str:
        """Cards next to each other."""
        return " ".join([self.cards[card] for card in cards])
