from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from arena.ratings.headline import across
from arena.ratings.pools import rate
from arena.ratings.tables import Rating
from arena.records import MatchRecord
from leaderboard.conduct import conducts
from leaderboard.scales import Bar, scale
from leaderboard.terminal import show, text_bar
from tests.factories import attempt, call, decision, forfeit, match, void


def printed(records: list[MatchRecord], width: int, encoding: str = "utf-8") -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False, soft_wrap=True)
    tables = rate(records)
    show(tables, across(tables), conducts(records), console)
    file.flush()
    return file.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]  # a BytesIO


def a_tournament() -> list[MatchRecord]:
    names = ("claude-sonnet-large", "gpt-mini", "local-model-with-a-rather-long-name")
    asked = decision(0, "4", attempt("unparsable", "?", calls=(call(),)), attempt(calls=(call(),)))
    pairs = [(one, other) for one in names for other in names if one != other] * 3
    played = [match(pair, (1, -1) if index % 3 else (-1, 1), index=index) for index, pair in enumerate(pairs)]
    first = match(pairs[0], (0, 0), index=90, turns=[asked])
    return [*played, first, forfeit([0], pairs[1], index=91), void(pairs[2], index=92)]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int):
    assert max(map(len, printed(a_tournament(), width).splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_the_tables_say_everything_that_must_stand_beside_a_number(width: int):
    text = " ".join(printed(a_tournament(), width).split())
    for expected in (
        "tic_tac_toe@1 | game tic_tac_toe | 20 matches in 20 clusters | 1 forfeit | 1 void | Bradley-Terry ratings",
        "gpt-mini",
        "unpriced",
        "W/D/L",
        "unparsable",
        "covariance clustered by deal",
        "P>next",
    ):
        assert expected in text


def test_names_are_shown_as_they_are_and_cannot_steer_the_terminal():
    hostile = "[red]\x1b[31mann\x1b]0;title\x07[/red]\u202e\r\n\x9b2J"
    text = printed([match((hostile, "bob"), index=index) for index in range(3)], 200)
    assert "[red]<U+001B>[31mann<U+001B>]0;title<U+0007>[/red]<U+202E><U+000D>" in text
    assert not {char for char in text if ord(char) < 32 or 127 <= ord(char) < 160} - {"\n"}


def test_without_colour_nothing_but_text_is_printed():
    assert "\x1b" not in printed(a_tournament(), 80)


def test_a_terminal_without_unicode_gets_ascii_bars():
    text = printed([match(("ann", "bj\u00f6rn"), index=index) for index in range(9)], 80, encoding="ascii")
    assert "-o-" in text
    assert "+- " not in text
    assert "+-" in text
    assert "bj\\xf6rn" in text


def test_a_pool_without_ratings_has_no_rating_columns():
    text = printed([match(pool="tic_tac_toe@0", index=index) for index in range(3)], 80)
    assert "mean payoffs" in text
    assert "rating " not in text.split("method")[0].replace("No ratings", "")
    assert "No ratings: tic_tac_toe@1 is what is installed here" in " ".join(text.split())


def test_bars_mark_the_estimate_within_its_interval_and_arrows_where_it_goes_on():
    assert text_bar(Bar(0.25, 0.5, 0.75), 9) == "  ──●──  "
    assert text_bar(Bar(0.0, 0.5, 1.0, True, True), 9, ascii_only=True) == "<---o--->"
    assert text_bar(None, 9) == ""


def test_an_interval_without_end_does_not_squeeze_the_others():
    (table,) = rate(match(returns=(1, -1) if index % 3 else (-1, 1), index=index) for index in range(60))
    ann, bob = table.agents
    endless = replace(ann, rating=Rating(ann.rating.rating, ann.rating.low, None)) if ann.rating else ann
    drawn = scale(replace(table, agents=(endless, bob)))
    assert drawn.end < 2000
    assert [bar and (bar.cut_low, bar.cut_high) for bar in drawn.bars] == [(False, True), (False, False)]
