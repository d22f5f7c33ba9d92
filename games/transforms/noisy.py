"""Trembling hands: what a seat chooses is not always what is played."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned, questioned
from games.core import CHANCE, REFEREE, Game, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.transforms.wrapper import Wrapper, WrapperParams, inherited


class NoisyParams(WrapperParams):
    """Parameters of a noisy game."""

    noise: float = Field(0.05, gt=0, lt=1, description="Probability that another action than the chosen one is played.")


class Move(NamedTuple):
    """A past decision of one seat: the state of the game inside, what the seat chose and what was played."""

    before: Any
    intended: Any
    executed: Any


class SeenMove(NamedTuple):
    """A past decision as the seat itself knows it: its information state instead of the state."""

    view: Hashable
    intended: Any
    executed: Any


class NoisyState(NamedTuple):
    """The game inside, and the choices that are being carried out.

    Attributes:
        inner: state of the game inside.
        intended: what the seats that moved have chosen, in ascending order of seats; empty between moves.
        executed: what is played instead, for as many of them as nature has decided.
        moves: past decisions, per seat.
    """

    inner: Any
    intended: tuple[tuple[Seat, Any], ...]
    executed: tuple[Any, ...]
    moves: tuple[tuple[Move, ...], ...]


class NoisyView(NamedTuple):
    """What one seat knows: what the game inside tells it, and its own choices.

    Attributes:
        view: information state in the game inside.
        moves: the seat's own past decisions.
        choice: what it has chosen and is not carried out yet: one action or nothing.
    """

    view: Hashable
    moves: tuple[SeenMove, ...]
    choice: tuple[Any, ...]


class Noisy(Wrapper[NoisyState], Questioned[NoisyState]):
    """Each action that a seat picks from a list is replaced, now and then, by another one drawn uniformly.

    One chance node per seat that moved, in ascending order; its outcome is the action that is played. Seats see what
    the game inside shows of the played actions, and each one learns when its own hand slipped. Open actions and
    forced moves are never replaced.
    """

    Params = NoisyParams
    params: NoisyParams
    info = GameInfo(
        name="noisy",
        version=1,
        title="Noisy game",
        summary="A game in which a chosen action is sometimes replaced by another one at random.",
        family="transforms",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        tags=("transform", "trembling hand", "noise"),
        references=("R. Selten, Reexamination of the perfectness concept for equilibrium points, 1975",),
    )

    def facts(self) -> GameInfo:
        facts = inherited(type(self).info, self.inner)
        return replace(
            facts,
            title=f"{self.inner.info.title}, with trembling hands",
            chance=Chance.SAMPLED if facts.chance is Chance.SAMPLED else Chance.EXPLICIT,
            information=Information.IMPERFECT,
            solvable=False,
        )

    def initial_state(self) -> NoisyState:
        return NoisyState(self.inner.initial_state(), (), (), ((),) * self.num_players)

    def to_move(self, state: NoisyState) -> tuple[Seat, ...]:
        return (CHANCE,) if state.intended else self.inner.to_move(state.inner)

    def apply(self, state: NoisyState, actions: Mapping[Seat, Any]) -> NoisyState:
        if state.intended:
            return self._carried_out(state._replace(executed=(*state.executed, actions[CHANCE])))
        if CHANCE in actions or REFEREE in actions:
            return state._replace(inner=self.inner.apply(state.inner, actions))
        return self._carried_out(state._replace(intended=tuple((seat, actions[seat]) for seat in sorted(actions))))

    def max_turns(self) -> int:
        return self.inner.max_turns() * (1 + self.num_players)

    def chance_outcomes(self, state: NoisyState) -> Sequence[tuple[Any, float]]:
        if not state.intended:
            return self.inner.chance_outcomes(state.inner)
        seat, intended = state.intended[len(state.executed)]
        legal = self.inner.legal_actions(state.inner, seat) or ()
        noise = self.params.noise
        # The order in which a framing lists actions must not decide what a seed draws.
        others = sorted((action for action in legal if action != intended), key=repr)
        return [(intended, 1 - noise), *((action, noise / len(others)) for action in others)]

    def sample_chance(self, state: NoisyState, rng: random.Random) -> Any:
        if not state.intended:
            return self.inner.sample_chance(state.inner, rng)
        return Game.sample_chance(self, state, rng)

    def rules_text(self, seat: Seat) -> str:
        return (
            f"{self.inner.rules_text(seat)}\n"
            f"Hands tremble: whenever somebody chooses from a list of actions, then with probability "
            f"{self.params.noise:.10g} a different action from that list, drawn at random, is played instead. "
            "You are told when this happens to you. Of the others' choices you only learn what was played."
        )

    def observation(self, state: NoisyState, seat: Seat) -> str:
        chosen = [self.inner.action_to_text(state.inner, seat, action) for action in _choice(state, seat)]
        news = [f"You chose {text}; it is not played yet." for text in chosen] or self._slip(state, seat)
        return "\n".join([*news, self.inner.observation(state.inner, seat)])

    def information_state(self, state: NoisyState, seat: Seat) -> NoisyView:
        seen = self.inner.information_state
        moves = tuple(
            SeenMove(seen(before, seat), intended, executed) for before, intended, executed in state.moves[seat]
        )
        return NoisyView(seen(state.inner, seat), moves, _choice(state, seat))

    def asks(self) -> bool:
        return questioned(self.inner) is not None

    def questions(self, state: NoisyState, seat: Seat) -> tuple[Question, ...]:
        """Those of the game inside; they are about what is played, not about what is chosen."""
        inside = questioned(self.inner)
        return () if inside is None or state.intended else inside.questions(state.inner, seat)

    def truth(self, asked: NoisyState, end: NoisyState, seat: Seat, topic: str) -> str | None:
        inside = questioned(self.inner)
        assert inside is not None, "only games with questions have answers"
        return inside.truth(asked.inner, end.inner, seat, topic)

    def action_to_text(self, state: NoisyState, seat: Seat, action: Any) -> str:
        if seat != CHANCE or not state.intended:
            return self.inner.action_to_text(state.inner, seat, action)
        mover = state.intended[len(state.executed)][0]
        return f"player {mover + 1} plays {self.inner.action_to_text(state.inner, mover, action)}"

    def parse_action(self, state: NoisyState, seat: Seat, text: str) -> Any:
        if seat != CHANCE or not state.intended:
            return self.inner.parse_action(state.inner, seat, text)
        return Game.parse_action(self, state, seat, text)

    def _carried_out(self, state: NoisyState) -> NoisyState:
        """The state at the next chance node, or after the move when nothing is left to be drawn."""
        inner, intended, executed, _ = state
        while len(executed) < len(intended):
            seat, action = intended[len(executed)]
            if self._can_slip(inner, seat):
                return state._replace(executed=executed)
            executed = (*executed, action)
        joint = {seat: played for (seat, _), played in zip(intended, executed, strict=True)}
        moves = list(state.moves)
        for (seat, chosen), played in zip(intended, executed, strict=True):
            moves[seat] = (*moves[seat], Move(inner, chosen, played))
        return NoisyState(self.inner.apply(inner, joint), (), (), tuple(moves))

    def _can_slip(self, inner: Any, seat: Seat) -> bool:
        legal = self.inner.legal_actions(inner, seat)
        return legal is not None and len(legal) > 1

    def _slip(self, state: NoisyState, seat: Seat) -> list[str]:
        """What went wrong with the seat's latest choice; nothing when it was played as chosen."""
        if not state.moves[seat] or state.moves[seat][-1].intended == state.moves[seat][-1].executed:
            return []
        before, *actions = state.moves[seat][-1]
        chosen, played = (self.inner.action_to_text(before, seat, action) for action in actions)
        return [f"Your hand slipped: you chose {chosen}, but {played} was played."]


def _choice(state: NoisyState, seat: Seat) -> tuple[Any, ...]:
    """What the seat has chosen and is not carried out yet."""
    return tuple(action for mover, action in state.intended if mover == seat)
