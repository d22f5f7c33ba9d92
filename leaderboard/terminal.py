"""Tables in the terminal, two per pool: who is how good, and how they behaved. Made for 80 columns, without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arena.cli.output import plain
from arena.ratings.diagnosis import MEANINGS, Diagnosis
from arena.ratings.tables import AcrossTable, AgentRow, PoolTable
from leaderboard import numbers
from leaderboard.conduct import Conduct, Conducts
from leaderboard.scales import Bar, scale

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# What the other columns of the first table need, and how wide the bar of an interval may be.
_OTHER_COLUMNS: Final = 80
_BAR_WIDTHS: Final = (10, 40)
_ROOMY: Final = 100

_LEGEND: Final = (
    "legend: # rank (plausible ranks); 95 % interval of the rating; P>next: how probably better than the agent below; "
    "n rated matches; W/D/L against the other seats, in all 1 a match; illegal, unparsable, other: shares of all "
    "attempts at a decision."
)


def show(tables: Sequence[PoolTable], across: AcrossTable | None, conducts: Conducts, console: Console) -> None:
    """Print the headline across games, the tables of all pools, then once how their numbers were made."""
    if across is not None:
        _show_across(across, console)
    for table in tables:
        _print_line(_facts(table), console, bold=True)
        for note in table.notes:
            _print_line(f"note: {note}", console)
        console.print(_standings(table, console))
        console.print(_conduct(table, conducts, console))
    methods = [*([across.method] if across else []), *(table.method for table in tables)]
    for method in dict.fromkeys(methods):
        _print_line(f"method: {method}.", console)
    _print_line(_LEGEND, console)


def show_diagnostics(found: Sequence[Diagnosis], console: Console) -> None:
    """Print the diagnostics of every rated pool, and what they mean."""
    for diagnosis in found:
        _print_line(
            f"diagnostics of {diagnosis.pool}: cyclic share {numbers.cyclic(diagnosis.cyclic)}", console, bold=True
        )
        bands = diagnosis.bands()
        rows = [
            (agent, *(numbers.band(of, place) for of in bands.values()))
            for place, agent in enumerate(diagnosis.nash.agents)
        ]
        console.print(_table(("agent", *(name.replace("_", " ") for name in bands)), rows, console))
    for meaning in MEANINGS.values():
        _print_line(meaning, console)


def text_bar(bar: Bar | None, width: int, *, ascii_only: bool = False) -> str:
    """An interval as a line of so many characters with a mark at the estimate; arrows where it goes on."""
    if bar is None:
        return ""
    line, mark, left, right = ("-", "o", "<", ">") if ascii_only else ("─", "●", "◂", "▸")
    low, point, high = (round(value * (width - 1)) for value in (bar.low, bar.point, bar.high))
    cells = [line if low <= cell <= high else " " for cell in range(width)]
    if bar.cut_low:
        cells[0] = left
    if bar.cut_high:
        cells[-1] = right
    cells[point] = mark
    return "".join(cells)


def _facts(table: PoolTable) -> str:
    facts = (
        table.pool,
        f"game {table.game}",
        f"{numbers.counted(table.matches, 'match')} in {numbers.counted(table.clusters, 'cluster')}",
        numbers.counted(table.forfeits, "forfeit"),
        numbers.counted(table.voids, "void"),
        "Bradley-Terry ratings" if table.rated else "mean payoffs",
        *([f"first seat {numbers.points(table.seat)} points"] if table.seat else []),
    )
    return " | ".join(facts)


def _standings(table: PoolTable, console: Console) -> Table:
    columns = ("#", "agent", *(("rating", "95 %", "P>next") if table.rated else ()), "", "n", "W/D/L", "payoff")
    narrow, wide = _BAR_WIDTHS
    width = min(max(console.width - _OTHER_COLUMNS - len(columns) * _gap(console), narrow), wide)
    rows = []
    for place, (row, bar) in enumerate(zip(table.agents, scale(table).bars, strict=True), 1):
        ratings = _rating(table, place) if table.rated else ()
        drawn = text_bar(bar, width, ascii_only=console.options.ascii_only)
        rows.append((numbers.ranks(place, row.rating), row.agent, *ratings, drawn, *_results(row)))
    return _table(columns, rows, console)


def _rating(table: PoolTable, place: int) -> tuple[str, str, str]:
    """Rating, interval, and how probably better than the agent of the next place."""
    row, following = table.agents[place - 1], table.agents[place : place + 1]
    better = [table.better.get((row.agent, after.agent)) for after in following]
    shown = numbers.probability(better[0]) if better else ""
    return numbers.rating(row.rating), numbers.rating_interval(row.rating), shown


def _show_across(table: AcrossTable, console: Console) -> None:
    _print_line(f"across {numbers.counted(len(table.pools), 'game')}: {', '.join(table.pools)}", console, bold=True)
    for note in table.notes:
        _print_line(f"note: {note}", console)
    rows = [
        (
            numbers.across_ranks(place, row),
            row.agent,
            numbers.strength(row),
            numbers.strength_interval(row),
            str(row.games),
        )
        for place, row in enumerate(table.agents, 1)
    ]
    console.print(_table(("#", "agent", "strength", "95 %", "games"), rows, console))


def _results(row: AgentRow) -> tuple[str, str, str]:
    return str(row.matches), numbers.score(row.score), numbers.payoff(row.payoff)


def _conduct(table: PoolTable, conducts: Conducts, console: Console) -> Table:
    columns = ("agent", "illegal", "unparsable", "other", "forfeits", "voids", "tokens\nin/out", "cost")
    rows = []
    for row in table.agents:
        conduct = conducts.get((table.pool, row.agent), Conduct())
        tokens = f"{numbers.amount(conduct.tokens_in)}/{numbers.amount(conduct.tokens_out)}"
        shown = tokens if conduct.calls else numbers.UNKNOWN
        counts = (str(row.forfeits), str(row.voids))
        rows.append((row.agent, *numbers.faults(conduct), *counts, shown, numbers.money(conduct.cost_usd)))
    return _table(columns, rows, console)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> Table:
    """A table in which only names may take several lines."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, _gap(console), 0, 0))
    for column in columns:
        left = column in ("#", "agent", "")
        table.add_column(column, justify="left" if left else "right", overflow="fold", no_wrap=column != "agent")
    for row in rows:
        table.add_row(*(plain(_writable(cell, console)) for cell in row))
    return table


def _gap(console: Console) -> int:
    """Spaces between columns beside the one that is always there."""
    return int(console.width >= _ROOMY)


def _print_line(text: str, console: Console, *, bold: bool = False) -> None:
    console.print(plain(_writable(text, console)), style="bold" if bold else None, soft_wrap=False)


def _writable(text: str, console: Console) -> str:
    """A text that the terminal can show: one that knows only ASCII gets other characters as escapes."""
    if not console.options.ascii_only:
        return text
    return text.replace("±", "+-").encode("ascii", "backslashreplace").decode("ascii")
