"""The study of MAgIC: what it plays, and what it says of it."""

from __future__ import annotations

import pytest

from arena.config import AgentEntry
from arena.metrics.base import Undefined, Value
from arena.studies.base import Size
from arena.studies.magic import STUDY
from arena.tournament import prepare
from tests.arena.metrics.played import play

CHALLENGER = AgentEntry(agent="random")


@pytest.mark.parametrize(("size", "games"), [(Size.SMALL, 3), (Size.FULL, 21)])
def test_every_game_is_played_by_the_challenger_and_two_defenders(size: Size, games: int) -> None:
    config = STUDY.plan((CHALLENGER,), size, 0)
    assert len(config.games) == 5
    for entry in config.games:
        assert entry.agents is not None
        assert entry.agents[0] == "random"
        assert len(set(entry.agents)) == 3
        assert 3 * (entry.repeats or 0) == games


def test_challengers_do_not_meet_each_other() -> None:
    config = STUDY.plan((CHALLENGER, AgentEntry(agent="first_legal")), Size.SMALL, 0)
    challengers = {CHALLENGER.label, "first_legal"}
    assert all(len(challengers & set(entry.agents or ())) == 1 for entry in config.games)
    assert prepare(config).total == 2 * prepare(STUDY.plan((CHALLENGER,), Size.SMALL, 0)).total


def test_the_report_sums_over_games_and_keeps_published_numbers_apart() -> None:
    config = STUDY.plan((CHALLENGER,), Size.SMALL, 0)
    bots = {entry.label: entry.spec for entry in config.agents}
    records = [
        play(entry.game, [bots[name] for name in (*(entry.agents or ())[turn:], *(entry.agents or ())[:turn])], deal)
        for entry in config.games
        for deal in range(4)
        for turn in range(3)
    ]
    ours, coded, published = STUDY.report(records, ["random"]).tables
    ((agent, cells),) = ours.rows
    assert agent == "random"
    numbers = [cell for cell in cells if isinstance(cell, Value | Undefined)]
    assert len(numbers) == len(ours.columns) - 1 == 8
    cooperation, rationality = numbers[5], numbers[7]
    assert isinstance(cooperation, Value)
    assert cooperation.n == 12
    assert isinstance(rationality, Value)
    assert rationality.n == 12 * 5 * 2
    assert all(cell.low >= 0 for cell in numbers if isinstance(cell, Value) and cell.low is not None)
    assert len(coded.rows[0][1]) == 3
    assert published.source
    assert not ours.source
    assert dict(published.rows)["GPT-4"] == (49.3, 78.8, 36.7, 62.1, 86.7, 47.6, 100.0, 69.0)
