"""Who of the agents under study takes part in a game of a protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agents.registry import build_agent, is_model
from arena.config import AgentEntry, GameEntry
from games.registry import load
from games.spec import parse_spec


def entry_for(
    agents: Sequence[AgentEntry], game: str, opponents: Iterable[str] = (), repeats: int = 1
) -> GameEntry | None:
    """A game for the agents under study that can play it (models all, scripted players theirs) and its opponents.

    Returns:
        None where no agent under study can play it.

    Raises:
        PluginError: there is no such agent or game.
        SpecError: an agent or the game does not take its parameters.
    """
    able = [entry.label for entry in agents if _can_play(entry, game)]
    if not able:
        return None
    return GameEntry(game=game, agents=tuple(dict.fromkeys([*able, *opponents])), repeats=repeats)


def _can_play(entry: AgentEntry, game: str) -> bool:
    return is_model(parse_spec(entry.spec).name) or build_agent(entry.spec).suits(load(game))
