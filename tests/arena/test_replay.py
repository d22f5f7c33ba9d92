"""Replays: the law, and that tampering is found."""

from __future__ import annotations

import pytest

from arena.match import play_match
from arena.records import ChanceTurn, MatchRecord
from arena.replay import ReplayError, replay
from tests.arena.players import Calling, First, Seeded, make_match


async def played() -> MatchRecord:
    return await play_match(make_match("kuhn_poker", Calling(1), Seeded()))


def with_turn(record: MatchRecord, number: int, **changes: object) -> MatchRecord:
    turns = list(record.turns)
    turns[number] = turns[number].model_copy(update=changes)
    return record.model_copy(update={"turns": tuple(turns)})


async def test_a_record_replays_to_its_end() -> None:
    record = await played()
    assert len(list(replay(record))) == len(record.turns) + 1


async def test_a_record_survives_json() -> None:
    record = await played()
    again = MatchRecord.model_validate_json(record.model_dump_json())
    assert again == record
    list(replay(again))


async def test_another_card_is_found() -> None:
    record = await played()
    card = record.turns[0]
    assert isinstance(card, ChanceTurn)
    other = "K" if card.action != "K" else "Q"
    with pytest.raises(ReplayError, match="turn"):
        list(replay(with_turn(record, 0, action=other)))


async def test_a_changed_digest_is_found() -> None:
    with pytest.raises(ReplayError, match="digest"):
        list(replay(with_turn(await played(), 1, digest="0" * 32)))


async def test_changed_returns_are_found() -> None:
    record = await played()
    forged = record.model_copy(update={"result": record.result.model_copy(update={"returns_so_far": (9.0, -9.0)})})
    with pytest.raises(ReplayError, match="returns"):
        list(replay(forged))


async def test_a_cut_record_is_found() -> None:
    record = await played()
    with pytest.raises(ReplayError, match="last state"):
        list(replay(record.model_copy(update={"turns": record.turns[:-1]})))


async def test_another_version_of_the_rules_is_refused() -> None:
    record = await play_match(make_match("tic_tac_toe", First(), First()))
    old = record.model_copy(update={"header": record.header.model_copy(update={"pool": "tic_tac_toe@0"})})
    with pytest.raises(ReplayError, match="played as tic_tac_toe@0"):
        list(replay(old))
