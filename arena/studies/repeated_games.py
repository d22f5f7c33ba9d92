"""Akata et al.: repeated 2x2 games of ten rounds, from all ordinal games to thinking ahead and watching others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import Final, NamedTuple

from arena.config import AgentEntry, RunConfig
from arena.metrics.base import Result
from arena.metrics.intervals import mean_value
from arena.records import MatchRecord, Outcome
from arena.replay import replay
from arena.studies.base import Cell, Report, Size, Study, Table
from arena.studies.rational_players import settles
from arena.studies.repeated_parts import Part, Seen, parts, watched
from arena.studies.rosters import entry_for
from games.core import Seat
from games.matrix.matrix_game import MatrixGame
from games.matrix.onlooker import Onlooker, OnlookerState
from games.registry import load
from games.transforms.elicited import Elicited, ElicitedState, bare
from games.transforms.repeated import RepeatedGame, RepeatedState

_PAPER: Final = "Akata et al., Playing repeated games with large language models, Nature Human Behaviour, 2025"
_DATA: Final = f"{_PAPER}, from the data released with it"
_FAMILIES: Final = ("win-win", "biased", "second best", "cyclic", "unfair", "prisoner's dilemma and tragic", "all")
# Points as a share of the most that the player's cells allow, against all opponents and itself.
_SCORES: Final = (
    ("GPT-4", 0.933, 0.728, 0.685, 0.723, 0.726, 0.697, 0.772),
    ("Claude 2", 0.802, 0.796, 0.753, 0.749, 0.752, 0.730, 0.775),
    ("Claude instant 1", 0.878, 0.735, 0.682, 0.691, 0.721, 0.682, 0.754),
    ("text-davinci-003", 0.813, 0.752, 0.637, 0.707, 0.732, 0.678, 0.742),
    ("Llama-2-70B", 0.915, 0.632, 0.487, 0.623, 0.627, 0.584, 0.684),
)
_TIT_FOR_TATS: Final = ("tit for tat", "two tats", "suspicious", "reverse", "hard", "naive 10%", "naive 20%")
_COOPERATION: Final = (("GPT-4", 1.00, 1.00, 0.42, 0.50, 0.08, 0.57, 0.52),)
_COORDINATION: Final = (("GPT-4", 0.5, 0.8),)
_NOTES: Final = (
    "Every agent under study plays every opponent in both seats; agents under study also play each other, but nobody "
    "itself. Matches that were forfeited count in no table.",
    "In the paper GPT-4's joint cooperation is at most 0.1 in all but two cells of words of the dilemma, and "
    "its coordination is 0.5 in all cells of words of the battle of the sexes.",
    "Asked first means: before each choice a player says how likely it thinks each action of the other, and sees its "
    "answer when it chooses. The paper's second call tells the most likely action again in words of its own.",
    "An onlooker sees two others play, of whom one always takes its own favourite, and says what the other will do. "
    "The paper finds that GPT-4 foresees the alternating player from round 5 on in its own game and from round 3 on "
    "as an onlooker.",
    "The study with people is not played.",
    "In the paper's head-to-head comparison of totals, half of the released analysis compares totals with themselves; "
    "matched correctly, GPT-4 is ahead of Llama-2-70B (t 8.71) and behind Claude 2 (t -3.87).",
)


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Every part of the protocol; a game of several parts is played with the opponents of them all."""
    opponents: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts(size):
        for game in part.all_games():
            opponents[game] += part.all_opponents()
    opponents |= {game: [] for game in watched().values()}
    entries = (entry_for(agents, game, names) for game, names in opponents.items())
    games = tuple(entry for entry in entries if entry is not None)
    own = {entry.label for entry in agents}
    others = dict.fromkeys(name for entry in games for name in entry.agents or () if name not in own)
    field = tuple(AgentEntry(agent=name) for name in others)
    return RunConfig(name="repeated_games", agents=(*agents, *field), games=games, seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """One table per part, then the published ones."""
    seen = _by_pool(records, agents)
    played = {record.header.pool for record in records}
    small = {load(game).pool for part in parts(Size.SMALL) for game in part.all_games()}
    tables = [_table(part, seen, agents) for part in parts(Size.SMALL if played <= small else Size.FULL)]
    return Report((*tables, *_watching(records, agents), *_published()), notes=_NOTES)


def _by_pool(records: Sequence[MatchRecord], agents: Sequence[str]) -> dict[str, list[Seen]]:
    """The completed matches of the agents under study, by pool, from their own side."""
    found: defaultdict[str, list[Seen]] = defaultdict(list)
    for record in records:
        if record.result.outcome is Outcome.COMPLETED and len(record.header.seats) > 1:
            found[record.header.pool] += _sides(record, agents)
    return found


class _Played(NamedTuple):
    """A finished match: the game of one round, the last state, and per seat whether each stated belief came true."""

    stage: MatrixGame
    end: RepeatedState
    foresaw: tuple[tuple[bool, ...], ...]


def _sides(record: MatchRecord, agents: Sequence[str]) -> Iterator[Seen]:
    names = [seat.agent for seat in record.header.seats]
    if not set(names) & set(agents):
        return
    played = _played(record)
    for seat, name in enumerate(names):
        if name in agents:
            yield _seen(played, record.header.cluster, (name, names[1 - seat]), seat)


def _played(record: MatchRecord) -> _Played:
    game = load(record.header.game)
    *_, last = replay(record, game)
    inner, end = bare(game), last.state
    foresaw: tuple[tuple[bool, ...], ...] = ((), ())
    if isinstance(game, Elicited):
        assert isinstance(end, ElicitedState), "the state of a game with questions"
        foresaw, end = (_foresaw(game, end, 0), _foresaw(game, end, 1)), end.inner
    assert isinstance(inner, RepeatedGame), "the study plays no other game"
    assert isinstance(end, RepeatedState), "the state of a repeated game"
    assert isinstance(inner.stage, MatrixGame), "the study plays matrix games"
    return _Played(inner.stage, end, foresaw)


def _foresaw(game: Elicited, end: ElicitedState, seat: Seat) -> tuple[bool, ...]:
    """Whether the action that the seat thought likeliest was the other's, round by round; a tie foresees nothing."""
    # Answers and decisions take turns; the first question is what the other will do.
    beliefs = [step.action[0] for step in end.past[seat][::2]]
    inner = game.inner
    assert isinstance(inner, RepeatedGame), "the study asks in repeated games"
    order = inner.stage.legal_actions(inner.stage.initial_state(), 1 - seat)
    assert order is not None, "matrix games list their actions"
    return tuple(
        belief.count(max(belief)) == 1 and order[belief.index(max(belief))] == finished.actions[1 - seat]
        for belief, finished in zip(beliefs, end.inner.past, strict=False)
    )


def _seen(played: _Played, cluster: str, names: tuple[str, str], seat: Seat) -> Seen:
    rounds = [finished.actions for finished in played.end.past]
    most = max(payoffs[seat] for payoffs in played.stage.payoffs.values())
    return Seen(
        cluster=cluster,
        agent=names[0],
        opponent=names[1],
        own=tuple(actions[seat] for actions in rounds),
        other=tuple(actions[1 - seat] for actions in rounds),
        points=played.end.totals[seat],
        most=most * len(rounds),
        foresaw=played.foresaw[seat],
    )


def _table(part: Part, seen: Mapping[str, Sequence[Seen]], agents: Sequence[str]) -> Table:
    columns = [(games, opponents) for games in part.games for opponents in part.opponents]
    labels = tuple(", ".join(filter(None, (games.label, opponents.label))) for games, opponents in columns)
    rows = []
    for agent in agents:
        cells: list[Cell] = []
        for games, opponents in columns:
            values = (
                (one.cluster, part.measure(one))
                for game in games.members
                for one in seen.get(load(game).pool, ())
                if one.agent == agent and one.opponent != agent and (one.opponent in opponents.members or part.open)
            )
            cells.append(mean_value(values, "no such match was completed"))
        rows.append((agent, tuple(cells)))
    return Table(part.title, ("agent", *labels), tuple(rows))


def _watching(records: Sequence[MatchRecord], agents: Sequence[str]) -> Iterator[Table]:
    """How well the agents foresee one of two others."""
    pools = {load(game).pool: title for title, game in watched().items()}
    seen: defaultdict[tuple[str, str], list[tuple[str, tuple[bool, ...]]]] = defaultdict(list)
    for record in records:
        if record.result.outcome is Outcome.COMPLETED and record.header.pool in pools:
            key = pools[record.header.pool], record.header.seats[0].agent
            seen[key].append((record.header.cluster, _watched(record)))
    last = "onlooker of two others: first round from which all are foreseen; 11 where the last is not"
    yield _watching_table("onlooker of two others: rounds foreseen", seen, agents, fmean)
    yield _watching_table(last, seen, agents, lambda foreseen: float(settles(foreseen)))


def _watched(record: MatchRecord) -> tuple[bool, ...]:
    game = load(record.header.game)
    assert isinstance(game, Onlooker), "the one game that is watched"
    *_, last = replay(record, game)
    assert isinstance(last.state, OnlookerState), "the state of an onlooker"
    return game.foreseen(last.state)


def _watching_table(
    title: str,
    seen: Mapping[tuple[str, str], Sequence[tuple[str, tuple[bool, ...]]]],
    agents: Sequence[str],
    measure: Callable[[Sequence[bool]], float],
) -> Table:
    def mean(column: str, agent: str) -> Result:
        matches = seen.get((column, agent), ())
        return mean_value(((cluster, measure(foreseen)) for cluster, foreseen in matches), "no match was completed")

    rows = tuple((agent, tuple[Cell, ...](mean(column, agent) for column in watched())) for agent in agents)
    return Table(title, ("agent", *watched()), rows)


def _published() -> Iterator[Table]:
    for title, columns, rows in (
        ("normalised scores by family", _FAMILIES, _SCORES),
        ("cooperation with the tit-for-tat family", _TIT_FOR_TATS, _COOPERATION),
        ("coordination with the alternating player", ("plain", "asked first"), _COORDINATION),
    ):
        cells = tuple((model, tuple[Cell, ...](numbers)) for model, *numbers in rows)
        yield Table(title, ("model", *columns), cells, _DATA)


STUDY: Final = Study(
    name="repeated_games",
    title="Repeated 2x2 games",
    source=_PAPER,
    asks="Does an agent cooperate, coordinate and forgive in repeated games, and do words or thinking ahead change it?",
    unverified=(
        "The cover stories are our own, and prompts are worded by this arena's rules.",
        "The opponents in the variants with a random end and in the payoff sweep are a reconstruction.",
    ),
    plan=plan,
    report=report,
)
