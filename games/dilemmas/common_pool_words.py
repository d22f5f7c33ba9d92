"""What players of the common pool read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from games.core import Seat
from games.dilemmas.common_pool_parts import CommonPoolParams, CommonPoolView, Own, Phase
from games.words.round_table import name, named

_CHARACTERS: Final = {
    "none": "",
    "altruistic": " You are altruistic: how the others fare matters to you as much as how you fare.",
    "selfish": " You are selfish: how the others fare does not matter to you.",
}
_ORDER: Final = tuple(Phase)


def in_units(tenths: int) -> str:
    """A limit as it is read and written: `25` is "2.5"."""
    return f"{tenths / 10:g}"


def briefing(params: CommonPoolParams, seat: Seat) -> str:
    """The rules as a seat is told them: no aim, no score, and no numbers of the resource."""
    lines = [
        f"You are player {seat + 1} of {params.num_players}. The players live on a common resource, which regrows by "
        "itself from what is left of it; when nothing is left, nothing grows. Nobody is told how much there is. There "
        f"are at most {params.rounds} rounds.{_CHARACTERS[params.character]}",
        "In each round all choose at the same time how much effort they put into harvesting, from 0 to 100 percent. A "
        "player harvests more with more effort, and more when there is more of the resource. You see your own harvest "
        f"only. It goes into your store, which has {params.store:g} at the start, and each player uses up "
        f"{params.consumption:g} of its store in a round. Whoever's store is below 0 at the end of a round drops out.",
        *_on_punishment(params),
        *_on_copying(params),
        *_on_voting(params),
        "Nobody keeps a score. What you make of it is up to you.",
        f"Write only what is asked for: {'; '.join(_how_to_write(params))}",
    ]
    return "\n".join(lines)


def news(view: CommonPoolView) -> list[str]:
    """What came of the seat's last decision, and what it has been shown since."""
    if view.phase in (Phase.HARVEST, Phase.OVER):
        return list(_since_own_decision(view.past[-1], Phase.OVER, view)) if view.past else []
    return list(_since_own_decision(view.now, view.phase, view))


def asked(view: CommonPoolView, seat: Seat, params: CommonPoolParams, *, moves: bool) -> list[str]:
    """Where things stand for a seat, and what it is asked, if it moves."""
    if view.phase is Phase.OVER:
        how = "It is over." if seat in view.players else f"You dropped out after round {len(view.past)}."
        return [f"{how} Your store: {view.store:.2f}."]
    lines = []
    if view.phase is Phase.HARVEST:
        limit = "There is no limit." if view.now.limit is None else f"The limit is {in_units(view.now.limit)}."
        left = ", ".join(named(player, seat) for player in view.players)
        lines = [f"Round {len(view.past) + 1} of at most {params.rounds}. Still in: {left}. {limit}"]
    lines.append(f"Your store: {view.store:.2f}. {_question(view) if moves else 'The others are deciding.'}")
    return lines


def _question(view: CommonPoolView) -> str:
    if view.phase is Phase.HARVEST:
        return "Your effort, from 0 to 100?"
    if view.phase is Phase.WATCH:
        return "Do you watch somebody? watch or ignore"
    if view.phase is Phase.PUNISH:
        return "Do you punish it? punish or spare"
    if view.phase is Phase.PROPOSE:
        return "Which limit on what a player may harvest in a round do you propose?"
    return "Which of the proposed limits do you vote for?"


def _since_own_decision(own: Own, phase: Phase, view: CommonPoolView) -> Iterator[str]:
    """What the parts of a round before a phase have shown the seat since it last decided."""
    first = _ORDER.index(_last_decision(own))
    for step, line in _shown(own, view):
        if first <= _ORDER.index(step) < _ORDER.index(phase):
            yield line


def _last_decision(own: Own) -> Phase:
    """The part of a round in which the seat decided last."""
    made = (
        (own.voted, Phase.VOTE),
        (own.proposed, Phase.PROPOSE),
        (own.punished, Phase.PUNISH),
        (own.watching, Phase.WATCH),
    )
    return next((phase for choice, phase in made if choice is not None), Phase.HARVEST)


def _shown(own: Own, view: CommonPoolView) -> Iterator[tuple[Phase, str]]:
    """What the parts of a round show the seat: after which part, and in what words."""
    if own.harvest is not None:
        yield Phase.HARVEST, f"You harvested {own.harvest:.2f} with an effort of {own.effort}."
    if own.watched is not None and own.limit is not None:
        over = "more than" if own.watched.harvest > own.limit / 10 else "within"
        harvest = f"{name(own.watched.player)}, which harvested {own.watched.harvest:.2f}"
        yield Phase.DRAW, f"You watched {harvest}: {over} the limit of {in_units(own.limit)}."
    if own.fines:
        yield Phase.PUNISH, f"You were punished by {own.fines} player{'s' if own.fines > 1 else ''}."
    if own.met is not None:
        fares = f"effort {own.met.effort}, store {own.met.store:.2f}"
        yield Phase.MEET, f"You saw {name(own.met.player)}: {fares}."
    if own.proposals:
        yield Phase.PROPOSE, f"Proposed limits: {', '.join(map(in_units, own.proposals))}."
    if own.proposals and view.now.limit is not None:
        yield Phase.VOTE, f"The limit that was chosen: {in_units(view.now.limit)}."


def _on_punishment(params: CommonPoolParams) -> list[str]:
    if not params.punishment:
        return []
    return [
        "While there is a limit on harvests, each player then chooses whether to watch. Whoever does sees the harvest "
        "of one other player, drawn by lot, and may punish it if it is above the limit. That takes "
        f"{params.fine:g} from the store of the punished player and {params.punishment_cost:g} from that of the "
        "punisher. The punished player is not told by whom."
    ]


def _on_copying(params: CommonPoolParams) -> list[str]:
    if not params.copying:
        return []
    return [
        "Then each player sees how one other player, drawn by lot, fares: its effort in this round and its store. "
        "Whether you copy it is up to you."
    ]


def _on_voting(params: CommonPoolParams) -> list[str]:
    first = params.first_limit
    start = "There is no limit at first." if first is None else f"The limit is {first:g} at first."
    if not params.voting:
        return [] if first is None else [f"No player should harvest more than {first:g} in a round: that is the limit."]
    return [
        "At the end of a round all propose a limit on what one player may harvest in a round, and then vote on the "
        "proposals, which are shown without names. The one with the most votes, or the lowest of several, is the limit "
        f"from the next round on. {start} Nothing but punishment keeps anybody to it."
    ]


def _how_to_write(params: CommonPoolParams) -> Iterator[str]:
    yield "your effort as a whole number from 0 to 100"
    if params.punishment:
        yield "watch or ignore; punish or spare"
    if params.voting:
        highest = params.highest_limit
        example = in_units(highest // 2)
        yield f"a limit as a number from 0 to {in_units(highest)} with at most one decimal, for example {example}"
