"""Goofspiel, the game of pure strategy: equal hands bid for prizes, all at once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from pydantic import Field

from games.cards.framing import CardFraming, is_given, opening, rank_names, unit_of
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import direction, in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose
from games.transforms.joint_round import listed
from games.whole_numbers import whole_number

_SOLVABLE = 4


class GoofspielParams(GameParams):
    """Parameters of goofspiel."""

    num_players: int = Field(2, ge=2, le=5, description="Number of players.")
    cards: int = Field(13, ge=2, le=13, description="Cards of each hand, and prizes: 1 to this number.")
    prizes: Literal["random", "descending", "ascending"] = Field(
        "random", description="The order in which prizes come up; all but random are known beforehand."
    )
    ties: Literal["discard", "carry"] = Field(
        "discard",
        description="What becomes of a prize for which several bid the most: nobody gets it, or it is added to the "
        "next one, and after the last nobody gets it.",
    )
    result: Literal["win", "difference"] = Field(
        "win", description="Whether the most points win, or points count, less the mean of all players' points."
    )
    bids: Literal["shown", "hidden"] = Field(
        "shown", description="Whether all see what was bid; hidden: only who got the prize."
    )
    framing: CardFraming = Field(
        CardFraming(),
        description="Words: names of the cards bid with, unit of prizes, order and story, for example {'ranks': "
        "'animals', 'unit': 'coins'}.",
    )


class Round(NamedTuple):
    """A prize that was bid for: its value with what was carried over, the bids by seat, and who got it, if anybody."""

    prize: int
    bids: tuple[int, ...]
    winner: Seat | None


class GoofspielState(NamedTuple):
    """Rounds that are over, cards in hand by seat, prizes to come, the prize that is up, and what is carried over."""

    past: tuple[Round, ...]
    hands: tuple[tuple[int, ...], ...]
    prizes: tuple[int, ...]
    up: int | None = None
    carried: int = 0


class HiddenView(NamedTuple):
    """What a seat knows where bids are hidden.

    Attributes:
        past: rounds as prize, own bid and winner.
        hand: cards in hand.
        up: the prize to bid for, with what is carried over; None between rounds.
    """

    past: tuple[tuple[int, int, Seat | None], ...]
    hand: tuple[int, ...]
    up: int | None


class Goofspiel(Game[GoofspielState, int]):
    """A prize comes up, all bid one card at once, the highest bid gets it, and the cards are gone.

    The last round plays itself: every hand holds one card. As in OpenSpiel a tied prize goes to nobody, unless it is
    carried over, which is the older rule.
    """

    Params = GoofspielParams
    params: GoofspielParams
    info = GameInfo(
        name="goofspiel",
        version=1,
        title="Goofspiel",
        summary="Players with equal hands bid cards for prizes, all at once; the most points win.",
        family="cards",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.EXPLICIT,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        max_players=5,
        symmetric=True,
        tags=("cards", "bidding", "classic"),
        references=(
            "S. Ross, Goofspiel: the game of pure strategy, Journal of Applied Probability 8, 1971",
            "M. Lanctot et al., OpenSpiel, arXiv:1908.09453 (variants)",
        ),
    )

    def __init__(self, params: GoofspielParams | None = None) -> None:
        super().__init__(params)
        own = self.params
        self._seats = tuple(range(own.num_players))
        self._direction = direction(own.framing)
        self._names = rank_names(own.framing, tuple(map(str, range(1, own.cards + 1))))
        self._unit = unit_of(own.framing, "point")
        self.info = replace(
            self.info,
            chance=Chance.EXPLICIT if own.prizes == "random" else Chance.NONE,
            information=Information.PERFECT if own.bids == "shown" else Information.IMPERFECT,
            solvable=own.num_players == 2 and own.cards <= _SOLVABLE,
        )

    def initial_state(self) -> GoofspielState:
        cards = tuple(range(1, self.params.cards + 1))
        prizes = cards[::-1] if self.params.prizes == "descending" else cards
        return self._with_prize(GoofspielState((), (cards,) * self.params.num_players, prizes))

    def to_move(self, state: GoofspielState) -> tuple[Seat, ...]:
        if state.up is not None:
            return self._seats
        return (CHANCE,) if state.prizes else ()

    def legal_actions(self, state: GoofspielState, seat: Seat) -> tuple[int, ...]:
        return state.hands[seat][:: self._direction]

    def chance_outcomes(self, state: GoofspielState) -> list[tuple[int, float]]:
        return [(prize, 1 / len(state.prizes)) for prize in state.prizes]

    def apply(self, state: GoofspielState, actions: Mapping[Seat, int]) -> GoofspielState:
        if state.up is None:
            return _turned_up(state, actions[CHANCE])
        state = self._with_prize(self._bid(state, tuple(map(actions.__getitem__, self._seats))))
        if len(state.hands[0]) != 1:
            return state
        last = state if state.up is not None else _turned_up(state, state.prizes[0])
        return self._bid(last, tuple(hand[0] for hand in last.hands))

    def _with_prize(self, state: GoofspielState) -> GoofspielState:
        """The next prize comes up where the order is fixed."""
        return state if self.params.prizes == "random" or not state.prizes else _turned_up(state, state.prizes[0])

    def _bid(self, state: GoofspielState, bids: tuple[int, ...]) -> GoofspielState:
        prize, most = (state.up or 0) + state.carried, max(bids)
        winner = bids.index(most) if bids.count(most) == 1 else None
        hands = tuple(
            [tuple([card for card in hand if card != bid]) for hand, bid in zip(state.hands, bids, strict=True)]
        )
        carried = prize if winner is None and self.params.ties == "carry" else 0
        return GoofspielState((*state.past, Round(prize, bids, winner)), hands, state.prizes, None, carried)

    def points(self, state: GoofspielState) -> tuple[int, ...]:
        """Prizes that each seat has got so far."""
        points = [0] * self.params.num_players
        for played in state.past:
            if played.winner is not None:
                points[played.winner] += played.prize
        return tuple(points)

    def returns(self, state: GoofspielState) -> tuple[float, ...]:
        points, players = self.points(state), self.params.num_players
        if self.params.result == "difference":
            mean = sum(points) / players
            return tuple(each - mean for each in points)
        best = max(points)
        winners = points.count(best)
        if self.to_move(state) or winners == players:
            return (0.0,) * players
        return tuple((players - winners) / winners if each == best else -1.0 for each in points)

    def utility_bounds(self) -> tuple[float, float]:
        players = self.params.num_players
        if self.params.result == "win":
            return -1.0, players - 1.0
        total = self.params.cards * (self.params.cards + 1) / 2
        return -total / players, total * (1 - 1 / players)

    def max_turns(self) -> int:
        return 2 * self.params.cards

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        cards, players, framing, unit = self.params.cards, self.params.num_players, self.params.framing, self._unit
        name = "goofspiel" if is_given(framing) else "a game of cards"
        held = (
            f"the cards 1 to {cards}" if self._numbered else f"these cards, from low to high: {', '.join(self._names)}"
        )
        written = "as a number" if self._numbered else "by its name"
        order = {
            "random": f"Prizes from 1 to {cards} come up one after the other in random order, each once.",
            "descending": f"Prizes come up one after the other, from {cards} down to 1.",
            "ascending": f"Prizes come up one after the other, from 1 up to {cards}.",
        }[self.params.prizes]
        tie = {
            "discard": "When several bid the most, nobody gets the prize.",
            "carry": "When several bid the most, the prize is added to the next one; after the last round nobody gets "
            "it.",
        }[self.params.ties]
        shown = (
            "Then all see the bids." if self.params.bids == "shown" else "Then all see who got it, but not the bids."
        )
        return "\n".join(
            (
                *opening(framing),
                f"You play {name}. You are player {seat + 1} of {players}. Each player holds {held}.",
                f"{order} For each prize every player bids one card, all at the same time. The highest bid gets the "
                f"prize, which counts its number in {unit}s. {tie} {shown} Cards that were bid are gone, whoever got "
                "the prize. The last card of every hand is bid by itself.",
                self._aim(),
                f"Write the card that you bid {written}",
            )
        )

    def _aim(self) -> str:
        players, unit = self.params.num_players, self._unit
        if self.params.result == "difference":
            return f"Your result is your {unit}s less the mean {unit}s of all players; more is better."
        won = "+1" if players == 2 else f"+{players - 1}"
        return f"The most {unit}s win: {won} for the winner, -1 for every other; equal leaders share the win."

    def observation(self, state: GoofspielState, seat: Seat) -> str:
        lines = [self._news(state, seat)] if state.past else []
        points = ", ".join(
            f"player {other + 1}{' (you)' if other == seat else ''} {each}"
            for other, each in enumerate(self.points(state))
        )
        lines.append(f"{self._unit.capitalize()}s: {points}.")
        if not self.to_move(state):
            return "\n".join([*lines, f"The game is over. Your result: {self.returns(state)[seat]:+g}"])
        if self.params.bids == "shown":
            others = [
                f"player {other + 1} holds {self._hand(hand)}"
                for other, hand in enumerate(state.hands)
                if other != seat
            ]
            lines.append(f"You hold {self._hand(state.hands[seat])}; {'; '.join(others)}.")
        else:
            lines.append(f"You hold {self._hand(state.hands[seat])}.")
        return "\n".join([*lines, self._prize(state)])

    def _news(self, state: GoofspielState, seat: Seat) -> str:
        """How the last round ended; the last of all plays itself, so that the one before is told with it."""
        rounds = state.past[-2:] if not self.to_move(state) else state.past[-1:]
        return "\n".join(self._told(played, seat) for played in rounds)

    def _told(self, played: Round, seat: Seat) -> str:
        names = tuple([self.card_text(card) for card in played.bids])
        bids = f"Bids: {listed(names, seat)}." if self.params.bids == "shown" else f"You bid {names[seat]}."
        if played.winner is None:
            return f"{bids} Nobody got the prize of {played.prize}."
        who = "You" if played.winner == seat else f"Player {played.winner + 1}"
        return f"{bids} {who} got the prize of {played.prize}."

    def _prize(self, state: GoofspielState) -> str:
        if state.up is None:
            return "The next prize is being turned up."
        carried = f" and {state.carried} carried over" if state.carried else ""
        left = f"still to come: {_numbers(state.prizes)}" if state.prizes else "the last one"
        return f"The prize is {state.up}{carried}; {left}. Which card do you bid?"

    def action_to_text(self, state: GoofspielState, seat: Seat, action: int) -> str:
        return f"prize {action}" if seat == CHANCE else self.card_text(action)

    def parse_action(self, state: GoofspielState, seat: Seat, text: str) -> int:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        hand = state.hands[seat]
        if self._numbered:
            return whole_number(text, hand, f"one of your cards: {self._hand(hand)}")
        legal = {self.card_text(card): card for card in self.legal_actions(state, seat)}
        return choose(text, legal, "|".join(self._names))

    def card_text(self, card: int) -> str:
        """A card to bid with, as seats read and write it."""
        return self._names[card - 1]

    def outcome_text(self, state: GoofspielState) -> str:
        return f"{self._unit}s: " + ", ".join(map(str, self.points(state)))

    def render(self, state: GoofspielState) -> str:
        rounds = [
            f"prize {played.prize}: bids {', '.join(map(self.card_text, played.bids))}; "
            + ("nobody" if played.winner is None else f"player {played.winner + 1}")
            for played in state.past
        ]
        hands = [f"player {seat + 1} holds {self._hand(hand)}" for seat, hand in enumerate(state.hands)]
        return "\n".join([*rounds, *hands, f"up: {state.up or '-'}; to come: {_numbers(state.prizes)}"])

    @property
    def _numbered(self) -> bool:
        """Whether cards are called by their numbers."""
        return self._names[0] == "1"

    def _hand(self, hand: tuple[int, ...]) -> str:
        return ", ".join(map(self.card_text, in_order(self.params.framing, hand))) or "nothing"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: GoofspielState, seat: Seat) -> Hashable:
        if self.params.bids == "shown":
            return state
        past = tuple([(played.prize, played.bids[seat], played.winner) for played in state.past])
        return HiddenView(past, state.hands[seat], None if state.up is None else state.up + state.carried)


def _turned_up(state: GoofspielState, prize: int) -> GoofspielState:
    return state._replace(prizes=tuple([other for other in state.prizes if other != prize]), up=prize)


def _numbers(prizes: tuple[int, ...]) -> str:
    return ", ".join(map(str, prizes)) or "nothing"
