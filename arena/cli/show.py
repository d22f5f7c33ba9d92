"""`arena show`: the matches of a run, or one of them to step through."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from arena.records import DecisionTurn, MatchRecord, Turn
    from arena.replay import ReplayStep
    from games.core import Game


def show(
    run: Annotated[Path, typer.Argument(help="Folder of the run.")],
    match: Annotated[str, typer.Argument(help="Number of a match, or the start of its id.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the matches of a run, or replay one.

    At a terminal, Enter steps on and q ends.
    """
    from arena.cli.output import print_json
    from arena.store import open_run

    opened = open_run(run)
    if not match:
        return _list([_summary(record) for record in opened.records()], json)
    record = opened.record(match)
    if json:
        return print_json(record.model_dump(mode="json"))
    return _replay(record)


def _summary(record: MatchRecord) -> dict[str, Any]:
    return {
        "index": record.header.index,
        "match_id": record.header.match_id,
        "game": record.header.game,
        "seats": [seat.agent for seat in record.header.seats],
        "outcome": str(record.result.outcome),
        "reason": record.result.reason,
        "returns": record.result.returns,
        "turns": len(record.turns),
        "text": record.result.text or record.result.detail or "",
    }


def _list(rows: list[dict[str, Any]], json: bool) -> None:
    from arena.cli.output import print_json, print_table

    if json:
        return print_json({"schema": 1, "matches": rows})
    cells = [(str(row["index"]), row["game"], " / ".join(row["seats"]), _returns(row), _ending(row)) for row in rows]
    return print_table("", ("#", "game", "seats", "returns", "how it ended"), cells)


def _returns(row: dict[str, Any]) -> str:
    return " ".join(f"{value:+g}" for value in row["returns"] or ()) or "-"


def _ending(row: dict[str, Any]) -> str:
    if row["outcome"] == "completed":
        return str(row["text"])
    return f"{row['outcome']} ({row['reason']}): {row['text']}"


def _replay(record: MatchRecord) -> None:
    from arena.cli.output import say
    from arena.replay import replay
    from games.registry import load

    game = load(record.header.game)
    seats = ", ".join(f"seat {seat}: {entry.agent}" for seat, entry in enumerate(record.header.seats))
    say(f"match {record.header.match_id}  {record.header.pool}\n{seats}")
    for number, step in enumerate(replay(record, game)):
        say("\n" + _moment(record, game, number, step))
        if sys.stdin.isatty() and sys.stdout.isatty() and input("").strip().lower().startswith("q"):
            return
    result = record.result
    say(f"\n{result.outcome}: {result.text or result.detail or ''}")
    say("returns: " + ", ".join(f"{value:+g}" for value in result.returns_so_far))


def _moment(record: MatchRecord, game: Game[Any, Any], number: int, step: ReplayStep) -> str:
    head = "start" if step.turn is None else f"turn {number - 1}: {_moved(record, step.turn)}"
    return f"{head}\n{game.render(step.state)}"


def _moved(record: MatchRecord, turn: Turn) -> str:
    if turn.kind == "decision":
        return _decided(record, turn)
    return f"{'nature' if turn.kind == 'chance' else 'the referee'}: {turn.action}"


def _decided(record: MatchRecord, turn: DecisionTurn) -> str:
    lines = []
    for decision in turn.decisions:
        who = record.header.seats[decision.seat].agent
        lines.append(f"{who} (seat {decision.seat}): {decision.action or 'forfeits'}")
        if decision.source != "agent":
            lines[-1] += f" (chosen by the policy: {decision.source})"
        for attempt in decision.attempts:
            if attempt.problem:
                lines.append(f"    rejected {attempt.text!r} ({attempt.outcome}): {attempt.problem}")
            if attempt.reasoning:
                lines.append("    thought: " + " ".join(attempt.reasoning.split())[:300])
    return "\n".join(lines)
