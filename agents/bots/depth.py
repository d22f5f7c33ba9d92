"""Players who think a fixed number of steps ahead, or all the way back from the end."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, ClassVar

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot, choices, game_of
from games.core import Game
from games.economic.beauty_contest import BeautyContest
from games.economic.eleven_twenty import ElevenTwenty
from games.economic.guess_two_thirds import GuessTwoThirds, GuessView
from games.matrix.ring_game import RingGame, RingView
from games.matrix.rings import ACTIONS, POSITIONS, Ring
from games.transforms.joint_round import JointState
from games.transforms.repeated import RepeatedView


class LevelKParams(AgentParams):
    """Parameters of the level-k player."""

    level: int = Field(1, ge=0, le=20, description="Steps of thought: it answers best to players of one step less.")


class LevelK(Bot):
    """Answers best to level k-1; level 0 asks for the most in the 11-20 game, and chooses at random elsewhere.

    In the beauty contest and in guessing two thirds of the average it starts from the middle of the numbers, and later
    from the mean of the round before. Nagel, Unraveling in guessing games, 1995; Arad and Rubinstein, The 11-20 money
    request game, 2012.
    """

    Params = LevelKParams
    params: LevelKParams
    plays = ("beauty_contest", "eleven_twenty", "guess_two_thirds", "ring_game")
    title: ClassVar[str] = "Thinks a fixed number of steps ahead of the others"

    def choose(self, request: DecisionRequest) -> str:
        game, level = game_of(request.game), self.params.level
        if isinstance(game, ElevenTwenty):
            return str(level_request(game, level))
        if level == 0:
            return request.rng().choice(choices(request))
        view = request.information_key
        if isinstance(view, RingView):
            assert isinstance(game, RingGame), "the game with this view"
            return choices(request)[ring_choice(game.rings[len(view.own)], request.seat, level)]
        assert isinstance(game, BeautyContest | GuessTwoThirds), "the last games it plays"
        assert isinstance(view, RepeatedView), "both are repeated games"
        start = _last_mean(view.past[-1], game.num_players) if view.past else game.params.highest / 2
        return str(min(round(start * game.params.ratio**level), game.params.highest))


def level_request(game: ElevenTwenty, level: int) -> int:
    """What a level asks for in the 11-20 game: each level answers best to the one below, and level 0 asks for most."""
    request = game.params.high
    for _ in range(level):
        other = request
        request = max(game.options, key=lambda own: game.payoffs((own, other))[0])
    return request


def ring_choice(ring: Ring, position: int, level: int) -> int:
    """What a level from 1 on chooses at a position (from 0) of a ring; level 0 plays all actions equally often."""
    table = ring[position]
    if level == 1:
        return max(range(ACTIONS), key=lambda own: sum(table[own]))
    expected = ring_choice(ring, (position + 1) % POSITIONS, level - 1)
    return max(range(ACTIONS), key=lambda own: table[own][expected])


class BackwardInductor(Bot):
    """Plays for its own tokens alone, all others taken to do so too: the subgame-perfect equilibrium.

    Selten, Spieltheoretische Behandlung eines Oligopolmodells mit Nachfragetraegheit, 1965.
    """

    plays = ("centipede", "trust")
    title: ClassVar[str] = "Reasons back from the end, for its own tokens alone"

    def choose(self, request: DecisionRequest) -> str:
        game, state, seat = game_of(request.game), request.information_key, request.seat
        action = max(
            game.example_actions(state, seat), key=lambda action: _value(game, game.apply(state, {seat: action}))[seat]
        )
        return game.action_to_text(state, seat, action)


def _value(game: Game[Any, Any], state: Any) -> tuple[float, ...]:
    """The returns of best play for everybody; the first action where several are best."""
    if not (movers := game.to_move(state)):
        return game.returns(state)
    (seat,) = movers
    after = (_value(game, game.apply(state, {seat: action})) for action in game.example_actions(state, seat))
    return max(after, key=itemgetter(seat))


def _last_mean(finished: JointState | GuessView, players: int) -> float:
    """The mean of all numbers of a finished round."""
    return (finished.total if isinstance(finished, GuessView) else sum(finished.actions)) / players


class CooperativePasser(Bot):
    """Never takes: both get most together when the piles grow to the end."""

    plays = ("centipede",)
    title: ClassVar[str] = "Passes to the end"

    def choose(self, request: DecisionRequest) -> str:
        return "pass"
