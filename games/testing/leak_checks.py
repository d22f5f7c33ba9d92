"""Checks that a seat knows what it was told, and only that.

Two views of a game say what a seat knows: the texts that models read, and the information state that scripted players
and solvers use. These checks tie them to each other, over the whole tree where it is small, and elsewhere over
random plays and the same plays with one earlier choice changed: that pair shows whatever depends on a hidden choice.
A fact that both views reveal consistently can only be judged by people who know the rules: they read the table of
`games.testing.visibility`, which is part of every playthrough. The fifth leak check, that a `DecisionRequest`
gives no way to a state, belongs to the agents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final

from games.core import Seat
from games.info import Information
from games.testing.evidence import Evidence, Sighting
from games.testing.failures import CheckFailure, located, place_of, shorten
from games.testing.playouts import AnyGame, Node, next_node, spread, turns_before

_MOST_ACTIONS_COMPARED: Final = 50


def within_sets(evidence: Evidence) -> None:
    """Where a seat knows the same, at the end too, it reads the same and may do the same."""
    game = evidence.game
    _same_for_same(
        game,
        evidence.sightings,
        key=lambda sighting: (sighting.seat, sighting.deciding, sighting.information),
        value=lambda sighting: (sighting.observation, _options(game, sighting)),
        complaint=(
            "one information state comes with two different observations or lists of legal actions",
            "what a seat reads follows from what it knows; otherwise the observation leaks",
        ),
    )


def perfect_recall(evidence: Evidence) -> None:
    """In a game of imperfect information a seat never forgets what it knew and did."""
    if evidence.game.info.information is Information.PERFECT:
        return
    _same_for_same(
        evidence.game,
        _decisions(evidence),
        key=lambda sighting: (sighting.seat, sighting.information),
        value=lambda sighting: sighting.recalled,
        complaint=(
            "one information state is reached by two different pasts of the seat itself",
            "an information state that holds what the seat knew and did before",
        ),
    )


def sufficiency(evidence: Evidence) -> None:
    """What a seat has read and done at its decisions determines its information state."""
    _same_for_same(
        evidence.game,
        _decisions(evidence),
        key=lambda sighting: (sighting.seat, sighting.told, sighting.observation),
        value=lambda sighting: sighting.information,
        complaint=(
            "the same texts and own actions lead to two different information states",
            "observations that say all that the information state says",
        ),
    )


def visibility(evidence: Evidence) -> None:
    """Information is perfect or imperfect, as the game's info says."""
    hidden = list(_hidden_changes(evidence))
    if evidence.game.info.information is Information.PERFECT and hidden:
        node, other, seat = hidden[0]
        raise CheckFailure(
            f"info says perfect information, but seat {seat} cannot tell two states apart when it decides",
            "an information state that differs when the state does, or imperfect information",
            _both_places(evidence.game, node, other),
        )
    if evidence.game.info.information is Information.PERFECT or not evidence.counterfactuals:
        return
    if not hidden and not any(_hidden_exchanges(evidence)):
        raise CheckFailure(
            "info says imperfect information, but in every pair of plays with one choice changed, or choices of two "
            "seats exchanged, each seat knew it",
            "something that a seat does not know when it decides, or perfect information",
        )


def canaries(evidence: Evidence) -> None:
    """No secret of a seat occurs, as a word, in its briefing, its observations, its actions or its history."""
    game = evidence.game
    for node in evidence.nodes:
        with located(game, node):
            for seat in range(game.num_players):
                secrets = game.secrets(node.state, seat)
                if secrets:
                    _hold_no_secret(game, node, seat, secrets)


