from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agents.base import Agent, Decision, DecisionRequest, Message, ModelCall
from arena.errors import UsageError
from arena.match import Match, play_match
from arena.records import MatchRecord
from arena.replay import replay
from arena.store import Run
from games.registry import load
from leaderboard.site import replays
from leaderboard.site.build import MARK, build_site
from tests.factories import forfeit, match, void
from tests.leaderboard.pages import Page, site_bytes, site_pages
from tests.leaderboard.payloads import PAYLOADS
from tests.leaderboard.stored import run

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:"


class Talker(Agent):
    """Fails once at its first decision, then plays the first legal action; reports calls, thoughts and beliefs."""

    scripted = False

    async def decide(self, request: DecisionRequest) -> Decision:
        assert request.legal_actions is not None
        failing = request.attempt == 1 and not request.history
        messages = (Message("system", request.rules_text), Message("user", request.observation))
        call = ModelCall(
            requested_model="test/model",
            returned_model="model-1",
            transport="http",
            messages=messages,
            reply="I think so.",
            reasoning="Thought before the reply.",
            tokens_in=50,
            tokens_out=5,
            parameters={"temperature": 0.5},
        )
        return Decision(
            "castle" if failing else request.legal_actions[0],
            reasoning="Nobody else may know.",
            beliefs={"opponent": "random"},
            calls=(call,),
        )


async def played(game: str = "kuhn_poker", index: int = 0) -> MatchRecord:
    header = match(game=game, index=index).header
    return await play_match(Match(header, load(game), (Talker(), Talker())))


async def some_runs(folder: Path) -> list[Run]:
    records = [await played(), await played("tic_tac_toe", 1), match(index=2), forfeit([1], index=3), void(index=4)]
    return [run(folder / "first", records), run(folder / "second", records[2:])]


async def a_site(folder: Path) -> Path:
    return build_site(await some_runs(folder), folder / "site", replay).parent


async def test_there_is_a_page_for_every_run_and_every_match(tmp_path: Path):
    site = await a_site(tmp_path)
    names = {str(path.relative_to(site)) for path, _ in site_pages(site)}
    assert {"index.html", "runs/first/index.html", "runs/second/index.html"} <= names
    assert len(names) == 3 + 5 + 3


async def test_every_page_is_whole_and_every_link_leads_to_something_on_the_site(tmp_path: Path):
    site = await a_site(tmp_path)
    found = dict(site_pages(site))
    for path, page in found.items():
        assert page.open == []
        for link in page.links:
            if link == "data:,":
                continue
            target, _, anchor = link.partition("#")
            file = (path.parent / target).resolve() if target else path
            assert file.is_relative_to(site.resolve())
            assert file.is_file(), link
            assert not anchor or anchor in found[file].ids, link


async def test_every_page_forbids_what_it_does_not_need_and_has_nothing_inline(tmp_path: Path):
    for _, page in site_pages(await a_site(tmp_path)):
        policies = [value for tag, name, value in page.attributes if tag == "meta" and name == "content"]
        assert any(value and value.startswith(POLICY) for value in policies)
        assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
        assert "style" not in {tag for tag, _ in page.tags}
        assert all("src" in names for tag, names in page.tags if tag == "script")


async def test_the_same_runs_give_the_same_bytes_also_over_an_earlier_site(tmp_path: Path):
    runs = await some_runs(tmp_path)
    for name in ("one", "other"):
        build_site(runs, tmp_path / name, replay)
    (tmp_path / "one" / "runs" / "stale.html").write_text("left from another run")
    build_site(runs, tmp_path / "one", replay)
    assert site_bytes(tmp_path / "one") == site_bytes(tmp_path / "other")


async def test_a_replay_shows_what_each_seat_read_and_what_it_then_did(tmp_path: Path):
    record = await played()
    build_site([run(tmp_path / "run", [record])], tmp_path / "site", replay)
    page = Page((tmp_path / "site/runs/run" / f"{record.header.match_id}.html").read_text(encoding="utf-8"))
    assert [value for _, name, value in page.attributes if name == "id" and str(value).startswith("turn-")] == [
        f"turn-{number}" for number in range(len(record.turns) + 1)
    ]
    game = load("kuhn_poker")
    for step in replay(record, game):
        for seat in (0, 1):
            assert game.observation(step.state, seat) in page.text  # type: ignore[arg-type]  # a Kuhn state
    for expected in ("castle", "Nobody else may know.", "Thought before the reply.", "I think so.", "model-1"):
        assert expected in page.text
    assert record.texts.keys()
    assert all(text in page.text for text in record.texts.values())


async def test_private_reasoning_is_folded_away(tmp_path: Path):
    record = await played()
    build_site([run(tmp_path / "run", [record])], tmp_path / "site", replay)
    text = (tmp_path / "site/runs/run" / f"{record.header.match_id}.html").read_text(encoding="utf-8")
    before = text[: text.index("Nobody else may know.")]
    assert before.count("<details") > before.count("</details>")
    assert "<details open" not in text


def test_a_forfeit_is_shown_with_the_attempts_that_led_to_it(tmp_path: Path):
    build_site([run(tmp_path / "run", [forfeit([0])])], tmp_path / "site", replay)
    (path,) = (path for path, _ in site_pages(tmp_path / "site/runs/run") if path.name != "index.html")
    assert "forfeit: illegal" in Page(path.read_text(encoding="utf-8")).text


