"""MAgIC's numbers: the published arithmetic, matches counted by hand, and what is left undefined."""

from __future__ import annotations

from itertools import product
from math import pi, sin
from typing import Any

import pytest

from arena.metrics.base import Metric, Undefined
from arena.metrics.evidence import Play, Pool
from arena.metrics.magic import (
    AWARENESS,
    COOPERATION,
    COORDINATION,
    DECEPTION,
    DECEPTION_CODED,
    JUDGEMENT,
    MOST_AREA,
    MOST_DECEPTION,
    RATIONALITY,
    REASONING,
    REASONING_CODED,
    WIN_RATE,
    Count,
    Tally,
    abilities,
    deception,
    radar_area,
    tallies,
    total,
)
from arena.metrics.measure import evaluate
from games.registry import load
from games.words.chameleon import ChameleonState
from games.words.undercover import UndercoverState
from tests.arena.metrics.played import play, pool_of, value
from tests.games.joint_play import play as state_after

A, B, C = AGENTS = ("first_legal", "random", "random(p=0.5)")
ALL = (
    AWARENESS,
    COOPERATION,
    COORDINATION,
    DECEPTION,
    DECEPTION_CODED,
    JUDGEMENT,
    RATIONALITY,
    REASONING,
    REASONING_CODED,
    WIN_RATE,
)
INTERVIEWED = 'elicited(ask="everyone", game="chameleon")'


def pool_of_states(spec: str, *matches: tuple[Any, ...]) -> Pool:
    """A pool of matches of agents A, B and C that went through these states; each is a cluster."""
    record = play(spec, AGENTS)
    plays = []
    for number, states in enumerate(matches):
        header = record.header.model_copy(update={"cluster": f"match {number}"})
        plays.append(Play(record.model_copy(update={"header": header}), states))
    return Pool(record.header.pool, tuple(each.record for each in plays), tuple(plays))


def numbers(metric: Metric, pool: Pool) -> list[float | None]:
    """The values of the three agents; None where there is none."""
    found = [evaluate(metric, pool, agent) for agent in AGENTS]
    return [None if isinstance(result, Undefined) else round(result.value, 4) for result in found]


# -- the published arithmetic ---------------------------------------------------------------------------------


def percent(tally: Tally, field: str) -> float:
    share = getattr(abilities([tally]), field)
    assert share is not None
    return round(100 * share, 1)


@pytest.mark.parametrize(
    ("agreements", "own", "cooperation", "coordination"), [(10, 10, 47.6, 100.0), (9, 3, 42.9, 33.3)]
)
def test_published_cooperation_and_coordination(
    agreements: int, own: int, cooperation: float, coordination: float
) -> None:
    tally = Tally(cooperation=Count(agreements, 21), coordination=Count(own, agreements))
    assert percent(tally, "cooperation") == cooperation
    assert percent(tally, "coordination") == coordination


def test_published_rationality_is_over_both_games() -> None:
    dilemma, good = Tally(rationality=Count(100, 105)), Tally(rationality=Count(45, 105))
    assert percent(total([dilemma, good]), "rationality") == 69.0


@pytest.mark.parametrize(
    ("hidden", "right", "guesses", "published"),
    [(24, 1, 12, 62.1), (33, 1, 8, 85.6), (7, 0, 13, 17.5), (27, 0, 5, 67.5)],
)
def test_published_deception_follows_from_right_guesses(
    hidden: int, right: int, guesses: int, published: float
) -> None:
    assert percent(Tally(hidden=Count(hidden, 40), guesses=Count(right, guesses)), "deception") == published


def test_wrong_guesses_in_the_numerator_cannot_give_17_5() -> None:
    """Of 20 games as the chameleon and 20 as the undercover; each exposed chameleon has made a wrong guess."""
    formed = set()
    for hidden_undercover, wrong in product(range(21), repeat=2):
        for right in range(21 - wrong):
            hidden = Count(hidden_undercover + 20 - wrong, 40)
            found = deception(Tally(hidden=hidden, guesses=Count(wrong, wrong + right)))
            assert found is not None
            formed.add(round(100 * found, 1))
    assert 17.5 not in formed
    assert 62.5 in formed


def test_the_win_rate_is_the_plain_mean_of_seven_scores() -> None:
    tally = Tally(
        not_chameleon=Count(10, 40),
        chameleon=Count(20, 40),
        not_undercover=Count(15, 60),
        undercover=Count(60, 60),
        cooperation=Count(10, 20),
        dilemma=Count(5, 20),
        good=Count(0, 20),
    )
    assert abilities([tally]).win_rate == pytest.approx((0.25 + 0.5 + 0.25 + 1 + 0.5 + 0.25 + 0) / 7)
    assert abilities([Tally(good=Count(1, 1))]).win_rate is None


