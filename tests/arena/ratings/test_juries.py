"""Debates are rated only where their juries can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agents.registry import build_referee
from arena.ratings.juries import different_opinions, distrust, place_of
from arena.ratings.pools import rate
from arena.ratings.results import match_score
from arena.records import MatchRecord, RefereeTurn
from arena.replay import replay
from games.registry import load
from tests.arena.metrics.played import play
from tests.factories import match

WON, LOST, FIRST = "first/second", "second/first", "first/first"


def debates(*rulings: Sequence[str]) -> list[MatchRecord]:
    """A debate for each jury's rulings; the first agent wins where most jurors are for it."""
    return [
        match(
            returns=(1.0, -1.0) if said.count(WON) > said.count(LOST) else (-1.0, 1.0),
            game="debate",
            index=index,
            turns=[RefereeTurn(action=each) for each in said],
        )
        for index, said in enumerate(rulings)
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([(WON, WON, WON), (LOST, LOST, LOST), (WON, WON, WON)], None),
        ([(WON, LOST, WON), (LOST, WON, LOST), (WON, WON, LOST)], "agree too little"),
        ([(FIRST,), (WON,), (FIRST,)], "same verdict in both orders in 33% of cases"),
        ([(WON,), (LOST,)], None),
        ([], None),
        ([()], None),
    ],
)
def test_jurors_must_agree_with_each_other_and_with_themselves(said: list[tuple[str, ...]], reason: str | None) -> None:
    found = distrust(said)
    assert (found is None) if reason is None else reason in (found or "")


def test_a_pool_of_a_divided_jury_is_unrated_with_the_reason_and_keeps_its_payoffs() -> None:
    (trusted,) = rate(debates(*[(WON, WON, WON), (LOST, LOST, LOST)] * 6))
    assert trusted.rated
    (divided,) = rate(debates(*[(WON, LOST, WON), (LOST, WON, LOST)] * 6))
    assert not divided.rated
    assert "No ratings: the jurors agree too little (alpha -" in divided.notes[0]
    assert all(row.payoff is not None for row in divided.agents)


def test_a_model_that_votes_twice_does_not_agree_with_itself() -> None:
    said = (WON, LOST, WON)
    assert different_opinions(said, None) == different_opinions(said, "stub_jury") == said
    assert different_opinions(said, 'jury(models=["openai/a", "mistral/b"])') == (WON, LOST)
    assert different_opinions(said, 'jury(models=["openai/a"])') == (WON,)
    records = debates(*[(WON, LOST, WON), (LOST, WON, LOST)] * 6)
    headers = [record.header.model_copy(update={"referee": 'jury(models=["openai/a"])'}) for record in records]
    alone = [record.model_copy(update={"header": header}) for record, header in zip(records, headers, strict=True)]
    assert match_score(alone[0]).rulings == (WON,)
    (table,) = rate(alone)
    assert table.rated


@pytest.mark.parametrize("bias", [None, "first", "tie"])
def test_votes_are_read_from_rulings_as_the_debate_reads_them(bias: str | None) -> None:
    referee = build_referee("stub_jury" if bias is None else f'stub_jury(bias="{bias}")')
    record = play("debate(jurors=3)", ["random", "template_debater"], 0, referee)
    game, score = load("debate(jurors=3)"), match_score(record)
    *_, last = replay(record, game)
    votes = game.information_state(last.state, 0).votes
    assert [("against", "tie", "for").index(vote) for vote in votes] == list(map(place_of, score.rulings))
    assert len(votes) == 3
