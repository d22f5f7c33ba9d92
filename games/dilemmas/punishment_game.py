"""The public goods game with punishment: having seen who gave how much, players can pay to take tokens away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, NamedTuple

from pydantic import Field

from games.core import Game, Illegal, Seat, Unparsable
from games.dilemmas.public_goods import ContributionParams, ContributionRound
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import tidy
from games.parsing import quoted
from games.transforms.joint_round import JointState
from games.transforms.repeated import HorizonParams, RepeatedGame

NOBODY: Final = "nobody"

Points = tuple[int, ...]
"""Points that a seat gives each player, itself (always 0) included."""


class PunishmentRoundParams(ContributionParams):
    """Parameters of one round of contributions and punishment."""

    num_players: int = Field(
        4, ge=3, le=10, description="Players who share the good; with two of them everybody would know who punished."
    )
    most_points: int = Field(10, ge=1, le=100, description="Most points that a player can give one other player.")
    point_cost: float = Field(1.0, ge=0, le=100, description="Tokens that a point costs whoever gives it.")
    point_fine: float = Field(3.0, gt=0, le=100, description="Tokens that a point takes from whoever gets it.")


class PunishmentGameParams(PunishmentRoundParams, HorizonParams):
    """Parameters of the public goods game with punishment."""


class PunishmentState(NamedTuple):
    """Tokens given, seat by seat, and then the points that each seat gave; empty before that has happened."""

    contributions: tuple[int, ...] = ()
    points: tuple[Points, ...] = ()


class PunishmentView(NamedTuple):
    """What a seat knows of a round.

    Attributes:
        contributions: everybody's; empty before they are made.
        given: the points that it gave each player; empty before that.
        received: the points that it got from all others together; None before that.
    """

    contributions: tuple[int, ...]
    given: Points = ()
    received: int | None = None


def gifts_of(finished: JointState | PunishmentState | PunishmentView) -> tuple[int, ...]:
    """What each seat gave in a finished round, with punishment or without."""
    return finished.actions if isinstance(finished, JointState) else finished.contributions


class PunishmentRound(Game[PunishmentState, int | Points]):
    """One round: all give to the pool at the same time, see who gave how much, and give points at the same time."""

    Params = PunishmentRoundParams
    params: PunishmentRoundParams
    info = GameInfo(
        name="punishment_round",
        version=1,
        title="Contributions with punishment",
        summary="All players give tokens to a pool that is shared equally; then they can pay to take tokens away.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        max_players=10,
        symmetric=True,
    )

    def __init__(self, params: PunishmentRoundParams | None = None) -> None:
        super().__init__(params)
        self._giving = ContributionRound(self.params)
        self._seats = tuple(range(self.params.num_players))

    def initial_state(self) -> PunishmentState:
        return PunishmentState()

    def to_move(self, state: PunishmentState) -> tuple[Seat, ...]:
        return () if state.points else self._seats

    def legal_actions(self, state: PunishmentState, seat: Seat) -> Sequence[int] | None:
        """Contributions; points are open, as there are too many ways to give them."""
        return None if state.contributions else self._giving.legal_actions(JointState(), seat)

    def example_actions(self, state: PunishmentState, seat: Seat) -> Sequence[int | Points]:
        """Contributions; or, in this order: no points, one for everybody else, most for who gave least, or most."""
        if not state.contributions:
            return self._giving.legal_actions(JointState(), seat)
        others = [other for other in self._seats if other != seat]
        gifts, most = state.contributions, self.params.most_points
        least, best = min(others, key=gifts.__getitem__), max(others, key=gifts.__getitem__)
        targets: tuple[dict[Seat, int], ...] = ({}, dict.fromkeys(others, 1), {least: most}, {best: most})
        return list(dict.fromkeys(map(self._points, targets)))

    def apply(self, state: PunishmentState, actions: Mapping[Seat, int | Points]) -> PunishmentState:
        if state.contributions:
            points = (actions[seat] for seat in self._seats)
            return state._replace(points=tuple([each for each in points if isinstance(each, tuple)]))
        gifts = (actions[seat] for seat in self._seats)
        return PunishmentState(tuple([gift for gift in gifts if isinstance(gift, int)]))

    def returns(self, state: PunishmentState) -> tuple[float, ...]:
        earned = self._giving.returns(JointState(state.contributions))
        if not state.points:
            return earned
        return tuple([self._left(earned[seat], state.points, seat) for seat in self._seats])

    def utility_bounds(self) -> tuple[float, float]:
        most_spent = self.params.point_cost * self.params.most_points * (self.params.num_players - 1)
        return -most_spent, self._giving.utility_bounds()[1]

    def max_turns(self) -> int:
        return 2

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        return (
            f"{self._giving.briefing(seat)} You earn the tokens you kept plus your share. Then all see who gave how "
            "much.\n"
            "After that, each player can give points to other players, all at the same time: from 0 to "
            f"{own.most_points} to each of them. A point costs the player who gives it {own.point_cost:.10g} and takes "
            f"{own.point_fine:.10g} from the tokens that the player who gets it has earned in the round. Points of "
            "others cannot take more than that; the points you give cost you in any case. Nobody has to give points. "
            "Everybody is told how many points it got in all, but not by whom.\n"
            "Your result is what you earned, less what the points you got and gave take away; more is better.\n"
            f"When you are asked how many tokens you give, answer with a whole number from 0 to {own.endowment} only.\n"
            f"Write who gets how many points from you, or {NOBODY}, for example: {self._example(seat)}"
        )

    def observation(self, state: PunishmentState, seat: Seat) -> str:
        if not state.points:
            given = self._giving.observation(JointState(state.contributions), seat)
            ask = f"Who gets how many points from you? Name players with points, or write {NOBODY}."
            return f"{given}\n{ask}" if state.contributions else given
        received, result = _received(state.points, seat), self.returns(state)[seat]
        return (
            f"You gave points to {written(state.points[seat])}. Points you got from the others: {received}. "
            f"Your result of the round: {result:.10g} tokens."
        )

    def action_to_text(self, state: PunishmentState, seat: Seat, action: int | Points) -> str:
        return written(action) if isinstance(action, tuple) else str(action)

    def parse_action(self, state: PunishmentState, seat: Seat, text: str) -> int | Points:
        """A whole number of tokens; then `nobody`, or `player 2: 3, player 4: 1`."""
        if not state.contributions:
            return self._giving.parse_action(JointState(), seat, text)
        line = tidy(text).lower()
        return self._points({} if line == NOBODY else self._read(line, seat))

    def render(self, state: PunishmentState) -> str:
        points = [f"player {player + 1} gives points to {written(each)}" for player, each in enumerate(state.points)]
        return "; ".join([f"given: {', '.join(map(str, state.contributions)) or '-'}", *points])

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: PunishmentState, seat: Seat) -> PunishmentView:
        if not state.points:
            return PunishmentView(state.contributions)
        return PunishmentView(state.contributions, state.points[seat], _received(state.points, seat))

    # -- parts --------------------------------------------------------------------------------------------

    def _left(self, earned: float, points: tuple[Points, ...], seat: Seat) -> float:
        """What a seat has left of its earnings."""
        fined = max(0.0, earned - self.params.point_fine * _received(points, seat))
        return fined - self.params.point_cost * sum(points[seat])

    def _points(self, targets: Mapping[Seat, int]) -> Points:
        return tuple([targets.get(seat, 0) for seat in self._seats])

    def _example(self, seat: Seat) -> str:
        """Points as this seat may write them."""
        targets = [other for other in self._seats if other != seat][-2:]
        return written(self._points(dict(zip(targets, (1, min(2, self.params.most_points)), strict=False))))

    def _read(self, line: str, seat: Seat) -> dict[Seat, int]:
        """Points by player; raises Unparsable or Illegal."""
        expected = f"expected {NOBODY}, or players with points, such as {self._example(seat)}"
        targets: dict[Seat, int] = {}
        for part in line.split(","):
            found = re.fullmatch(r"(?:player )?([0-9]{1,4}) ?: ?([0-9]{1,4})(?: points?)?", part.strip())
            if found is None:
                raise Unparsable(f"{quoted(line)} does not say who gets how many points; {expected}")
            target, points = int(found[1]) - 1, int(found[2])
            if target in targets:
                raise Illegal(f"player {target + 1} is named twice; {expected}")
            targets[target] = self._checked(target, points, seat)
        return targets

    def _checked(self, target: Seat, points: int, seat: Seat) -> int:
        """Points that a seat may give a player; raises Illegal for others."""
        if target not in self._seats:
            raise Illegal(f"there is no player {target + 1}; players are 1 to {self.params.num_players}")
        if target == seat:
            raise Illegal(f"player {target + 1} is you; give points to others, or write {NOBODY}")
        if points > self.params.most_points:
            raise Illegal(f"{points} points are too many; at most {self.params.most_points} can be given to a player")
        return points


class PunishmentGame(RepeatedGame):
    """Rounds of contributions to a public good, each followed by a chance to punish.

    The defaults are the game of Herrmann, Thoeni and Gaechter: the public goods of Fehr and Gaechter (4 players, 20
    tokens, 0.4 tokens back per token, 10 rounds of the same players), with points that cost 1 and take 3, as in Fehr
    and Gaechter 2002. In the laboratory players are shuffled in what is shown after each round, so that nobody can be
    followed from round to round; here players keep their numbers.

    As points cost their giver and nobody gains by them, none are given in the last round by players who want tokens,
    whatever was given; hence, with a known number of rounds, nobody gives anything in the only subgame-perfect
    equilibrium. `deterring_points` says how many points make a smaller contribution unprofitable.

    Scripted players find a `PunishmentView` per finished round in the past of the `RepeatedView`.
    """

    Params = PunishmentGameParams
    params: PunishmentGameParams
    info = GameInfo(
        name="punishment_game",
        version=1,
        title="Public goods with punishment",
        summary="Round after round, players give to a pool that all share, then can pay to take tokens from others.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "punishment", "repeated", "many players"),
        references=(
            "E. Fehr and S. Gaechter, Cooperation and punishment in public goods experiments, 2000",
            "E. Fehr and S. Gaechter, Altruistic punishment in humans, Nature 2002 (a point costs 1 and takes 3)",
            "B. Herrmann, C. Thoeni and S. Gaechter, Antisocial punishment across societies, Science 2008",
        ),
    )

    def make_stage(self) -> PunishmentRound:
        return PunishmentRound(self.params)

    def deterring_points(self, missing: int) -> int:
        """The fewest points with which a player who gives so many tokens less than it should gains nothing by it.

        At least 1, and at most what one player may give.
        """
        own = self.params
        gain = missing * (1 - own.multiplier / own.num_players)
        # Rounded first: 12.000000000000002 tokens are 4 points of 3, not 5.
        return min(own.most_points, max(1, ceil(round(gain / own.point_fine, 9))))


def written(points: Points) -> str:
    """Points as text: "player 2: 3, player 4: 1", or "nobody"."""
    return ", ".join(f"player {seat + 1}: {number}" for seat, number in enumerate(points) if number) or NOBODY


def _received(points: tuple[Points, ...], seat: Seat) -> int:
    """The points that a seat got from all others."""
    return sum(each[seat] for each in points)
