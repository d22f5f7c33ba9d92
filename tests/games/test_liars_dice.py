import random

import pytest
from pydantic import ValidationError

from games.cards.liars_dice import LIAR, Bid, LiarsDice
from games.core import CHANCE, Illegal, Unparsable
from tests.games.trees import NodeCounts, actions, information_sets, node_counts, play

SMALL = LiarsDice.of(dice=1, wild=6)


@pytest.mark.parametrize("rebid", ["reset_face", "reset_quantity"])
def test_one_die_each_gives_openspiels_tree(rebid: str) -> None:
    game = LiarsDice.of(dice=1, wild=6, rebid=rebid)
    counts = node_counts(game)
    assert counts == NodeCounts(chance=7, decision=147_456, terminal=147_420)
    assert sum(counts) == 294_883
    assert game.info.solvable


def test_one_die_each_has_openspiels_information_sets() -> None:
    assert len(information_sets(SMALL)) == 24_576
    assert len(information_sets(LiarsDice.of(dice=1, faces=3, wild=3))) == 192


def test_own_dice_are_known_without_their_order() -> None:
    game = LiarsDice.of(dice=2, faces=2, wild=2)
    # Three hands of two dice, 2^8 histories of bids.
    assert len(information_sets(game)) == 3 * 2**8
    assert game.information_state(play(game, *"1221"), 0) == game.information_state(play(game, *"2111"), 0)


@pytest.mark.parametrize(
    ("rebid", "legal", "illegal"),
    [
        ("reset_face", ["2 4", "2 6", "3 1"], ["2 3", "2 1", "1 6"]),
        ("reset_quantity", ["3 3", "4 3", "1 4", "1 6"], ["2 3", "1 3", "4 2"]),
        ("either", ["3 1", "3 3", "1 4", "2 4", "4 6"], ["2 3", "1 3", "2 2", "1 1"]),
    ],
)
def test_what_may_follow_two_threes(rebid: str, legal: list[str], illegal: list[str]) -> None:
    game = LiarsDice.of(dice=2, rebid=rebid)
    state = play(game, *"1111", "bid 2 3")
    for bid in legal:
        assert game.parse_action(state, 1, bid) in game.legal_actions(state, 1)
    for bid in illegal:
        with pytest.raises(Illegal, match="higher than bid 2 3, or liar"):
            game.parse_action(state, 1, bid)


def is_above(rebid: str, new: Bid, old: Bid) -> bool:
    """Oracle: whether a rule of raising lets one bid follow another."""
    if rebid == "reset_face":
        return new.quantity > old.quantity or (new.quantity == old.quantity and new.face > old.face)
    if rebid == "reset_quantity":
        return new.face > old.face or (new.face == old.face and new.quantity > old.quantity)
    return not (new.quantity <= old.quantity and new.face <= old.face)


@pytest.mark.parametrize("rebid", ["reset_face", "reset_quantity", "either"])
def test_legal_bids_are_all_that_the_rule_allows(rebid: str) -> None:
    game = LiarsDice.of(dice=3, faces=4, rebid=rebid)
    bids = [Bid(quantity, face) for quantity in range(1, 7) for face in range(1, 5)]
    for old in bids:
        state = play(game, *"123123", f"bid {old.quantity} {old.face}")
        assert set(game.legal_actions(state, 1)) == {new for new in bids if is_above(rebid, new, old)} | {LIAR}


def test_either_lets_a_number_fall_but_no_bid_return() -> None:
    game = LiarsDice.of(dice=2, rebid="either")
    state = play(game, *"1111", "bid 2 1", "bid 1 6")
    with pytest.raises(Illegal, match="was made before"):
        game.parse_action(state, 0, "bid 2 1")
    assert game.parse_action(state, 0, "bid 2 2") == Bid(2, 2)


def test_either_ends_when_nobody_challenges_voluntarily() -> None:
    game, rng = LiarsDice.of(dice=1, faces=3, rebid="either"), random.Random(1)
    for _ in range(50):
        state, turns = game.initial_state(), 0
        while seats := game.to_move(state):
            choices = actions(game, state, seats[0])
            bids = [action for action in choices if action != LIAR]
            state = game.apply(state, {seats[0]: rng.choice(bids or choices)})
            turns += 1
        assert turns <= game.max_turns()


