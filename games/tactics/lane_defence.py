"""Lane defence: one side places units in lanes, the other sends units down them to the gate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pydantic import Field as Parameter

from games.core import GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted
from games.tactics.lane_fight import Field, LaneResult, fight
from games.tactics.lane_units import (
    ATTACKERS,
    DEFENDERS,
    Attacker,
    Defender,
    attacker_text,
    defender_text,
)
from games.tactics.plans import Battle, PlanGame

DEFENDER: Final = 0
ATTACKER: Final = 1

_MOST_ATTACKERS: Final = 40
_ENTRY: Final = re.compile(r"([a-z]+)((?: \d{1,2}[-@]\d{1,2}(?:x[1-9]\d?)?)+)", re.ASCII)


class LaneDefenceParams(GameParams):
    """Parameters of lane defence."""

    defence_budget: int = Parameter(2000, ge=100, le=20_000, description="What the defender may spend.")
    attack_budget: int = Parameter(1500, ge=100, le=20_000, description="What the attacker may spend.")
    lanes: int = Parameter(5, ge=1, le=9, description="Lanes, side by side.")
    columns: int = Parameter(11, ge=3, le=20, description="Columns from the gate to where attackers enter.")
    ticks: int = Parameter(300, ge=50, le=1000, description="Ticks after which the attack has failed.")


class Post(NamedTuple):
    """A bought unit.

    Attributes:
        unit: its name.
        lane: its lane, from 1.
        place: a defender's column, from 1 at the gate; the tick at which an attacker enters.
    """

    unit: str
    lane: int
    place: int


LanePlan = tuple[Post, ...]


class LaneDefence(PlanGame[LanePlan]):
    """Defenders stand in cells and shoot along their lane; one attacker through the gate wins for its side.

    A plan is a tuple of posts, in the order of the table of units, then by lane and place.

    Attributes:
        defenders: the table of defenders.
        attackers: the table of attackers.
    """

    Params = LaneDefenceParams
    params: LaneDefenceParams
    margin_unit = "units"
    info = GameInfo(
        name="lane_defence",
        version=1,
        title="Lane defence",
        summary="A defender places units in lanes under a budget, an attacker sends units down them to the gate.",
        family="tactics",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.OPEN,
        roles=("defender", "attacker"),
        tags=("plans", "budget", "tower defence", "simulation", "advgamebench"),
        references=(
            "AdvGameBench, 2025, arXiv 2506.12012 (the shape: 5 lanes, 11 columns, ten defenders for 2000, twelve "
            "attackers for 1500; units, numbers and the clock are ours)",
        ),
    )

    def __init__(self, params: LaneDefenceParams | None = None) -> None:
        super().__init__(params)
        self.defenders: Mapping[str, Defender] = DEFENDERS
        self.attackers: Mapping[str, Attacker] = ATTACKERS

    def budget(self, seat: Seat) -> int:
        return self.params.defence_budget if seat == DEFENDER else self.params.attack_budget

    def prices(self, seat: Seat) -> dict[str, int]:
        """What each unit of a seat costs."""
        table = self.defenders if seat == DEFENDER else self.attackers
        return {name: unit.cost for name, unit in table.items()}

    def cost(self, seat: Seat, plan: LanePlan) -> int:
        prices = self.prices(seat)
        return sum(prices[post.unit] for post in plan)

    def lanes(self, defence: LanePlan, attack: LanePlan) -> tuple[LaneResult, ...]:
        """How each lane ends."""
        return tuple(self._lane(lane, defence, attack) for lane in range(1, self.params.lanes + 1))

    def simulate(self, first: LanePlan, second: LanePlan) -> Battle:
        lanes = self.lanes(first, second)
        through = sum(len(lane.through) for lane in lanes)
        report = _report(lanes)
        if through:
            return Battle(ATTACKER, through, f"{report}\nThe attack came through the gate.")
        return Battle(DEFENDER, sum(lane.standing for lane in lanes), f"{report}\nNobody came through the gate.")

    def write(self, seat: Seat, plan: LanePlan) -> str:
        sign = "-" if seat == DEFENDER else "@"
        groups = groupby(Counter(plan).items(), key=lambda item: item[0].unit)
        return "; ".join(f"{unit} {' '.join(_place(*item, sign) for item in items)}" for unit, items in groups)

    def read(self, seat: Seat, text: str) -> LanePlan:
        posts = [post for entry in text.strip(" ;").split(";") for post in self._entry(seat, entry.strip())]
        ((cell, most),) = Counter(f"{post.lane}-{post.place}" for post in posts).most_common(1)
        if seat == DEFENDER and most > 1:
            raise Illegal(f"one cell holds one unit, but {cell} is named {most} times")
        if seat == ATTACKER and len(posts) > _MOST_ATTACKERS:
            raise Illegal(f"an attack has at most {_MOST_ATTACKERS} units; this one has {len(posts)}")
        return self.plan(seat, posts)

    def plan(self, seat: Seat, posts: Iterable[Post]) -> LanePlan:
        """Posts in canonical order."""
        order = {unit: number for number, unit in enumerate(self.prices(seat))}
        return tuple(sorted(posts, key=lambda post: (order[post.unit], post.lane, post.place)))

    def even(self, seat: Seat, units: Sequence[str], lanes: Sequence[int]) -> LanePlan:
        """A plan within budget: the units one after the other, again and again, each in every lane by turns.

        Defenders stand from the gate outwards in the order in which they are bought; attackers enter at once.
        """
        posts: list[Post] = []
        prices, left = self.prices(seat), self.budget(seat)
        most = (self.params.columns - 1) * len(lanes) if seat == DEFENDER else _MOST_ATTACKERS
        for number in range(most):
            turn, lane = divmod(number, len(lanes))
            unit = units[turn % len(units)]
            if prices[unit] <= left:
                left -= prices[unit]
                posts.append(Post(unit, lanes[lane], turn + 1 if seat == DEFENDER else 0))
        return self.plan(seat, posts)

    def examples(self, seat: Seat) -> Sequence[LanePlan]:
        lanes = range(1, self.params.lanes + 1)
        armies = _DEFENCES if seat == DEFENDER else _ATTACKS
        plans = [self.even(seat, units, part) for units in armies for part in (lanes, lanes[:1])]
        return list(dict.fromkeys(plan for plan in plans if plan))

    def units_text(self, seat: Seat) -> str:
        if seat == DEFENDER:
            return "\n".join(defender_text(name, unit) for name, unit in self.defenders.items())
        return "\n".join(attacker_text(name, unit) for name, unit in self.attackers.items())

    def rules_text(self, seat: Seat) -> str:
        own = self.params
        return (
            f"Lane defence. You are the {self.info.roles[seat]}. There are {own.lanes} lanes of {own.columns} columns; "
            f"the gate is left of column 1. Defenders stand in columns 1 to {own.columns - 1}, at most one per cell, "
            f"and never move. Attackers enter their lane in column {own.columns} at the tick that their plan says and "
            "walk towards column 1. The attacker wins if any unit comes through the gate; the defender wins if all "
            f"fall, or if none is through after {own.ticks} ticks.\n"
            f"{self.budget_rules(seat)}\n"
            "In every tick first the defenders act, from column 1 outwards. A shooter fires every so many ticks at the "
            "nearest attacker in its lane that has not passed it. Flyers are hit by anti-air only, all others are "
            "walkers. Then fire burns, then attackers act, foremost first: after each as many ticks as its pace, one "
            "moves a column, or bites the defender in the next column if one stands there. Lanes do not touch.\n"
            f"Units of the defender:\n{self.units_text(DEFENDER)}\n"
            f"Units of the attacker:\n{self.units_text(ATTACKER)}\n"
            f"{self._form(seat)}"
        )

    def _form(self, seat: Seat) -> str:
        sign, place, more = "-", "column", ""
        if seat == ATTACKER:
            sign, place = "@", "tick of entry"
            more = (
                f" Ticks go from 0 to 99. Several may enter together (1@0x3); at most {_MOST_ATTACKERS} units in all."
            )
        shown = [self.write(seat, plan) for plan in self.examples(seat)[:3]]
        return (
            f"A plan names each unit and then its places, as lane{sign}{place}; semicolons part the units.{more}\n"
            + "\n".join(f"Write your plan on one line, for example: {plan}" for plan in shown)
        )

    def _lane(self, lane: int, defence: LanePlan, attack: LanePlan) -> LaneResult:
        posts = sorted((post.place, post.unit) for post in defence if post.lane == lane)
        waves = sorted(((post.place, post.unit) for post in attack if post.lane == lane), key=lambda wave: wave[0])
        field = Field(self.params.columns, self.params.ticks, self.attackers)
        return fight(field, [(column, self.defenders[unit]) for column, unit in posts], waves)

    def _entry(self, seat: Seat, entry: str) -> Iterator[Post]:
        sign, name = ("-", "lane-column, like 2-1") if seat == DEFENDER else ("@", "lane@tick, like 2@0 or 2@0x3")
        found = _ENTRY.fullmatch(entry)
        if found is None:
            raise Unparsable(f"{quoted(entry)} is no part of a plan; expected a unit and its places as {name}")
        unit = found[1]
        if unit not in self.prices(seat):
            raise Illegal(f"you cannot buy {quoted(unit)}; there are: {', '.join(self.prices(seat))}")
        for place in found[2].split():
            where, _, times = place.partition("x")
            if sign not in where or (times and seat == DEFENDER):
                raise Unparsable(f"{quoted(place)} is no place of yours; expected {name}")
            yield from [self._post(seat, unit, *map(int, where.split(sign)))] * int(times or 1)

    def _post(self, seat: Seat, unit: str, lane: int, place: int) -> Post:
        if not 1 <= lane <= self.params.lanes:
            raise Illegal(f"{unit}: there is no lane {lane}; lanes are 1 to {self.params.lanes}")
        last = self.params.columns - 1
        if seat == DEFENDER and not 1 <= place <= last:
            raise Illegal(f"{unit}: defenders stand in columns 1 to {last}, not {place}")
        return Post(unit, lane, place)


# Plans that spread these units, in turns, over all lanes or put them into the first one.
_DEFENCES: Final = (("archer", "fence"), ("archer", "falconer", "palisade"), ("keg", "archer"), ("crossbow", "fence"))
_ATTACKS: Final = (("raider",), ("runner",), ("veteran", "glider"), ("breaker",))


def _place(post: Post, times: int, sign: str) -> str:
    return f"{post.lane}{sign}{post.place}{f'x{times}' if times > 1 else ''}"


def _report(lanes: Sequence[LaneResult]) -> str:
    """The fights in words, a line for each lane that was attacked."""
    quiet = [str(number) for number, lane in enumerate(lanes, start=1) if not (lane.fell or lane.through or lane.left)]
    lines = [_lane_text(number, lane) for number, lane in enumerate(lanes, start=1) if str(number) not in quiet]
    return "\n".join([*lines, *([f"Nobody came in lane{'s' * (len(quiet) > 1)} {', '.join(quiet)}."] if quiet else [])])


def _lane_text(number: int, lane: LaneResult) -> str:
    """A lane's end in words."""
    names = ", ".join(f"{name} x{times}" if times > 1 else name for name, times in Counter(lane.through).items())
    waiting = f", still outside: {lane.left}" if lane.left else ""
    return (
        f"Lane {number}: through the gate: {names or 'none'}{waiting}, fallen attackers: {lane.fell}, "
        f"defenders left: {lane.standing}; over at tick {lane.ended}."
    )
