from __future__ import annotations

import pytest
from pydantic import ValidationError

from games.core import Illegal, Unparsable
from games.economic.ultimatum import PROPOSER, RESPONDER, Ultimatum, UltimatumState
from tests.games.joint_play import nodes, play


def test_accepted_and_rejected_offers() -> None:
    game = Ultimatum()
    assert game.returns(play(game, "30", "accept")) == (70, 30)
    assert game.returns(play(game, "30", "reject")) == (0, 0)
    assert game.observation(play(game, "30", "reject"), PROPOSER) == (
        "You offered 30 of 100 tokens to the responder, and the responder rejected. You get 0 tokens."
    )


@pytest.mark.parametrize("step", [1, 5, 20])
@pytest.mark.parametrize("accepts_when_indifferent", [True, False])
def test_subgame_perfect_play_gives_the_responder_at_most_one_step(step: int, accepts_when_indifferent: bool) -> None:
    game = Ultimatum.of(step=step)

    def solved(state: UltimatumState) -> tuple[tuple[float, ...], UltimatumState]:
        """Backward induction: the returns of best play from here, and its end."""
        if not game.to_move(state):
            return game.returns(state), state
        (seat,) = game.to_move(state)
        answers = game.legal_actions(state, seat)
        ordered = answers if accepts_when_indifferent else tuple(reversed(answers))
        return max((solved(game.apply(state, {seat: action})) for action in ordered), key=lambda end: end[0][seat])

    values, end = solved(game.initial_state())
    offer = 0 if accepts_when_indifferent else step
    assert end == UltimatumState(offer, "accept")
    assert values == (100 - offer, offer)


def test_node_counts() -> None:
    movers = [seats for _, seats in nodes(Ultimatum.of(pie=10, step=5))]
    assert (movers.count((PROPOSER,)), movers.count((RESPONDER,)), movers.count(())) == (1, 3, 6)


def test_each_role_is_briefed() -> None:
    game = Ultimatum.of(step=10)
    assert "You are the proposer" in game.rules_text(PROPOSER)
    assert "from 0 to 100 in steps of 10" in game.rules_text(PROPOSER)
    assert game.rules_text(RESPONDER).endswith("accept or reject")


def test_texts_that_cannot_be_played() -> None:
    game = Ultimatum.of(step=10)
    start, answered = game.initial_state(), play(game, "40")
    for text in ("101", "-10", "45"):
        with pytest.raises(Illegal, match="in steps of 10"):
            game.parse_action(start, PROPOSER, text)
    for text in ("accept", "forty", "40 tokens", ""):
        with pytest.raises(Unparsable, match="whole number"):
            game.parse_action(start, PROPOSER, text)
    with pytest.raises(Illegal, match="accept, reject"):
        game.parse_action(answered, RESPONDER, "50")
    assert game.parse_action(answered, RESPONDER, " Accept ") == "accept"


def test_steps_divide_the_pie() -> None:
    with pytest.raises(ValidationError, match="3 does not divide 100"):
        Ultimatum.of(step=3)
