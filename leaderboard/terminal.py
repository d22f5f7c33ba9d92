"""Tables in the terminal, two per pool: who is how good, and how they behaved. Made for 80 columns, without colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arena.cli.output import plain
from arena.ratings.tables import AgentRow, PoolTable
from leaderboard import numbers
from leaderboard.conduct import Conduct, Conducts
from leaderboard.scales import Bar, scale

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# What the other columns of the first table need, and how wide the bar of an interval may be.
_OTHER_COLUMNS: Final = 70
_BAR_WIDTHS: Final = (10, 40)
_ROOMY: Final = 100

_LEGEND: Final = (
    "legend: # rank (plausible ranks); 95 % interval of the rating; n rated matches; W/D/L against the other seats, in "
    "all 1 a match; illegal, unparsable, other: shares of all attempts at a decision."
)


def show(tables: Sequence[PoolTable], conducts: Conducts, console: Console) -> None:
    """Print the tables of all pools, then once how their numbers were made."""
    for table in tables:
        console.print(plain(_facts(table)), style="bold", soft_wrap=False)
        for note in table.notes:
            console.print(plain(f"note: {note}"), soft_wrap=False)
        console.print(_standings(table, console))
        console.print(_conduct(table, conducts, console))
    for method in dict.fromkeys(table.method for table in tables):
        console.print(plain(f"method: {method}."), soft_wrap=False)
    console.print(plain(_LEGEND), soft_wrap=False)


def _facts(table: PoolTable) -> str:
    facts = (
        table.pool,
        f"game {table.game}",
        f"{numbers.counted(table.matches, 'match')} in {numbers.counted(table.clusters, 'cluster')}",
        numbers.counted(table.forfeits, "forfeit"),
        numbers.counted(table.voids, "void"),
        "Bradley-Terry ratings" if table.rated else "mean payoffs",
    )
    return " | ".join(facts)


def _standings(table: PoolTable, console: Console) -> Table:
    columns = ("#", "agent", *(("rating", "95 %") if table.rated else ()), "", "n", "W/D/L", "payoff")
    drawn = _table(columns, console)
    narrow, wide = _BAR_WIDTHS
    width = min(max(console.width - _OTHER_COLUMNS, narrow), wide)
    ascii_only = console.options.ascii_only
    for place, (row, bar) in enumerate(zip(table.agents, scale(table).bars, strict=True), 1):
        ratings = (numbers.rating(row.rating), numbers.rating_interval(row.rating)) if table.rated else ()
        drawn.add_row(
            plain(numbers.ranks(place, row.rating)),
            plain(row.agent),
            *(plain(cell) for cell in ratings),
            plain(text_bar(bar, width, ascii_only)),
            *(plain(cell) for cell in _results(row)),
        )
    return drawn


def _results(row: AgentRow) -> tuple[str, str, str]:
    return str(row.matches), numbers.score(row.score), numbers.payoff(row.payoff)


def _conduct(table: PoolTable, conducts: Conducts, console: Console) -> Table:
    columns = ("agent", "illegal", "unparsable", "other", "forfeits", "voids", "tokens\nin/out", "cost")
    drawn = _table(columns, console)
    for row in table.agents:
        conduct = conducts.get((table.pool, row.agent), Conduct())
        tokens = f"{numbers.amount(conduct.tokens_in)}/{numbers.amount(conduct.tokens_out)}"
        cells = (
            *numbers.faults(conduct),
            str(row.forfeits),
            str(row.voids),
            tokens if conduct.calls else numbers.UNKNOWN,
            numbers.money(conduct.cost_usd),
        )
        drawn.add_row(plain(row.agent), *(plain(cell) for cell in cells))
    return drawn


def _table(columns: Sequence[str], console: Console) -> Table:
    from rich import box
    from rich.table import Table

    gap = int(console.width >= _ROOMY)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, gap, 0, 0))
    for column in columns:
        left = column in ("#", "agent", "")
        table.add_column(column, justify="left" if left else "right", overflow="fold", no_wrap=column != "agent")
    return table


def text_bar(bar: Bar | None, width: int, ascii_only: bool = False) -> str:
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
