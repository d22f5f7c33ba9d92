from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard.site.slugs import slug, slugs

HOSTILE = [
    "../x", "..", ".", "", "/etc/passwd", "a/b", "a\\b", "C:\\x", "\x00", "con", "CON", "nul.txt", "com1", "a" * 255,
    "-rf", ".hidden", "x.", "caf\u00e9", "CAF\u00c9", "%2e%2e%2f", "a\nb", "\u202ex", "\ud800", "~", "$HOME", "*",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_anywhere_but_to_a_plain_file(name: str):
    found = slug(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", found)
    assert Path("folder") / found == (Path("folder") / found).parent / found
    assert found.split(".")[0] not in {"con", "prn", "aux", "nul", "com1"}
    assert not found.endswith(".")


@pytest.mark.parametrize("name", ["demo", "kuhn-2026.03", "a_b", "0123456789abcdef0123456789abcdef"])
def test_a_safe_name_stays_as_it_is(name: str):
    assert slug(name) == name


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=8))
def test_different_names_get_different_files_also_where_case_does_not_count(names: list[str]):
    found = slugs(names)
    assert len({name.lower() for name in found}) == len(names)


def test_equal_names_are_numbered():
    assert slugs(["demo", "demo", "demo"]) == ["demo", "demo-2", "demo-3"]
