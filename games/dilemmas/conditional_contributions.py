"""A public good by the strategy method: a contribution, and a table of contributions for what the others give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

from games.core import CHANCE, Game, Illegal, Seat, Unparsable
from games.dilemmas.public_goods import ContributionParams, ContributionRound
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import tidy
from games.parsing import choose, quoted
from games.transforms.joint_round import JointState

Schedule = tuple[int, ...]
"""The contribution for each mean contribution of the others, from 0 to the endowment."""


class ConditionalContributionsParams(ContributionParams):
    """Parameters of the public good by the strategy method."""

    endowment: int = Field(20, ge=1, le=50, description="Tokens that each player gets; tables have one entry more.")


class ConditionalState(NamedTuple):
    """What has been decided.

    Attributes:
        gifts: unconditional contributions, seat by seat.
        tables: tables of conditional contributions, likewise.
        drawn: the seat whose table counts.
    """

    gifts: tuple[int, ...] = ()
    tables: tuple[Schedule, ...] = ()
    drawn: Seat | None = None


class ConditionalView(NamedTuple):
    """What a seat knows.

    Attributes:
        gift: its unconditional contribution.
        table: its table; empty before it has been made.
        drawn: the seat whose table counts.
        contributions: everybody's contributions that count, once the seat is drawn.
    """

    gift: int | None = None
    table: Schedule = ()
    drawn: Seat | None = None
    contributions: tuple[int, ...] = ()


Action = int | Schedule


class ConditionalContributions(Game[ConditionalState, Action]):
    """All decide on a contribution, then on a table; for one player drawn by lot the table counts, at the others' mean.

    Both decisions can count, so that it pays to take both seriously; as the game is played once, the table shows how
    far somebody cooperates because others do. With `multiplier < num_players` a table of zeros is dominant, and all
    giving nothing is an equilibrium. An unconditional gift can pay only where the tables of others rise steeply.

    The mean of the others' contributions is rounded to a whole number, halves upwards.
    """

    Params = ConditionalContributionsParams
    params: ConditionalContributionsParams
    info = GameInfo(
        name="conditional_contributions",
        version=1,
        title="Conditional contributions to a public good",
        summary="Players fill in how much they would give for every mean contribution of the others; one table counts.",
        family="dilemmas",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        max_players=10,
        symmetric=True,
        tags=("dilemma", "cooperation", "strategy method", "many players"),
        references=(
            "U. Fischbacher, S. Gaechter and E. Fehr, Are people conditionally cooperative? Evidence from a public "
            "goods experiment, 2001 (4 players, 20 tokens, 0.4 tokens back per token)",
        ),
    )

    def __init__(self, params: ConditionalContributionsParams | None = None) -> None:
        super().__init__(params)
        self._giving = ContributionRound(self.params)
        self._seats = tuple(range(self.params.num_players))
        self._nothing = (0.0,) * self.params.num_players

    def initial_state(self) -> ConditionalState:
        return ConditionalState()

    def to_move(self, state: ConditionalState) -> tuple[Seat, ...]:
        if not state.tables:
            return self._seats
        return (CHANCE,) if state.drawn is None else ()

    def legal_actions(self, state: ConditionalState, seat: Seat) -> Sequence[int] | None:
        """Unconditional contributions; tables are open, as there are too many of them."""
        return None if state.gifts else self._giving.legal_actions(JointState(), seat)

    def example_actions(self, state: ConditionalState, seat: Seat) -> Sequence[Action]:
        """Contributions; or tables that, in this order, give nothing, match the others, give all, or rise and fall."""
        if not state.gifts:
            return self._giving.legal_actions(JointState(), seat)
        most = self.params.endowment
        steps = range(most + 1)
        tables = ((0,) * (most + 1), tuple(steps), (most,) * (most + 1), tuple([min(k, most - k) for k in steps]))
        return list(dict.fromkeys(tables))

    def chance_outcomes(self, state: ConditionalState) -> Sequence[tuple[Seat, float]]:
        return [(seat, 1 / len(self._seats)) for seat in self._seats]

    def apply(self, state: ConditionalState, actions: Mapping[Seat, Action]) -> ConditionalState:
        if CHANCE in actions:
            drawn = actions[CHANCE]
            return state._replace(drawn=drawn if isinstance(drawn, int) else None)
        made = [actions[seat] for seat in self._seats]
        if state.gifts:
            return state._replace(tables=tuple([table for table in made if isinstance(table, tuple)]))
        return ConditionalState(tuple([gift for gift in made if isinstance(gift, int)]))

    def contributions(self, state: ConditionalState) -> tuple[int, ...]:
        """The contributions that count; none before a seat is drawn."""
        if state.drawn is None:
            return ()
        given = list(state.gifts)
        given[state.drawn] = state.tables[state.drawn][self.rounded_mean(state)]
        return tuple(given)

    def rounded_mean(self, state: ConditionalState) -> int:
        """What the others than the drawn seat gave on average, as a line of the table."""
        assert state.drawn is not None, "one of the tables counts"
        others = len(state.gifts) - 1
        return (2 * (sum(state.gifts) - state.gifts[state.drawn]) + others) // (2 * others)

    def returns(self, state: ConditionalState) -> tuple[float, ...]:
        return self._nothing if state.drawn is None else self._giving.payoffs(self.contributions(state))

    def utility_bounds(self) -> tuple[float, float]:
        return self._giving.utility_bounds()

    def max_turns(self) -> int:
        return 3

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        endowment = self.params.endowment
        return (
            f"{self._giving.briefing(seat)}\n"
            "The game is played once, and you decide twice before you learn anything. First you decide how many tokens "
            "you give without knowing what the others give. Then you fill in a table: how many tokens you give if "
            f"{self._others()} 0, 1, 2, ... {endowment} tokens.\n"
            "When all have done this, one player is drawn by lot. For this player the table counts, at what the others "
            "gave in their first decision; for the others the first decision counts. So both of your decisions can "
            "count.\n"
            "Your result is the tokens you kept plus your share of the pool; more is better.\n"
            f"First you write a whole number from 0 to {endowment} without other words; then the table, as "
            f"{endowment + 1} whole numbers from 0 to {endowment} with spaces between them: the first for 0 tokens of "
            f"the others, the last for {endowment}"
        )

    def observation(self, state: ConditionalState, seat: Seat) -> str:
        endowment = self.params.endowment
        if not state.gifts:
            return f"You have {endowment} tokens. How many do you give, not knowing what the others give?"
        if not state.tables:
            ask = f"How many tokens do you give if {self._others()} 0, 1, 2, ... {endowment} tokens?"
            return f"{ask} Write {endowment + 1} numbers."
        if state.drawn is None:
            return "It is being drawn whose table counts."
        given, whose = self.contributions(state), "your" if state.drawn == seat else f"player {state.drawn + 1}'s"
        return (
            f"The draw: {whose} table counts, where the others gave {self.rounded_mean(state)} on average.\n"
            f"{self._giving.summary(given, seat)}"
        )

    def action_to_text(self, state: ConditionalState, seat: Seat, action: Action) -> str:
        if seat == CHANCE and isinstance(action, int):
            return f"player {action + 1}"
        return " ".join(map(str, action)) if isinstance(action, tuple) else str(action)

    def parse_action(self, state: ConditionalState, seat: Seat, text: str) -> Action:
        """A whole number; then a table, with spaces or commas between its numbers."""
        if seat == CHANCE:
            return choose(text, {f"player {drawn + 1}": drawn for drawn in self._seats}, r"player [0-9]{1,2}")
        if not state.gifts:
            return self._giving.parse_action(JointState(), seat, text)
        most = self.params.endowment
        expected = f"expected {most + 1} whole numbers from 0 to {most}, with spaces between them"
        entries = re.split(r" ?, ?| ", tidy(text))
        if not all(re.fullmatch("[0-9]{1,9}", entry) for entry in entries):
            raise Unparsable(f"{quoted(text)} is no table; {expected}")
        if len(entries) != most + 1:
            raise Unparsable(f"{quoted(text)} has {len(entries)} numbers; {expected}")
        if any(int(entry) > most for entry in entries):
            raise Illegal(f"{quoted(text)} cannot be given: nobody has more than {most} tokens; {expected}")
        return tuple(map(int, entries))

    def render(self, state: ConditionalState) -> str:
        tables = [f"table of player {player + 1}: {table}" for player, table in enumerate(state.tables)]
        gifts = f"given: {', '.join(map(str, state.gifts)) or '-'}"
        counted = [] if state.drawn is None else [f"counted: {', '.join(map(str, self.contributions(state)))}"]
        return "\n".join([gifts, *tables, *counted])

    def outcome_text(self, state: ConditionalState) -> str:
        given = ", ".join(map(str, self.contributions(state)))
        return f"contributions {given or '-'}; {super().outcome_text(state)}"

    def _others(self) -> str:
        """Who a line of the table is about."""
        if self.params.num_players == 2:
            return "the other player gives"
        return "the others give, on average and rounded to a whole number,"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: ConditionalState, seat: Seat) -> ConditionalView:
        return ConditionalView(
            gift=state.gifts[seat] if state.gifts else None,
            table=state.tables[seat] if state.tables else (),
            drawn=state.drawn,
            contributions=self.contributions(state),
        )
