"""Checks of how texts are refused: garbage, prose, floods, and actions that are legal only elsewhere."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Hashable, Sequence
from itertools import product
from typing import Final

from games.core import CHANCE, ActionError, Seat, Unparsable
from games.info import Chance
from games.testing.evidence import Evidence, some_choices
from games.testing.failures import CheckFailure, located, mover_name, shorten
from games.testing.playouts import AnyGame, Node, choices, spread
from games.testing.text_checks import LONGEST_OBSERVATION

_GARBAGE: Final = (
    "",
    " \t\n ",
    "\x00\x07\x1b[31m",
    "\u202e\u2066\ufeff",
    "\ud800",
    "\u2660\U0001f0a1",
    "(" * 300 + ")" * 200,
    ")]}>{[(<",
    "%s {0} $x \\N",
    "<action></action>",
    "none of these, if you please",
)
_ODD_NUMBERS: Final = ("9" * 5_000, "-1", "1e999", "nan", "inf", "\u0663", "\u00b2", "0x1f", "1_0", "1/0", "+", "-")
_PROSE: Final = ("I will not play {}, I think", "{} {}", "{};--", "not {}")
_FLOODS: Final = ("a", "9", "(", "a ", "1 ", "-", "\n")
_FLOOD_SIZES: Final = (20, 24, 28, 1_000, 10_000, 30_000, 100_000)
_SLOW_S: Final = 1.0
_LONGEST_MESSAGE: Final = 4_000
_FLOODED_NODES: Final = 4
_NODES: Final = 40
_FOREIGN_TEXTS: Final = 40


def garbage(evidence: Evidence) -> None:
    """Text that is no action is refused as such, with a message, and with no other exception."""
    for node in spread(evidence.nodes, _NODES):
        for seat in node.seats:
            with located(evidence.game, node):
                _refuses_garbage(evidence.game, node, seat)
                _refuses_prose(evidence, node, seat)
    for node in spread([node for node in evidence.nodes if node.seats], _FLOODED_NODES):
        with located(evidence.game, node):
            _survives_floods(evidence.game, node)


def illegal(evidence: Evidence) -> None:
    """Actions that are legal in other states are refused here."""
    foreign = _texts_from_everywhere(evidence)
    for node in spread(evidence.nodes, _NODES):
        for seat in node.seats:
            if _is_listed(evidence.game, node, seat):
                with located(evidence.game, node):
                    _refuses_foreign(evidence.game, node, seat, foreign)


def open_actions(evidence: Evidence) -> None:
    """Where actions are open there are examples, and free text is made regular before it is applied."""
    for node in spread(evidence.nodes, _NODES):
        for seat in node.seats:
            if seat != CHANCE and not _is_listed(evidence.game, node, seat):
                with located(evidence.game, node):
                    _open_text_is_regular(evidence.game, node, seat)


def _is_listed(game: AnyGame, node: Node, seat: Seat) -> bool:
    if seat == CHANCE:
        return game.info.chance is not Chance.SAMPLED
    return game.legal_actions(node.state, seat) is not None


def _refuses_garbage(game: AnyGame, node: Node, seat: Seat) -> None:
    for text in _GARBAGE:
        problem = _refusal(game, node, seat, text)
        if problem is None and _is_listed(game, node, seat):
            raise CheckFailure(f"{mover_name(seat)} may write {shorten(repr(text))}", "Unparsable for such garbage")
        if problem is not None and not isinstance(problem, Unparsable):
            raise CheckFailure(f"{shorten(repr(text))} is called {type(problem).__name__}", "Unparsable")
    for text in _ODD_NUMBERS:
        _refusal(game, node, seat, text)


def _refuses_prose(evidence: Evidence, node: Node, seat: Seat) -> None:
    """An action is not looked for inside prose: that is the agent's part, and finds moves nobody meant."""
    if not _is_listed(evidence.game, node, seat):
        return
    legal = {_plain(text) for text in _all_texts(evidence.game, node, seat)}
    for action in some_choices(evidence, node, seat)[:3]:
        text = evidence.game.action_to_text(node.state, seat, action)
        for prose in (form.format(text, text) for form in _PROSE):
            if _plain(prose) not in legal and _refusal(evidence.game, node, seat, prose) is None:
                raise CheckFailure(f"{mover_name(seat)} may write {prose!r}", "an ActionError: this is not an action")


