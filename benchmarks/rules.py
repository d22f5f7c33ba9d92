"""Rules-only random play: our games against TextArena's raw environments and OpenSpiel's Python games.

    python benchmarks/rules.py

Prints steps per second and the ratio to the peer, both measured in this run, in turns. A step is one action of a seat
or of chance, with the listing of legal actions and the draw of one of them; TextArena's own text work is part of its
step, and so are its dice and deals, which are steps of their own here. Its Kuhn poker is three hands. Its hold'em is
ten hands of no-limit; it raises by the big blind here, ours has fixed limits. Its breakthrough has no row, as it has
other rules: pawns step diagonally only to capture, so that a player can be stuck; its chess has none, as it does not
load before Python 3.12, and its Leduc hold'em none, as it is not registered. Peers (`textarena`, `open_spiel`) that
are not installed are said to be missing.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from games.core import CHANCE, Game
from games.registry import load

SECONDS: Final = 0.5
ROUNDS: Final = 5

Play = Callable[[random.Random], int]


def drawn(legal: Sequence[Any] | None, rng: random.Random) -> Any:
    """One of the legal actions."""
    assert legal is not None, "only games that list their actions are compared"
    return legal[int(rng.random() * len(legal))]


def ours(spec: str) -> Play:
    """One random play of one of our games; returns its number of steps."""
    game: Game[Any, Any] = load(spec)

    def play(rng: random.Random) -> int:
        state, steps = game.initial_state(), 0
        while seats := game.to_move(state):
            if seats[0] == CHANCE:
                actions = {CHANCE: game.sample_chance(state, rng)}
            else:
                actions = {seat: drawn(game.legal_actions(state, seat), rng) for seat in seats}
            state, steps = game.apply(state, actions), steps + len(seats)
        game.returns(state)
        return steps

    return play


def textarena(name: str, moves: Callable[[Any], list[str]]) -> Play:
    """One random play of a raw TextArena environment; legal moves are read from its state."""
    arena = importlib.import_module("textarena")

    def play(rng: random.Random) -> int:
        env = arena.make(name)
        env.reset(num_players=2, seed=1)
        done, steps = False, 0
        while not done:
            env.get_observation()
            done, _ = env.step(rng.choice(moves(env.state)))
            steps += 1
        env.close()
        return steps

    return play


def openspiel(name: str) -> Play:
    """One random play of an OpenSpiel game."""
    importlib.import_module("open_spiel.python.games")
    game = importlib.import_module("pyspiel").load_game(name)

    def play(rng: random.Random) -> int:
        state, steps = game.new_initial_state(), 0
        while not state.is_terminal():
            if state.is_chance_node():
                actions, weights = zip(*state.chance_outcomes(), strict=True)
                state.apply_action(rng.choices(actions, weights)[0])
            else:
                state.apply_action(rng.choice(state.legal_actions()))
            steps += 1
        state.returns()
        return steps

    return play


def free_cells(state: Any) -> list[str]:
    """TextArena's tic-tac-toe moves."""
    board = state.game_state["board"]
    return [f"[{row * 3 + column}]" for row in range(3) for column in range(3) if board[row][column] == ""]


def free_columns(state: Any) -> list[str]:
    """TextArena's connect-four moves."""
    board = state.game_state["board"]
    return [f"[col {column}]" for column in range(len(board[0])) if board[0][column] == "."]


def nim_moves(state: Any) -> list[str]:
    """TextArena's nim moves."""
    return [f"[{pile} {taken}]" for pile, held in enumerate(state.game_state["piles"]) for taken in range(1, held + 1)]


def othello_moves(state: Any) -> list[str]:
    """TextArena's othello moves; who can place nothing skips, whatever is said."""
    return [f"[{row}, {column}]" for row, column in state.game_state["valid_moves"]] or ["[skip]"]


def kuhn_moves(state: Any) -> list[str]:
    """TextArena's moves in Kuhn poker."""
    return [f"[{word}]" for word in state.game_state["current_legal_action_tree"]]


def pig_moves(state: Any) -> list[str]:
    """TextArena's moves in pig."""
    return ["[roll]", "[hold]"]


def pure_strategy_moves(state: Any) -> list[str]:
    """TextArena's bids in goofspiel."""
    names = {1: "a", 11: "j", 12: "q", 13: "k"}
    return [f"[{names.get(card, card)}]" for card in state.game_state["player_hands"][state.current_player_id]]


def holdem_moves(state: Any) -> list[str]:
    """TextArena's moves in hold'em, with raises of one big blind."""
    table, seat = state.game_state, state.current_player_id
    if table["current_bet"] > table["player_bets"][seat]:
        return ["[fold]", "[call]", "[raise 20]"]
    return ["[check]", "[raise 20]"]


def steps_per_second(play: Play, seed: int) -> float:
    """Random play for about `SECONDS`."""
    rng, steps, start = random.Random(seed), 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS:
        steps += play(rng)
    return steps / spent


PAIRS: Final = (
    ("tic_tac_toe", "TextArena raw", "textarena", lambda: textarena("TicTacToe-v0-raw", free_cells)),
    ("connect_four", "TextArena raw", "textarena", lambda: textarena("ConnectFour-v0-raw", free_columns)),
    ("othello", "TextArena raw", "textarena", lambda: textarena("Othello-v0-raw", othello_moves)),
    ("nim(piles=[3, 4, 5])", "TextArena raw", "textarena", lambda: textarena("Nim-v0-raw", nim_moves)),
    ("pig", "TextArena raw", "textarena", lambda: textarena("PigDice-v0-raw", pig_moves)),
    ("kuhn_poker", "TextArena raw", "textarena", lambda: textarena("KuhnPoker-v0-raw", kuhn_moves)),
    (
        'goofspiel(ties="carry")',
        "TextArena raw",
        "textarena",
        lambda: textarena("GameOfPureStrategy-v0-raw", pure_strategy_moves),
    ),
    (
        'texas_holdem(betting="limit", hands=10)',
        "TextArena raw",
        "textarena",
        lambda: textarena("Poker-v0-raw", holdem_moves),
    ),
    ("kuhn_poker", "OpenSpiel Python", "pyspiel", lambda: openspiel("python_kuhn_poker")),
)


def main() -> None:
    """Print one row per game."""
    print(f"{'game':<40}{'ours, steps/s':>15}  {'peer':<18}{'peer, steps/s':>15}{'ratio':>8}  (medians of {ROUNDS})")
    for spec, peer, module, make_peer in PAIRS:
        mine = ours(spec)
        if importlib.util.find_spec(module) is None:
            print(f"{spec:<40}{steps_per_second(mine, 0):>15,.0f}  {peer:<18}{'not installed':>15}")
            continue
        theirs = make_peer()
        rows = [(steps_per_second(mine, seed), steps_per_second(theirs, seed)) for seed in range(ROUNDS)]
        fast, slow = (statistics.median(column) for column in zip(*rows, strict=True))
        ratio = statistics.median(one / other for one, other in rows)
        print(f"{spec:<40}{fast:>15,.0f}  {peer:<18}{slow:>15,.0f}{ratio:>8.1f}")


if __name__ == "__main__":
    main()
