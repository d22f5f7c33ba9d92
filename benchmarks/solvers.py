"""Solvers: exactness and speed of ours against OpenSpiel's.

    python benchmarks/solvers.py

First what both compute, NashConv of uniform play and the value of the game, with the difference; then times and their
ratio, both measured in this run, in turns, after our trees are flattened. OpenSpiel's NashConv and CFR+ are its C++
ones. A peer (`open_spiel`) that is not installed is said to be missing.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from games.registry import load
from games.solvers.best_response import exploitability, nash_conv
from games.solvers.cfr import CFRPlus
from games.solvers.minimax import Minimax
from games.solvers.policies import uniform
from games.solvers.sequence_form import solve_zero_sum
from games.solvers.tree import FlatTree, flatten

ROUNDS: Final = 5
TARGET: Final = 1e-4
CHECK_EVERY: Final = 100


class Pair(NamedTuple):
    """The same game in both libraries.

    Attributes:
        ours: our spec.
        theirs: OpenSpiel's.
        solve: the exact value of our game to seat 0; None where there is none or it takes minutes.
        value: the value published with OpenSpiel's tests or proved.
    """

    ours: str
    theirs: str
    solve: Callable[[FlatTree], float] | None = None
    value: float = 0.0


def by_programme(tree: FlatTree) -> float:
    """Value of a zero-sum tree by linear programming."""
    return solve_zero_sum(tree).value


def by_search(tree: FlatTree) -> float:
    """Value of a game with perfect information by minimax."""
    return Minimax(tree.game).value(tree.game.initial_state())


PAIRS: Final = (
    Pair("kuhn_poker", "kuhn_poker", by_programme, -1 / 18),
    Pair("leduc_poker", "leduc_poker", by_programme, -0.085606424078),
    Pair("liars_dice(dice=1, faces=3, wild=3)", "liars_dice(numdice=1,dice_sides=3)", by_programme, 1 / 9),
    Pair("tic_tac_toe", "tic_tac_toe", by_search, 0.0),
    Pair("kuhn_poker(num_players=3)", "kuhn_poker(players=3)"),
    Pair("liars_dice(dice=1, wild=6)", "liars_dice"),
)


def peer() -> Any:
    """OpenSpiel, or None where it is not installed."""
    return importlib.import_module("pyspiel") if importlib.util.find_spec("pyspiel") else None


def seconds(run: Callable[[], object], budget: float = 0.2) -> float:
    """Time of one run, the mean over as many as fit the budget, at least one."""
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < budget or not count:
        run()
        count += 1
    return spent / count


def compared(ours: Callable[[], object], theirs: Callable[[], object] | None) -> tuple[float, float | None]:
    """Median times of ours and theirs, measured in turns."""
    rows = [(seconds(ours), seconds(theirs) if theirs else None) for _ in range(ROUNDS)]
    mine, others = zip(*rows, strict=True)
    return statistics.median(mine), statistics.median(others) if theirs else None


def to_target_ours(tree: FlatTree) -> None:
    """CFR+ until the exploitability is at most `TARGET`."""
    learner = CFRPlus(tree)
    while not learner.iterations or exploitability(tree, learner.average()) > TARGET:
        learner.run(CHECK_EVERY)


def to_target_theirs(spiel: Any, name: str) -> None:
    """OpenSpiel's CFR+ until the exploitability is at most `TARGET`."""
    game = spiel.load_game(name)
    learner, iterations = spiel.CFRPlusSolver(game), 0
    while not iterations or spiel.nash_conv(game, learner.average_policy()) / 2 > TARGET:
        for _ in range(CHECK_EVERY):
            learner.evaluate_and_update_policy()
        iterations += CHECK_EVERY


def print_agreement(spiel: Any) -> None:
    """One row per game: NashConv of uniform play and the value, and how far they are from the peer's."""
    print(f"{'game':<38}{'NashConv':>16}{'difference':>15}{'value':>16}{'from published':>16}")
    for pair in PAIRS:
        tree = flatten(load(pair.ours))
        mine = nash_conv(tree, uniform(tree))
        difference = "not installed"
        if spiel:
            game = spiel.load_game(pair.theirs)
            difference = f"{abs(mine - spiel.nash_conv(game, spiel.UniformRandomPolicy(game))):.1e}"
        value = pair.solve(tree) if pair.solve else None
        worth = f"{'-':>16}" if value is None else f"{value:>16.10f}{abs(value - pair.value):>16.1e}"
        print(f"{pair.ours:<38}{mine:>16.10f}{difference:>15}{worth}")


def print_times(what: str, ours: float, theirs: float | None) -> None:
    """One row: both times and their ratio."""
    other = "not installed" if theirs is None else f"{theirs * 1e6:,.1f}"
    print(f"{what:<38}{ours * 1e6:>16,.1f}{other:>18}{'' if theirs is None else f'{theirs / ours:>10.1f}'}")


def print_speed(spiel: Any, name: str) -> None:
    """NashConv of uniform play and one iteration of CFR+."""
    tree = flatten(load(name))
    profile, learner = uniform(tree), CFRPlus(tree)
    conv = iterate = None
    if spiel:
        game = spiel.load_game(name)
        policy, their_learner = spiel.UniformRandomPolicy(game), spiel.CFRPlusSolver(game)
        conv, iterate = lambda: spiel.nash_conv(game, policy), their_learner.evaluate_and_update_policy
    print_times(f"NashConv, {name}", *compared(lambda: nash_conv(tree, profile), conv))
    print_times(f"CFR+ iteration, {name}", *compared(lambda: learner.run(1), iterate))


def main() -> None:
    """Print what both compute, then the times."""
    spiel = peer()
    print_agreement(spiel)
    print(f"\n{'what':<38}{'ours, us':>16}{'OpenSpiel, us':>18}{'ratio':>10}  (medians of {ROUNDS})")
    for name in ("kuhn_poker", "leduc_poker"):
        print_speed(spiel, name)
    tree = flatten(load("leduc_poker"))
    theirs = seconds(lambda: to_target_theirs(spiel, "leduc_poker")) if spiel else None
    print_times(f"CFR+ to {TARGET:.0e}, leduc_poker (once)", seconds(lambda: to_target_ours(tree)), theirs)


if __name__ == "__main__":
    main()
