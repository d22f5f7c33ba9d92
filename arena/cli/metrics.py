"""`arena metrics`: which metrics there are; `arena metrics RUN`: what they say about a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arena.metrics.base import Metric, Result, Value
    from arena.metrics.framing import FramingRow, Shift
    from arena.metrics.measure import MetricRow, MetricTable


def metrics(
    run: Annotated[Path | None, typer.Argument(help="Folder of a run; without it all metrics are listed.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the metrics, or measure a run: each value with n, clusters and a 95 % interval.

    Where a run lacks what a metric needs, it is not defined; the JSON output says why, metric by metric.
    """
    if run is None:
        return _list(json)
    return _measure(run, json)


def _list(json: bool) -> None:
    from arena.cli.output import print_json, print_table
    from arena.metrics.registry import load_metrics

    found = [_facts(metric) for metric in load_metrics()]
    if json:
        return print_json({"schema": 1, "metrics": found})
    return print_table(
        "",
        ("metric", "family", "unit", "range", "what it says"),
        [[row["name"], row["family"], row["unit"], _range(row), row["meaning"]] for row in found],
    )


def _facts(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "family": str(metric.family),
        "meaning": metric.meaning,
        "where": metric.where,
        "needs": [need.text for need in metric.needs],
        "unit": metric.unit,
        "low": metric.low,
        "high": metric.high,
        "source": metric.source,
    }


def _range(facts: dict[str, Any]) -> str:
    low = "any" if facts["low"] is None else f"{facts['low']:g}"
    high = "any" if facts["high"] is None else f"{facts['high']:g}"
    return f"{low} to {high}"


def _measure(run: Path, json: bool) -> None:
    from arena.cli.output import print_json
    from arena.metrics.framing import framing_rows
    from arena.metrics.measure import measure
    from arena.store import open_run

    records = list(open_run(run).records())
    tables, framings = measure(records), framing_rows(records)
    if json:
        pools = [_as_data(table) for table in tables]
        return print_json({"schema": 1, "pools": pools, "framings": [asdict(row) for row in framings]})
    for table in tables:
        _show(table)
    _show_wants(tables)
    if framings:
        _show_framings(framings)
    return None


def _as_data(table: MetricTable) -> dict[str, Any]:
    return {
        "pool": table.pool,
        "matches": table.matches,
        "voids": table.voids,
        "values": [
            {"agent": row.agent, "metric": row.metric.name, "unit": row.metric.unit, **_result(row.result)}
            for row in table.rows
        ],
    }


def _result(result: Result) -> dict[str, Any]:
    from arena.metrics.base import Undefined

    if isinstance(result, Undefined):
        return {"value": None, "not_defined": result.reason}
    return asdict(result)


def _show(table: MetricTable) -> None:
    """A table of what is defined, and what else the matches would have to hold; --json says it metric by metric."""
    from arena.cli.output import print_table, say
    from arena.metrics.base import Undefined
    from arena.metrics.needs import NEEDS

    shown = [row for row in table.rows if not isinstance(row.result, Undefined)]
    print_table(
        f"{table.pool}: {table.matches} matches, {table.voids} void",
        ("agent", "metric", "value", "95 % interval", "n", "clusters", "unit"),
        [_cells(row) for row in shown],
    )
    for note in _notes(table):
        say(note)
    for reason, count in Counter(_reasons(table).values()).items():
        if not reason.startswith(NEEDS):
            say(f"not defined, {reason}: {_metrics(count)}")
    say("")


def _show_wants(tables: Sequence[MetricTable]) -> None:
    """The metrics that no pool has the game for, by the game that they need."""
    from arena.cli.output import say
    from arena.metrics.needs import NEEDS

    absent = [_reasons(table) for table in tables]
    everywhere = set.intersection(*map(set, absent)) if absent else set()
    wanted = Counter(reason for name, reason in absent[-1].items() if name in everywhere) if absent else Counter()
    wants = [f"{reason.removeprefix(NEEDS)} ({count})" for reason, count in wanted.items() if reason.startswith(NEEDS)]
    if wants:
        say(f"Not defined here, as they need another game (number of metrics): {'; '.join(wants)}.\n")


def _metrics(count: int) -> str:
    return f"{count} {'metric' if count == 1 else 'metrics'}"


def _show_framings(rows: Sequence[FramingRow]) -> None:
    """What agents do otherwise when only words change."""
    from arena.cli.output import print_table, say

    print_table(
        "the same game in other words",
        ("agent", "game", "from", "to", "distance", "by chance", "p", "n", "payoff shift", "rating shift"),
        [
            [row.agent, row.game, *row.framings, *_distance(row), _shift(row.payoff_shift), _shift(row.rating_shift)]
            for row in rows
        ],
    )
    say("distance: total variation of actions in the situations reached under both framings, 0 alike to 1 never the")
    say("same; by chance: what shuffled deals give; p: how often they give at least as much.")


def _distance(row: FramingRow) -> list[str]:
    found = row.distance
    if found is None:
        return ["-"] * 4
    return [f"{found.value:.3f}", f"{found.by_chance:.3f}", f"{found.p_value:.3f}", str(found.n)]


def _shift(shift: Shift | None) -> str:
    if shift is None:
        return "-"
    return f"{shift.value:+.4g}" + ("" if shift.low is None else f" ({shift.low:+.4g} to {shift.high:+.4g})")


def _notes(table: MetricTable) -> list[str]:
    """What numbers hang on beside the records, each sentence once."""
    from arena.metrics.base import Value

    values = [(row.metric.name, row.result) for row in table.rows if isinstance(row.result, Value)]
    return list(dict.fromkeys(f"{name} hangs on: {value.note}" for name, value in values if value.note))


def _reasons(table: MetricTable) -> dict[str, str]:
    """Why metrics are defined for no agent, by metric."""
    from arena.metrics.base import Undefined

    defined = {row.metric.name for row in table.rows if not isinstance(row.result, Undefined)}
    return {
        row.metric.name: row.result.reason
        for row in table.rows
        if isinstance(row.result, Undefined) and row.metric.name not in defined
    }


def _cells(row: MetricRow) -> tuple[str, ...]:
    from arena.metrics.base import Value

    assert isinstance(row.result, Value), "only values are shown"
    value = row.result
    return (
        row.agent,
        row.metric.name,
        f"{value.value:.4g}",
        _interval(value),
        str(value.n),
        str(value.clusters),
        row.metric.unit,
    )


def _interval(value: Value) -> str:
    if value.low is None:
        return "-"
    return f"{value.low:.4g} or more" if value.high is None else f"{value.low:.4g} to {value.high:.4g}"
