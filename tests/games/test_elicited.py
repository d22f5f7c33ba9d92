"""Asking for beliefs: how answers are written and read, and that they change nothing in the game inside."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.beliefs import Question, questioned
from games.core import ActionError, Ambiguous, Illegal, Unparsable
from games.registry import load
from games.testing.playouts import choices
from games.transforms import answers
from games.transforms.elicited import Elicited, stated
from tests.games.joint_play import play

CARD = Question("card", None, "Which card?", ("J", "Q", "K"))
SEEN = Question("card", 0, "Which card does player 1 think you hold?", ("J", "Q", "K"))
WHO = Question("undercover", None, "Who?", ("player 1", "player 2", "player 3"))
GAMES = (
    "coup(num_players=3, turns=6)",
    "kuhn_poker(num_players=3)",
    "leduc_poker",
    "liars_dice(dice=1, faces=3)",
    'matrix_game(table="battle_of_the_sexes")',
    "price_negotiation(horizon=3)",
    "push_fold",
    "texas_holdem(hands=1, num_players=3, starting_chips=100)",
    "prisoners_dilemma(noise=0.2, rounds=3)",
    "ultimatum(pie=4)",
    "undercover(clue_rounds=1)",
)


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("card: J 20%, Q 80%", (20, 80, 0)),
        ("Card : k 100%", (0, 0, 100)),
        ("K", (0, 0, 100)),
        ("card: K.", (0, 0, 100)),
        ("j: 10, q = 20 percent and K 70 %", (10, 20, 70)),
        ("Q 33.3%, J 33.3%, K 33.4%", (33, 33, 33)),
        ("J 33%, Q 33%, K 33%", (33, 33, 33)),
        ("J 34%, Q 34%, K 33%", (34, 34, 33)),
        ("  card:\tJ   5%,Q 95%  ", (5, 95, 0)),
    ],
)
def test_answers_are_read_however_they_are_spaced_and_ordered(text: str, percents: tuple[int, ...]):
    assert answers.read([CARD], text) == (percents,)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Unparsable),
        ("card:", Illegal),
        ("card: A 100%", Unparsable),
        ("card: J, Q", Unparsable),
        ("J 50%, Q 40%", Illegal),
        ("J 60%, Q 42%", Illegal),
        ("J 50%, J 50%", Ambiguous),
        ("card: J; card: K", Ambiguous),
        ("I think J 100%", Unparsable),
        ("J 100% I think", Unparsable),
        ("J -10%, Q 110%", Unparsable),
        ("J " * 1500, Unparsable),
    ],
)
def test_what_is_no_distribution_over_the_options_is_refused(text: str, error: type[ActionError]):
    with pytest.raises(error, match="expected for example: card: J 33%, Q 33%, K 33%"):
        answers.read([CARD], text)


def test_several_questions_are_told_apart_by_their_names():
    expected = ((20, 80, 0), (0, 0, 100), (0, 100, 0))
    text = "undercover: player 2; card as player 1 sees it: K; card: J 20%, Q 80%"
    assert answers.read([CARD, SEEN, WHO], text) == expected
    assert answers.read([CARD, SEEN, WHO], text.replace("; ", "\n")) == expected
    with pytest.raises(Unparsable, match="no answer to 'card as player 1 sees it'"):
        answers.read([CARD, SEEN], "card: J")
    with pytest.raises(Unparsable, match="does not begin with the name of a question"):
        answers.read([CARD, SEEN], "J; K")


def test_options_that_end_in_numbers_are_not_taken_for_shares():
    assert answers.read([WHO], "player 1 10%, player 2 20%, player 3 70%") == ((10, 20, 70),)
    assert answers.read([WHO], "player 3: 100") == ((0, 0, 100),)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=9).filter(any), st.booleans())
def test_every_answer_is_read_back_from_its_text(weights: list[int], second: bool):
    options = tuple(f"option {number}" for number in range(len(weights)))
    asked = [Question("topic", 1 if second else None, "Which?", options), CARD]
    answer = (answers.whole_percents(weights), (0, 100, 0))
    assert answers.read(asked, answers.write(asked, answer)) == answer
    assert sum(answers.distribution(answer[0])) == pytest.approx(1)


NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters=";%"), min_size=1, max_size=6)


@given(st.lists(NAMES.map(str.strip).filter(bool), min_size=2, max_size=5, unique_by=_plain), st.data())
def test_options_may_have_any_names_without_the_signs_of_answers(names: list[str], data: st.DataObject):
    options = tuple(" ".join(name.split()) for name in names)
    asked = [Question("topic", None, "Which?", options)]
    weights = data.draw(st.lists(st.integers(0, 9), min_size=len(options), max_size=len(options)).filter(any))
    answer = (answers.whole_percents(weights),)
    assert answers.read(asked, answers.write(asked, answer)) == answer


def test_equal_options_stay_equal():
    for size in range(1, 13):
        asked = [Question("topic", None, "Which?", tuple(f"option {number}" for number in range(size)))]
        (percents,) = answers.uniform(asked)
        assert len(set(percents)) == 1
        assert answers.read(asked, answers.write(asked, (percents,))) == (percents,)


# -- the game -------------------------------------------------------------------------------------------------


def both(spec: str, ask: str, rng: random.Random) -> tuple[Elicited, list[Any], list[Any]]:
    """A random play: the states of the game inside on the way, and those of the plain game given the same actions."""
    game = Elicited.of(game=spec, ask=ask)
    plain, state = game.inner, game.initial_state()
    inside, outside = [state.inner], [plain.initial_state()]
    while seats := game.to_move(state):
        actions = {seat: rng.choice(list(choices(game, state, seat, rng))) for seat in seats}
        answering = bool(state.asked)
        state = game.apply(state, actions)
        inside.append(state.inner)
        outside.append(outside[-1] if answering else plain.apply(outside[-1], actions))
    return game, inside, outside


@pytest.mark.parametrize("ask", ["movers", "everyone"])
@pytest.mark.parametrize("spec", GAMES)
@given(seed=st.integers(0, 2**32))
def test_questions_change_nothing_in_the_game_inside(spec: str, ask: str, seed: int):
    _, inside, outside = both(spec, ask, random.Random(seed))
    assert inside == outside


@pytest.mark.parametrize("spec", GAMES)
@given(seed=st.integers(0, 2**32))
def test_what_was_the_case_is_one_of_the_options(spec: str, seed: int):
    game, inside, _ = both(spec, "everyone", random.Random(seed))
    source, end = questioned(game.inner), inside[-1]
    assert source
    for state in inside:
        movers = game.inner.to_move(state)
        for seat in range(game.num_players) if movers and movers[0] >= 0 else ():
            for question in source.questions(state, seat):
                assert len(set(question.options)) == len(question.options)
                assert source.truth(state, end, seat, question.topic) in question.options


def test_kuhn_poker_asks_the_mover_or_everyone():
    movers, everyone = load("elicited"), load('elicited(ask="everyone")')
    assert movers.to_move(play(movers, "K", "Q")) == (0,)
    assert everyone.to_move(play(everyone, "K", "Q")) == (0, 1)
    answered = play(movers, "K", "Q", "card of player 2: Q 60%, J 40%; card of player 1 as player 2 sees it: J")
    assert movers.legal_actions(answered, 0) == ("check", "bet")
    assert movers.to_move(play(movers, "K", "Q", "card of player 2: Q; card of player 1 as player 2 sees it: J", "bet"))


def test_answers_are_remembered_and_hidden_from_others():
    game = load('elicited(ask="everyone", game="leduc_poker")')
    one = play(game, "Ks", "Qs", [_cards(2, 1, "J"), _cards(1, 2, "Q")])
    other = play(game, "Ks", "Qs", [_cards(2, 1, "K"), _cards(1, 2, "Q")])
    assert game.information_state(one, 1) == game.information_state(other, 1)
    assert game.information_state(one, 0) != game.information_state(other, 0)
    assert stated(play(game, "Ks", "Qs"), one, 0) == ((100, 0, 0), (100, 0, 0))
    assert stated(one, one, 0) is None
    assert game.truth(play(game, "Ks", "Qs"), one, 0, "card_of_player_2") == "Q"


def test_what_only_the_end_decides_is_undecided_in_a_match_that_stops():
    game = load('elicited(game="prisoners_dilemma(rounds=2)")')
    asked = game.initial_state()
    assert game.truth(asked, asked, 0, "action_of_player_2") is None
    said = [
        f"action of player {other}: cooperate; action of player {own} as player {other} sees it: cooperate"
        for own, other in ((1, 2), (2, 1))
    ]
    later = play(game, said, ["cooperate", "defect"])
    assert game.truth(asked, later, 0, "action_of_player_2") == "defect"
    assert game.truth(later, later, 0, "action_of_player_2") is None


def test_coup_asks_who_may_challenge_whether_a_claim_is_true():
    deal = ("duke", "contessa", "captain", "captain", "duke", "assassin")
    movers, everyone = load('elicited(game="coup")'), load('elicited(ask="everyone", game="coup")')
    taxed = play(movers, *deal, "tax")
    assert movers.to_move(taxed) == (1,)
    assert "Is the claim of player 1 (duke) true? (true, false)" in movers.observation(taxed, 1)
    assert movers.truth(taxed, taxed, 1, "claim") == "true"
    again = play(movers, *deal, "tax", "claim: true 60%, false 40%", "allow")
    assert movers.to_move(again) == (2,)
    asked = play(everyone, *deal, "exchange")
    assert everyone.to_move(asked) == (0, 1, 2)
    assert "Does player 2 think that your claim (ambassador) is true?" in everyone.observation(asked, 0)
    assert everyone.truth(asked, asked, 2, "claim") == "false"
    assert movers.to_move(play(movers, *deal, "income")) == (1,)
    assert play(movers, *deal, "income").asked == ()


def test_holdem_asks_what_kind_of_hand_those_who_are_in_hold():
    game = load('elicited(game="texas_holdem(num_players=3)")')
    dealt = play(game, "As", "Kd", "9c", "9d", "2h", "Th")
    hands = "hand of player 2: pair 6%, with A 15%, high 10%, low 69%; hand of player 3: low 100%"
    assert game.to_move(dealt) == (0,)
    assert [game.truth(dealt, dealt, 0, f"hand_of_player_{owner}") for owner in (1, 2, 3)] == ["with A", "pair", "low"]
    folded = play(game, "As", "Kd", "9c", "9d", "2h", "Th", hands, "fold")
    assert [question.topic for question in game.questions_now(folded, 1)] == ["hand_of_player_3"]
    framed = load('push_fold(framing={"ranks": "animals"})')
    state = play(framed, "kraken-hare-o", "phoenix-griffin-s")
    first, second = framed.questions(state, 0)
    assert first.options == second.options == ("pair", "with kraken", "high", "low")
    assert (first.topic, second.topic, second.viewer) == ("hand_of_player_2", "hand_of_player_1", 1)
    assert framed.truth(state, state, 0, "hand_of_player_2") == "high"
    assert framed.truth(state, state, 1, "hand_of_player_1") == "with kraken"
    assert "high is two ranks from dragon to phoenix" in first.text


def test_the_truth_of_a_bid_is_that_of_the_dice():
    game = load('elicited(game="liars_dice(dice=1, faces=3)")')
    asked = play(game, "1", "2", "bid 2 2")
    assert game.to_move(asked) == (1,)
    assert game.truth(asked, asked, 1, "bid") == "false"
    assert game.truth(play(game, "2", "2", "bid 2 2"), asked, 1, "bid") == "true"


def test_games_without_questions_are_refused():
    signs = 'matrix_game(actions=["50%", "all"])'
    knowing = "price_negotiation(complete_information=True)"
    for spec in ("tic_tac_toe", 'repeated(stage="tic_tac_toe")', knowing, signs):
        with pytest.raises(ValueError, match="has no questions"):
            Elicited.of(game=spec)


def _cards(other: int, own: int, card: str) -> str:
    return f"card of player {other}: {card}; card of player {own} as player {other} sees it: {card}"