@pytest.mark.parametrize(
    ("wild", "bid", "gains"),
    [
        (None, "bid 2 5", (1, -1)),
        (None, "bid 3 5", (-1, 1)),
        (6, "bid 3 5", (1, -1)),
        (6, "bid 4 5", (-1, 1)),
        (6, "bid 2 6", (-1, 1)),
        (1, "bid 4 5", (1, -1)),
        (None, "bid 1 4", (-1, 1)),
    ],
)
def test_who_wins_a_challenge(wild: int | None, bid: str, gains: tuple[float, float]) -> None:
    game = LiarsDice.of(dice=3, wild=wild)
    state = play(game, *"516" + "511", bid, "liar") if wild == 1 else play(game, *"516" + "522", bid, "liar")
    assert game.to_move(state) == ()
    assert game.returns(state) == gains


def test_only_the_two_parties_of_the_challenge_win_or_lose() -> None:
    game = LiarsDice.of(num_players=4, dice=1)
    state = play(game, *"1234", "bid 1 1", "bid 1 2", "bid 2 2", "liar")
    assert game.returns(state) == (0, 0, -1, 1)
    assert game.outcome_text(state) == "bid 2 2 was wrong, 1 of 4 dice count; player 4 wins the challenge"


def test_the_quantity_is_capped_and_the_highest_bid_leaves_only_a_challenge() -> None:
    game = LiarsDice.of(dice=2)
    start = play(game, *"1111")
    for text in ("bid 5 1", "bid 0 1", "bid 1 7", "bid 1 0"):
        with pytest.raises(Illegal, match="quantities go from 1 to 4 and faces from 1 to 6"):
            game.parse_action(start, 0, text)
    assert game.legal_actions(play(game, *"1111", "bid 4 6"), 1) == (LIAR,)


def test_nothing_can_be_challenged_before_the_first_bid() -> None:
    start = play(SMALL, "1", "2")
    assert LIAR not in SMALL.legal_actions(start, 0)
    with pytest.raises(Illegal, match="no bid to challenge; expected: bid QUANTITY FACE"):
        SMALL.parse_action(start, 0, "liar")


@pytest.mark.parametrize(
    "text",
    ["bid 3 5", "3 5", "BID 3x5", "3-5", "3, 5", "3 fives", "three fives", "I bid 3 5s", "3 of 5.", "bid  3  5's"],
)
def test_a_bid_is_read_in_many_spellings(text: str) -> None:
    game = LiarsDice()
    assert game.parse_action(play(game, *"1111111111"), 0, text) == Bid(3, 5)


@pytest.mark.parametrize("text", ["liar", "Liar!", "call liar", "I call liar", "challenge", "call"])
def test_a_challenge_is_read_in_many_spellings(text: str) -> None:
    assert SMALL.parse_action(play(SMALL, "1", "2", "bid 1 1"), 1, text) == LIAR


@pytest.mark.parametrize(
    "text", ["", "35", "three", "bid 3", "two sixes or liar", "bid -3 5", "fold", "9" * 5000 + " 5"]
)
def test_anything_else_is_unparsable(text: str) -> None:
    with pytest.raises(Unparsable, match="expected: bid QUANTITY FACE"):
        SMALL.parse_action(play(SMALL, "1", "2"), 0, text)


def test_dice_are_rolled_one_by_one_and_hidden_until_the_challenge() -> None:
    game = LiarsDice.of(dice=3)
    assert game.to_move(play(game, *"42631")) == (CHANCE,)
    assert game.chance_outcomes(game.initial_state()) == [(face, 1 / 6) for face in range(1, 7)]
    open_, other = play(game, *"426" + "311", "bid 2 4"), play(game, *"426" + "555", "bid 2 4")
    assert game.observation(open_, 0) == game.observation(other, 0)
    assert game.observation(open_, 0) == "Your dice: 2 4 6.\nSaid so far: player 1 (you): bid 2 4."
    assert game.secrets(open_, 0) == {"1 1 3"}
    closed = game.apply(open_, {1: LIAR})
    assert game.secrets(closed, 0) == frozenset()
    assert "All dice: player 1 (you): 2 4 6; player 2: 1 1 3." in game.observation(closed, 0)


def test_a_wild_face_must_exist() -> None:
    with pytest.raises(ValidationError, match="wild face 6 is not on dice with 4 faces"):
        LiarsDice.of(faces=4, wild=6)
