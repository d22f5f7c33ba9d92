"""Runs with a few records, in a real store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from arena.records import MatchRecord
from arena.store import Manifest, Run, create, writing


def run(path: Path, records: Iterable[MatchRecord], **facts: object) -> Run:
    """A stored run of these records."""
    listed = list(records)
    settings = {
        "name": path.name,
        "created_at": "2026-03-01T12:00:00+00:00",
        "config": {"seed": 1},
        "agents": {seat.agent: seat.spec for record in listed for seat in record.header.seats},
        "pools": {record.header.game: record.header.pool for record in listed},
        "matches": len(listed),
        "software": {"python": "3.11.7"},
        **facts,
    }
    made = create(path, Manifest.model_validate(settings))
    with writing(path) as writer:
        for record in listed:
            writer.store(record)
    return made
