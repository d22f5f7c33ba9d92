"""Texas hold'em for two to ten players, no-limit or with fixed limits (extra `agon[poker]`)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from operator import add
from typing import Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.beliefs import Question, Questioned, owner_of
from games.cards import holdem_rules, holdem_texts
from games.cards.betting import (
    CALL,
    CHECK,
    FOLD,
    NOBODY,
    RAISE_TO,
    Betting,
    Blinds,
    Options,
    acted,
    after,
    live,
    next_round,
    options,
    posted,
    winnings,
)
from games.cards.framing import PLAIN, Framing
from games.cards.hand_groups import group_names, group_of, hand_question
from games.cards.holdem_views import HandView, HoldemView, Shown
from games.cards.holdem_words import HoldemWords
from games.cards.poker_hands import ranking, strength
from games.cards.starting_hands import DECK, class_of
from games.core import CHANCE, Ambiguous, Game, GameParams, Illegal, Seat, Unparsable
from games.framing import direction
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted

HOLE_CARDS: Final = 2
_PLACES: Final = {card: place for place, card in enumerate(DECK)}
_ROUND_STARTS: Final = (3, 4, 5)
_BOARD: Final = 5
_FACING_A_BET: Final = (FOLD, CALL)
_NOTHING_TO_CALL: Final = (CHECK,)


class HoldemParams(GameParams):
    """Parameters of Texas hold'em."""

    num_players: int = Field(2, ge=2, le=10, description="Players at the table.")
    betting: Literal["no_limit", "limit"] = Field(
        "no_limit", description="Raises of any size (no_limit), or of one or two big blinds by round (limit)."
    )
    hands: int = Field(3, ge=1, le=200, description="Hands that are played, unless one player has all chips earlier.")
    starting_chips: int = Field(1000, ge=1, le=1_000_000, description="Chips of each player at the start.")
    small_blind: int = Field(10, ge=1, le=100_000, description="Chips of the small blind.")
    big_blind: int = Field(20, ge=1, le=100_000, description="Chips of the big blind.")
    ante: int = Field(0, ge=0, le=100_000, description="Chips that every player puts in before each hand.")
    framing: Framing = Field(
        PLAIN,
        description="Words: ranks, actions, unit, order and story, for example {'ranks': 'animals', 'unit': 'coins'}.",
    )

    @model_validator(mode="after")
    def _blinds_rise_to_the_stack(self) -> Self:
        if not self.small_blind <= self.big_blind <= self.starting_chips:
            raise ValueError("expected small_blind <= big_blind <= starting_chips")
        if self.ante > self.big_blind:
            raise ValueError("an ante is no larger than the big blind")
        return self


class Table(NamedTuple):
    """A hand that is being played.

    Attributes:
        button: the seat of the button.
        dealt: the seats that play, ascending.
        cards: cards dealt to them so far, two for each in turn.
        board: cards on the board.
        betting: how the betting stands.
        said: of each round so far, who did what.
    """

    button: Seat
    dealt: tuple[Seat, ...]
    cards: tuple[str, ...]
    board: tuple[str, ...]
    betting: Betting
    said: tuple[tuple[tuple[Seat, str], ...], ...]


class Hand(NamedTuple):
    """A hand that is over: the table as it was, who showed cards, and everybody's chips after it."""

    table: Table
    shown: tuple[Seat, ...]
    stacks: tuple[int, ...]


class HoldemState(NamedTuple):
    """The hands that are over, and the one that is played; None when the match is over."""

    past: tuple[Hand, ...]
    table: Table | None