def _survives_floods(game: AnyGame, node: Node) -> None:
    """Sizes grow step by step, so that a pattern which explodes is found before it takes for ever."""
    for size, pattern in product(_FLOOD_SIZES, _FLOODS):
        for seat in node.seats:
            _refusal(game, node, seat, (pattern * size)[:size] + "!")


def _refusal(game: AnyGame, node: Node, seat: Seat, text: str) -> ActionError | None:
    """The error with which a text is refused, in good time and few words; None when it is accepted."""
    error, spent = _timed(game, node, seat, text)
    # Once may be a collection of garbage in between; what explodes takes as long again.
    if spent > _SLOW_S and _timed(game, node, seat, text)[1] > _SLOW_S:
        found = f"reading {len(text):,} characters, {shorten(repr(text), 80)}, took more than {_SLOW_S:g} s"
        raise CheckFailure(found, "an answer at once; a regular expression may be backtracking")
    if error is not None and not 0 < len(str(error)) <= _LONGEST_MESSAGE:
        found = f"refusing {shorten(repr(text), 80)} takes {len(str(error)):,} characters"
        raise CheckFailure(found, f"a message of 1 to {_LONGEST_MESSAGE:,} characters")
    return error


def _timed(game: AnyGame, node: Node, seat: Seat, text: str) -> tuple[ActionError | None, float]:
    """The error with which a text is refused, if any, and the seconds of the processor that it took."""
    started = time.process_time()
    error = _error(game, node, seat, text)
    return error, time.process_time() - started


def _error(game: AnyGame, node: Node, seat: Seat, text: str) -> ActionError | None:
    try:
        game.parse_action(node.state, seat, text)
    except ActionError as error:
        return error
    except Exception as error:
        found = f"{shorten(repr(text), 80)} raises {type(error).__name__}: {shorten(str(error), 80)}"
        raise CheckFailure(found, "Unparsable, Illegal or Ambiguous") from error
    return None


def _texts_from_everywhere(evidence: Evidence) -> list[str]:
    """Texts of actions all over the evidence, of chance and referee too."""
    texts = {
        evidence.game.action_to_text(node.state, seat, action)
        for node in evidence.nodes
        for seat in node.seats
        for action in some_choices(evidence, node, seat)
    }
    return spread(sorted(texts), _FOREIGN_TEXTS)


def _refuses_foreign(game: AnyGame, node: Node, seat: Seat, foreign: Sequence[str]) -> None:
    legal = list(choices(game, node.state, seat, random.Random(0)))
    own = {_plain(text) for text in _all_texts(game, node, seat)}
    for text in foreign:
        if _plain(text) in own or _refusal(game, node, seat, text) is not None:
            continue
        read = game.parse_action(node.state, seat, text)
        if read not in legal or not _abbreviates(text, game.action_to_text(node.state, seat, read)):
            found = f"{mover_name(seat)} may write {text!r}, which is read as {read!r}"
            raise CheckFailure(found, f"an ActionError: legal are {shorten(', '.join(sorted(own)))}")


def _all_texts(game: AnyGame, node: Node, seat: Seat) -> list[str]:
    return [
        game.action_to_text(node.state, seat, action) for action in choices(game, node.state, seat, random.Random(0))
    ]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _abbreviates(one: str, other: str) -> bool:
    """Whether one text is the other with letters or signs left out, as notations allow (in chess, Nd2 for Nbxd2+)."""
    short, long = sorted((re.sub(r"\W", "", _plain(text)) for text in (one, other)), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _open_text_is_regular(game: AnyGame, node: Node, seat: Seat) -> None:
    examples = game.example_actions(node.state, seat)
    if not examples:
        raise CheckFailure("example_actions gave nothing", "a few legal actions")
    texts = [game.action_to_text(node.state, seat, action) for action in examples]
    for written in (*(f"  {text} \n" for text in texts), texts[0] + " and so on" * 10_000):
        if _refusal(game, node, seat, written) is None:
            _is_regular(game, node, seat, written)


def _is_regular(game: AnyGame, node: Node, seat: Seat, written: str) -> None:
    read: Hashable = game.parse_action(node.state, seat, written)
    text = game.action_to_text(node.state, seat, read)
    again = game.parse_action(node.state, seat, text)
    if again != read:
        found = f"{shorten(repr(written))} is read as {read!r}, whose text is read as {again!r}"
        raise CheckFailure(found, "one normal form, so that the log holds what was applied")
    if len(text) > LONGEST_OBSERVATION:
        raise CheckFailure(f"{len(written):,} characters become an action of {len(text):,}", "a limit on open text")