def test_a_match_whose_game_is_gone_is_shown_without_states(tmp_path: Path):
    build_site([run(tmp_path / "run", [match(game="no_such_game", pool="x@1")])], tmp_path / "site", replay)
    (path,) = (path for path, _ in site_pages(tmp_path / "site/runs/run") if path.name != "index.html")
    assert "This installation does not reproduce the match" in Page(path.read_text(encoding="utf-8")).text


def test_voids_that_were_played_again_are_counted(tmp_path: Path):
    stored = run(tmp_path / "run", [void(), match()])
    build_site([stored], tmp_path / "site", replay)
    assert "and 1 void that was played again" in Page((tmp_path / "site/runs/run/index.html").read_text()).text
    assert (
        "1 match in 1 independent cluster, 0 forfeits, 1 void" in Page((tmp_path / "site/index.html").read_text()).text
    )


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="holds other files"):
        build_site([run(tmp_path / "run", [match()])], tmp_path, replay)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_only_pages_of_runs_are_replaced_in_an_earlier_site(tmp_path: Path):
    site = tmp_path / "site"
    build_site([run(tmp_path / "run", [match()])], site, replay)
    (site / "CNAME").write_text("example.org")
    build_site([run(tmp_path / "other", [match()])], site, replay)
    assert (site / "CNAME").read_text() == "example.org"
    assert [path.name for path in (site / "runs").iterdir()] == ["other"]
    assert (site / MARK).is_file()


def test_a_file_in_the_way_is_said_plainly(tmp_path: Path):
    (tmp_path / "site").write_text("a file")
    with pytest.raises(UsageError, match="cannot be written"):
        build_site([run(tmp_path / "run", [match()])], tmp_path / "site", replay)


@dataclass(frozen=True)
class Step:
    state: str


@dataclass(frozen=True)
class EchoingGame:
    """Stands for a game whose every text is a given one."""

    text: str
    num_players: int = 2

    def render(self, state: str) -> str:
        return self.text

    def observation(self, state: str, seat: int) -> str:
        return f"{self.text} {seat}"

    def returns(self, state: str) -> tuple[float, ...]:
        return (1.0, -1.0)


# Fields whose values the schema fixes, or that tell matches apart.
_FIXED = {"kind", "outcome", "source", "then", "match_id", "cluster"}


def saying(value: Any, text: str, key: str = "") -> Any:
    """A record, as JSON, with every free text replaced; roles of seats are, roles of messages are not."""
    if isinstance(value, dict) and key in ("texts", "parameters", "beliefs"):
        return {text: text}
    if isinstance(value, dict):
        fixed = _FIXED | ({"role"} if "text" in value else set())
        return {name: inner if name in fixed else saying(inner, text, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [saying(inner, text) for inner in value]
    return text if isinstance(value, str) else value


def poisoned(record: MatchRecord, text: str, index: int) -> MatchRecord:
    values = saying(record.model_dump(mode="json"), text)
    values["header"].update(match_id=f"{index:032x}", index=index)
    values["header"]["seats"][1]["agent"] += "!"
    return MatchRecord.model_validate(values)


def site_of_texts(folder: Path, record: MatchRecord, texts: Sequence[str]) -> Path:
    """One match per text, which stands in every free text of it; the first and the last text also stand in the run."""
    facts = {"config": {texts[0]: texts[-1]}, "software": {texts[0]: texts[-1]}, "created_at": texts[0]}
    records = [poisoned(record, text, index) for index, text in enumerate(texts)]
    stored = run(folder / "run", records, name=texts[0], **facts)

    def echoed(found: MatchRecord, game: object) -> Iterator[Step]:
        return (Step(str(number)) for number in range(len(found.turns) + 1))

    build_site([stored], folder / "site", echoed)
    return folder / "site"


async def test_no_text_of_a_record_is_ever_anything_but_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """200 payloads, each in every free text of a match: pages have the very tags that harmless texts give them."""
    monkeypatch.setattr(replays, "load", EchoingGame)
    talk = await played()
    talk = talk.model_copy(update={"result": talk.result.model_copy(update={"reason": "x", "detail": "x"})})
    harmless = site_of_texts(tmp_path / "harmless", talk, [f"harmless {n:03}" for n in range(len(PAYLOADS))])
    attacked = site_of_texts(tmp_path / "attacked", talk, PAYLOADS)
    assert len(PAYLOADS) == 200
    folders = [next((site / "runs").iterdir()) for site in (harmless, attacked)]
    for number, payload in enumerate(PAYLOADS):
        expected, found = (Page((folder / f"{number:032x}.html").read_text("utf-8")) for folder in folders)
        assert (found.tags, found.links, found.open) == (expected.tags, expected.links, []), payload
    for expected_path, found_path in zip(harmless.rglob("index.html"), attacked.rglob("index.html"), strict=True):
        expected, found = (Page(path.read_text("utf-8")) for path in (expected_path, found_path))
        assert sorted(found.tags) == sorted(expected.tags)


def test_control_and_direction_characters_are_made_visible(tmp_path: Path):
    build_site([run(tmp_path / "run", [match(text="a\x00b\x1b[31mc\u202ed")])], tmp_path / "site", replay)
    for path, page in site_pages(tmp_path / "site"):
        raw = path.read_text("utf-8")
        assert not {char for char in raw if (ord(char) < 32 and char not in "\n\t") or char == "\u202e"}
        assert path == tmp_path / "site/index.html" or "a<U+0000>b<U+001B>[31mc<U+202E>d" in page.text