class TexasHoldem(Game[HoldemState, str], Questioned[HoldemState]):
    """Hands of Texas hold'em with chips carried over. Chance actions are cards, players' actions are texts.

    Hands are ranked by pokerkit. The betting is our own (`games.cards.betting`), as pokerkit's tables are mutable, are
    slow to copy, give all odd chips of a pot to one winner, and take a short all-in over the big blind for a raise.

    Where rule books leave a choice: the button starts at seat 0 and moves to the next seat that has chips, blinds are
    posted by the next seats that have some (there are no dead buttons or blinds), all hands that reach the showdown are
    shown, odd chips go to the first winners after the button, and a player cannot fold where a check is free. With
    fixed limits a round has at most a bet and three raises, between two players too; bets are one big blind before and
    on the flop, and two later. To build a game without pokerkit raises an ImportError that says what to install.

    ZeroSumEval's poker is the default game without its faults: the big blind has its say, ties split, all-ins
    are possible, and no blinds are taken after the last hand.
    """

    Params = HoldemParams
    params: HoldemParams
    info = GameInfo(
        name="texas_holdem",
        version=1,
        title="Texas hold'em",
        summary="Poker with two cards in hand and five on the board, over several hands with chips carried over.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.MIXED,
        min_players=2,
        max_players=10,
        tags=("poker", "cards", "bluffing", "hold'em"),
        references=(
            "Poker Tournament Directors Association, rules of 2022 (blinds, raises, all-ins, pots, odd chips)",
            "Annual Computer Poker Competition (the cap of raises with fixed limits)",
            "ZeroSumEval, arXiv 2504.12562 (three hands with 1000 chips and blinds of 10 and 20)",
        ),
    )

    def __init__(self, params: HoldemParams | None = None) -> None:
        super().__init__(params)
        ranking()
        self.limit = self.params.betting == "limit"
        if self.limit:
            self.info = replace(self.info, actions=ActionKind.ENUMERATED)
        self.words = HoldemWords(self.params.framing)
        self._direction = direction(self.params.framing)
        self._blinds = Blinds(self.params.small_blind, self.params.big_blind, self.params.ante)
        self._start = HoldemState((), self._new_table((self.params.starting_chips,) * self.num_players, 0))

    def initial_state(self) -> HoldemState:
        return self._start

    def to_move(self, state: HoldemState) -> tuple[Seat, ...]:
        table = state.table
        if table is None:
            return ()
        turn = table.betting.turn
        if turn == NOBODY or len(table.cards) < HOLE_CARDS * len(table.dealt):
            return (CHANCE,)
        return (turn,)

    def legal_actions(self, state: HoldemState, seat: Seat) -> tuple[str, ...] | None:
        """All actions, or None where the seat may raise to more than one amount; `example_actions` names some."""
        cost, raises = self.options(state)
        if len(raises) > 1:
            return None
        calls = _calls(cost)
        return (calls if not raises else (*calls, f"{RAISE_TO}{raises[0]}"))[:: self._direction]

    def example_actions(self, state: HoldemState, seat: Seat) -> tuple[str, ...]:
        """Fold, check or call, and raises: the least, half the pot, the pot, and everything."""
        cost, raises = self.options(state)
        if not raises:
            return _calls(cost)
        betting = _table(state).betting
        level, pot = betting.bets[seat] + cost, sum(betting.paid) + cost
        wanted = (raises[0], level + pot // 2, level + pot, raises[-1])
        amounts = sorted({min(max(amount, raises[0]), raises[-1]) for amount in wanted})
        return (*_calls(cost), *(f"{RAISE_TO}{amount}" for amount in amounts))

    def options(self, state: HoldemState) -> Options:
        """What the seat to move may do."""
        return options(_table(state).betting, self.limit)

    def chance_outcomes(self, state: HoldemState) -> list[tuple[str, float]]:
        table = _table(state)
        left = [card for card in DECK if card not in table.cards and card not in table.board]
        return [(card, 1 / len(left)) for card in left]

    def sample_chance(self, state: HoldemState, rng: random.Random) -> str:
        table = _table(state)
        dealt = sorted([_PLACES[card] for card in table.cards + table.board])
        place = int(rng.random() * (len(DECK) - len(dealt)))
        for gone in dealt:
            place += place >= gone
        return DECK[place]

    def apply(self, state: HoldemState, actions: Mapping[Seat, str]) -> HoldemState:
        ((seat, action),) = actions.items()
        table = _table(state)
        button, dealt, cards, board, betting, said = table
        if seat == CHANCE and len(cards) < HOLE_CARDS * len(dealt):
            return HoldemState(state.past, Table(button, dealt, (*cards, action), board, betting, said))
        after_it = self._turned_up(table, action) if seat == CHANCE else self._after_action(table, action)
        return self._settled(state.past, after_it) if _is_over(after_it) else HoldemState(state.past, after_it)

    def returns(self, state: HoldemState) -> tuple[float, ...]:
        """Chips won or lost in the hands that are over."""
        if not state.past:
            return (0.0,) * self.num_players
        return tuple(float(stack - self.params.starting_chips) for stack in state.past[-1].stacks)

    def utility_bounds(self) -> tuple[float, float]:
        chips = float(self.params.starting_chips)
        return -chips, chips * (self.num_players - 1)

    def max_turns(self) -> int:
        """Cards, one word of everybody in each round, and the answers to all raises that the chips allow."""
        players = self.num_players
        raises = players * self.params.starting_chips // self.params.big_blind + players
        return self.params.hands * (HOLE_CARDS * players + _BOARD + players * (4 + raises))

    def rules_text(self, seat: Seat) -> str:
        return holdem_rules.rules_text(self.words, self.params, seat)

    def observation(self, state: HoldemState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        return holdem_texts.observation(self.words, self.params, view, seat)

    def information_state(self, state: HoldemState, seat: Seat) -> HoldemView:
        past = tuple(self._hand_view(hand, seat) for hand in state.past)
        table = state.table
        if table is None:
            return HoldemView(past, None, (), (), (), None, None)
        deciding = self.to_move(state) == (seat,)
        return HoldemView(
            past=past,
            button=table.button,
            cards=_held(table, seat),
            board=table.board,
            said=table.said,
            betting=table.betting,
            options=self.options(state) if deciding else None,
        )

    def questions(self, state: HoldemState, seat: Seat) -> tuple[Question, ...]:
        """What kind of starting hand each other player holds who is still in; of those who are in themselves."""
        table = state.table
        if table is None or len(table.cards) < HOLE_CARDS * len(table.dealt):
            return ()
        players = live(table.betting)
        return tuple([hand_question(self.words.ranks, other) for other in players if other != seat and seat in players])

    def truth(self, asked: HoldemState, end: HoldemState, seat: Seat, topic: str) -> str:
        return group_names(self.words.ranks)[group_of(class_of(*_held(_table(asked), owner_of(topic))))]

    def secrets(self, state: HoldemState, seat: Seat) -> frozenset[str]:
        """The two cards of each other player, where no earlier hand has shown the same two next to each other."""
        table = state.table
        if table is None:
            return frozenset()
        text = self.words.cards_text
        told = " - ".join(text(cards) for hand in state.past for cards in (hand.table.cards, hand.table.board))
        others = (_held(table, other) for other in table.dealt if other != seat)
        return frozenset(text(cards) for cards in others if len(cards) == HOLE_CARDS and text(cards) not in told)

    def action_to_text(self, state: HoldemState, seat: Seat, action: str) -> str:
        return self.words.cards[action] if seat == CHANCE else self.words.action_text(action)

    def parse_action(self, state: HoldemState, seat: Seat, text: str) -> str:
        """A card; or `fold`, `check`, `call` or `raise to 120`, where `bet 120` and `all in` are understood too."""
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        cost, raises = choices = self.options(state)
        said = " ".join(text.lower().split()).rstrip(".!")
        expected = f"expected {holdem_texts.choices_text(self.words, choices)}"
        word = self.words.word(said)
        if word is not None:
            return _word(text, word, choices, expected)
        if self.words.is_all_in(said) and not self.limit:
            return f"{RAISE_TO}{raises[-1]}" if raises else _word(text, CALL, choices, expected)
        if self.limit and raises and said in self.words.raises:
            return f"{RAISE_TO}{raises[0]}"
        found = self.words.raised(said)
        if found is None:
            raise Unparsable(f"{quoted(text)} is not an action; {expected}")
        amount, to = found
        if not to and (cost or _table(state).betting.bets[seat]):
            raise Ambiguous(f"{quoted(text)} could mean to or by that many {self.words.unit}s; {expected}")
        if amount not in raises:
            raise Illegal(f"{quoted(text)} is not legal here; {expected}")
        return f"{RAISE_TO}{amount}"

    def outcome_text(self, state: HoldemState) -> str:
        if state.table is not None:
            return "not over"
        return f"after {len(state.past)} hands, {self.words.unit}s: {', '.join(map(str, state.past[-1].stacks))}"

    def render(self, state: HoldemState) -> str:
        table = state.table
        if table is None:
            return self.outcome_text(state)
        text = self.words.cards_text
        cards = "; ".join(f"player {seat + 1} {text(_held(table, seat)) or '-'}" for seat in table.dealt)
        chips = ", ".join(map(str, table.betting.stacks))
        said = "; ".join(holdem_texts.round_lines(self.words, table.said, None))
        return (
            f"hand {len(state.past) + 1}: {cards}; board {text(table.board) or '-'}; {said or 'no betting yet'}; "
            f"pot {sum(table.betting.paid)}; {self.words.unit}s behind {chips}"
        )

    def _new_table(self, stacks: tuple[int, ...], button: Seat) -> Table:
        dealt = tuple([seat for seat, stack in enumerate(stacks) if stack])
        return Table(button, dealt, (), (), posted(stacks, dealt, button, self._blinds), ((),))

    def _after_action(self, table: Table, action: str) -> Table:
        button, dealt, cards, board, betting, said = table
        said = (*said[:-1], (*said[-1], (betting.turn, action)))
        return Table(button, dealt, cards, board, acted(betting, action, self.limit), said)

    def _turned_up(self, table: Table, card: str) -> Table:
        """The table with one more card on the board; the flop, the turn and the river begin a round."""
        board = (*table.board, card)
        button, dealt, cards, _, betting, said = table
        if len(board) not in _ROUND_STARTS:
            return Table(button, dealt, cards, board, betting, said)
        size = self.params.big_blind * (1 + (self.limit and len(board) > _ROUND_STARTS[0]))
        return Table(button, dealt, cards, board, next_round(betting, button, size), (*said, ()))

    def _settled(self, past: tuple[Hand, ...], table: Table) -> HoldemState:
        """The state after a hand that is over: the pot is paid out, and the next hand begins if there is one."""
        players = live(table.betting)
        shown = tuple(players) if len(players) > 1 else ()
        hands = {seat: strength((*_held(table, seat), *table.board)).number if shown else 0 for seat in players}
        stacks = tuple(map(add, table.betting.stacks, winnings(table.betting, table.button, hands)))
        past = (*past, Hand(table, shown, stacks))
        with_chips = [seat for seat, stack in enumerate(stacks) if stack]
        if len(past) == self.params.hands or len(with_chips) == 1:
            return HoldemState(past, None)
        return HoldemState(past, self._new_table(stacks, after(table.button, with_chips)[0]))

    def _hand_view(self, hand: Hand, seat: Seat) -> HandView:
        table = hand.table
        return HandView(
            button=table.button,
            cards=_held(table, seat),
            board=table.board,
            said=table.said,
            shown=tuple(
                Shown(other, _held(table, other), strength((*_held(table, other), *table.board)).name)
                for other in hand.shown
            ),
            stacks=hand.stacks,
        )


def _table(state: HoldemState) -> Table:
    assert state.table is not None, "nobody moves when the match is over"
    return state.table


def _held(table: Table, seat: Seat) -> tuple[str, ...]:
    """The cards that a seat holds so far; none when it does not play."""
    if seat not in table.dealt:
        return ()
    first = HOLE_CARDS * table.dealt.index(seat)
    return table.cards[first : first + HOLE_CARDS]


def _is_over(table: Table) -> bool:
    """Whether nobody is left to contest the pot, or the last round is over."""
    betting = table.betting
    return betting.turn == NOBODY and (len(table.board) == _BOARD or betting.folded.count(False) == 1)


def _calls(cost: int) -> tuple[str, ...]:
    return _FACING_A_BET if cost else _NOTHING_TO_CALL


def _word(text: str, word: str, choices: Options, expected: str) -> str:
    # To call nothing is to check; where the legal actions are listed, their words are exact.
    if word == CALL and not choices.cost and len(choices.raises) > 1:
        return CHECK
    if word not in _calls(choices.cost):
        raise Illegal(f"{quoted(text)} is not legal here; {expected}")
    return word
