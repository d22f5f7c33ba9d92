"""`arena evolve`: what becomes of a population whose members play the agents of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from arena.ratings.bradley_terry import FloatArray
    from arena.ratings.populations import PayoffTable
    from arena.ratings.results import MatchScore
    from arena.store import Run
    from arena.studies.base import Lines

_POINTS = 50
_SHOWN = 10


class _Evolution(NamedTuple):
    """Times, the shares of the types at each, and how often each took over in a finite population."""

    times: FloatArray
    shares: FloatArray
    takeovers: FloatArray


def evolve(
    run: Annotated[Path, typer.Argument(help="Folder of the run.")],
    game: Annotated[str, typer.Option(help="Spec of the game; needed where the run has several.")] = "",
    time: Annotated[
        float, typer.Option(min=0.001, help="How long; 1 is the inverse of the greatest difference of payoffs.")
    ] = 100.0,
    population: Annotated[int, typer.Option(min=2, max=1000, help="Individuals in the Moran process.")] = 50,
    runs: Annotated[int, typer.Option(min=1, max=10_000, help="Runs of the Moran process.")] = 200,
    intensity: Annotated[float, typer.Option(min=0, help="Strength of selection in the Moran process.")] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the Moran process.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Let agents breed by what they earn from each other, starting from equal shares.

    Replicator dynamics show an infinite population, the Moran process a finite one. Needs matches of every agent with
    every agent, itself included: a round robin with self_play.
    """
    from arena.cli.output import print_json
    from arena.store import open_run

    pool, scores = _pool(open_run(run), game)
    table = _complete(scores)
    found = _evolution(table, time, (population, runs, intensity), seed)
    if json:
        shares = [
            {"time": when, "shares": dict(zip(table.names, now, strict=True))}
            for when, now in zip(found.times.tolist(), found.shares.tolist(), strict=True)
        ]
        takeovers = dict(zip(table.names, found.takeovers.tolist(), strict=True))
        return print_json({"schema": 1, "pool": pool, "replicator": shares, "moran": takeovers})
    _show(pool, table, found, (population, runs))
    return _draw(table, found, run / "figures")


def _pool(run: Run, game: str) -> tuple[str, list[MatchScore]]:
    """The name and the matches of the pool that is meant.

    Raises:
        UsageError: the run has no such pool, or several and none is named.
    """
    from arena.errors import UsageError
    from arena.ratings.results import match_score
    from games.registry import load

    scores = [match_score(record) for record in run.records()]
    pools = sorted({score.pool for score in scores})
    wanted = load(game).pool if game else next(iter(pools), "")
    if not game and len(pools) > 1:
        raise UsageError(f"the run has several games; choose one with --game: {', '.join(pools)}")
    if wanted not in pools:
        raise UsageError(f"the run has no matches of {wanted or 'any game'}; it has: {', '.join(pools) or 'none'}")
    return wanted, [score for score in scores if score.pool == wanted]


def _complete(scores: list[MatchScore]) -> PayoffTable:
    """The payoff table, without a gap.

    Raises:
        UsageError: two types never met, or one never met itself.
    """
    from arena.errors import UsageError
    from arena.ratings.populations import payoff_table

    table = payoff_table(scores)
    unmet = table.unmet()
    alone = [first for first, second in unmet if first == second]
    if alone:
        raise UsageError(
            f"the diagonal of the payoff table is missing: no completed match of {', '.join(alone)} with itself. "
            "In a population everybody meets its own kind too: play a round robin with self_play = true under "
            "[schedule] in the run's configuration"
        )
    if unmet:
        raise UsageError(f"no completed match of {unmet[0][0]} with {unmet[0][1]}; play all pairs first")
    return table


def _evolution(table: PayoffTable, time: float, moran_of: tuple[int, int, float], seed: int) -> _Evolution:
    """Both processes from equal shares.

    Raises:
        UsageError: the population is smaller than the number of types.
    """
    import numpy as np

    from arena.errors import UsageError
    from arena.ratings.populations import in_units_of_spread, moran, replicator

    (population, runs, intensity), types = moran_of, len(table.names)
    if population < types:
        raise UsageError(f"--population {population} is too small for {types} agents: each needs an individual")
    payoffs, times = in_units_of_spread(table.payoffs), np.linspace(0, time, _POINTS + 1)
    start = [population // types + (place < population % types) for place in range(types)]
    ends = moran(payoffs, start, runs, np.random.default_rng(seed), intensity)
    return _Evolution(times, replicator(payoffs, [1 / types] * types, times.tolist()), (ends == 1).mean(axis=0))


def _show(pool: str, table: PayoffTable, found: _Evolution, moran_of: tuple[int, int]) -> None:
    from arena.cli.output import print_table, say

    say(f"{pool}\n")
    moments = range(0, len(found.times), _SHOWN)
    columns = ("agent", *(f"t = {found.times[moment]:.4g}" for moment in moments))
    say("shares in an infinite population, by replicator dynamics from equal shares")
    rows = [(name, *(f"{found.shares[at, place]:.3f}" for at in moments)) for place, name in enumerate(table.names)]
    print_table("", columns, rows)
    population, runs = moran_of
    say(f"how often an agent took over {population} individuals, in {runs} runs of the Moran process from equal shares")
    shares = [(name, f"{share:.3f}") for name, share in zip(table.names, found.takeovers, strict=True)]
    left = 1 - float(found.takeovers.sum())
    print_table("", ("agent", "took over"), [*shares, *([("nobody", f"{left:.3f}")] if left > 1 / (2 * runs) else [])])


def _draw(table: PayoffTable, found: _Evolution, folder: Path) -> None:
    from arena.cli.output import say, warn
    from arena.errors import UsageError
    from arena.studies.figures import draw

    try:
        say(f"figure: {draw(_figure(table, found), folder)}")
    except UsageError as error:
        warn(f"no figure: {error}")


def _figure(table: PayoffTable, found: _Evolution) -> Lines:
    from arena.studies.base import Lines

    return Lines(
        name="evolution",
        title="Replicator dynamics from equal shares",
        across="time",
        up="share",
        points=tuple("" if place % _SHOWN else f"{when:.4g}" for place, when in enumerate(found.times)),
        series=tuple((name, tuple(found.shares[:, place].tolist())) for place, name in enumerate(table.names)),
    )