def _same_for_same(
    game: AnyGame,
    sightings: Iterable[Sighting],
    key: Callable[[Sighting], Hashable],
    value: Callable[[Sighting], object],
    complaint: tuple[str, str],
) -> None:
    """Fail when two sightings with equal keys have different values, and show both."""
    known: dict[Hashable, Sighting] = {}
    for sighting in sightings:
        first = known.setdefault(key(sighting), sighting)
        if first is not sighting and value(first) != value(sighting):
            place = _both_places(game, first.node, sighting.node)
            raise CheckFailure(f"seat {sighting.seat}: {complaint[0]}", complaint[1], place)


def _decisions(evidence: Evidence) -> Iterable[Sighting]:
    return (sighting for sighting in evidence.sightings if sighting.deciding)


def _options(game: AnyGame, sighting: Sighting) -> tuple[int, tuple[str, ...]] | None:
    """How many legal actions a deciding seat has, and the texts of some; None when open."""
    if not sighting.deciding:
        return None
    state, seat = sighting.node.state, sighting.seat
    legal = game.legal_actions(state, seat)
    if legal is None:
        return None
    some = spread(legal, _MOST_ACTIONS_COMPARED)
    return len(legal), tuple(game.action_to_text(state, seat, action) for action in some)


def _hidden_changes(evidence: Evidence) -> Iterable[tuple[Node, Node, Seat]]:
    """Pairs of different states, one earlier choice apart, in which a seat that decides knows the same."""
    game = evidence.game
    for changed in evidence.counterfactuals:
        for node, other in changed.pairs:
            if node.state == other.state or node.seats != other.seats:
                continue
            for seat in node.seats:
                if seat >= 0 and _knows(game, node, seat) == _knows(game, other, seat):
                    yield node, other, seat


def _hidden_exchanges(evidence: Evidence) -> Iterator[bool]:
    """For each exchange of what two movers of a joint turn did: whether a third seat decides next and does not know.

    What is told in totals only shows that somebody did something else, but not who.
    """
    game = evidence.game
    for play in evidence.plays:
        for node, after in pairwise(play):
            if after.actions is None or len(after.actions) < 3:
                continue
            for (one, own), (two, theirs) in combinations(after.actions.items(), 2):
                if own != theirs and _may(game, node, one, theirs) and _may(game, node, two, own):
                    other = next_node(game, node, {**after.actions, one: theirs, two: own})
                    thirds = set(after.seats) & set(other.seats) - {one, two}
                    yield any(_knows(game, after, seat) == _knows(game, other, seat) for seat in thirds)


def _may(game: AnyGame, node: Node, seat: Seat, action: Hashable) -> bool:
    return action in (game.legal_actions(node.state, seat) or ())


def _knows(game: AnyGame, node: Node, seat: Seat) -> Hashable:
    known: Hashable = game.information_state(node.state, seat)
    return known


def _both_places(game: AnyGame, one: Node, other: Node) -> str:
    return f"first {place_of(game, one)}\nsecond {place_of(game, other)}"


def _hold_no_secret(game: AnyGame, node: Node, seat: Seat, secrets: Iterable[str]) -> None:
    for where, text in _readings(game, node, seat):
        for secret in secrets:
            if not secret.strip():
                raise CheckFailure(f"secrets(state, {seat}) holds an empty text", "words that must not be seen")
            if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text, re.IGNORECASE):
                raise CheckFailure(f"{where} of seat {seat} has the secret {secret!r}: {shorten(text)}", "no such text")


def _readings(game: AnyGame, node: Node, seat: Seat) -> Iterable[tuple[str, str]]:
    """Everything that a seat reads up to here, with what it is."""
    yield "the briefing", game.rules_text(seat)
    yield "the observation", game.observation(node.state, seat)
    if seat in node.seats:
        for action in spread(game.legal_actions(node.state, seat) or (), _MOST_ACTIONS_COMPARED):
            yield "a legal action", game.action_to_text(node.state, seat, action)
    for before, actions in turns_before(node):
        if seat in actions:
            yield "the history", game.observation(before.state, seat)
            yield "the history", game.action_to_text(before.state, seat, actions[seat])
