"""Checks of what seats read: briefings, observations and the texts of actions."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Final

from games.core import CHANCE, Seat
from games.testing.evidence import Evidence, at_every_node, some_choices
from games.testing.failures import CheckFailure, located, mover_name, shorten
from games.testing.playouts import AnyGame, Node, choices, spread

LONGEST_OBSERVATION: Final = 8_000
LONGEST_RULES: Final = 6_000
_LONGEST_ACTION: Final = 200
_MOST_TEXTS: Final = 2_000


def briefing(evidence: Evidence) -> None:
    """Every seat has a briefing, and it never changes."""
    game = evidence.game
    for seat in range(game.num_players):
        rules = game.rules_text(seat)
        if not isinstance(rules, str) or not rules.strip():
            raise CheckFailure(f"rules_text({seat}) gave {rules!r}", "a briefing for every seat")
        if rules != game.rules_text(seat):
            raise CheckFailure(f"rules_text({seat}) changes from call to call", "a constant text")


def observation(evidence: Evidence) -> None:
    """Every seat has an observation in every state, and spectators have a picture and an outcome."""
    at_every_node(evidence, _everything_is_shown)


def ascii_text(evidence: Evidence) -> None:
    """What seats read is printable ASCII."""
    for seat in range(evidence.game.num_players):
        _printable(f"rules_text({seat})", evidence.game.rules_text(seat))
    at_every_node(evidence, _views_are_printable)
    for node in evidence.nodes:
        with located(evidence.game, node):
            for seat, text in _some_texts(evidence, node):
                _printable(f"an action of {mover_name(seat)}", text)


def sizes(evidence: Evidence) -> None:
    """What seats read stays within the size budget."""
    for seat in range(evidence.game.num_players):
        _within(f"rules_text({seat})", evidence.game.rules_text(seat), LONGEST_RULES)
    at_every_node(evidence, _views_are_short)
    for node in evidence.nodes:
        with located(evidence.game, node):
            for seat, text in _some_texts(evidence, node):
                if seat == CHANCE or evidence.game.legal_actions(node.state, seat) is not None:
                    _within(f"an action of {mover_name(seat)}", text, _LONGEST_ACTION)


def action_texts(evidence: Evidence) -> None:
    """Every action, of chance and referee too, has a text of its own that is read back as that action."""
    for node in evidence.nodes:
        with located(evidence.game, node):
            for seat in node.seats:
                _texts_are_unique(evidence.game, node, seat)
                _texts_are_read_back(evidence, node, seat)


def _everything_is_shown(game: AnyGame, node: Node) -> None:
    for seat in range(game.num_players):
        shown = game.observation(node.state, seat)
        if not isinstance(shown, str) or not shown.strip():
            raise CheckFailure(f"the observation of seat {seat} is {shown!r}", "a text for every seat in every state")
    if not game.render(node.state).strip():
        raise CheckFailure("render gave nothing", "the state for spectators")
    if not node.seats and not game.outcome_text(node.state).strip():
        raise CheckFailure("outcome_text gave nothing", "one line on how the play ended")


def _views_are_printable(game: AnyGame, node: Node) -> None:
    for seat in range(game.num_players):
        _printable(f"the observation of seat {seat}", game.observation(node.state, seat))


def _printable(what: str, text: str) -> None:
    wrong = sorted({character for character in text if character != "\n" and not " " <= character <= "~"})
    if wrong:
        raise CheckFailure(f"{what} contains {', '.join(map(ascii, wrong))}", "printable ASCII and line breaks")


def _views_are_short(game: AnyGame, node: Node) -> None:
    for seat in range(game.num_players):
        _within(f"the observation of seat {seat}", game.observation(node.state, seat), LONGEST_OBSERVATION)


def _within(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise CheckFailure(f"{what} has {len(text):,} characters", f"at most {most:,}")


def _some_texts(evidence: Evidence, node: Node) -> Iterator[tuple[Seat, str]]:
    for seat in node.seats:
        for action in some_choices(evidence, node, seat):
            yield seat, evidence.game.action_to_text(node.state, seat, action)


def _texts_are_unique(game: AnyGame, node: Node, seat: Seat) -> None:
    options = spread(choices(game, node.state, seat, random.Random(0)), _MOST_TEXTS)
    counts = Counter(game.action_to_text(node.state, seat, action) for action in options)
    for text, count in counts.most_common(1):
        if count > 1:
            raise CheckFailure(f"{count} actions of {mover_name(seat)} have the text {text!r}", "a text for each")
    if not all(text.strip() for text in counts):
        raise CheckFailure(f"an action of {mover_name(seat)} has an empty text", "a text that can be written")


def _texts_are_read_back(evidence: Evidence, node: Node, seat: Seat) -> None:
    for action in some_choices(evidence, node, seat):
        text = evidence.game.action_to_text(node.state, seat, action)
        read = evidence.game.parse_action(node.state, seat, text)
        if read != action:
            found = f"{shorten(repr(text))}, the text of {action!r}, is read as {read!r}"
            raise CheckFailure(found, "the action that the text was made from")
