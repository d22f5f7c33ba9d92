"""Games too large to be walked whole: random plays in step with OpenSpiel's, equal at every node."""

from __future__ import annotations

import random
from types import ModuleType

import pytest

from games.cards.pig import HOLD, ROLL
from games.core import CHANCE
from games.registry import load
from tests.oracles.spiel import Pair, breakthrough, column, itself, nim, othello, played_in_step

pytestmark = pytest.mark.oracles

PAIRS = (
    Pair("breakthrough", "breakthrough", breakthrough),
    Pair("breakthrough(rows=6, columns=5)", "breakthrough(rows=6,columns=5)", breakthrough),
    Pair("connect_four", "connect_four", column),
    Pair("connect_four(rows=5, columns=4, connect=3)", "connect_four(rows=5,columns=4,x_in_row=3)", column),
    Pair("dots_and_boxes(rows=3, columns=2)", "dots_and_boxes(num_rows=3,num_cols=2,utility_margin=True)", itself),
    Pair("hex(swap=False)", "hex(board_size=7)", itself),
    Pair("hex(size=4, swap=False)", "hex(board_size=4)", itself),
    Pair("nim", "nim(is_misere=False)", nim),
    Pair("nim(misere=True)", "nim", nim),
    Pair("othello", "othello", othello),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.ours)
def test_plays_go_on_and_end_alike(pair: Pair, spiel: ModuleType) -> None:
    ends = [played_in_step(pair, spiel, seed) for seed in range(30)]
    # Not always the same seat, so that sides and signs are tested.
    assert len(set(ends)) > 1


@pytest.mark.parametrize(("players", "target"), [(2, 30), (3, 20)])
def test_pig_goes_on_and_ends_alike(players: int, target: int, spiel: ModuleType) -> None:
    """There one may hold at nothing, which here is no choice, and must hold once the turn's points win.

    Their winner gets 1 in all, ours 1 from every other player.
    """
    roll, hold = 0, 1
    game = load(f"pig(num_players={players}, target={target}, max_rounds=200)")
    peer = spiel.load_game(f"pig(players={players},winscore={target},horizon=100000)")
    for seed in range(30):
        rng, state, theirs = random.Random(seed), game.initial_state(), peer.new_initial_state()
        while movers := game.to_move(state):
            (seat,) = movers
            assert theirs.current_player() == (seat if seat != CHANCE or state.pot else state.turn)
            if seat == CHANCE:
                if not state.pot:
                    theirs.apply_action(roll)
                assert dict(theirs.chance_outcomes()) == pytest.approx(dict.fromkeys(range(6), 1 / 6))
                action = rng.randint(1, 6)
                theirs.apply_action(action - 1)
            else:
                wins = state.scores[seat] + state.pot >= target
                assert theirs.legal_actions() == ([hold] if wins else [roll, hold])
                action = HOLD if wins else rng.choice((ROLL, HOLD))
                theirs.apply_action(hold if action == HOLD else roll)
            state = game.apply(state, {seat: action})
        assert theirs.is_terminal()
        assert game.returns(state) == pytest.approx([(players - 1) * value for value in theirs.returns()])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("goofspiel", "goofspiel"),
        ("goofspiel(cards=5, num_players=3)", "goofspiel(num_cards=5,players=3)"),
        (
            'goofspiel(cards=6, prizes="descending", result="difference")',
            "goofspiel(num_cards=6,points_order=descending,returns_type=point_difference)",
        ),
        (
            'goofspiel(bids="hidden", cards=5, prizes="ascending", result="difference")',
            "goofspiel(num_cards=5,points_order=ascending,returns_type=point_difference,imp_info=True)",
        ),
    ],
)
def test_goofspiel_goes_on_and_ends_alike(ours: str, theirs: str, spiel: ModuleType) -> None:
    """Their cards and prizes count from 0; with three players and more their winners share 1, ours what others lose."""
    game, peer = load(ours), spiel.load_game(theirs)
    ends = set()
    for seed in range(30):
        rng, state, other = random.Random(seed), game.initial_state(), peer.new_initial_state()
        while movers := game.to_move(state):
            if movers == (CHANCE,):
                assert dict(other.chance_outcomes()) == pytest.approx(
                    {prize - 1: p for prize, p in game.chance_outcomes(state)}
                )
                prize = game.sample_chance(state, rng)
                state = game.apply(state, {CHANCE: prize})
                other.apply_action(prize - 1)
                continue
            bids = {seat: rng.choice(list(game.legal_actions(state, seat) or ())) for seat in movers}
            assert all(
                [card - 1 for card in game.legal_actions(state, seat) or ()] == other.legal_actions(seat)
                for seat in movers
            )
            state = game.apply(state, bids)
            other.apply_actions([bids[seat] - 1 for seat in movers])
        assert other.is_terminal()
        ranks = [
            sorted(range(len(found)), key=lambda seat: (-found[seat], seat))
            for found in (game.returns(state), other.returns())
        ]
        assert ranks[0] == ranks[1]
        if game.num_players == 2:
            assert list(game.returns(state)) == pytest.approx(other.returns())
        ends.add(tuple(game.returns(state)))
    assert len(ends) > 1
