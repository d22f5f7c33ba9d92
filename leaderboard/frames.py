"""Records as pandas frames, for notebooks and Parquet files. Columns are the fields of the rows in `rows.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from arena.records import MatchRecord
from leaderboard.rows import (
    AttemptRow,
    CallRow,
    DecisionRow,
    MatchRow,
    SeatRow,
    attempt_rows,
    call_rows,
    decision_rows,
    match_row,
    seat_rows,
)

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row", bound=NamedTuple)


def matches(records: Iterable[MatchRecord]) -> pd.DataFrame:
    """One row per match."""
    return _frame(MatchRow, map(match_row, records))


def seats(records: Iterable[MatchRecord]) -> pd.DataFrame:
    """One row per seat of each match."""
    return _frame(SeatRow, _each(seat_rows, records))


def decisions(records: Iterable[MatchRecord]) -> pd.DataFrame:
    """One row per decision of a seat."""
    return _frame(DecisionRow, _each(decision_rows, records))


def attempts(records: Iterable[MatchRecord]) -> pd.DataFrame:
    """One row per attempt at a decision, accepted or not."""
    return _frame(AttemptRow, _each(attempt_rows, records))


def calls(records: Iterable[MatchRecord]) -> pd.DataFrame:
    """One row per model call."""
    return _frame(CallRow, _each(call_rows, records))


def _each(rows: Callable[[MatchRecord], Iterable[Row]], records: Iterable[MatchRecord]) -> Iterable[Row]:
    return chain.from_iterable(map(rows, records))


def _frame(kind: type[Row], rows: Iterable[Row]) -> pd.DataFrame:
    """A frame with the columns of a kind of row, also when there are no rows."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(kind._fields))
