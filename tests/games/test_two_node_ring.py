from __future__ import annotations

import pytest

from games.matrix.two_node_ring import BEST, DOMINANT, THINKER, TwoNodeRing
from games.registry import load


@pytest.mark.parametrize("scale", [1, 7])
def test_the_other_has_a_dominant_action_and_the_best_reply_is_not_the_row_of_the_greatest_payoff(scale):
    game = TwoNodeRing.of(scale=scale)
    paid = game.payoffs
    assert all(paid[own, DOMINANT][1] > paid[own, 1 - DOMINANT][1] for own in (0, 1))
    assert paid[BEST, DOMINANT][THINKER] > paid[1 - BEST, DOMINANT][THINKER]
    assert max(paid, key=lambda joint: paid[joint][THINKER])[THINKER] == 1 - BEST
    assert paid[0, 0] == (40 * scale, 0)


def test_a_given_belief_is_told_to_the_thinker_alone_in_the_labels_of_the_framing():
    plain, given = TwoNodeRing.of(), TwoNodeRing.of(given=True)
    assert given.rules_text(0).removeprefix(plain.rules_text(0)).endswith("the other will choose Y.")
    assert given.rules_text(1) == plain.rules_text(1)
    coloured = TwoNodeRing.of(given=True, framing={"labels": "colours"})
    assert coloured.rules_text(0).endswith("the other will choose green.")


def test_beliefs_can_be_asked_for():
    game = load('elicited(game="two_node_ring")')
    assert "action of player 2" in game.observation(game.initial_state(), 0)
