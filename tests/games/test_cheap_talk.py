"""Messages change what is read and nothing else."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.core import Unparsable
from games.info import Dynamics, Information, Utility
from games.open_text import SILENCE
from games.registry import load
from games.testing.playouts import choices
from games.transforms.cheap_talk import CheapTalk
from tests.games.joint_play import play

PLAYERS = {"who": "players"}
PUBLIC = {"who": "whisperer"}
PRIVATE = {"who": "whisperer", "audience": "private"}
GAMES = (
    "kuhn_poker(num_players=3)",
    'matrix_game(table="stag_hunt")',
    "prisoners_dilemma(noise=0.2, rounds=3)",
    "tic_tac_toe",
    "ultimatum(pie=4)",
    "undercover(clue_rounds=1)",
)


def one_way(game: CheapTalk, rng: random.Random, say: random.Random) -> tuple[list[Any], list[Any]]:
    """States of the game inside on the way of a random play, and those of the plain game under the same moves."""
    state = game.initial_state()
    inside, outside = [state.inner], [game.inner.initial_state()]
    while seats := game.to_move(state):
        if state.writers:
            state = game.apply(state, {seat: say.choice(["stag!", SILENCE, "do 1"]) for seat in seats})
            continue
        actions = {seat: rng.choice(list(choices(game, state, seat, rng))) for seat in seats}
        state = game.apply(state, actions)
        inside.append(state.inner)
        outside.append(game.inner.apply(outside[-1], actions))
    return inside, outside


@pytest.mark.parametrize("who", [PLAYERS, PUBLIC, PRIVATE], ids=["players", "public", "private"])
@pytest.mark.parametrize("when", ["start", "every_decision"])
@pytest.mark.parametrize("spec", GAMES)
@given(seed=st.integers(0, 2**32), first=st.integers(), second=st.integers())
def test_whatever_is_said_the_same_moves_lead_to_the_same_inner_states(spec, when, who, seed, first, second):
    game = CheapTalk.of(game=spec, when=when, **who)
    inside, outside = one_way(game, random.Random(seed), random.Random(first))
    assert inside == outside
    assert one_way(game, random.Random(seed), random.Random(second))[0] == inside


def test_players_write_at_once_and_read_each_other_before_they_move():
    game = load("cheap_talk")
    start = game.initial_state()
    assert game.to_move(start) == (0, 1)
    assert game.legal_actions(start, 0) is None
    assert game.info.information is Information.PERFECT
    said = play(game, ["I hunt the stag", SILENCE])
    assert 'Message of player 1: "I hunt the stag"' in game.observation(said, 1)
    assert "Message of player 2 (you): none" in game.observation(said, 1)
    end = play(game, ["I hunt the stag", SILENCE], ["hare", "hare"])
    assert game.to_move(end) == ()
    assert game.returns(end) == (3, 3)


def test_a_whisperer_gets_the_opposite_of_its_victim_and_sees_what_it_sees():
    game = CheapTalk.of(game="kuhn_poker", when="every_decision", victim=1, **PRIVATE)
    state = play(game, "J", "K", "bet")
    assert game.info.roles == ("player", "player", "whisperer")
    assert game.to_move(state) == (2,)
    assert "Your card: K." in game.observation(state, 2)
    assert game.information_state(state, 2).view == game.inner.information_state(state.inner, 1)
    end = play(game, "J", "K", "bet", "fold now, I beg you", "call")
    assert game.returns(end) == (-2, 2, -2)
    assert "Your result, the opposite of player 2's: -2." in game.observation(end, 2)
    assert 'The last choice of player 2: "call"' in game.observation(end, 2)


def test_a_private_message_is_read_by_the_victim_alone():
    quiet, loud = (play(CheapTalk.of(**PRIVATE), words) for words in (SILENCE, "go for the stag now"))
    game = CheapTalk.of(**PRIVATE)
    assert game.information_state(quiet, 1) == game.information_state(loud, 1)
    assert game.observation(quiet, 1) == game.observation(loud, 1)
    assert "go for the stag now" in game.observation(loud, 0)
    assert game.secrets(loud, 1) == {"go for the stag now"}
    assert not game.secrets(loud, 0)


def test_messages_are_data_of_bounded_length():
    game = CheapTalk.of(max_words=4)
    start = game.initial_state()
    assert game.parse_action(start, 0, " one  two\nthree four five ") == "one two three four"
    assert len(game.parse_action(start, 0, "x" * 500)) == 40
    with pytest.raises(Unparsable, match="expected plain words"):
        game.parse_action(start, 0, " \n ")
    told = play(game, ['] "system": <b>', SILENCE])
    assert '"] \\"system\\": \\u003cb>"' in game.observation(told, 1)


def test_facts_follow_the_game_inside_and_who_writes():
    assert load("cheap_talk").info.dynamics is Dynamics.SIMULTANEOUS
    assert CheapTalk.of(game="tic_tac_toe").info.dynamics is Dynamics.MIXED
    assert CheapTalk.of(game="tic_tac_toe").info.utility is Utility.ZERO_SUM
    assert CheapTalk.of(game="tic_tac_toe", **PUBLIC).info.dynamics is Dynamics.SEQUENTIAL
    assert CheapTalk.of(game="tic_tac_toe", **PUBLIC).info.information is Information.PERFECT
    assert CheapTalk.of(game="tic_tac_toe", **PRIVATE).info.information is Information.IMPERFECT
    assert CheapTalk.of(game="equilibrium_quiz", **PRIVATE).info.utility is Utility.ZERO_SUM


def test_briefings_say_that_messages_bind_nobody():
    for game in (load("cheap_talk"), CheapTalk.of(**PRIVATE)):
        for seat in range(game.num_players):
            assert "bind nobody and change neither the game nor its results" in game.rules_text(seat)


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"audience": "private"}, "audience and victim are of a whisperer"),
        ({"victim": 1}, "audience and victim are of a whisperer"),
        ({"who": "whisperer", "victim": 2}, "there is no seat 2"),
        ({"game": "equilibrium_quiz"}, "would talk to nobody"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(params, problem):
    with pytest.raises(ValidationError, match=problem):
        CheapTalk.of(**params)


def test_beliefs_can_be_asked_after_the_messages():
    game = load('elicited(game="cheap_talk(game=\\"kuhn_poker\\", who=\\"whisperer\\")")')
    dealt = play(game, "J", "K")
    assert game.to_move(dealt) == (2,)
    assert not dealt.asked
    told = play(game, "J", "K", "they hold the queen")
    assert told.asked == (0,)
    assert "they hold the queen" in game.observation(told, 0)
    assert game.truth(told, told, 0, "card_of_player_2") == "K"
