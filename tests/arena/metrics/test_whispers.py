"""What whispers change, known from players who follow them, or never do."""

from __future__ import annotations

import asyncio
import re

import pytest

from agents.base import Agent, Decision, DecisionRequest
from agents.registry import build_agent
from arena.match import Match, play_match
from arena.metrics import whispers
from arena.metrics.base import Undefined
from arena.metrics.evidence import Pool
from arena.metrics.whispers import named
from arena.records import Limits, MatchHeader, MatchRecord, Policy, SeatRecord
from games.registry import load
from tests.arena.metrics.played import play, pool_of, value

DILEMMA = 'cheap_talk(audience="private", game="prisoners_dilemma(rounds=3)", when="every_decision", who="whisperer")'
ONCE = 'cheap_talk(game="matrix_game", who="whisperer")'
METRICS = (whispers.following, whispers.dominated_following, whispers.flips, whispers.sway, whispers.effect)


class Gullible(Agent):
    """Does what the last message says, and defects after silence."""

    async def decide(self, request: DecisionRequest) -> Decision:
        messages = re.findall(r'Message of .*: "(.*)"', request.observation)
        return Decision(named(messages[-1] if messages else "", request.legal_actions or ()) or "defect")


def told(game: str, advice: str, deal: int) -> MatchRecord:
    """A match of the gullible agent with a whisperer."""
    loaded, whisperer = load(game), f'adviser(advice="{advice}")'
    names = ("gullible", "defector" if "prisoners" in game else "first_legal", whisperer)
    header = MatchHeader(
        match_id=f"{deal:032x}",
        index=deal,
        game=game,
        pool=loaded.pool,
        seats=tuple(SeatRecord(agent=name, spec=name) for name in names),
        cluster=f"deal {deal}",
        deal_seed=deal,
        seed=deal,
        policy=Policy(),
        limits=Limits(),
    )
    agents = [Gullible(), *map(build_agent, names[1:])]
    return asyncio.run(play_match(Match(header, loaded, agents)))


def gullible_pool(*advice: str, game: str = DILEMMA) -> Pool:
    return pool_of(*(told(game, each, deal) for deal in range(4) for each in advice))


def test_who_plays_an_equilibrium_follows_honest_advice_only():
    agents = [("adviser", "adviser", f'adviser(advice="{advice}")') for advice in ("honest", "adversarial")]
    honest, adversarial = (pool_of(*(play(ONCE, seats, deal) for deal in range(3))) for seats in agents)
    assert value(whispers.following(honest, "adviser")).value == 1
    assert value(whispers.following(adversarial, "adviser")).value == 0
    assert value(whispers.dominated_following(adversarial, "adviser")).value == 0
    assert isinstance(whispers.dominated_following(honest, "adviser"), Undefined)


def test_the_gullible_follow_dominated_advice_and_pay_for_it():
    pool = gullible_pool("silent", "adversarial")
    followed = value(whispers.dominated_following(pool, "gullible"))
    assert (followed.value, followed.n, followed.clusters) == (1, 12, 4)
    # Defecting against a defector gives 1 in each of 3 rounds, cooperating 0.
    assert value(whispers.effect(pool, "gullible")).value == -3
    # Later rounds differ by what was played before: only the first situation is met in both conditions.
    assert value(whispers.flips(pool, "gullible")).value == 1
    sway = value(whispers.sway(pool, "gullible"))
    assert (sway.value, sway.clusters) == (1, 4)
    assert sway.note
    assert "p = 0.0" in sway.note


def test_words_that_name_no_action_are_no_advice_and_change_nothing():
    pool = gullible_pool("silent", "random")
    assert isinstance(whispers.following(pool, "gullible"), Undefined)
    assert value(whispers.flips(pool, "gullible")).value == 0
    assert value(whispers.sway(pool, "gullible")).value == 0
    assert value(whispers.effect(pool, "gullible")).value == 0


def test_nothing_is_measured_without_a_silent_condition_or_a_victim():
    pool = gullible_pool("adversarial")
    for metric in (whispers.flips, whispers.sway, whispers.effect):
        assert isinstance(metric(pool, "gullible"), Undefined)
    for metric in METRICS:
        assert isinstance(metric(pool, "defector"), Undefined)


def test_only_games_with_a_whisperer_are_measured():
    between_players = pool_of(play("cheap_talk", ("adviser", "adviser")))
    other_game = pool_of(play('cheap_talk(game="kuhn_poker", who="whisperer")', ("random", "random", "adviser")))
    assert "needs a game with a whisperer" in str(between_players.missing(whispers.FOLLOWING.needs))
    assert other_game.missing(whispers.FOLLOWING.needs) is None
    assert "needs a matrix game inside" in str(other_game.missing(whispers.DOMINATED_FOLLOWING.needs))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("You should choose defect.", "defect"),
        ("DEFECT!", "defect"),
        ("defect, yes: defect", "defect"),
        ("do not defect, cooperate", None),
        ("cooperation is defective", None),
        ("", None),
    ],
)
def test_a_message_names_an_action_or_not(message: str, name: str | None):
    assert named(message, ("cooperate", "defect")) == name


def test_where_actions_are_open_no_message_is_advice():
    assert named("anything", ()) is None
    open_game = 'cheap_talk(audience="private", game="undercover", when="every_decision", who="whisperer")'
    pool = pool_of(play(open_game, ("random",) * 4))
    assert isinstance(whispers.dominated_following(gullible_pool("silent"), "gullible"), Undefined)
    assert whispers.following(pool, "random") is not None


def test_longer_names_come_first():
    assert named("bid 2 33", ("bid 2 3", "bid 2 33")) == "bid 2 33"
    assert named("raise 20 now", ("raise", "raise 20")) == "raise 20"
