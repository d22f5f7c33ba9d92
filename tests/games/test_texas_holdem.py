from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.cards.texas_holdem import TexasHoldem
from games.core import CHANCE, Ambiguous, Illegal, Unparsable
from games.info import ActionKind
from games.registry import load
from games.spec import SpecError
from tests.games.trees import play

ACES, KINGS, NINES = "As Ad", "Ks Kd", "9s 9d"
BLANK = "2c 3d 4h 7s 8c"
SPLIT = "Ah Kh Qh Jh Th"


def at_the_table(game: TexasHoldem, *parts: str):
    """The state after cards and actions; parts are cards apart by spaces, or one action each."""
    words = [word for part in parts for word in (part.split() if part[0] in "AKQJT98765432" else [part])]
    return play(game, *words)


def chips(state) -> tuple[int, ...]:
    return state.past[-1].stacks


# -- a hand ---------------------------------------------------------------------------------------------------


def test_a_hand_with_all_rounds() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(
        game, ACES, KINGS, "raise to 60", "call", "2c 3d 4h", "check", "raise to 100", "call", "7s", "check", "check",
        "8c", "raise to 20", "call",
    )  # fmt: skip
    assert game.to_move(state) == ()
    assert game.returns(state) == (180.0, -180.0)
    assert game.outcome_text(state) == "after 1 hands, chips: 1180, 820"


def test_when_all_others_fold_nothing_is_shown() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(game, ACES, KINGS, "fold")
    assert game.returns(state) == (-10.0, 10.0)
    assert "No cards were shown." in game.observation(state, 1)
    assert "As" not in game.observation(state, 1)


def test_a_tie_splits_the_pot() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(game, "2s 2d", NINES, "raise to 1000", "call", SPLIT)
    assert game.returns(state) == (0.0, 0.0)
    assert state.past[-1].shown == (0, 1)


def test_after_an_all_in_that_is_called_only_cards_follow() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(game, ACES, KINGS, "raise to 1000", "call")
    for card in BLANK.split():
        assert game.to_move(state) == (CHANCE,)
        state = game.apply(state, {CHANCE: card})
    assert game.returns(state) == (1000.0, -1000.0)


def test_three_all_ins_make_side_pots() -> None:
    game = TexasHoldem.of(num_players=3, hands=2)
    first = at_the_table(game, ACES, KINGS, NINES, "raise to 400", "fold", "raise to 780", "fold")
    assert chips(first) == (600, 990, 1410)
    # Seat 1 has the button now, seat 2 the small blind and seat 0 the big one; the shortest stack has the best hand.
    second = play(
        game, *["As", "Ad", "Ks", "Kd", "9s", "9d"], "raise to 400", "fold", "raise to 780", "fold",
        *["9c", "9h", "Qs", "Qd", "Jc", "Jd"], "raise to 990", "raise to 1410", "call", *["2c", "3d", "4h", "7s", "Jh"],
    )  # fmt: skip
    # Seat 2 makes three jacks and takes everything; what nobody could match went back to it.
    assert chips(second) == (0, 0, 3000)
    second = play(
        game, *["As", "Ad", "Ks", "Kd", "9s", "9d"], "raise to 400", "fold", "raise to 780", "fold",
        *["Ac", "Ah", "Qs", "Qd", "Jc", "2d"], "raise to 990", "raise to 1410", "call", *["2c", "3d", "4h", "7s", "8h"],
    )  # fmt: skip
    assert chips(second) == (1800, 780, 420)


# -- hand after hand ------------------------------------------------------------------------------------------


def test_chips_carry_over_and_the_button_moves() -> None:
    game = TexasHoldem.of(hands=2)
    state = at_the_table(game, ACES, KINGS, "fold")
    assert state.table.button == 1
    assert state.table.betting.stacks == (970, 1000)
    assert game.returns(state) == (-10.0, 10.0)
    assert game.to_move(at_the_table(game, ACES, KINGS, "fold", NINES, "2c 7d")) == (1,)


