"""Games that say something false about themselves, or cannot be told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import ConfigDict, Field

from games.board.tic_tac_toe import TicTacToe
from games.cards.kuhn_poker import KuhnParams, KuhnPoker, KuhnView
from games.core import GameParams, Seat
from games.info import Chance, RefereeKind
from games.referee import Ballot, RefereeRequest
from tests.games.broken.sound import Verdict, VerdictState


class VersionZero(TicTacToe):
    info = replace(TicTacToe.info, version=0)


class NameWithSpaces(TicTacToe):
    info = replace(TicTacToe.info, name="Tic Tac Toe")


class TooManyRoles(TicTacToe):
    info = replace(TicTacToe.info, roles=("crosses", "noughts", "umpire"))


class HidesItsChance(KuhnPoker):
    info = replace(KuhnPoker.info, chance=Chance.NONE)


class UndescribedParams(GameParams):
    speed: int = 3


class UndescribedParameter(TicTacToe):
    Params = UndescribedParams


class LooseParams(GameParams):
    model_config = ConfigDict(frozen=False)

    speed: int = Field(3, description="Moves per minute.")


class ChangeableParameters(TicTacToe):
    Params = LooseParams


class ThreeByDefault(KuhnParams):
    num_players: int = Field(3, ge=2, le=3, description="Players at the table.")


class SpecWithoutParameters(KuhnPoker):
    """Its spec means the default, three players, also when it has two."""

    Params = ThreeByDefault

    @property
    def spec(self) -> str:
        return self.info.name


class ListState(NamedTuple):
    cards: tuple[int, ...]
    bets: list[str]


class UnhashableState(KuhnPoker):
    info = replace(KuhnPoker.info, solvable=False)

    def initial_state(self) -> Any:
        return ListState((), [])

    def apply(self, state: Any, actions: Any) -> Any:
        cards, bets = super().apply(state, actions)
        return ListState(cards, list(bets))

    def information_state(self, state: Any, seat: Seat) -> KuhnView:
        return super().information_state(state, seat)._replace(bets=tuple(state.bets))


class UnequalGames(TicTacToe):
    """Equal to itself only."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class AsksASandbox(Verdict):
    def referee_request(self, state: VerdictState) -> RefereeRequest:
        return RefereeRequest(RefereeKind.SANDBOX, payload={"code": "1 + 1"})


class AllowsAThirdAnswer(Verdict):
    def referee_request(self, state: VerdictState) -> RefereeRequest:
        return RefereeRequest(RefereeKind.JURY, ballots=(Ballot("Who spoke better?", ("first", "second", "neither")),))
