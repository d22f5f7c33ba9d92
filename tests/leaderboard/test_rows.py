from __future__ import annotations

import pandas as pd

from arena.records import ActionSource, ChanceTurn, RefereeTurn
from leaderboard import frames
from leaderboard.rows import attempt_rows, call_rows, decision_rows, seat_rows, total
from tests.factories import attempt, call, decision, forfeit, match, void

PLAYED = match(
    turns=[
        ChanceTurn(action="heads"),
        decision(0, "4"),
        decision(1, "0", attempt("illegal", "4", calls=(call(),)), attempt(text="0", calls=(call(cost_usd=0.25),))),
        decision(0, "8", attempt("refusal", ""), source=ActionSource.RANDOM),
        RefereeTurn(action="fair", calls=(call(tokens_in=7),)),
    ]
)


def test_a_scripted_players_accepted_answer_is_one_attempt():
    assert [(row.turn, row.agent, row.attempt, row.outcome, row.text) for row in attempt_rows(PLAYED)] == [
        (1, "ann", 1, "ok", "4"),
        (2, "bob", 1, "illegal", "4"),
        (2, "bob", 2, "ok", "0"),
        (3, "ann", 1, "refusal", ""),
    ]


def test_a_seat_whose_budget_ended_made_no_attempt():
    record = forfeit([0], turns=[decision(0, None)])
    assert list(attempt_rows(record)) == []
    assert [row.attempts for row in decision_rows(record)] == [0]


def test_calls_carry_their_place_and_the_referees_have_no_seat():
    places = [(row.turn, row.seat, row.attempt, row.tokens_in) for row in call_rows(PLAYED)]
    assert places == [(2, 1, 1, 100), (2, 1, 2, 100), (4, None, None, 7)]


def test_a_seat_sums_up_what_it_did_and_an_unknown_price_makes_the_sum_unknown():
    ann, bob = seat_rows(PLAYED)
    assert (ann.decisions, ann.attempts, ann.failed_attempts, ann.calls, ann.cost_usd) == (2, 2, 1, 0, 0)
    assert (bob.decisions, bob.attempts, bob.failed_attempts, bob.calls) == (1, 2, 1, 2)
    assert (bob.tokens_in, bob.tokens_out, bob.cost_usd) == (200, 20, None)
    assert (ann.payoff, ann.score, bob.payoff, bob.score) == (1, 1, -1, 0)


def test_forfeits_have_a_score_and_no_payoff_and_voids_have_neither():
    assert [(row.payoff, row.score, row.forfeited) for row in seat_rows(forfeit([1]))] == [
        (None, 1, False),
        (None, 0, True),
    ]
    assert [(row.payoff, row.score) for row in seat_rows(void())] == [(None, None)] * 2


def test_the_score_of_a_seat_is_its_share_against_the_others():
    record = match(("a", "b", "c"), (2, 2, -4), game="kuhn_poker(num_players=3)")
    assert [row.score for row in seat_rows(record)] == [0.75, 0.75, 0]


def test_a_sum_with_an_unknown_part_is_unknown():
    assert (total([]), total([1, 2]), total([1, None])) == (0, 3, None)


def test_frames_have_a_row_per_thing_and_their_columns_even_when_empty():
    lengths = {"matches": 2, "seats": 4, "decisions": 3, "attempts": 4, "calls": 3}
    for name, length in lengths.items():
        make = getattr(frames, name)
        frame, empty = make([PLAYED, void(index=1)]), make([])
        assert isinstance(frame, pd.DataFrame)
        assert (len(frame), len(empty)) == (length, 0)
        assert list(frame.columns) == list(empty.columns)