def test_who_has_no_chips_is_out_and_the_match_ends_with_one_player_left() -> None:
    game = TexasHoldem.of(num_players=3, hands=10)
    state = at_the_table(game, ACES, KINGS, NINES, "raise to 1000", "fold", "call", BLANK)
    assert chips(state) == (2010, 990, 0)
    assert state.table.dealt == (0, 1)
    assert state.table.button == 1
    assert game.observation(state, 2).splitlines()[2] == "Your cards: none, you are out of chips. Board: none yet."
    state = game.apply(state, {CHANCE: "As"})
    for text in ["Ad", "Ks", "Kd", "raise to 990", "call", *BLANK.split()]:
        (seat,) = game.to_move(state)
        state = game.apply(state, {seat: game.parse_action(state, seat, text)})
    assert game.to_move(state) == ()
    assert len(state.past) == 2
    assert game.returns(state) == (2000.0, -1000.0, -1000.0)


def test_after_the_last_hand_no_blinds_are_taken() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(game, ACES, KINGS, "call", "check", "2c 3d 4h", *["check"] * 2, "7s", *["check"] * 2, "8c",
                         *["check"] * 2)  # fmt: skip
    assert sum(chips(state)) == 2000
    assert game.returns(state) == (20.0, -20.0)


@settings(max_examples=40)
@given(
    st.builds(
        TexasHoldem.of,
        num_players=st.integers(2, 6),
        betting=st.sampled_from(("no_limit", "limit")),
        hands=st.integers(1, 4),
        starting_chips=st.integers(20, 200),
        ante=st.integers(0, 7),
    ),
    st.randoms(use_true_random=False),
)
def test_chips_are_neither_made_nor_lost(game: TexasHoldem, rng) -> None:
    state, total = game.initial_state(), game.num_players * game.params.starting_chips
    while seats := game.to_move(state):
        betting = state.table.betting
        assert sum(betting.stacks) + sum(betting.paid) == total
        assert min(betting.stacks) >= 0
        chance = seats == (CHANCE,)
        action = game.sample_chance(state, rng) if chance else rng.choice(game.example_actions(state, seats[0]))
        state = game.apply(state, {seats[0]: action})
    assert sum(chips(state)) == total
    assert sum(game.returns(state)) == 0


# -- words ----------------------------------------------------------------------------------------------------


def test_any_whole_amount_may_be_named_and_a_few_are_suggested() -> None:
    game = TexasHoldem()
    state = at_the_table(game, ACES, KINGS)
    assert game.legal_actions(state, 0) is None
    assert game.example_actions(state, 0) == (
        "fold", "call", "raise to 40", "raise to 60", "raise to 1000",
    )  # fmt: skip
    for text, action in (
        ("Raise to 123", "raise to 123"),
        ("raise to 123 chips.", "raise to 123"),
        ("bet to 40", "raise to 40"),
        ("ALL IN", "raise to 1000"),
        ("all-in!", "raise to 1000"),
        (" Call. ", "call"),
    ):
        assert game.parse_action(state, 0, text) == action
    for text in ("raise to 39", "raise to 1001", "check", "raise to 0"):
        with pytest.raises(
            Illegal, match=r"expected fold, call \(costs 10\) or raise to any whole amount from 40 to 1000"
        ):
            game.parse_action(state, 0, text)
    with pytest.raises(Ambiguous, match="to or by"):
        game.parse_action(state, 0, "raise 100")
    with pytest.raises(Unparsable):
        game.parse_action(state, 0, "raise to half the pot")


def test_a_first_bet_is_read_without_to() -> None:
    game = TexasHoldem()
    state = at_the_table(game, ACES, KINGS, "call", "check", "2c 3d 4h")
    assert game.to_move(state) == (1,)
    assert game.parse_action(state, 1, "bet 50") == "raise to 50"
    assert game.parse_action(state, 1, "call") == "check"
    with pytest.raises(Illegal):
        game.parse_action(state, 1, "fold")


