"""A society that lives on a common pool: harvest, watching and punishing, seeing others fare, proposing and voting."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from games.core import CHANCE, Game, Illegal, Seat, Unparsable
from games.dilemmas.common_pool_parts import (
    CommonPoolParams,
    CommonPoolState,
    CommonPoolView,
    Own,
    Phase,
    Round,
    distinct,
    fines,
    own_round,
)
from games.dilemmas.common_pool_words import asked, briefing, in_units, news
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose, quoted
from games.transforms.joint_round import span
from games.whole_numbers import whole_number

WATCH: Final = "watch"
IGNORE: Final = "ignore"
PUNISH: Final = "punish"
SPARE: Final = "spare"
FULL_EFFORT: Final = 100
_PHASES: Final = tuple(Phase)
_LIMITS: Final = (Phase.PROPOSE, Phase.VOTE)
_NOBODY: Final = "-"

Drawn = tuple[Seat | None, ...]
Action = int | str | Drawn


class CommonPool(Game[CommonPoolState, Action]):
    """Rounds of four parts: harvest and consumption; punishment; learning from somebody who fares better; a vote.

    A player harvests `productivity / players * effort * stock`; what is left, X, grows to `X + r X (1 - X / K)`.
    Whoever's store is below 0 at the end of a round drops out. All quantities are kept in hundredths, as players read
    them.

    No player is told what to aim at, nor how much of the resource there is. Ratings need a number all the same: the
    result of a seat is its store, which the briefing does not call a result.

    Known of the paper, from summaries only: the four parts, an effort from 0 to 1, harvests in proportion to effort and
    resource, fixed consumption, limits by proposal and vote, punishment of harvests above the limit, no stated reward,
    rich and scarce resources, altruistic and selfish characters. Everything else is UNVERIFIED and a reconstruction:
    all numbers, the law of growth, dropping out, the lowest of tied proposals winning, that who watches and whether it
    punishes are decisions instead of fixed rates, and that copying is shown information (one other player's effort and
    store), which the players themselves act on.

    Limits and proposals are whole tenths of a unit; efforts are whole percents.
    """

    Params = CommonPoolParams
    params: CommonPoolParams
    info = GameInfo(
        name="common_pool",
        version=1,
        title="Common pool society",
        summary="Players live on a resource that regrows, watch and punish each other, and vote on limits.",
        family="dilemmas",
        dynamics=Dynamics.MIXED,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.ENUMERATED,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "commons", "norms", "punishment", "voting", "many players"),
        references=(
            "Gupta et al., AAMAS 2026, arXiv:2510.14401 (the four parts of a round, by summaries of the paper; numbers "
            "and laws here are a reconstruction, not verified)",
            "E. Ostrom, Governing the commons, 1990",
        ),
    )

    def __init__(self, params: CommonPoolParams | None = None) -> None:
        super().__init__(params)
        own = self.params
        self._seats = tuple(range(own.num_players))
        if not own.copying and not own.punishment:
            self.info = replace(self.info, chance=Chance.NONE)

    @property
    def sustainable_yield(self) -> float:
        """The most that all together can harvest in every round for ever, `r K / 4`; it needs `K / 2` left over."""
        return self.params.growth * self.params.capacity / 4

    @property
    def sustainable_effort(self) -> float:
        """The effort, from 0 to 1, at which all of them harvest that, once the resource has settled: `r / (2 + r) / a`.

        With a rate of harvest `a e`, `K / 2` left over and `K / 2 + r K / 4` before the harvest.
        """
        growth = self.params.growth
        return min(1.0, growth / (2 + growth) / self.params.productivity)

    def initial_state(self) -> CommonPoolState:
        own = self.params
        limit = None if own.first_limit is None else round(10 * own.first_limit)
        start = Round(round(own.start, 2), limit)
        return CommonPoolState(Phase.HARVEST, start, self._seats, (round(own.store, 2),) * own.num_players)

    def to_move(self, state: CommonPoolState) -> tuple[Seat, ...]:
        phase, now, players = state.phase, state.now, state.players
        if phase is Phase.HARVEST:
            return players
        if phase is Phase.WATCH:
            return players if self.params.punishment and now.limit is not None and len(players) > 1 else ()
        if phase is Phase.DRAW:
            return (CHANCE,) if True in now.watching else ()
        if phase is Phase.PUNISH:
            return tuple([seat for seat, target in enumerate(now.watched) if _above(now, target)])
        if phase is Phase.MEET:
            return (CHANCE,) if self.params.copying and len(players) > 1 else ()
        if phase is Phase.PROPOSE:
            return players if self.params.voting and len(players) > 1 else ()
        return players if phase is Phase.VOTE and len(distinct(now.proposals)) > 1 else ()

    def legal_actions(self, state: CommonPoolState, seat: Seat) -> Sequence[Action]:
        if state.phase is Phase.HARVEST:
            return range(FULL_EFFORT + 1)
        if state.phase is Phase.WATCH:
            return (WATCH, IGNORE)
        if state.phase is Phase.PUNISH:
            return (PUNISH, SPARE)
        return range(self.params.highest_limit + 1) if state.phase is Phase.PROPOSE else distinct(state.now.proposals)

    def sample_chance(self, state: CommonPoolState, rng: random.Random) -> Drawn:
        """Another player for everybody who watches or meets one."""
        who = self._drawing(state)
        return tuple(
            [
                rng.choice([other for other in state.players if other != seat]) if seat in who else None
                for seat in self._seats
            ]
        )

    def apply(self, state: CommonPoolState, actions: Mapping[Seat, Action]) -> CommonPoolState:
        state = self._done(state, actions)
        while True:
            state = self._round_over(state) if state.phase is Phase.VOTE else _later(state)
            if state.phase is Phase.OVER or self.to_move(state):
                return state

    def returns(self, state: CommonPoolState) -> tuple[float, ...]:
        return state.stores

    def utility_bounds(self) -> tuple[float, float]:
        own = self.params
        lowest = -own.consumption - own.punishment_cost - own.fine * (own.num_players - 1)
        return lowest, own.store + own.rounds * (self.params.per_player * own.capacity + 0.01)

    def max_turns(self) -> int:
        return self.params.rounds * (len(_PHASES) - 1)

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        return briefing(self.params, seat)

    def observation(self, state: CommonPoolState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        return "\n".join([*news(view), *asked(view, seat, self.params, moves=seat in self.to_move(state))])

    def action_to_text(self, state: CommonPoolState, seat: Seat, action: Action) -> str:
        if isinstance(action, tuple):
            return ", ".join(_NOBODY if other is None else str(other + 1) for other in action)
        return in_units(action) if isinstance(action, int) and state.phase in _LIMITS else str(action)

    def parse_action(self, state: CommonPoolState, seat: Seat, text: str) -> Action:
        if seat == CHANCE:
            return self._read_draw(state, text)
        if state.phase is Phase.HARVEST:
            efforts = range(FULL_EFFORT + 1)
            return whole_number(text, efforts, span(efforts))
        if state.phase in _LIMITS:
            return self._read_limit(state, text)
        words = (WATCH, IGNORE) if state.phase is Phase.WATCH else (PUNISH, SPARE)
        return choose(text, {word: word for word in words}, f"{WATCH}|{IGNORE}|{PUNISH}|{SPARE}")

    def render(self, state: CommonPoolState) -> str:
        stores = ", ".join(f"{store:.2f}" for store in state.stores)
        limit = "none" if state.now.limit is None else in_units(state.now.limit)
        where = f"round {len(state.past) + 1}, {state.phase}; resource {state.now.stock:.2f}"
        return f"{where}; limit {limit}; stores {stores}"

    def outcome_text(self, state: CommonPoolState) -> str:
        left = len(state.players)
        return f"{len(state.past)} rounds; {left} of {self.num_players} players left; {super().outcome_text(state)}"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: CommonPoolState, seat: Seat) -> CommonPoolView:
        past = [own_round(each, seat) for each in state.past]
        lived = tuple([own for own in past if own.effort is not None])
        if seat not in state.players:
            return CommonPoolView(Phase.OVER, Own(None), lived, (), state.stores[seat])
        return CommonPoolView(state.phase, own_round(state.now, seat), lived, state.players, state.stores[seat])

    # -- phases -------------------------------------------------------------------------------------------

    def _done(self, state: CommonPoolState, actions: Mapping[Seat, Action]) -> CommonPoolState:
        """The state with what was done in its phase, and what that brings at once."""
        if CHANCE in actions:
            drawn = actions[CHANCE]
            assert isinstance(drawn, tuple), "lots draw another player for every seat that needs one"
            if state.phase is Phase.DRAW:
                return state._replace(now=state.now._replace(watched=drawn))
            return state._replace(now=state.now._replace(met=drawn, stores=state.stores))
        if state.phase is Phase.HARVEST:
            return self._harvested(state, self._numbers(actions))
        if state.phase is Phase.PROPOSE:
            return state._replace(now=state.now._replace(proposals=self._numbers(actions)))
        if state.phase is Phase.VOTE:
            return state._replace(now=state.now._replace(votes=self._numbers(actions)))
        if state.phase is Phase.WATCH:
            return state._replace(now=state.now._replace(watching=self._whether(actions, WATCH)))
        return self._punished(state, self._whether(actions, PUNISH))

    def _harvested(self, state: CommonPoolState, efforts: tuple[int | None, ...]) -> CommonPoolState:
        at_full = self.params.per_player * state.now.stock
        harvests = tuple([round(at_full * (effort or 0) / FULL_EFFORT, 2) for effort in efforts])
        stores = tuple(
            [
                round(store + harvests[seat] - self.params.consumption, 2) if seat in state.players else store
                for seat, store in enumerate(state.stores)
            ]
        )
        return state._replace(now=state.now._replace(efforts=efforts, harvests=harvests), stores=stores)

    def _punished(self, state: CommonPoolState, punished: tuple[bool | None, ...]) -> CommonPoolState:
        now, own = state.now._replace(punished=punished), self.params
        stores = tuple(
            [
                round(store - own.fine * fines(now, seat) - own.punishment_cost * (punished[seat] is True), 2)
                for seat, store in enumerate(state.stores)
            ]
        )
        return state._replace(now=now, stores=stores)

    def _round_over(self, state: CommonPoolState) -> CommonPoolState:
        """The next round with what has grown and the limit that was chosen; or the end."""
        now = state.now._replace(stores=state.stores)
        players = tuple([seat for seat in state.players if state.stores[seat] >= 0])
        past = (*state.past, now)
        over = not players or len(past) == self.params.rounds
        following = Round(self.regrown(max(0.0, now.stock - sum(now.harvests))), _chosen(now))
        return CommonPoolState(Phase.OVER if over else Phase.HARVEST, following, players, state.stores, past)

    def regrown(self, left: float) -> float:
        """The resource of the next round, given what a harvest leaves: logistic growth."""
        return round(max(0.0, left + self.params.growth * left * (1 - left / self.params.capacity)), 2)

    # -- parts --------------------------------------------------------------------------------------------

    def _numbers(self, actions: Mapping[Seat, Action]) -> tuple[int | None, ...]:
        """The number of every seat that acted."""
        found = [actions.get(seat) for seat in self._seats]
        return tuple([each if isinstance(each, int) else None for each in found])

    def _whether(self, actions: Mapping[Seat, Action], word: str) -> tuple[bool | None, ...]:
        """Whether every seat that acted chose a word."""
        return tuple([actions[seat] == word if seat in actions else None for seat in self._seats])

    def _drawing(self, state: CommonPoolState) -> tuple[Seat, ...]:
        """The seats that lots draw another player for."""
        if state.phase is Phase.MEET:
            return state.players
        return tuple([seat for seat, watches in enumerate(state.now.watching) if watches])

    def _read_draw(self, state: CommonPoolState, text: str) -> Drawn:
        """The draw that a text is; raises Unparsable or Illegal."""
        who = self._drawing(state)
        expected = f"expected the number of another player for each of {', '.join(str(seat + 1) for seat in who)}"
        if not re.fullmatch(r"(-|[0-9]{1,2})( *, *(-|[0-9]{1,2}))*", text.strip()):
            raise Unparsable(f"{quoted(text)} is no draw; {expected}, and {_NOBODY} for the others")
        drawn = tuple([None if part.strip() == _NOBODY else int(part) - 1 for part in text.split(",")])
        fits = len(drawn) == len(self._seats) and all(
            other is None if seat not in who else other in state.players and other != seat
            for seat, other in enumerate(drawn)
        )
        if not fits:
            raise Illegal(f"{quoted(text)} cannot be drawn here; {expected}, and {_NOBODY} for the others")
        return drawn

    def _read_limit(self, state: CommonPoolState, text: str) -> int:
        """The limit that a text names, in tenths; raises Unparsable or Illegal."""
        voting = state.phase is Phase.VOTE
        proposals = distinct(state.now.proposals)
        expected = (
            f"expected one of the proposals: {', '.join(map(in_units, proposals))}"
            if voting
            else f"expected a number from 0 to {in_units(self.params.highest_limit)} with at most one decimal"
        )
        if not re.fullmatch(r"[+-]?[0-9]{1,6}(\.[0-9])?", text.strip()):
            raise Unparsable(f"{quoted(text)} is no limit; {expected}")
        limit = round(10 * float(text))
        if limit not in (proposals if voting else range(self.params.highest_limit + 1)):
            raise Illegal(f"{quoted(text)} is not possible here; {expected}")
        return limit


def _later(state: CommonPoolState) -> CommonPoolState:
    return state._replace(phase=_PHASES[_PHASES.index(state.phase) + 1])


def _above(now: Round, target: Seat | None) -> bool:
    """Whether a watched seat harvested more than the limit."""
    return target is not None and now.limit is not None and now.harvests[target] > now.limit / 10


def _chosen(now: Round) -> int | None:
    """The limit after a round: the proposal with the most votes, the lowest of several; the old one without any."""
    counts = Counter(vote for vote in now.votes if vote is not None)
    if counts:
        return min(counts, key=lambda limit: (-counts[limit], limit))
    proposals = distinct(now.proposals)
    return proposals[0] if proposals else now.limit
