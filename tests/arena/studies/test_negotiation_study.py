"""Scripted negotiators have known rows in the study of negotiation."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.config import AgentEntry
from arena.errors import UsageError
from arena.metrics.base import Value
from arena.studies.base import Lines, Report, Size, Table
from arena.studies.negotiation import STUDY
from tests.arena.studies.playing import by_subject, ours, report_of

# None of them plays a game of another, so that each meets itself.
ALONE = ("difference_splitter", "fair_bargainer", "fair_trader", "learning_haggler")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(STUDY, ALONE, tmp_path_factory.mktemp("negotiation") / "run")


def table(report: Report, title: str) -> Table:
    (found,) = (table for table in ours(report) if table.title.startswith(title))
    return found


def test_who_splits_the_difference_deals_near_the_middle_whatever_the_money(alone: Report):
    sale = by_subject(table(alone, "buyer and seller"))["difference_splitter"]
    assert sale == {
        "as seller": 8,
        "as buyer": 12,
        "wins": 0.5,
        "deals": 1,
        "errors": 0,
        "price": 48,
        "splits the difference": 0,
        "first and final price": None,
    }
    stakes = by_subject(table(alone, "the sale under other stakes"))
    for money, part in (("usual stakes", 0.4), ("a thousand", 0.432), ("ten thousand", 0.432)):
        (row,) = (row for subject, row in stakes.items() if subject.startswith(f"difference_splitter: {money}"))
        assert row["part as seller"] == pytest.approx(part, abs=1e-4)
        assert sum(row[f"part as {side}"] for side in ("seller", "buyer")) == pytest.approx(1)


def test_fair_ones_divide_by_halves_and_swap_evenly_so_that_nobody_wins(alone: Report):
    even = {"wins": None, "deals": 1, "errors": 0}
    division = by_subject(table(alone, "ultimatum"))
    assert division == {"fair_bargainer": {"moving first": 50, "moving second": 50, **even}}
    swap = by_subject(table(alone, "resource exchange"))
    assert swap == {"fair_trader": {"moving first": 0, "moving second": 0, **even}}


def test_only_who_has_the_last_word_should_take_a_small_forced_offer(alone: Report, tmp_path: Path):
    assert list(by_subject(table(alone, "a fixed first offer"))["fair_bargainer"].values()) == [0, 0]
    rational = report_of(STUDY, ["rubinstein_bargainer"], tmp_path / "run")
    assert list(by_subject(table(rational, "a fixed first offer"))["rubinstein_bargainer"].values()) == [1, 0]
    division = by_subject(table(rational, "ultimatum"))["rubinstein_bargainer"]
    assert (division["moving first"], division["moving second"], division["wins"]) == (100, 0, 0.5)


def test_who_does_not_listen_changes_its_price_alike_whoever_the_critic_is(alone: Report):
    prices = by_subject(table(alone, "coached bargaining: price"))
    kinds = ("own critic", "encouraged", "tips")
    assert prices["learning_haggler, as seller"] == {"before": 13, **dict.fromkeys(kinds, 0)}
    assert prices["learning_haggler, as buyer"] == {"before": 13, **dict.fromkeys(kinds, -2)}
    reached = by_subject(table(alone, "coached bargaining with"))["learning_haggler, as buyer"]
    assert list(reached.values()) == [1, 1, 0, 0, 0]


def test_scripted_critics_count_as_critics_only(alone: Report):
    cells = dict(table(alone, "coached bargaining: price").rows)["learning_haggler, as seller"]
    assert [cell.n for cell in cells if isinstance(cell, Value)] == [3, 1, 1, 1]


def test_prices_with_advice_are_drawn(alone: Report):
    (figure,) = alone.figures
    assert isinstance(figure, Lines)
    assert dict(figure.series) == {"seller": (13, 13, 13, 15, 16), "buyer": (13, 11, None, None, None)}


def test_two_who_meet_sit_on_both_sides_and_share_the_surplus(tmp_path: Path):
    report = report_of(STUDY, ["hard_haggler", "difference_splitter"], tmp_path / "run")
    sale = by_subject(table(report, "buyer and seller"))
    hard, soft = sale["hard_haggler"], sale["difference_splitter"]
    assert (hard["wins"], soft["wins"]) == (1, 0)
    assert hard["as seller"] + soft["as buyer"] == soft["as seller"] + hard["as buyer"] == 20


def test_a_model_finishes_without_errors(tmp_path: Path):
    report = report_of(STUDY, ["mock/careful"], tmp_path / "run")
    errors = [row["errors"] for each in ours(report) for row in by_subject(each).values() if "errors" in row]
    assert errors == [0] * 7
    assert len(list(ours(report))) == 7


def test_published_numbers_stand_apart_with_their_source(alone: Report):
    arena, sellers, buyers = (table for table in alone.tables if table.source)
    assert "summaries only" in arena.source
    assert by_subject(sellers)["Claude-v1.3"] == {
        "before": 15.4,
        "after tips of people": 16.89,
        "after an AI critic": 16.98,
    }
    assert by_subject(buyers)["GPT-4"] == {"change": "-3.0"}


def test_in_full_as_many_games_are_played_as_in_the_papers():
    config = STUDY.plan((AgentEntry(agent="random"),), Size.FULL, 0)
    repeats = [(entry.game, entry.repeats) for entry in config.games]
    assert ("buyer_seller", 20) in repeats
    overvalued = [count for game, count in repeats if "willingness=5" in game]
    assert sum(overvalued) == 100
    assert [count for game, count in repeats if "willingness=60000" in game] == [40, 40]
    assert [entry.repeats for entry in config.games if entry.game.startswith("coached")] == [200, 50, 50] * 2


def test_who_negotiates_nothing_is_refused():
    with pytest.raises(UsageError, match="no game of negotiation"):
        STUDY.plan((AgentEntry(agent="tit_for_tat"),), Size.SMALL, 0)
