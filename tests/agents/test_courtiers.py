"""Players of Coup: what each does with the cards it has."""

from __future__ import annotations

import pytest

from agents.base import Agent
from agents.bots.courtiers import CoupHonest, CoupLiar, CoupRules
from games.cards.coup import Coup
from games.cards.coup_turns import CoupState, Move
from tests.agents.questions import answer, play
from tests.games.joint_play import play as state_after

GAME = Coup.of(num_players=2)
SOBER = CoupRules.of(bluff=0)
CONTESSAS = ("contessa", "contessa")
OTHERS = ("captain", "ambassador")


def after(*texts: str, coins: tuple[int, int] = (2, 2)) -> CoupState:
    """A state of the game for two, with other coins if wanted."""
    state = state_after(GAME, *texts)
    assert isinstance(state, CoupState)
    return state if coins == (2, 2) else state._replace(coins=coins)


async def says(agent: Agent, state: CoupState, seed: int = 0) -> str:
    """What an agent does where it is to move."""
    (seat,) = GAME.to_move(state)
    return GAME.action_to_text(state, seat, await answer(agent, GAME, state, seat, seed))


@pytest.mark.parametrize(
    ("hand", "coins", "action"),
    [
        (("duke", "captain"), (2, 2), "tax"),
        (("assassin", "duke"), (2, 2), "tax"),
        (("assassin", "duke"), (3, 2), "assassinate 2"),
        (("assassin", "duke"), (7, 2), "coup 2"),
        (("captain", "contessa"), (2, 2), "steal 2"),
        (("captain", "ambassador"), (2, 1), "exchange"),
        (CONTESSAS, (2, 2), "foreign aid"),
    ],
)
async def test_honest_players_use_the_cards_that_they_have(
    hand: tuple[str, str], coins: tuple[int, int], action: str
) -> None:
    state = after(*hand, *OTHERS, coins=coins)
    assert await says(CoupHonest(), state) == action
    assert await says(SOBER, state) == action


async def test_what_others_claim_to_block_is_not_tried_again() -> None:
    state = after("captain", "contessa", *OTHERS, "steal 2", "allow", "block captain", "allow", "income")
    assert await says(CoupHonest(), state) == "foreign aid"
    state = after(*CONTESSAS, *OTHERS, "foreign aid", "block duke", "allow", "income")
    assert await says(CoupHonest(), state) == "income"


async def test_blocks_are_claimed_by_who_has_the_card() -> None:
    for hand, reply in ((OTHERS, "block ambassador"), (("captain", "duke"), "block captain"), (CONTESSAS, "allow")):
        assert await says(CoupHonest(), after("duke", "duke", *hand, "steal 2", "allow")) == reply
        assert await says(SOBER, after("duke", "duke", *hand, "steal 2", "allow")) == reply


@pytest.mark.parametrize(
    ("hand", "up", "honest", "rules"),
    [
        (("duke", "captain"), (), "allow", "allow"),
        (("duke", "duke"), (), "allow", "challenge"),
        (("duke",), ("duke",), "allow", "challenge"),
    ],
)
async def test_doubts_grow_with_the_copies_seen(
    hand: tuple[str, ...], up: tuple[str, ...], honest: str, rules: str
) -> None:
    state = after("assassin", "contessa", *hand, *up, "tax")
    state = state._replace(hands=(state.hands[0], (hand,)), lost=((), up))
    assert await says(CoupHonest(), state) == honest
    assert await says(SOBER, state) == rules


async def test_the_impossible_is_challenged_by_the_honest_too() -> None:
    state = after("assassin", "contessa", "duke", "duke", "tax")
    state = state._replace(hands=((("assassin",),), state.hands[1]), lost=(("duke",), ()))
    assert await says(CoupHonest(), state) == "challenge"
    assert await says(CoupLiar(), state) == "allow"


async def test_the_last_card_is_defended_with_a_bluff() -> None:
    state = after("assassin", "assassin", "duke", "captain", "income", "income", "assassinate 2", "allow")
    assert await says(SOBER, state) == "allow"
    last = state._replace(hands=(state.hands[0], (("captain",),)), lost=((), ("duke",)))
    assert await says(SOBER, last) == "block contessa"
    assert await says(CoupHonest(), last) == "allow"


async def test_bluffs_are_as_frequent_as_they_are_told_to_be() -> None:
    state = after(*CONTESSAS, *OTHERS)
    bluffs = sum([await says(CoupRules.of(bluff=0.3), state, seed) == "tax" for seed in range(500)])
    assert 120 < bluffs < 180


async def test_the_liar_claims_the_duke_and_the_assassin_whatever_it_holds() -> None:
    assert await says(CoupLiar(), after(*CONTESSAS, *OTHERS)) == "tax"
    assert await says(CoupLiar(), after(*CONTESSAS, *OTHERS, coins=(3, 2))) == "assassinate 2"
    assert await says(CoupLiar(), after(*OTHERS, *CONTESSAS, "foreign aid")) == "block duke"


async def test_good_cards_of_different_kinds_are_kept_and_the_worst_is_lost() -> None:
    exchange = after("ambassador", "duke", *CONTESSAS, "exchange", "allow", "duke", "captain")
    assert await says(CoupHonest(), exchange) == "keep captain duke"
    lost = GAME.apply(after("ambassador", "duke", *OTHERS, coins=(7, 2)), {0: Move("coup", 1)})
    assert await says(CoupHonest(), lost) == "lose ambassador"
    assert await says(CoupHonest(), after("duke", "captain", *OTHERS, "tax", "challenge")) == "show duke"


async def test_who_seldom_bluffs_beats_who_always_does() -> None:
    gains = 0.0
    for seed in range(20):
        agents = [CoupRules(), CoupLiar()] if seed % 2 else [CoupLiar(), CoupRules()]
        state, _ = await play("coup(num_players=2)", agents, seed)
        gains += GAME.returns(state)[1 - seed % 2]
    assert gains > 10
