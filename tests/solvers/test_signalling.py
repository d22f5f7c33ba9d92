"""Known equilibria of signalling games, and each of those found against the solvers of whole trees."""

from __future__ import annotations

import numpy as np
import pytest

from games.economic.signalling import RECEIVER, SENDER, Signalling, SignallingView
from games.economic.signals import TABLES
from games.solvers.best_response import expected_returns, nash_conv
from games.solvers.policies import to_profile
from games.solvers.signalling import SignallingEquilibrium, signalling_equilibria
from games.solvers.tree import flatten


def equilibria(table: str) -> list[SignallingEquilibrium]:
    found = TABLES[table]
    payoffs = np.array(found.payoffs, dtype=float)
    return signalling_equilibria(np.array(found.prior), payoffs[..., 0], payoffs[..., 1])


def test_beer_and_quiche_has_two_pooling_equilibria_of_which_beer_is_intuitive() -> None:
    """Cho and Kreps 1987: all have beer and are left alone, or all have quiche since beer would mean a fight."""
    beer, quiche = equilibria("beer_quiche")
    assert (beer.messages, beer.actions, beer.sender_values) == ((0, 0), (1, 0), (2, 3))
    assert (quiche.messages, quiche.actions, quiche.sender_values) == ((1, 1), (0, 1), (3, 2))
    assert beer.receiver_value == quiche.receiver_value == pytest.approx(0.9)
    assert (beer.intuitive, quiche.intuitive) == (True, False)


def test_education_separates_in_the_one_intuitive_equilibrium() -> None:
    """Spence 1973, and Cho and Kreps on it: only the able study, though it teaches nothing."""
    (only,) = (each for each in equilibria("education") if each.intuitive)
    assert (only.messages, only.actions) == ((0, 1), (0, 1))
    assert only.sender_values == (1, 1.5)
    assert only.receiver_value == 0


@pytest.mark.parametrize(("table", "systems"), [("lamps", 2), ("lamps_three", 6)])
def test_with_a_common_interest_every_assignment_of_signals_is_a_signalling_system(table: str, systems: int) -> None:
    """Lewis 1969: n! of them, and nothing is better."""
    perfect = [each for each in equilibria(table) if each.sender_value == pytest.approx(1)]
    assert len(perfect) == systems
    assert max(each.sender_value for each in equilibria(table)) == pytest.approx(1)
    assert all(len(set(each.messages)) == len(each.messages) for each in perfect)


@pytest.mark.parametrize(("table", "value"), [("salesman", (0, 0)), ("hiding", (0, 0))])
def test_talk_tells_nothing_where_interests_are_opposed(table: str, value: tuple[float, float]) -> None:
    for each in equilibria(table):
        assert len(set(each.messages)) == 1
        assert (each.sender_value, each.receiver_value) == value


@pytest.mark.parametrize("table", sorted(TABLES))
def test_nobody_gains_by_deviating_from_what_was_found(table: str) -> None:
    game = Signalling.of(table=table)
    tree = flatten(game)
    for each in equilibria(table):
        policy = {
            (SENDER, SignallingView(kind, None, None, True)): {message: 1.0}
            for kind, message in enumerate(each.messages)
        } | {
            (RECEIVER, SignallingView(None, message, None, True)): {action: 1.0}
            for message, action in enumerate(each.actions)
        }
        profile = to_profile(tree, policy)
        assert nash_conv(tree, profile) == pytest.approx(0)
        assert expected_returns(tree, profile) == pytest.approx([each.sender_value, each.receiver_value])


def test_a_message_that_is_never_sent_is_not_answered_against_all_reason() -> None:
    """One type, two messages; the threat to answer the second with a dominated action is no equilibrium."""
    sender = np.array([[[1.0, 1.0], [2.0, 0.0]]])
    receiver = np.array([[[0.0, 0.0], [1.0, 0.0]]])
    found = signalling_equilibria(np.array([1.0]), sender, receiver)
    assert {each.messages for each in found} == {(1,)}
