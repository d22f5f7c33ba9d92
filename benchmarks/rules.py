"""Rules-only random play: our games against TextArena's raw environments and OpenSpiel's Python games.

    python benchmarks/rules.py

Prints steps per second and the ratio to the peer, both measured in this run, in turns. A step is one action of a seat
or of chance, with the listing of legal actions (or of examples, where actions are open) and the draw of one of them;
TextArena's own text work is part of its step, and so are its dice and deals, which are steps of their own here.

Where the two differ: TextArena's Kuhn poker is three hands; its hold'em is ten hands of no-limit and raises by the big
blind here, ours has fixed limits; its liar's dice goes on until all dice are lost, ours is one round; in its dilemma
and its public goods game each player has three messages before a decision, in ours one. There is no row for debate (it
asks a jury of models), taboo (a game of two teams there), breakthrough (its pawns step diagonally only to capture, so
that a player can be stuck), chess and the stag hunt (they do not load before Python 3.12) and Leduc hold'em (it is not
registered). In a game in which TextArena does next to nothing, such as matching pennies, the draw of an action is most
of what is measured. Peers (`textarena`, `open_spiel`) that are not installed are said to be missing.
"""

from __future__ import annotations

import importlib
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import textarena_moves as moves

from games.core import CHANCE, Game, Seat
from games.registry import load

SECONDS: Final = 0.5
ROUNDS: Final = 5

Play = Callable[[random.Random], int]


def drawn(game: Game[Any, Any], state: Any, seat: Seat, rng: random.Random) -> Any:
    """One of the legal actions, or of the game's examples where they cannot be listed."""
    legal = game.legal_actions(state, seat)
    actions = game.example_actions(state, seat) if legal is None else legal
    return actions[int(rng.random() * len(actions))]


def ours(spec: str) -> Play:
    """One random play of one of our games; returns its number of steps."""
    game: Game[Any, Any] = load(spec)

    def play(rng: random.Random) -> int:
        state, steps = game.initial_state(), 0
        while seats := game.to_move(state):
            if seats[0] == CHANCE:
                actions = {CHANCE: game.sample_chance(state, rng)}
            else:
                actions = {seat: drawn(game, state, seat, rng) for seat in seats}
            state, steps = game.apply(state, actions), steps + len(seats)
        game.returns(state)
        return steps

    return play


def textarena(name: str, moves: Callable[[Any], list[str]], players: int = 2) -> Play:
    """One random play of a raw TextArena environment; legal moves are read from its state."""
    arena = importlib.import_module("textarena")

    def play(rng: random.Random) -> int:
        env = arena.make(f"{name}-v0-raw")
        env.reset(num_players=players, seed=1)
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


def steps_per_second(play: Play, seed: int) -> float:
    """Random play for about `SECONDS`."""
    rng, steps, start = random.Random(seed), 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS:
        steps += play(rng)
    return steps / spent


# Our spec, TextArena's name, its moves, and the number of players.
TEXTARENA: Final = (
    ("tic_tac_toe", "TicTacToe", moves.free_cells, 2),
    ("connect_four", "ConnectFour", moves.free_columns, 2),
    ("othello", "Othello", moves.othello_moves, 2),
    ("snake(turns=50)", "Snake", moves.snake_moves, 2),
    ("nim(piles=[3, 4, 5])", "Nim", moves.nim_moves, 2),
    ("pig", "PigDice", moves.pig_moves, 2),
    ("kuhn_poker", "KuhnPoker", moves.kuhn_moves, 2),
    ('texas_holdem(betting="limit", hands=10)', "Poker", moves.holdem_moves, 2),
    ("liars_dice", "LiarsDice", moves.dice_moves, 2),
    ('goofspiel(ties="carry")', "GameOfPureStrategy", moves.pure_strategy_moves, 2),
    ('goofspiel(num_players=3, ties="carry")', "ThreePlayerGOPS", moves.pure_strategy_moves, 3),
    (
        'cheap_talk(game="prisoners_dilemma(rounds=5)", when="every_decision")',
        "IteratedPrisonersDilemma",
        moves.talk_then_dilemma_moves,
        2,
    ),
    (
        'cheap_talk(game="public_goods(rounds=5)", when="every_decision")',
        "PublicGoodsGame",
        moves.talk_then_tokens_moves,
        4,
    ),
    (
        """repeated(stage='matrix_game(table="rock_paper_scissors")', rounds=5)""",
        "IteratedRockPaperScissors",
        moves.hand_sign_moves,
        2,
    ),
    (
        """repeated(stage='matrix_game(table="matching_pennies")', rounds=5)""",
        "IteratedMatchingPennies",
        moves.penny_moves,
        2,
    ),
    ("beauty_contest(num_players=2, rounds=5)", "IteratedTwoThirdsAverage", moves.guess_moves, 2),
    ('repeated(stage="ultimatum(pie=50)", rounds=5)', "IteratedUltimatumGame", moves.ultimatum_moves, 2),
    ("simple_negotiation", "SimpleNegotiation", moves.trading_moves, 2),
    ("truth_and_deception", "TruthAndDeception", moves.persuading_moves, 2),
)


def main() -> None:
    """Print one row per game."""
    print(f"{'game':<70}{'ours, steps/s':>15}  {'peer':<18}{'peer, steps/s':>15}{'ratio':>8}  (medians of {ROUNDS})")
    for spec, name, legal, players in TEXTARENA:
        print(row(spec, "TextArena raw", partial(textarena, name, legal, players)))
    print(row("kuhn_poker", "OpenSpiel Python", partial(openspiel, "python_kuhn_poker")))


def row(spec: str, peer: str, make_theirs: Callable[[], Play]) -> str:
    """One line of the table: both play in turns."""
    mine = ours(spec)
    try:
        theirs = make_theirs()
    except ModuleNotFoundError:
        return f"{spec:<70}{steps_per_second(mine, 0):>15,.0f}  {peer:<18}{'not installed':>15}"
    rows = [(steps_per_second(mine, seed), steps_per_second(theirs, seed)) for seed in range(ROUNDS)]
    fast, slow = (statistics.median(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(one / other for one, other in rows)
    return f"{spec:<70}{fast:>15,.0f}  {peer:<18}{slow:>15,.0f}{ratio:>8.1f}"


if __name__ == "__main__":
    main()
