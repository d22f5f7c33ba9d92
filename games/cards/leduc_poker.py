"""Leduc poker for two players, with antes or with blinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned, card_questions, owner_of
from games.cards.framing import PLAIN, Framing, action_names, either, is_given, opening, rank_names, unit_of
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import direction, in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_RANKS: Final = "JQK"
_SUIT_LETTERS: Final = "sh"
_SUITS: Final = len(_SUIT_LETTERS)
_CARDS: Final = len(_RANKS) * _SUITS
_MAX_RAISES: Final = 2
_ACTIONS: Final = ("fold", "check", "call", "raise")
_RAISE_SIZES: Final = (2, 4)
_FORCED_BETS: Final = {"antes": (1, 1), "blinds": (1, 2)}


class LeducParams(GameParams):
    """Parameters of Leduc poker."""

    betting: Literal["antes", "blinds"] = Field(
        "antes",
        description="Both players put in 1 chip (antes), or player 1 puts in 1 and player 2 puts in 2 (blinds).",
    )
    framing: Framing = Field(
        PLAIN,
        description="Words: ranks, actions, unit, order and story, for example {'ranks': 'animals', 'unit': 'coins'}.",
    )


class LeducState(NamedTuple):
    """Cards dealt so far (numbers in the deck: player 1, player 2, public) and the betting of each round, in order."""

    cards: tuple[int, ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()


class LeducView(NamedTuple):
    """What one seat knows: its card, the public card, the betting, and the other card once it was shown."""

    card: int | None
    public: int | None
    first: tuple[str, ...]
    second: tuple[str, ...]
    shown: int | None


class LeducPoker(Game[LeducState, int | str], Questioned[LeducState]):
    """Two rounds of betting around one public card. Chance actions are cards, players' actions are words.

    `betting="antes"` is the game of the literature and of OpenSpiel: seat 0 opens both rounds, and one can fold only
    to a raise. `betting="blinds"` is RLCard's game, followed in both of its peculiarities: the seat after the one that
    acted last opens the second round (seat 0 unless round one took three words), and one may fold where a check is
    free. Unlike there, seat 0 always is the small blind (tournaments rotate seats), and payoffs are in chips, which
    are halves of RLCard's big blinds. Cards of a rank are told apart, so that a deal is three chance nodes of equally
    likely cards.
    """

    Params = LeducParams
    params: LeducParams
    info = GameInfo(
        name="leduc_poker",
        version=1,
        title="Leduc poker",
        summary="One private card each, one public card, two rounds of fixed bets; a pair beats the higher card.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        solvable=True,
        tags=("poker", "cards", "bluffing"),
        references=(
            "F. Southey et al., Bayes' Bluff: Opponent Modelling in Poker, UAI 2005",
            "OpenSpiel, leduc_poker (antes; value of the first seat -0.0856)",
            "RLCard, leduc-holdem (blinds)",
        ),
    )

    def __init__(self, params: LeducParams | None = None) -> None:
        super().__init__(params)
        self._blinds = self.params.betting == "blinds"
        self._forced_bets = _FORCED_BETS[self.params.betting]
        framing = self.params.framing
        self._ranks = rank_names(framing, _RANKS)
        dash = "" if framing.ranks == "given" else "-"
        self._deck = tuple(f"{rank}{dash}{suit}" for rank in self._ranks for suit in _SUIT_LETTERS)
        self._names = action_names(framing)
        self._direction = direction(framing)
        self._unit = unit_of(framing, "chip")

    def initial_state(self) -> LeducState:
        return LeducState()

    def to_move(self, state: LeducState) -> tuple[Seat, ...]:
        cards, first, second = state
        if len(cards) < 2:
            return (CHANCE,)
        if not _is_closed(first):
            return (len(first) & 1,)
        if first[-1] == "fold":
            return ()
        if len(cards) < 3:
            return (CHANCE,)
        return () if _is_closed(second) else (self._opener(first) + len(second) & 1,)

    def legal_actions(self, state: LeducState, seat: Seat) -> tuple[str, ...]:
        bets = state.second if len(state.cards) == 3 else state.first
        facing = bets[-1] == "raise" if bets else self._blinds and len(state.cards) < 3
        raises = ("raise",) if bets.count("raise") < _MAX_RAISES else ()
        if facing:
            return ("fold", "call", *raises)[:: self._direction]
        return (("fold", "check", *raises) if self._blinds else ("check", *raises))[:: self._direction]

    def chance_outcomes(self, state: LeducState) -> list[tuple[int | str, float]]:
        left = [card for card in range(_CARDS) if card not in state.cards]
        return [(card, 1 / len(left)) for card in left]

    def apply(self, state: LeducState, actions: Mapping[Seat, int | str]) -> LeducState:
        ((seat, action),) = actions.items()
        cards, first, second = state
        if seat == CHANCE:
            return LeducState((*cards, int(action)), first, second)
        if len(cards) < 3:
            return LeducState(cards, (*first, str(action)), second)
        return LeducState(cards, first, (*second, str(action)))

    def returns(self, state: LeducState) -> tuple[float, ...]:
        if self.to_move(state):
            return (0.0, 0.0)
        winner = self._winner(state)
        if winner is None:
            return (0.0, 0.0)
        gain = float(self._paid(state)[1 - winner])
        return (gain, -gain) if winner == 0 else (-gain, gain)

    def utility_bounds(self) -> tuple[float, float]:
        most = float(max(self._forced_bets) + _MAX_RAISES * sum(_RAISE_SIZES))
        return -most, most

    def max_turns(self) -> int:
        return 3 + 2 * (_MAX_RAISES + 2)

    def rules_text(self, seat: Seat) -> str:
        return self._plain_rules(seat) if is_given(self.params.framing) else self._framed_rules(seat)

    def _plain_rules(self, seat: Seat) -> str:
        meanings = (
            "check: pass without paying, when there is nothing to call.",
            "call: pay what the other player has put in more than you.",
            f"raise: call and put in {_RAISE_SIZES[0]} chips more in round 1, {_RAISE_SIZES[1]} in round 2; the first "
            f"bet of a round counts as a raise, and a round has at most {_MAX_RAISES} raises.",
            f"fold: give up the pot{self._fold_text()}.",
        )
        return "\n".join(
            (
                f"You play Leduc poker, one hand between two players. You are player {seat + 1}.",
                "The deck has six cards: a jack (J), a queen (Q) and a king (K), each in spades (s) and in hearts (h). "
                "Cards are written as rank and suit; the suit never matters for winning.",
                self._deal_text(),
                "There are two betting rounds. After the first one, a public card is turned up, which counts for both "
                "players.",
                f"Player 1 acts first in round 1; in round 2 {self._opener_text()}. The players act in turn until both "
                "have put in the same and both have had a say.",
                " ".join(in_order(self.params.framing, meanings)),
                "If nobody folds, both cards are shown at the end. A card of the public card's rank makes a pair and "
                "wins; otherwise the higher card wins (K over Q over J); equal ranks split the pot.",
                "Your result is your net gain in chips.",
                f"Write an action as one word: {either(self.params.framing, _ACTIONS)}",
            )
        )

    def _framed_rules(self, seat: Seat) -> str:
        """The same rules without a word of poker, for names that are no verbs."""
        framing, unit = self.params.framing, self._unit
        fold, check, call, raise_ = names = [self._names.of(action) for action in _ACTIONS]
        when = (
            "; it is allowed even where that costs nothing"
            if self._blinds
            else ", only when the other player has put in more"
        )
        meanings = (
            f"{check}: pay nothing; only when you have put in as much as the other player.",
            # What raises the call says "the same", so that these two stay together.
            f"{call}: pay what the other player has put in more than you. "
            f"{raise_}: the same, and put in {_RAISE_SIZES[0]} {unit}s more in round 1, {_RAISE_SIZES[1]} in round 2; "
            f"at most {_MAX_RAISES} times in a round, both players together.",
            f"{fold}: give up the pot{when}.",
        )
        forced = (
            f"player 1 puts 1 {unit} into the pot and player 2 puts 2"
            if self._blinds
            else f"each player puts 1 {unit} into the pot"
        )
        return "\n".join(
            (
                *opening(framing),
                f"You play a game of cards between two players. You are player {seat + 1}.",
                f"There are six cards of three ranks, from low to high: {', '.join(self._ranks)}; each rank once with "
                "the mark s and once with the mark h, written after the rank. The marks never matter for winning.",
                f"Before anything else, {forced}. Each player is dealt one card, which only that player sees.",
                "There are two rounds. After the first one, a public card is turned up, which counts for both players.",
                f"Player 1 acts first in round 1; in round 2 {self._opener_text()}. The players act in turn until both "
                "have put in the same and both have had a say.",
                " ".join(in_order(framing, meanings)),
                "If nobody gives up, both cards are shown at the end. A card of the public card's rank makes a pair "
                "and wins; otherwise the higher rank wins; equal ranks split the pot.",
                f"Your result is your net gain in {unit}s.",
                f"Write an action as one word: {either(framing, names)}",
            )
        )

    def observation(self, state: LeducState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        lines = [
            f"Your card: {self._card(view.card)}. Public card: {self._card(view.public)}.",
            f"Round 1: {self._said(view.first, 0, seat)}.",
        ]
        if view.public is not None:
            lines.append(f"Round 2: {self._said(view.second, self._opener(view.first), seat)}.")
        paid = self._paid(state)
        lines.append(f"{self._unit.capitalize()}s in the pot: {sum(paid)}, {paid[seat]} of them yours.")
        if len(state.cards) > 1 and not self.to_move(state):
            lines.append(self._end_text(state, seat))
        elif paid[seat] < paid[1 - seat]:
            lines.append(f"{self._a_call()} costs you {paid[1 - seat] - paid[seat]}.")
        return "\n".join(lines)

    def information_state(self, state: LeducState, seat: Seat) -> LeducView:
        cards, first, second = state
        return LeducView(
            card=cards[seat] if seat < len(cards) else None,
            public=cards[2] if len(cards) > 2 else None,
            first=first,
            second=second,
            shown=cards[1 - seat] if self._is_showdown(state) else None,
        )

    def secrets(self, state: LeducState, seat: Seat) -> frozenset[str]:
        if len(state.cards) <= 1 - seat or self._is_showdown(state):
            return frozenset()
        return frozenset({self._deck[state.cards[1 - seat]]})

    def questions(self, state: LeducState, seat: Seat) -> tuple[Question, ...]:
        return card_questions(self._ranks, self.num_players, seat) if len(state.cards) >= self.num_players else ()

    def truth(self, asked: LeducState, end: LeducState, seat: Seat, topic: str) -> str:
        return self._ranks[asked.cards[owner_of(topic)] // _SUITS]

    def action_to_text(self, state: LeducState, seat: Seat, action: int | str) -> str:
        return self._deck[int(action)] if seat == CHANCE else self._names.of(str(action))

    def parse_action(self, state: LeducState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        names = self._names
        actions = self.legal_actions(state, seat)
        legal = {names.of(action).lower(): action for action in actions}
        bet = names.of("bet").lower()
        if "raise" in actions:
            legal[bet] = "raise"
        grammar = "|".join((*map(names.of, _ACTIONS), bet)).lower()
        return choose(text, legal, grammar)

    def render(self, state: LeducState) -> str:
        cards = " ".join(self._deck[card] for card in state.cards)
        first, second = (" ".join(map(self._names.of, bets)) for bets in (state.first, state.second))
        return f"cards: {cards or '-'}; round 1: {first or '-'}; round 2: {second or '-'}"

    def _opener(self, first: tuple[str, ...]) -> Seat:
        """The seat that opens round two."""
        return len(first) & 1 if self._blinds else 0

    def _winner(self, state: LeducState) -> Seat | None:
        """The seat that takes the pot at the end; None when it is split."""
        cards, first, second = state
        if first[-1] == "fold":
            return len(first) & 1
        if second[-1] == "fold":
            return self._opener(first) + len(second) & 1
        mine, other, public = (card // _SUITS for card in cards)
        if mine == other:
            return None
        return 0 if mine == public or (other != public and mine > other) else 1

    def _paid(self, state: LeducState) -> list[int]:
        """Chips that each seat has put in."""
        paid = list(self._forced_bets)
        openers = (0, self._opener(state.first))
        for bets, opener, size in zip((state.first, state.second), openers, _RAISE_SIZES, strict=True):
            for turn, bet in enumerate(bets, opener):
                if bet in ("call", "raise"):
                    paid[turn & 1] = max(paid) + (size if bet == "raise" else 0)
        return paid

    def _is_showdown(self, state: LeducState) -> bool:
        return bool(state.second) and _is_closed(state.second) and state.second[-1] != "fold"

    def _deal_text(self) -> str:
        bets = "player 1 puts 1 chip into the pot and player 2 puts 2" if self._blinds else "each player antes 1 chip"
        return f"Before anything else, {bets}. Each player is dealt one card, which only that player sees."

    def _opener_text(self) -> str:
        return "the player who did not act last in round 1 acts first" if self._blinds else "player 1 acts first again"

    def _fold_text(self) -> str:
        return (
            "; it is allowed even where a check is free"
            if self._blinds
            else ", allowed only when there is a raise to call"
        )

    def _card(self, card: int | None) -> str:
        return "not dealt yet" if card is None else self._deck[card]

    def _a_call(self) -> str:
        return "A call" if is_given(self.params.framing) else f"To choose {self._names.of('call')}"

    def _said(self, bets: tuple[str, ...], opener: Seat, seat: Seat) -> str:
        said = (f"{_player(turn & 1, seat)}: {self._names.of(bet)}" for turn, bet in enumerate(bets, opener))
        return "; ".join(said) or "no betting yet"

    def _end_text(self, state: LeducState, seat: Seat) -> str:
        shown = self.information_state(state, seat).shown
        how = "The hand is over." if shown is None else f"Showdown: the other player has {self._deck[shown]}."
        return f"{how} Your net gain: {self.returns(state)[seat]:+g} {self._unit}s."


def _is_closed(bets: tuple[str, ...]) -> bool:
    """Whether a betting round is over. A blind that is called, alone among first words, leaves the other a say."""
    return bool(bets) and (bets[-1] == "fold" or (len(bets) > 1 and bets[-1] != "raise"))


def _player(seat: Seat, reader: Seat) -> str:
    return f"player {seat + 1}{' (you)' if seat == reader else ''}"