def test_the_radar_area_is_that_of_a_regular_polygon_when_all_are_equal() -> None:
    assert radar_area((1,) * 7) == pytest.approx(7 / 2 * sin(2 * pi / 7))
    assert radar_area((0.5,) * 7) == pytest.approx(7 / 8 * sin(2 * pi / 7))
    assert radar_area((1, 1, MOST_DECEPTION, 1, 1, 1, 1)) == pytest.approx(MOST_AREA)
    assert radar_area((1, 0, 1, 0)) == 0
    assert radar_area((1, None, 1)) is None


def test_tallies_add_up_in_every_field() -> None:
    one = Tally(judgement=Count(1, 2), guess_flags=frozenset({"caught"}))
    other = Tally(judgement=Count(2, 2), good=Count(0, 1), guess_flags=frozenset({"guessed"}))
    assert total([one, other]) == Tally(
        judgement=Count(3, 4), good=Count(0, 1), guess_flags=frozenset({"caught", "guessed"})
    )
    assert abilities([]).seven == (None,) * 7


# -- matches by hand ------------------------------------------------------------------------------------------


def chameleon_end(votes: tuple[int, ...], guess: str | None, odd: int = 2) -> tuple[ChameleonState]:
    return (ChameleonState("fruits", "grape", odd, ("one", "two", "three"), votes, guess),)


def test_chameleon_by_hand() -> None:
    pool = pool_of_states(
        "chameleon",
        chameleon_end((2, 2, 0), "melon"),
        chameleon_end((2, 2, 0), "Grape"),
        chameleon_end((1, 0, 0), None),
        chameleon_end((1, 2, 0), None),
    )
    assert numbers(JUDGEMENT, pool) == [0.5, 0.75, None]
    assert numbers(WIN_RATE, pool) == [(2 + 1 + 0 + 1) / 8, (2 + 1 + 0 + 1) / 8, (0 + 1 + 2 + 1) / 8]
    assert numbers(DECEPTION, pool) == [None, None, 0.75 + 0.25 / 2]
    assert numbers(DECEPTION_CODED, pool) == [None, None, 0.75]
    right = value(evaluate(JUDGEMENT, pool, A))
    assert (right.n, right.clusters) == (4, 4)
    assert right.low is not None
    assert right.low < 0.5 < (right.high or 0)


def test_the_coded_ratio_counts_kinds_of_endings_in_games_of_others() -> None:
    caught, found = chameleon_end((2, 2, 0), "melon"), chameleon_end((2, 2, 0), "grape")
    own = chameleon_end((1, 2, 0), None, odd=0)
    assert numbers(DECEPTION_CODED, pool_of_states("chameleon", own, caught, caught, found))[0] == 1 + 0.25 / 2
    assert numbers(DECEPTION_CODED, pool_of_states("chameleon", own, found))[0] == 1 + 0.25
    assert numbers(DECEPTION_CODED, pool_of_states("chameleon", own, caught))[0] == 1
    assert numbers(DECEPTION, pool_of_states("chameleon", own, caught, found))[0] == 1


def test_undercover_by_hand() -> None:
    def end(votes: tuple[int, ...]) -> tuple[UndercoverState]:
        return (UndercoverState(("coffee", "cocoa"), "first", 0, ("one", "two", "three") * 2, votes),)

    pool = pool_of_states("undercover", end((1, 0, 0)), end((1, 2, 1)), end((1, 2, 0)))
    assert numbers(JUDGEMENT, pool) == [None, round(1 / 3, 4), round(2 / 3, 4)]
    assert numbers(DECEPTION, pool)[0] == round(2 / 3, 4)
    assert numbers(WIN_RATE, pool) == [round((0 + 3 + 2) / 9, 4), round((3 + 0 + 1) / 9, 4), round((3 + 0 + 1) / 9, 4)]


def test_cost_sharing_by_hand() -> None:
    game = load("cost_sharing(rounds=1)")
    proposals = ("40, 30, 30", "50, 25, 25", "50, 25, 25")
    votes = (("A", "A", "A"), ("B", "C", "B"), ("A", "B", "A"))
    pool = pool_of_states(game.spec, *((state_after(game, proposals, cast),) for cast in votes))
    assert numbers(COOPERATION, pool) == [round(2 / 3, 4)] * 3
    assert numbers(COORDINATION, pool) == [0.5, 0.5, 0.5]
    failed = pool_of_states(game.spec, (state_after(game, proposals, votes[2]),))
    assert numbers(COOPERATION, failed) == [0, 0, 0]
    assert numbers(COORDINATION, failed) == [None, None, None]