def test_with_fixed_limits_everything_is_listed() -> None:
    game = TexasHoldem.of(betting="limit")
    assert game.info.actions is ActionKind.ENUMERATED
    state = at_the_table(game, ACES, KINGS)
    assert game.legal_actions(state, 0) == ("fold", "call", "raise to 40")
    assert game.parse_action(state, 0, "raise") == "raise to 40"
    turn = at_the_table(game, ACES, KINGS, "call", "check", "2c 3d 4h", "check", "check", "7s")
    assert game.legal_actions(turn, 1) == ("check", "raise to 40")
    with pytest.raises(Unparsable):
        game.parse_action(state, 0, "all in")


def test_all_in_for_less_than_the_bet_is_a_call() -> None:
    game = TexasHoldem.of(num_players=2, hands=2)
    state = at_the_table(game, ACES, KINGS, "raise to 400", "raise to 780", "fold", "As Ad Ks Kd", "raise to 1400")
    assert game.legal_actions(state, 0) == ("fold", "call")
    assert game.parse_action(state, 0, "all in") == "call"


# -- what seats read ------------------------------------------------------------------------------------------


def test_the_observation_tells_hand_board_pot_chips_and_choices() -> None:
    game = TexasHoldem.of(num_players=3)
    state = at_the_table(game, ACES, KINGS, NINES, "raise to 60", "call", "fold", "2c 3d 4h", "raise to 90")
    assert game.observation(state, 0).splitlines() == [
        "Hand 1 of 3. Button: player 1 (you); small blind: player 2; big blind: player 3.",
        "Your cards: As Ad. Board: 2c 3d 4h.",
        "Before the flop: player 1 (you) raise to 60, player 2 call, player 3 fold",
        "Flop: player 2 raise to 90",
        "Pot: 230. Chips: player 1 (you) 940, player 2 850 + 90 bet, player 3 980 folded.",
        "You may fold, call (costs 90) or raise to any whole amount from 180 to 940 (940 is all-in).",
    ]
    assert game.secrets(state, 0) == {KINGS, NINES}


def test_a_seat_reads_once_what_happened_since_it_last_decided() -> None:
    game = TexasHoldem.of(hands=3)
    walk = at_the_table(game, ACES, KINGS, "fold", "Qs Qd", "9c 9h", "fold", "Jc Jd", "2c 7d")
    # Seat 0 had no say in the second hand, in which seat 1 folded.
    assert [line.partition(" is over")[0] for line in game.observation(walk, 1).splitlines()[:2]] == [
        "Hand 2",
        "Hand 3 of 3. Button: player 1; small blind: player 1; big blind: player 2 (you).",
    ]
    seat_0 = game.observation(walk, 0)
    assert "Hand 1 is over (button: player 1 (you)). Your cards were As Ad" in seat_0
    assert "Hand 2 is over (button: player 2). Your cards were Qs Qd, the board empty." in seat_0
    assert "Chips after it: player 1 (you) 1000, player 2 1000." in seat_0
    assert "is over" not in game.observation(game.apply(walk, {0: "call"}), 0)


def test_the_end_says_how_and_what_was_won() -> None:
    game = TexasHoldem.of(hands=1)
    state = at_the_table(game, ACES, KINGS, "raise to 1000", "call", BLANK)
    assert game.observation(state, 1) == (
        "Hand 1 is over (button: player 1). Your cards were Ks Kd, the board 2c 3d 4h 7s 8c. Before the flop: player 1 "
        "raise to 1000, player 2 (you) call. Shown: player 1 As Ad (one pair), player 2 (you) Ks Kd (one pair). Chips "
        "after it: player 1 2000, player 2 (you) 0.\nThe match is over. Your net gain: -1000 chips."
    )


# -- parameters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", ["small_blind=30", "ante=21", "starting_chips=19", "num_players=11"])
def test_stakes_that_make_no_sense_are_refused(arguments: str) -> None:
    with pytest.raises(SpecError):
        load(f"texas_holdem({arguments})")


def test_without_pokerkit_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pokerkit'] = None\n"
        "from games.registry import load\n"
        "from games.plugins import PluginError\n"
        "try:\n    load('texas_holdem')\nexcept PluginError as error:\n    print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'agon[poker]'" in said
