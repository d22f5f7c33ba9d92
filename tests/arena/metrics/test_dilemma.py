from __future__ import annotations

import pytest

from arena.metrics import dilemma
from arena.metrics.base import Undefined
from arena.metrics.dilemma import Rounds
from tests.arena.metrics.played import play, pool_of, value
from tests.factories import decision

GAME = "prisoners_dilemma(rounds=8)"


def rounds(own: str, other: str) -> Rounds:
    return Rounds(tuple(move == "C" for move in own), tuple(move == "C" for move in other))


def seen(observe, own: str, other: str) -> str:
    return "".join("y" if hit else "n" for hit in observe(rounds(own, other)))


def test_nice_is_who_never_defects_first_not_even_together_with_the_other():
    assert seen(dilemma.nice, "CCC", "CCC") == "y"
    assert seen(dilemma.nice, "CCD", "CDC") == "y"
    assert seen(dilemma.nice, "CDD", "CDC") == "n"
    assert seen(dilemma.nice, "DCC", "CCC") == "n"


def test_provocation_forgiveness_and_leniency_look_at_the_right_rounds():
    own, other = "CCDCC", "CDCCD"
    assert seen(dilemma.provoked, own, other) == "y"
    assert seen(dilemma.forgiving, own, other) == "yy"
    assert seen(dilemma.lenient, own, other) == "n"
    assert seen(dilemma.exploiting, "CCDC", "CCCC") == "ny"
    assert seen(dilemma.lenient, "DCC", "CDC") == ""
    assert seen(dilemma.forgiving, "CCCC", "DDCC") == ""


def test_the_end_game_is_compared_with_the_middle():
    assert dilemma.end_game_change(rounds("DDCCCCDD", "C" * 8)) == -1
    assert dilemma.end_game_change(rounds("CCCC", "CCCC")) is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("cooperator", "always cooperates"),
        ("defector", "always defects"),
        ("tit_for_tat", "tit for tat"),
        ("grim", "grim"),
        ("win_stay_lose_shift", "win stay, lose shift"),
    ],
)
def test_scripted_players_are_known_by_their_memory(agent: str, name: str):
    # Grim after DC or DD needs a past with defections, tit for tat one with both: a random partner brings them.
    pool = pool_of(*(play("prisoners_dilemma(rounds=60)", (agent, "random"), deal) for deal in range(4)))
    vector = dilemma.memory_one(played for _, played in dilemma.rounds_by(pool, agent))
    assert dilemma.nearest_strategy(vector) == name


def test_tit_for_tat_is_nice_provocable_forgiving_and_not_lenient():
    pool = pool_of(*(play(GAME, ("tit_for_tat", "random"), deal) for deal in range(12)))
    expected = {
        dilemma.NICENESS: 1,
        dilemma.PROVOCABILITY: 1,
        dilemma.FORGIVENESS: 1,
        dilemma.LENIENCY: 0,
        dilemma.EXPLOITATION: 0,
        dilemma.RECIPROCITY: 1,
        dilemma.AFTER_CD: 0,
        dilemma.AFTER_DC: 1,
    }
    assert {metric: value(metric.compute(pool, "tit_for_tat")).value for metric in expected} == expected
    assert 0.3 < value(dilemma.COOPERATION.compute(pool, "random")).value < 0.7
    assert value(dilemma.NICENESS.compute(pool, "random")).value < 0.3


def test_what_never_happened_is_not_defined():
    pool = pool_of(play(GAME, ("cooperator", "tit_for_tat")))
    for metric in (dilemma.PROVOCABILITY, dilemma.FORGIVENESS, dilemma.LENIENCY, dilemma.RECIPROCITY):
        assert isinstance(metric.compute(pool, "cooperator"), Undefined)


def test_noise_is_counted_as_it_was_played():
    pool = pool_of(*(play("prisoners_dilemma(rounds=30, noise=0.2)", ("cooperator", "defector"), d) for d in range(5)))
    assert 0.7 < value(dilemma.COOPERATION.compute(pool, "cooperator")).value < 0.9


def test_matches_in_which_the_policy_moved_are_no_evidence_on_the_agent():
    record = play(GAME, ("cooperator", "defector"))
    replaced = decision(0, "cooperate", source="random").decisions[0]
    turn = record.turns[0].model_copy(update={"decisions": (replaced, *record.turns[0].decisions[1:])})
    pool = pool_of(record.model_copy(update={"turns": (turn, *record.turns[1:])}))
    assert isinstance(dilemma.COOPERATION.compute(pool, "cooperator"), Undefined)
    assert value(dilemma.COOPERATION.compute(pool, "defector")).value == 0
