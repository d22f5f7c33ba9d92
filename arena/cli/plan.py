"""`arena plan`: what a tournament will take, before anything is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from arena.cli.options import Agents, ConfigFile, Games, Repeats, Seed

if TYPE_CHECKING:
    from arena.loads import Range
    from arena.plan import Plan


def plan(
    config: ConfigFile = None,
    game: Games = None,
    agent: Agents = None,
    repeats: Repeats = None,
    seed: Seed = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Estimate calls, tokens and cost of a tournament.

    Calls no model and writes nothing.
    """
    from dataclasses import asdict

    from agents.llm.prices import known_price
    from agents.registry import is_model
    from arena.cli.options import read_config, tell_left_out
    from arena.cli.output import print_json, say
    from arena.plan import plan as make_plan
    from arena.tournament import prepare
    from games.spec import parse_spec

    flags = {"games": game, "agents": agent, "repeats": repeats, "seed": seed}
    tournament = prepare(read_config(config, flags))
    estimate = make_plan(tournament, lambda spec: is_model(parse_spec(spec).name), known_price)
    if json:
        return print_json({"schema": 1, **asdict(estimate)})
    tell_left_out(tournament)
    if tournament.config.schedule.kind.adaptive:
        say("Results will decide who meets whom; estimated as the round robin of as many matches.")
    return _print(estimate)


def _print(estimate: Plan) -> None:
    from arena.cli.output import print_table, say

    print_table("", ("game", "matches"), [(game, str(count)) for game, count in estimate.matches.items()])
    rows = [
        (
            item.agent,
            str(item.matches),
            _range(item.load.calls),
            _range(item.load.tokens_in),
            _range(item.load.tokens_out),
            _money(item.cost_usd),
        )
        for item in estimate.agents
    ]
    print_table("", ("agent", "seats", "model calls", "prompt tokens", "completion tokens", "cost"), rows)
    say(
        f"{sum(estimate.matches.values())} matches. Expected (least to most); answers that are asked again come on top."
    )


def _range(value: Range) -> str:
    return "-" if not value.high else f"{value.expected:,.0f} ({_short(value.low)} to {_short(value.high)})"


def _short(number: float) -> str:
    """A bound in few characters: 850, 12k, 3.4M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= 10 * size or (unit == "M" and number >= size):
            return f"{number / size:.3g}{unit}"
    return f"{number:,.0f}"


def _money(cost: Range | None) -> str:
    if cost is None:
        return "unpriced"
    return "-" if not cost.high else f"${cost.expected:.2f} (${cost.low:.2f} to ${cost.high:.2f})"
