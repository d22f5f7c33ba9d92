"""Scripted pairs have known rows in the study of GLEE."""

from __future__ import annotations

from statistics import fmean

import pytest

from arena.config import AgentEntry
from arena.metrics.base import Value
from arena.studies.base import Report, Size, Table
from arena.studies.glee import STUDY
from arena.studies.glee_parts import UNTOLD, Family, Outcome, families
from games.economic.bargaining import BargainingState, Split, equilibrium_share
from games.economic.haggling import NegotiationState, Offer
from games.economic.persuasion import PersuasionState
from tests.arena.studies.playing import by_subject, ours, records_of, report_of

BARGAINING, NEGOTIATION, PERSUASION = families()


def default(family: Family) -> dict[str, str]:
    return {factor.name: factor.levels[0] for factor in (*family.factors, *family.market)}


def table(report: Report, title: str) -> Table:
    (found,) = (table for table in ours(report) if table.title.startswith(title))
    return found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    return {
        agent: report_of(STUDY, [agent], tmp_path_factory.mktemp("glee") / "run")
        for agent in ("fair_bargainer", "hard_bargainer", "honest_trader", "sceptical_trader")
    }


@pytest.mark.parametrize(("family", "count"), [(BARGAINING, 384), (NEGOTIATION, 576), (PERSUASION, 360)])
def test_the_grids_are_those_of_the_paper_and_hold_the_small_ones(family: Family, count: int):
    full = [dict(levels) for levels in family.grid(Size.FULL)]
    assert len({family.game(levels).spec for levels in full}) == len(full) == count
    small = [dict(levels) for levels in family.grid(Size.SMALL)]
    assert 40 <= len(small) <= 48
    assert all(levels in full for levels in small)
    for place, factor in enumerate(family.regressors()):
        counts = [sum(family.levels(levels)[place] == level for levels in small) for level in factor.levels]
        assert min(counts) >= 2


def test_outcomes_by_hand():
    game = BARGAINING.game(default(BARGAINING))
    dealt = BARGAINING.outcome(game, BargainingState((Split(1000), Split(6000)), "accept"))
    # Alice gets 6,000 of 10,000 in round two, in which money is worth nine tenths.
    assert dealt == pytest.approx((0.54, 0.36, 0.9, 0.96))
    assert BARGAINING.outcome(game, BargainingState((Split(1000),), "reject")) == (0, 0, 0, 1)
    game = NEGOTIATION.game({**default(NEGOTIATION), "seller's value": "0.8", "buyer's value": "1.2"})
    sold = NEGOTIATION.outcome(game, NegotiationState((Offer(11_000),), "accept"))
    assert sold == pytest.approx((0.3, 0.1, 1, 0.96))
    assert NEGOTIATION.outcome(game, NegotiationState((Offer(11_000),), "leave")) == (0, 0, 0, 1)
    game = PERSUASION.game(default(PERSUASION))
    rounds = PersuasionState(("high", "high", "low"), ("recommend",) * 3, ("buy", "decline", "buy"))
    assert PERSUASION.outcome(game, rounds) == pytest.approx(((2 / 3), (0.25 - 1) / 3, 0.5, 0))
    only_high = PersuasionState(("high",), ("recommend",), ("buy",))
    assert PERSUASION.outcome(game, only_high) == Outcome(1, 0.25, 1, None)


def test_fair_bargainers_halve_at_once_and_nothing_makes_a_difference(alone):
    means = by_subject(table(alone["fair_bargainer"], "bargaining: means"))["fair_bargainer"]
    assert means == pytest.approx({"gain of Alice": 0.5, "gain of Bob": 0.5, "efficiency": 1, "fairness": 1})
    default_row, *others = by_subject(table(alone["fair_bargainer"], "bargaining: what differs")).values()
    assert list(default_row.values()) == pytest.approx([0.5, 0.5, 1, 1])
    assert len(others) == 3 + 3 + 2 + 7
    assert {value for row in others for value in row.values()} == {0}


def test_hard_bargainers_agree_in_a_last_round_that_they_are_told_of_and_else_never(alone):
    outcomes = []
    for levels in BARGAINING.grid(Size.SMALL):
        told = levels["horizon"] != "no limit told"
        alice, bob = (float(levels[name]) ** 11 for name in ("Alice's discount", "Bob's discount"))
        # Bob makes the last of twelve offers: a fifth.
        gains = (0.2 * alice, 0.8 * bob) if told else (0.0, 0.0)
        outcomes.append((*gains, sum(gains), 1 - 4 * 0.09 if told else 1))
    means = by_subject(table(alone["hard_bargainer"], "bargaining: means"))["hard_bargainer"]
    assert list(means.values()) == pytest.approx([fmean(each) for each in zip(*outcomes, strict=True)])