def test_dilemma_and_public_good_by_hand() -> None:
    c, d = "cooperate", "defect"
    dilemma = load("group_dilemma(rounds=2)")
    pool = pool_of_states(dilemma.spec, (state_after(dilemma, (d, c, c), (d, d, c)),))
    assert numbers(RATIONALITY, pool) == [1, 0.5, 0]
    assert numbers(WIN_RATE, pool) == [1, 0, 0]
    good = load("public_good(rounds=2)")
    pool = pool_of_states(good.spec, (state_after(good, ("0", "0", "5"), ("10", "10", "5")),))
    assert numbers(RATIONALITY, pool) == [0.5, 0.5, 0.5]
    assert numbers(WIN_RATE, pool) == [1, 1, 1], "ties are wins"


# -- interviews -----------------------------------------------------------------------------------------------


def test_interviews_by_hand() -> None:
    """The chameleon is player 3. One interview is right in both parts; in the last, ties decide."""
    pool = pool_of_states(INTERVIEWED, interviewed_match())
    assert numbers(REASONING, pool)[0] == round(2 / 6, 4)
    assert numbers(REASONING_CODED, pool)[0] == round(3 / 6, 4)
    assert numbers(AWARENESS, pool) == [round(1 / 3, 4), 1, 1]
    assert value(evaluate(REASONING, pool, A)).n == 6
    assert numbers(JUDGEMENT, pool)[:2] == [1, 1], "outcomes are counted too"
    sums = total(tally for _, tally in tallies(pool, A))
    assert (sums.reasoning, sums.awareness, sums.not_chameleon) == (Count(2, 6), Count(1, 3), Count(2, 2))


def interviewed_match() -> tuple[Any, ...]:
    ordinary, is_it = "identity: not chameleon", "identity: chameleon"
    unsure = "identity: chameleon 50%, not chameleon 50%"
    tie = "player 1 50%, player 2 50%"
    quiet = [_suspects(1, "player 3", "player 3", "player 1"), _suspects(2, "player 1", "player 2", "player 1")]
    first = _suspects(0, "player 3", "player 3", "player 1")
    second = _suspects(0, "player 1 50%, player 3 50%", "player 3", "player 2")
    last = _suspects(0, "player 2", "player 1", "player 1")
    turns: list[Any] = [
        *("fruits", "grape", "player 3", [ordinary, ordinary, is_it], "sweet"),
        [f"{first}; {unsure}", f"{quiet[0]}; {ordinary}", f"{quiet[1]}; {is_it}"],
        "green",
        [f"{second}; {is_it}", f"{quiet[0]}; {ordinary}", f"{quiet[1]}; {is_it}"],
        "nice",
        [last, _suspects(1, tie, "player 3", "player 1"), quiet[1]],
        ["player 3", "player 3", "player 1"],
        "melon",
    ]
    game = load(INTERVIEWED)
    return tuple(state_after(game, *turns[:number]) for number in range(len(turns) + 1))


def _suspects(seat: int, own: str, *attributed: str) -> str:
    others = [other for other in range(3) if other != seat]
    views = (f"chameleon as player {other + 1} sees it: {view}" for other, view in zip(others, attributed, strict=True))
    return "; ".join([f"chameleon: {own}", *views])


def test_real_matches_of_scripted_players_are_measured() -> None:
    agents = ["topic_guesser"] * 3
    pool = pool_of(*(play(INTERVIEWED, agents, deal) for deal in range(4)))
    assert value(evaluate(AWARENESS, pool, agents[0])).value == 1
    assert 0 < value(evaluate(REASONING, pool, agents[0])).value < 1
    assert value(evaluate(JUDGEMENT, pool, agents[0])).n == 8


def test_reasoning_needs_the_views_of_all() -> None:
    pool = pool_of(play('elicited(game="chameleon")', ["topic_guesser"] * 3))
    found = evaluate(REASONING, pool, "topic_guesser")
    assert isinstance(found, Undefined)
    assert "questions to all" in found.reason
    assert value(evaluate(AWARENESS, pool, "topic_guesser")).value == 1


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_other_games_have_none_of_them(metric: Metric) -> None:
    pool = pool_of(play("kuhn_poker", ["random", "random"]))
    assert isinstance(evaluate(metric, pool, "random"), Undefined)
    assert not list(tallies(pool, "random"))
