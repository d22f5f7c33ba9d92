"""Players of public goods with punishment, thresholds and tables, and of the assurance game."""

from __future__ import annotations

import pytest

from agents.bots.assurance import AssuranceOptimist, AssurancePessimist
from agents.bots.public_goods import ConditionalCooperator, FreeRider, ThresholdFiller
from agents.bots.punishers import AntisocialPunisher, DeterredRider, NormEnforcer
from games.dilemmas.assurance import Assurance
from games.dilemmas.conditional_contributions import ConditionalContributions
from games.dilemmas.punishment_game import PunishmentGame
from games.dilemmas.threshold_public_goods import ThresholdPublicGoods
from tests.agents.questions import answer
from tests.games.joint_play import play


async def test_enforcers_take_back_what_smaller_gifts_saved_and_others_punish_nobody() -> None:
    game = PunishmentGame.of(rounds=2)
    start, given = game.initial_state(), play(game, ("20", "0", "15", "19"))
    assert await answer(NormEnforcer(), game, start, 0) == 20
    assert await answer(NormEnforcer(), game, given, 0) == (0, 4, 1, 1)
    assert await answer(NormEnforcer(), game, given, 1) == (0, 0, 1, 1), "it never punishes itself"
    assert await answer(NormEnforcer.of(norm=0.5), game, start, 0) == 10
    assert await answer(NormEnforcer.of(norm=0.5), game, given, 0) == (0, 2, 0, 0)
    for agent in (FreeRider(), ConditionalCooperator()):
        assert await answer(agent, game, given, 0) == (0, 0, 0, 0)
    later = play(game, ("20", "0", "15", "19"), ("nobody",) * 4)
    assert await answer(ConditionalCooperator(), game, later, 1) == 18
    assert await answer(FreeRider(), game, later, 1) == 0


async def test_antisocial_punishers_punish_givers_and_deterred_riders_give_once_they_were_punished() -> None:
    game = PunishmentGame.of(rounds=4, most_points=2)
    given = play(game, ("20", "0", "15", "1"))
    assert await answer(AntisocialPunisher(), game, given, 1) == (1, 0, 1, 1)
    assert await answer(AntisocialPunisher.of(points=5), game, given, 0) == (0, 0, 2, 2)
    assert await answer(AntisocialPunisher(), game, game.initial_state(), 0) == 0
    assert await answer(DeterredRider(), game, given, 1) == (0, 0, 0, 0)
    rounds = [("20", "0", "15", "1"), ("nobody",) * 4]
    assert await answer(DeterredRider(), game, play(game, *rounds), 1) == 0
    rounds += [("20", "0", "15", "1"), ("2: 1", "nobody", "nobody", "nobody")]
    assert await answer(DeterredRider(), game, play(game, *rounds), 1) == 12
    rounds += [("0", "12", "0", "0"), ("nobody",) * 4]
    assert await answer(DeterredRider(), game, play(game, *rounds), 1) == 12, "it goes on until it is punished again"


async def test_tables_of_free_riders_are_empty_and_those_of_conditional_cooperators_match() -> None:
    game = ConditionalContributions.of(endowment=4)
    state = play(game, ("0", "1", "2", "3"))
    assert await answer(FreeRider(), game, state, 0) == (0,) * 5
    assert await answer(ConditionalCooperator(), game, state, 0) == (0, 1, 2, 3, 4)
    assert await answer(ConditionalCooperator.of(matched=0.5), game, state, 0) == (0, 0, 1, 2, 2)
    assert await answer(ConditionalCooperator(), game, game.initial_state(), 0) == 2


async def test_fillers_give_equal_parts_and_then_what_is_missing() -> None:
    game = ThresholdPublicGoods.of(rounds=3, threshold=127)
    first = [await answer(ThresholdFiller(), game, game.initial_state(), seat) for seat in range(5)]
    assert first == [26, 26, 25, 25, 25]
    assert await answer(ThresholdFiller(), game, play(game, tuple(map(str, first))), 4) == 25
    assert await answer(ThresholdFiller(), game, play(game, ("26", "40", "40", "40", "40")), 0) == 0


@pytest.mark.parametrize(("refund", "gift"), [(False, 0), (True, 25)])
async def test_fillers_do_not_fill_gaps_that_are_wider_than_the_benefit(refund: bool, gift: int) -> None:
    game = ThresholdPublicGoods.of(rounds=3, refund=refund)
    assert await answer(ThresholdFiller(), game, play(game, ("25", "25", "25", "25", "0")), 0) == 50
    assert await answer(ThresholdFiller(), game, play(game, ("25", "25", "25", "24", "0")), 0) == gift


async def test_optimists_lose_their_trust_and_pessimists_win_it() -> None:
    game = Assurance.of(rounds=9)
    stags, hares = ("stag",) * 4, ("hare",) * 4
    chosen = [await answer(AssuranceOptimist(), game, play(game, *[hares] * past), 0) for past in range(2)]
    assert chosen == ["stag", "hare"]
    assert await answer(AssuranceOptimist.of(weight=4), game, play(game, hares), 0) == "stag"
    # With 3 of 4 hunters needed the stag is worth it from a trust of 0.674 on: after two rounds it is 2/3, then 3/4.
    chosen = [await answer(AssurancePessimist(), game, play(game, *[stags] * past), 0) for past in range(4)]
    assert chosen == ["hare", "hare", "hare", "stag"]