def test_equilibrium_bargainers_who_know_each_other_agree_at_once_on_the_equilibrium_share(tmp_path):
    config = STUDY.plan((AgentEntry(agent="rubinstein_bargainer"),), Size.SMALL, 0)
    informed = tuple(entry for entry in config.games if "complete_information=False" not in entry.game)
    records = records_of(config.model_copy(update={"games": informed}), tmp_path)
    means = by_subject(table(STUDY.report(records, ["rubinstein_bargainer"]), "bargaining: means"))
    shares = []
    for levels in BARGAINING.grid(Size.SMALL):
        if levels["information"] == "complete":
            own, other = float(levels["Alice's discount"]), float(levels["Bob's discount"])
            shares.append(equilibrium_share(1, 12 if levels["horizon"] == "12 rounds" else None, own, other))
    found = means["rubinstein_bargainer"]
    # Parts are whole numbers, of 100 at the least.
    assert found["gain of Alice"] == pytest.approx(fmean(shares), abs=0.005)
    assert found["efficiency"] == pytest.approx(1)


def test_honest_traders_are_efficient_and_fair_whatever_the_parameters(alone):
    report = alone["honest_trader"]
    means = by_subject(table(report, "persuasion: means"))["honest_trader"]
    assert (means["efficiency"], means["fairness"]) == (1, 1)
    rows = by_subject(table(report, "persuasion: what differs"))
    assert (rows["default"]["efficiency"], rows["default"]["fairness"]) == pytest.approx((1, 1))
    # High products are all that is sold.
    assert rows["chance of high: 4/5"]["gain of Alice"] == pytest.approx(0.3, abs=0.1)
    assert rows["chance of high: 1/3"]["gain of Alice"] == pytest.approx(-1 / 6, abs=0.1)
    # It reads no free text.
    assert rows["market: complete, textual, long living"]["efficiency"] is None


def test_sceptical_traders_buy_everything_or_nothing(alone):
    means = by_subject(table(alone["sceptical_trader"], "persuasion: means"))["sceptical_trader"]
    assert means["efficiency"] + means["fairness"] == pytest.approx(1)
    assert means["gain of Alice"] == pytest.approx(means["efficiency"])


def test_a_fair_and_a_hard_bargainer_agree_only_where_the_hard_one_answers_last_and_knows_it(tmp_path):
    report = report_of(STUDY, ["fair_bargainer", "hard_bargainer"], tmp_path)
    means = by_subject(table(report, "bargaining: means"))
    told = [levels for levels in BARGAINING.grid(Size.SMALL) if levels["horizon"] == "12 rounds"]
    count = len(list(BARGAINING.grid(Size.SMALL)))
    # Bob makes the offer of round twelve, a half or a fifth: the hard Alice takes what is better than nothing.
    halves, fifths = ([part * float(levels["Alice's discount"]) ** 11 for levels in told] for part in (0.5, 0.2))
    assert means["hard_bargainer"]["gain of Alice"] == pytest.approx((sum(halves) + sum(fifths)) / (2 * count))
    # Against itself she halves at once, and against the hard Bob she gets nothing.
    assert means["fair_bargainer"]["gain of Alice"] == pytest.approx(0.5 / 2)
    assert means["fair_bargainer"]["fairness"] == 1, "halves, or no deal"


def test_two_agents_who_also_play_themselves_can_be_told_apart(tmp_path):
    two = ["fair_bargainer", "hard_bargainer"]
    effects = table(report_of(STUDY, two, tmp_path), "bargaining: what differs")
    assert all(isinstance(cell, Value) for _, cells in effects.rows for cell in cells)
    assert [subject for subject, _ in effects.rows][-2:] == ["Alice: hard_bargainer", "Bob: hard_bargainer"]


def test_several_agents_do_not_mix_in_the_role_of_the_buyer():
    players = tuple(AgentEntry(agent=name) for name in ("honest_trader", "sceptical_trader"))
    config = STUDY.plan(players, Size.FULL, 0)
    grid = 3 * 5 * 3 * 2
    myopic = [entry for entry in config.games if "myopic" in entry.game]
    assert len(config.games) - len(myopic) == grid
    assert len(myopic) == 2 * grid
    assert all(len(entry.agents or ()) == 1 for entry in myopic)


def test_the_unlimited_horizon_is_not_told():
    game = BARGAINING.game(default(BARGAINING))
    assert game.params.horizon == UNTOLD
    assert str(UNTOLD) not in game.rules_text(0)


def test_published_numbers_stand_apart_with_their_source(alone):
    published = [table for table in alone["fair_bargainer"].tables if table.source]
    assert dict(published[0].rows)["persuasion"] == (20.5, 54.8)
    assert all("GLEE" in table.source for table in published)
