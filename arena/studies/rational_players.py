"""Fan et al.: wanting what one is told to want, learning what others do, and acting on what one expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import fmean
from typing import Any, Final, NamedTuple, get_args

from agents.bots.patterns import best_reply
from arena.config import AgentEntry, RunConfig
from arena.metrics.base import Result
from arena.metrics.intervals import mean_value, share_value
from arena.records import MatchRecord, Outcome
from arena.replay import replay
from arena.studies.base import Cell, Lines, Report, Size, Study, Table, figure_name
from arena.studies.rosters import entry_for
from games.core import Game, Seat
from games.economic.allocation_choice import AllocationChoice, Preference
from games.matrix.framing import Framing
from games.matrix.matrix_game import MatrixGame
from games.matrix.two_node_ring import BEST, DOMINANT, THINKER, TwoNodeRing
from games.registry import load
from games.transforms.elicited import Elicited, bare
from games.transforms.repeated import Repeated

_PREFERENCES: Final[tuple[Preference, ...]] = get_args(Preference)
_CHOICES: Final = 50
_ROUNDS: Final = 10
_LATE: Final = 5
# Rock, paper, scissors: 2 for a win, 1 for a tie.
_SHAPES: Final = ("rock", "paper", "scissors")
_POINTS: Final = (((1, 1), (0, 2), (2, 0)), ((2, 0), (1, 1), (0, 2)), ((0, 2), (2, 0), (1, 1)))
_RULES: Final = {
    "constant": "pattern_player(cycle=[0])",
    "loop of 2": "pattern_player",
    "loop of 3": "pattern_player(cycle=[0, 1, 2])",
    "copies": "copier",
    "counters": "counterer",
    "samples": "sampler(weights=[0.6, 0.2, 0.2])",
}
_DEALS: Final = {Size.SMALL: 2, Size.FULL: 10}
_OTHER: Final = AgentEntry(agent="ring_thinker", name="rational other")
_SCALES: Final = {Size.SMALL: (1,), Size.FULL: (1, 10)}
_LABELS: Final = {Size.SMALL: ("given",), Size.FULL: ("given", "colours")}
_BELIEFS: Final = ("implicit", "explicit", "given")
_PAPER: Final = "Fan et al., Can large language models serve as rational players in game theory?, AAAI 2024"
_NOTES: Final = (
    "In rock, paper, scissors a win brings 2 and a tie 1. The best reply to a player who samples is that to the shape "
    "which it shows most.",
    "The rules can be known from round 2 on (constant), 3 (loop of 2), 4 (loop of 3), and 2 or 3 (copies, counters); "
    "who learns them plays best from there on.",
    "The paper finds that models serve equality and their own interest almost without error, the common interest and "
    "the other's less well; that they do not learn many simple patterns; and that they overlook or change what they "
    "expect when they act. Its numbers are not shown: they could not be checked.",
)


class Side(NamedTuple):
    """A completed match from the side of an agent under study: its game, last state and cluster, and who played."""

    game: Game[Any, Any]
    end: Any
    cluster: str
    seat: Seat
    agent: str
    opponent: str


class Shapes(NamedTuple):
    """A match of rock, paper, scissors: points of every round, and whether what was played was best."""

    side: Side
    points: tuple[float, ...]
    best: tuple[bool, ...]


class Thought(NamedTuple):
    """A ring from the side of the one who has to think.

    Attributes:
        side: the match.
        belief: implicit, explicit or given.
        action: what was chosen.
        expected: the other's action that was thought likelier; None where it was not asked or had no answer.
    """

    side: Side
    belief: str
    action: int
    expected: int | None


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Choices under four preferences, rock, paper, scissors against six rules, and the ring in three forms."""
    rings = [game for belief in _BELIEFS for game in _rings(belief, size)]
    entries = [
        *(entry_for(agents, game) for game in map(_allocation, _PREFERENCES)),
        entry_for(agents, _shapes(), tuple(_RULES.values()), _DEALS[size]),
        *(entry_for(agents, game, (_OTHER.label,)) for game in rings),
    ]
    games = tuple(entry for entry in entries if entry is not None)
    played = {name for entry in games for name in entry.agents or ()} - {entry.label for entry in agents}
    rules = (AgentEntry(agent=spec) for spec in _RULES.values())
    field = tuple(entry for entry in (*rules, _OTHER) if entry.label in played)
    return RunConfig(name="rational_players", agents=(*agents, *field), games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """What the agents wanted, learnt and expected, and a picture of the learning of each."""
    sides = [side for record in records for side in _sides(record, agents)]
    wanted = [side for side in sides if isinstance(side.game, AllocationChoice)]
    shapes = [
        _shapes_of(side) for side in sides if side.opponent in _RULES.values() and isinstance(side.game, Repeated)
    ]
    rings = [side for side in sides if isinstance(bare(side.game), TwoNodeRing) and side.opponent == _OTHER.label]
    late = f"rock, paper, scissors: points per round from round {_ROUNDS - _LATE + 1} on"
    settled = f"rock, paper, scissors: first round from which play stays best; {_ROUNDS + 1} where it does not"
    return Report(
        tables=(
            _wants(wanted, agents),
            _learning(shapes, agents, late, lambda one: fmean(one.points[-_LATE:])),
            _learning(shapes, agents, settled, lambda one: float(settles(one.best))),
            _thinking([_thought(side) for side in rings if side.seat == THINKER], agents),
            _dominance([side for side in rings if side.seat != THINKER], agents),
        ),
        figures=tuple(_curves(agent, shapes) for agent in agents if any(one.side.agent == agent for one in shapes)),
        notes=_NOTES,
    )


def settles(best: Sequence[bool]) -> int:
    """The first round, from 1, from which every move is best; one more than there are where the last is not."""
    return len(best) + 1 - next((number for number, hit in enumerate(reversed(best)) if not hit), len(best))


def _allocation(preference: Preference) -> str:
    return AllocationChoice.of(preference=preference, rounds=_CHOICES).spec


def _shapes() -> str:
    return Repeated.of(stage=MatrixGame.of(payoffs=_POINTS, actions=_SHAPES).spec, rounds=_ROUNDS).spec


def _rings(belief: str, size: Size) -> Iterator[str]:
    for scale in _SCALES[size]:
        for labels in _LABELS[size]:
            framing = Framing.model_validate({"labels": labels})
            game = TwoNodeRing.of(given=belief == "given", scale=scale, framing=framing).spec
            yield Elicited.of(game=game).spec if belief == "explicit" else game


def _sides(record: MatchRecord, agents: Sequence[str]) -> Iterator[Side]:
    names = [seat.agent for seat in record.header.seats]
    if record.result.outcome is not Outcome.COMPLETED or not set(names) & set(agents):
        return
    game = load(record.header.game)
    *_, last = replay(record, game)
    for seat, name in enumerate(names):
        if name in agents:
            yield Side(game, last.state, record.header.cluster, seat, name, names[-1 - seat])


def _shapes_of(side: Side) -> Shapes:
    stage = side.game.stage if isinstance(side.game, Repeated) else None
    assert isinstance(stage, MatrixGame), "the study repeats a matrix game"
    rounds = [finished.actions for finished in side.end.past]
    foreseen = (0 if side.opponent == _RULES["samples"] else actions[1 - side.seat] for actions in rounds)
    return Shapes(
        side,
        points=tuple(stage.payoffs[actions][side.seat] for actions in rounds),
        best=tuple(
            actions[side.seat] == best_reply(stage, side.seat, other)
            for actions, other in zip(rounds, foreseen, strict=True)
        ),
    )


def _thought(side: Side) -> Thought:
    game, inner = side.game, bare(side.game)
    assert isinstance(inner, TwoNodeRing), "the caller sorts games"
    if not isinstance(game, Elicited):
        return Thought(side, "given" if inner.params.given else "implicit", side.end.actions[THINKER], None)
    # Its answer comes first, and the question what the other will do is the first one.
    percents = side.end.past[THINKER][0].action[0]
    likelier = percents.index(max(percents)) if len(set(percents)) > 1 else None
    order = inner.legal_actions(inner.initial_state(), 1 - THINKER)
    return Thought(
        side, "explicit", side.end.inner.actions[THINKER], expected=None if likelier is None else order[likelier]
    )


def _wants(sides: Sequence[Side], agents: Sequence[str]) -> Table:
    def share(agent: str, preference: Preference) -> Result:
        own = [side for side in sides if side.agent == agent]
        return share_value((hit for side in own for hit in _choices(side, preference)), "not asked")

    columns = ("agent", *(preference.replace("_", " ") for preference in _PREFERENCES))
    rows = ((agent, tuple[Cell, ...](share(agent, preference) for preference in _PREFERENCES)) for agent in agents)
    return Table("share of choices that fit the told preference", columns, tuple(rows))


def _choices(side: Side, preference: Preference) -> Iterator[tuple[str, bool]]:
    """The choices made under a preference, each a cluster of its own, and whether they fit it."""
    game = side.game
    assert isinstance(game, AllocationChoice), "the caller sorts games"
    if game.params.preference == preference:
        for number, choice in enumerate(side.end.choices):
            yield str(number), game.right(number, choice)


def _learning(shapes: Sequence[Shapes], agents: Sequence[str], title: str, measure: Callable[[Shapes], float]) -> Table:
    def mean(agent: str, opponent: str) -> Result:
        values = (
            (one.side.cluster, measure(one))
            for one in shapes
            if one.side.agent == agent and one.side.opponent == opponent
        )
        return mean_value(values, "no such match was completed")

    rows = ((agent, tuple[Cell, ...](mean(agent, opponent) for opponent in _RULES.values())) for agent in agents)
    return Table(title, ("agent", *_RULES), tuple(rows))


def _thinking(thoughts: Sequence[Thought], agents: Sequence[str]) -> Table:
    """Whether the best action was taken in each form, whether beliefs were right, and whether action answered them."""
    rows = []
    for agent in agents:
        own = [one for one in thoughts if one.side.agent == agent]
        stated = [one for one in own if one.expected is not None]
        asked = [one for one in own if one.belief == "explicit"]
        cells: tuple[Cell, ...] = (
            *(_share((one, one.action == BEST) for one in own if one.belief == belief) for belief in _BELIEFS),
            _share((one, one.expected == DOMINANT) for one in asked),
            _share((one, one.action == best_reply(_ring(one), THINKER, one.expected or 0)) for one in stated),
        )
        rows.append((agent, cells))
    beliefs = tuple(f"best, belief {belief}" for belief in _BELIEFS)
    return Table("ring: thinking of the other", ("agent", *beliefs, "belief right", "action fits belief"), tuple(rows))


def _ring(one: Thought) -> MatrixGame:
    game = bare(one.side.game)
    assert isinstance(game, MatrixGame), "a ring is a matrix game"
    return game


def _share(hits: Iterable[tuple[Thought, bool]]) -> Result:
    return share_value(((one.side.cluster, hit) for one, hit in hits), "no such match was completed")


def _dominance(sides: Sequence[Side], agents: Sequence[str]) -> Table:
    def share(agent: str) -> Result:
        hits = (
            (side.cluster, (side.end.inner if isinstance(side.game, Elicited) else side.end).actions[1] == DOMINANT)
            for side in sides
            if side.agent == agent
        )
        return share_value(hits, "no such match was completed")

    return Table(
        "ring: having a dominant action", ("agent", "took it"), tuple((agent, (share(agent),)) for agent in agents)
    )


def _curves(agent: str, shapes: Sequence[Shapes]) -> Lines:
    """Mean points of every round, one line per rule."""
    own = {
        rule: [one.points for one in shapes if one.side.agent == agent and one.side.opponent == opponent]
        for rule, opponent in _RULES.items()
    }
    series = tuple((rule, tuple(map(fmean, zip(*points, strict=True)))) for rule, points in own.items() if points)
    name = figure_name("learning", agent)
    rounds = tuple(str(number) for number in range(1, _ROUNDS + 1))
    return Lines(name, f"Rock, paper, scissors: {agent}", "round", "points", rounds, series)


STUDY: Final = Study(
    name="rational_players",
    title="Rational players: desires, beliefs and actions",
    source=_PAPER,
    asks="Does an agent want what it is told to want, learn what others do, and act on what it expects?",
    unverified=(
        "The paper's allocations, numbers of rounds, scoring and payoffs could not be checked; the whole protocol is a "
        "reconstruction.",
    ),
    plan=plan,
    report=report,
)
