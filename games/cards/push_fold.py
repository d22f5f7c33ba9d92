"""Heads-up hold'em with short stacks, in which the first player pushes or folds and the second calls or folds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned, owner_of
from games.cards.framing import PLAIN, Framing, action_names, either, is_given, opening, unit_of
from games.cards.hand_groups import group_names, group_of, hand_question, own_hand_question
from games.cards.hand_texts import card_text, rankings, ranks_of
from games.cards.starting_hands import COMBINATIONS, against, margins
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import direction, in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

PUSH: Final = "push"
CALL: Final = "call"
FOLD: Final = "fold"
_CHOICES: Final = ((PUSH, FOLD), (CALL, FOLD))
_SMALL_BLIND: Final = 0.5
_BIG_BLIND: Final = 1.0
_OTHER_WORDS: Final = {"all in": PUSH, "all-in": PUSH, "jam": PUSH, "shove": PUSH}
_PAST: Final = {PUSH: "pushed", CALL: "called", FOLD: "folded"}
_HANDS: Final = "[2-9tjqka]{2}[so]?|[a-z0-9]+-[a-z0-9]+(-[so])?"
_EXAMPLES: Final = ("AKs", "T9o", "77")
_ALL_HANDS: Final = sum(COMBINATIONS.values())


class PushFoldParams(GameParams):
    """Parameters of push or fold."""

    stack: float = Field(
        10, ge=1, le=10, multiple_of=0.5, description="Chips of each player in big blinds, blinds included."
    )
    framing: Framing = Field(
        PLAIN,
        description="Words: ranks, actions, unit, order and story, for example {'ranks': 'animals', 'unit': 'coins'}.",
    )


class PushFoldState(NamedTuple):
    """Classes of hands dealt so far (small blind, big blind) and what was done so far, in order."""

    hands: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


class PushFoldView(NamedTuple):
    """What one seat knows: its hand, what was done, and the other hand when it was shown."""

    hand: str | None
    done: tuple[str, ...]
    shown: str | None


class PushFold(Game[PushFoldState, str], Questioned[PushFoldState]):
    """One hand of push or fold. Chance actions are classes of starting hands, players' actions are words.

    Suits matter before the flop by being equal or not alone, so that the 169 classes are the whole deal: the second one
    is dealt from the 1,225 hands that the first one leaves. A called push pays what it is worth on average over all
    suits and boards (all-in equity, ties counted half), which keeps the value of every policy and takes away the luck
    of the board.
    """

    Params = PushFoldParams
    params: PushFoldParams
    info = GameInfo(
        name="push_fold",
        version=1,
        title="Push or fold",
        summary="Hold'em with two short stacks: the small blind goes all-in or folds, the big blind calls or folds.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        roles=("small blind", "big blind"),
        solvable=True,
        tags=("poker", "cards", "hold'em"),
        references=(
            "B. Chen and J. Ankenman, The Mathematics of Poker, 2006 (the jam-or-fold game)",
            "HoldemResources, heads-up push/fold Nash charts (equilibrium without antes)",
        ),
    )

    def __init__(self, params: PushFoldParams | None = None) -> None:
        super().__init__(params)
        framing = self.params.framing
        self._given = is_given(framing)
        self._direction = direction(framing)
        self._ranks = ranks_of(framing)
        self._hands = {name: card_text(self._ranks, name) for name in COMBINATIONS}
        self._names = action_names(framing)
        self._unit = unit_of(framing, "big blind")
        own_words = _OTHER_WORDS if framing.actions == "given" else {}
        self._texts = {self._names.of(action).lower(): action for action in (PUSH, CALL, FOLD)} | own_words

    def initial_state(self) -> PushFoldState:
        return PushFoldState()

    def to_move(self, state: PushFoldState) -> tuple[Seat, ...]:
        hands, done = state
        if len(hands) < 2:
            return (CHANCE,)
        return (len(done),) if done in ((), (PUSH,)) else ()

    def legal_actions(self, state: PushFoldState, seat: Seat) -> tuple[str, ...]:
        return _CHOICES[seat][:: self._direction]

    def chance_outcomes(self, state: PushFoldState) -> list[tuple[str, float]]:
        if not state.hands:
            return [(name, count / _ALL_HANDS) for name, count in COMBINATIONS.items()]
        left = against(state.hands[0])
        total = sum(left.values())
        return [(name, count / total) for name, count in left.items()]

    def apply(self, state: PushFoldState, actions: Mapping[Seat, str]) -> PushFoldState:
        ((seat, action),) = actions.items()
        if seat == CHANCE:
            return PushFoldState((*state.hands, action), state.done)
        return PushFoldState(state.hands, (*state.done, action))

    def returns(self, state: PushFoldState) -> tuple[float, ...]:
        gain = self._gain(state)
        return gain, 0.0 - gain

    def utility_bounds(self) -> tuple[float, float]:
        return -self.params.stack, self.params.stack

    def max_turns(self) -> int:
        return 4

    def rules_text(self, seat: Seat) -> str:
        return self._plain_rules(seat) if self._given else self._framed_rules(seat)

    def _plain_rules(self, seat: Seat) -> str:
        framing = self.params.framing
        suited, offsuit, pair = _EXAMPLES
        first = either(framing, ("push (put in everything)", "fold (give up the blind)"))
        then = either(framing, ("call (put in everything)", "fold (give up the blind)"))
        return "\n".join(
            (
                "You play one hand of no-limit Texas hold'em between two players with short stacks. You are the "
                f"{self.info.roles[seat]}.",
                f"Each player starts with {self._stack()}. The small blind has put in {_SMALL_BLIND:g} of a big blind, "
                f"the big blind {_BIG_BLIND:g}. Each is dealt two cards, which only that player sees.",
                f"The small blind acts first and may {first}. After a push the big blind may {then}. Nothing else is "
                "allowed.",
                "When a push is called, both hands are shown and no cards follow: instead of one board, the average "
                "over all boards decides. Your result is then your chance of winning less that of the other player, "
                "times your stack. (Your equity is your chance of winning, with ties counted half.)",
                "Hands are written as their two ranks, the higher one first (A K Q J T 9 8 7 6 5 4 3 2), with s when "
                f"both cards are of one suit and o when they are not: {suited} is ace and king of one suit, {offsuit} "
                f"is ten and nine of two suits, {pair} is a pair of sevens. All hands of two cards from a deck of 52 "
                "are equally likely.",
                "Your result is your net gain in big blinds.",
                f"Write an action as one word: {either(framing, _CHOICES[seat])}",
            )
        )

    def _framed_rules(self, seat: Seat) -> str:
        """The same rules without a word of poker, for names that are no verbs."""
        framing, unit, (lowest, *_, highest) = self.params.framing, self._unit, self._ranks
        push, call, fold = (self._names.of(action) for action in (PUSH, CALL, FOLD))
        suited, offsuit, pair = (self._hands[name] for name in _EXAMPLES)
        give_up = f"{fold} (give up, and lose what you have put in)"
        first, then = (either(framing, (f"{name} (put in everything)", give_up)) for name in (push, call))
        return "\n".join(
            (
                *opening(framing),
                f"You play one short game of cards between two players. You are player {seat + 1}.",
                f"The deck has 52 cards: thirteen ranks, from low to high {', '.join(self._ranks)}, each in four "
                f"suits. Each player starts with {self._stack()}. Player 1 has put in {_SMALL_BLIND:g} of a {unit}, "
                f"player 2 {_BIG_BLIND:g}. Each is dealt two cards, which only that player sees.",
                f"Player 1 acts first and chooses {first}. After {push}, player 2 chooses {then}. Nothing else is "
                "allowed. Who does not give up wins what the other one has put in.",
                f"After {push} and {call} both hands are shown. Five more cards would be dealt for both players, and "
                "the best five of seven would win. These cards do not come: the average over all that could come "
                "decides. Your result is then your chance of winning less that of the other player, times what you "
                "started with. (Your equity is your chance of winning, with ties counted half.) Five cards rank, from "
                f"high to low: {rankings(highest, lowest)}. Among equals the higher ranks decide.",
                "Hands are written as their two ranks, the higher one first, with s when both cards are of one suit "
                f"and o when they are not: {suited} are two of one suit, {offsuit} are of two suits, {pair} is a pair. "
                "All hands of two cards are equally likely.",
                f"Your result is your net gain in {unit}s.",
                "Write an action as one word: "
                f"{either(framing, [self._names.of(action) for action in _CHOICES[seat]])}",
            )
        )

    def observation(self, state: PushFoldState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        hand = f"Your hand: {self._hands[view.hand] if view.hand else 'not dealt yet'}."
        if not state.done:
            return f"{hand} {self._to_act(0, seat)}." if len(state.hands) == 2 else hand
        said = self._who(0, seat) + self._did(state.done[0])
        if len(state.done) == 2:
            said += f", {self._who(1, seat).lower()}{self._did(state.done[1])}"
        if self.to_move(state):
            return f"{hand}\n{said}. {self._to_act(1, seat)}."
        return f"{hand}\n{said}.{self._showdown(view)} Your net gain: {self.returns(state)[seat]:+.4g} {self._unit}s."

    def information_state(self, state: PushFoldState, seat: Seat) -> PushFoldView:
        hands, done = state
        return PushFoldView(
            hand=hands[seat] if seat < len(hands) else None,
            done=done,
            shown=hands[1 - seat] if done == (PUSH, CALL) else None,
        )

    def questions(self, state: PushFoldState, seat: Seat) -> tuple[Question, ...]:
        """What kind of hand the other one holds, and what the other one thinks of the own hand."""
        if len(state.hands) < 2:
            return ()
        return hand_question(self._ranks, 1 - seat), own_hand_question(self._ranks, seat, 1 - seat)

    def truth(self, asked: PushFoldState, end: PushFoldState, seat: Seat, topic: str) -> str:
        return group_names(self._ranks)[group_of(asked.hands[owner_of(topic)])]

    def secrets(self, state: PushFoldState, seat: Seat) -> frozenset[str]:
        if len(state.hands) < 2 or state.done == (PUSH, CALL):
            return frozenset()
        secret, *told = (self._hands[name] for name in (state.hands[1 - seat], state.hands[seat], *_EXAMPLES))
        return frozenset() if any(secret in text for text in told) else frozenset({secret})

    def action_to_text(self, state: PushFoldState, seat: Seat, action: str) -> str:
        return self._hands[action] if seat == CHANCE else self._names.of(action)

    def parse_action(self, state: PushFoldState, seat: Seat, text: str) -> str:
        if seat == CHANCE:
            dealt = {self._hands[name].lower(): name for name, _ in self.chance_outcomes(state)}
            return choose(text, dealt, _HANDS)
        actions = self.legal_actions(state, seat)
        legal = {self._names.of(action).lower(): action for action in actions}
        legal |= {name: action for name, action in self._texts.items() if action in actions}
        return choose(text, legal, "|".join(self._texts))

    def outcome_text(self, state: PushFoldState) -> str:
        if self.to_move(state):
            return "not over"
        hands, done = map(self._hands.__getitem__, state.hands), map(self._names.of, state.done)
        return f"{' against '.join(hands)}: {', '.join(done)}; {self._role(0)} {self._gain(state):+.4g}"

    def render(self, state: PushFoldState) -> str:
        hands, done = map(self._hands.__getitem__, state.hands), map(self._names.of, state.done)
        return f"hands: {' '.join(hands) or '-'}; actions: {' '.join(done) or '-'}"

    def _gain(self, state: PushFoldState) -> float:
        """What the small blind wins, in big blinds."""
        if state.done == (FOLD,):
            return -_SMALL_BLIND
        if state.done == (PUSH, FOLD):
            return _BIG_BLIND
        if state.done != (PUSH, CALL):
            return 0.0
        small, big = state.hands
        return self.params.stack * margins()[small, big]

    def _stack(self) -> str:
        return f"{self.params.stack:g} {self._unit}{'' if self.params.stack == 1 else 's'}"

    def _role(self, seat: Seat) -> str:
        return self.info.roles[seat] if self._given else f"player {seat + 1}"

    def _who(self, actor: Seat, reader: Seat) -> str:
        if actor == reader:
            return "You"
        return f"The {self._role(actor)}" if self._given else f"Player {actor + 1}"

    def _did(self, action: str) -> str:
        return f" {_PAST[action]}" if self._given else f": {self._names.of(action)}"

    def _to_act(self, actor: Seat, reader: Seat) -> str:
        cost = self.params.stack - (_SMALL_BLIND, _BIG_BLIND)[actor]
        enter, leave = (self._names.of(action) for action in _CHOICES[actor])
        framing = self.params.framing
        if actor != reader:
            choices = either(framing, (enter, leave))
            return f"{self._who(actor, reader)} {'is to' if self._given else 'chooses'} {choices}"
        first, last = in_order(framing, (f"{enter}, which puts {cost:g} more at stake", leave))
        return f"You {'may' if self._given else 'choose'} {first}, or {last}"

    def _showdown(self, view: PushFoldView) -> str:
        if view.shown is None or view.hand is None:
            return ""
        equity = (1 + margins()[view.hand, view.shown]) / 2
        return f" The other player shows {self._hands[view.shown]}: your equity is {equity:.2%}."
