"""Questions to scripted players without a match loop."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.base import Agent, DecisionLimits, DecisionRequest, Exchange, NoJournal, RulingRequest
from games.core import CHANCE, REFEREE, Game, Seat
from games.referee import RefereeRequest
from games.registry import load


@dataclass(frozen=True)
class View:
    """A seat's view of a state, rendered from the game."""

    game: Game[Any, Any]
    state: Any
    seat: Seat

    def rules_text(self) -> str:
        return self.game.rules_text(self.seat)

    def observation(self) -> str:
        return self.game.observation(self.state, self.seat)

    def history(self) -> tuple[Exchange, ...]:
        return ()

    def legal_actions(self) -> tuple[str, ...] | None:
        actions = self.game.legal_actions(self.state, self.seat)
        return None if actions is None else self._texts(actions)

    def example_actions(self) -> tuple[str, ...]:
        return self._texts(self.game.example_actions(self.state, self.seat))

    def information_key(self) -> Hashable:
        return self.game.information_state(self.state, self.seat)

    def _texts(self, actions: Sequence[Any]) -> tuple[str, ...]:
        return tuple(self.game.action_to_text(self.state, self.seat, action) for action in actions)


def question(game: Game[Any, Any], state: Any, seat: Seat, seed: int = 0) -> DecisionRequest:
    """What a seat is asked in a state."""
    roles = game.info.roles
    return DecisionRequest(
        match_id="test",
        game=game.spec,
        seat=seat,
        role=roles[seat] if roles else "",
        turn=0,
        attempt=1,
        feedback=None,
        rejected=None,
        limits=DecisionLimits(),
        journal=NoJournal(),
        _view=View(game, state, seat),
        _seed=lambda: seed,
    )


async def answer(agent: Agent, game: Game[Any, Any], state: Any, seat: Seat, seed: int = 0) -> Any:
    """The action that an agent chooses, as the game reads it."""
    decision = await agent.decide(question(game, state, seat, seed))
    return game.parse_action(state, seat, decision.action)


async def play(spec: str, agents: Sequence[Agent], seed: int = 0) -> tuple[Any, list[dict[Seat, Any]]]:
    """One play of a game: its final state, and what the seats did turn by turn."""
    game, rng = load(spec), random.Random(seed)
    state, turns = game.initial_state(), []
    while movers := game.to_move(state):
        if movers == (CHANCE,):
            actions = {CHANCE: game.sample_chance(state, rng)}
        elif movers == (REFEREE,):
            actions = {REFEREE: rng.choice(game.example_actions(state, REFEREE))}
        else:
            actions = {seat: await answer(agents[seat], game, state, seat, rng.getrandbits(63)) for seat in movers}
            turns.append(actions)
        state = game.apply(state, actions)
    return state, turns


def ruling_request(request: RefereeRequest) -> RulingRequest:
    """What a referee is asked when it is asked this."""
    return RulingRequest("match", 7, request, seed=1, journal=NoJournal())
