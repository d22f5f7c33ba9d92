"""All checks, by name, and three ways to run them: one by one, over a game, as pytest cases."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from games.registry import load
from games.testing import facts_checks, leak_checks, parse_checks, rules_checks, text_checks
from games.testing.evidence import Effort, Evidence
from games.testing.failures import CheckFailure
from games.testing.playouts import AnyGame

if TYPE_CHECKING:
    import pytest

Check = Callable[[Evidence], None]

CHECKS: Final[Mapping[str, Check]] = {
    "facts": facts_checks.facts,
    "parameters": facts_checks.parameters,
    "spec": facts_checks.spec,
    "identity": facts_checks.identity,
    "referee": facts_checks.referee,
    "turns": rules_checks.turns,
    "purity": rules_checks.purity,
    "joint_moves": rules_checks.joint_moves,
    "returns": rules_checks.returns,
    "utility": rules_checks.utility,
    "length": rules_checks.length,
    "chance": rules_checks.chance,
    "replay": rules_checks.replay,
    "tree": rules_checks.tree,
    "briefing": text_checks.briefing,
    "observation": text_checks.observation,
    "ascii_text": text_checks.ascii_text,
    "sizes": text_checks.sizes,
    "action_texts": text_checks.action_texts,
    "garbage": parse_checks.garbage,
    "illegal": parse_checks.illegal,
    "open_actions": parse_checks.open_actions,
    "within_sets": leak_checks.within_sets,
    "perfect_recall": leak_checks.perfect_recall,
    "sufficiency": leak_checks.sufficiency,
    "visibility": leak_checks.visibility,
    "canaries": leak_checks.canaries,
}


class CheckResult(NamedTuple):
    """How one check went.

    Attributes:
        name: its key in `CHECKS`.
        ok: whether the game passed.
        message: what was found, what was expected and where; empty when all is well.
    """

    name: str
    ok: bool
    message: str


def description(name: str) -> str:
    """One line on what a check makes sure of."""
    return (CHECKS[name].__doc__ or "").strip().partition("\n")[0]


def check_game(game: AnyGame, effort: Effort | None = None) -> list[CheckResult]:
    """Run every check on a game; exceptions of the game are failures, not errors."""
    evidence = Evidence(game, effort)
    return [_result(name, evidence) for name in CHECKS]


def parametrize_with_checks(games: Sequence[AnyGame | str]) -> pytest.MarkDecorator:
    """One pytest case per game and check, for a test with the arguments `game` and `check`.

        @parametrize_with_checks([MyGame(), "kuhn_poker(num_players=3)"])
        def test_conformance(game, check):
            check(game)

    Args:
        games: games, or specs that are loaded when their first case runs.
    """
    import pytest

    # Cases of one game share what was gathered about it.
    gathered = cache(lambda game: Evidence(load(game) if isinstance(game, str) else game))
    cases = [
        pytest.param(game, _check(name, gathered), id=f"{game if isinstance(game, str) else game.spec}-{name}")
        for game in games
        for name in CHECKS
    ]
    return pytest.mark.parametrize(("game", "check"), cases)


def _check(name: str, gathered: Callable[[AnyGame | str], Evidence]) -> Callable[[AnyGame | str], None]:
    def check(game: AnyGame | str) -> None:
        CHECKS[name](gathered(game))

    return check


def _result(name: str, evidence: Evidence) -> CheckResult:
    try:
        CHECKS[name](evidence)
    except CheckFailure as failure:
        return CheckResult(name, False, str(failure))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"line {last.lineno} of {last.filename}"
        return CheckResult(name, False, f"it raised {type(error).__name__}: {error}\nin {last.name}, {where}")
    return CheckResult(name, True, "")
