from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from games.framing import framing_of, unframed
from games.matrix.framing import STORIES, Framing, Labels, Order, Plot, Unit
from games.matrix.matrix_game import MatrixGame
from games.registry import load

framings = st.builds(
    Framing,
    labels=st.sampled_from(get_args(Labels)),
    unit=st.sampled_from(get_args(Unit)),
    order=st.sampled_from(get_args(Order)),
    story=st.sampled_from([plot for plot in get_args(Plot) if plot != "none"]),
)
moves = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=3, max_size=3)


@given(framings, moves)
def test_the_same_moves_lead_to_the_same_states_and_payoffs_under_every_framing(framing, played):
    stages = [MatrixGame.of().spec, MatrixGame.of(framing=framing).spec]
    games = [load(f"repeated(rounds=3, stage={stage!r})") for stage in stages]
    states = [game.initial_state() for game in games]
    for actions in played:
        states = [game.apply(state, dict(enumerate(actions))) for game, state in zip(games, states, strict=True)]
        assert states[0] == states[1]
    assert games[0].returns(states[0]) == games[1].returns(states[1])


@given(framings)
def test_a_framing_is_told_in_rules_and_question_and_its_labels_are_read_back(framing):
    game = MatrixGame.of(framing=framing)
    start, rules = game.initial_state(), game.rules_text(0)
    assert rules.startswith(STORIES[framing.story].text)
    for action in (0, 1):
        label = game.action_to_text(start, 0, action)
        assert label in rules
        assert label in game.observation(start, 0)
        assert game.parse_action(start, 0, label) == action


def test_the_plain_framing_adds_nothing():
    assert MatrixGame.of(framing=Framing()).rules_text(0) == MatrixGame.of().rules_text(0)
    assert MatrixGame.of(framing=Framing()).pool == MatrixGame.of().pool


def test_reversed_order_turns_options_and_outcomes_round():
    plain, turned = MatrixGame.of(), MatrixGame.of(framing={"order": "reversed"})
    start = plain.initial_state()
    assert list(turned.legal_actions(start, 0)) == [1, 0]
    assert turned.observation(start, 0) == "Choose your action: defect, cooperate."
    outcomes = [[line for line in game.rules_text(0).splitlines() if line[0] == "-"] for game in (plain, turned)]
    assert outcomes[0] == outcomes[1][::-1]


@pytest.mark.parametrize("framing", [{"labels": "story"}, {"unit": "story"}])
def test_words_of_a_story_need_a_story(framing):
    with pytest.raises(ValidationError, match="words of a story need a story"):
        MatrixGame.of(framing=framing)


def test_a_framing_without_names_for_all_actions_is_refused():
    five = [[[0, 0]] * 5] * 5
    with pytest.raises(ValidationError, match="has 4 names, but there are 5 actions"):
        MatrixGame.of(payoffs=five, actions=list("abcde"), framing={"labels": "story", "story": "shops"})


@pytest.mark.parametrize(("plot", "story"), STORIES.items())
def test_stories_are_plain_text_with_names_of_their_own(plot, story):
    assert story.text.isascii()
    assert len(set(story.actions)) == len(story.actions) == 4
    assert not any(name in story.text for name in story.actions)


def test_specs_that_differ_in_framing_only_have_one_unframed_form():
    nested = load("repeated(rounds=3, stage=\"matrix_game(framing={'labels': 'letters'})\")").spec
    assert load(unframed(nested)) == load("repeated(rounds=3)")
    assert framing_of(nested) == '{"labels": "letters"}'
    assert framing_of('prisoners_dilemma(framing="trade")') == '"trade"'
    assert framing_of("prisoners_dilemma(rounds=3)") == "default"


def test_several_games_are_unframed_one_by_one():
    spec = "composite(games=[\"matrix_game(framing={'labels': 'letters'})\", \"matrix_game\"])"
    assert load(unframed(spec)) == load('composite(games=["matrix_game", "matrix_game"])')
    assert framing_of(spec) == '{"labels": "letters"}; default'
    assert framing_of("composite") == framing_of('composite(games=["matrix_game", "matrix_game"])') == "default"
