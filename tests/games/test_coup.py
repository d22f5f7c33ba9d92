"""Coup: cases of the rulebook, and an accountant who reads nothing but what was said."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.cards.coup import Coup
from games.cards.coup_turns import COPIES, ROLES, CoupState, Move, Said, deck
from games.core import CHANCE, Illegal, Unparsable
from tests.games.joint_play import play

TWO, THREE = Coup.of(num_players=2), Coup.of(num_players=3)
DUKE_CAPTAIN = ("duke", "captain")
ASSASSIN_CONTESSA = ("assassin", "contessa")
AMBASSADORS = ("ambassador", "ambassador")


def after(*turns: str, hands: Sequence[str] = (*DUKE_CAPTAIN, *ASSASSIN_CONTESSA)) -> CoupState:
    """The state of a game for two after these turns, each player having two of the given cards."""
    state = play(TWO, *hands, *turns)
    assert isinstance(state, CoupState)
    return state


def texts(game: Coup, state: CoupState) -> list[str]:
    """What the seat to move may do."""
    (seat,) = game.to_move(state)
    return [game.action_to_text(state, seat, action) for action in game.legal_actions(state, seat)]


# -- what actions bring ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turns", "coins"),
    [
        (("income",), (3, 2)),
        (("foreign aid", "allow"), (4, 2)),
        (("foreign aid", "block duke", "allow"), (2, 2)),
        (("tax", "allow"), (5, 2)),
        (("steal 2", "allow", "allow"), (4, 0)),
        (("steal 2", "allow", "block captain", "allow"), (2, 2)),
        (("steal 2", "allow", "block ambassador", "allow"), (2, 2)),
        (("income", "steal 1", "allow", "allow", "steal 2", "allow", "allow"), (3, 2)),
    ],
)
def test_coins_after_actions(turns: tuple[str, ...], coins: tuple[int, ...]) -> None:
    assert after(*turns).coins == coins


def test_a_single_coin_is_all_that_can_be_stolen_and_none_cannot() -> None:
    state = play(Coup.of(num_players=2, first_coins=1), *DUKE_CAPTAIN, *AMBASSADORS)
    assert state.coins == (1, 2)
    state = TWO.apply(state, {0: Move("steal", 1)})
    for _ in range(2):
        state = TWO.apply(state, {1: Move("allow")})
    assert state.coins == (3, 0)
    robbed = after("steal 2", "allow", "allow", "steal 1", "allow", "block captain", "allow")
    assert robbed.coins == (4, 0)
    assert not [text for text in texts(TWO, robbed) if text.startswith("steal")]


def test_prices_limit_what_may_be_declared_and_ten_coins_force_a_coup() -> None:
    state = after()
    cheap = ["income", "foreign aid", "tax", "exchange"]
    for coins, legal in (
        (2, [*cheap, "steal 2"]),
        (3, [*cheap, "assassinate 2", "steal 2"]),
        (7, [*cheap, "coup 2", "assassinate 2", "steal 2"]),
        (9, [*cheap, "coup 2", "assassinate 2", "steal 2"]),
        (10, ["coup 2"]),
    ):
        assert texts(TWO, state._replace(coins=(coins, 2))) == legal
    assert "you must coup" in TWO.observation(state._replace(coins=(10, 2)), 0)


def test_a_coup_costs_seven_and_its_victim_chooses() -> None:
    state = TWO.apply(after()._replace(coins=(8, 2)), {0: Move("coup", 1)})
    assert state.coins == (1, 2)
    assert TWO.to_move(state) == (1,)
    assert texts(TWO, state) == ["lose assassin", "lose contessa"]
    state = TWO.apply(state, {1: Move("lose", None, ("contessa",))})
    assert state.lost == ((), ("contessa",))
    assert state.hand(1) == ("assassin",)
    assert TWO.to_move(state) == (1,)
    assert state.stage == "act"


def test_an_exchange_draws_two_keeps_as_many_as_before_and_is_private() -> None:
    state = after("exchange", "allow", "duke", "contessa")
    assert state.hand(0) == ("captain", "contessa", "duke", "duke")
    assert texts(TWO, state) == [
        "keep captain contessa",
        "keep captain duke",
        "keep contessa duke",
        "keep duke duke",
    ]
    assert TWO.parse_action(state, 0, "keep duke and contessa") == Move("keep", None, ("contessa", "duke"))
    kept = [TWO.apply(state, {0: action}) for action in TWO.legal_actions(state, 0)]
    assert len({TWO.information_state(end, 1) for end in kept}) == 1
    assert len({TWO.information_state(end, 0) for end in kept}) == 4
    assert [sum(deck(end)) for end in kept] == [11] * 4


def test_the_order_of_the_two_draws_is_nobodys_knowledge() -> None:
    one, other = (after("exchange", "allow", *cards) for cards in (("duke", "contessa"), ("contessa", "duke")))
    assert TWO.information_state(one, 0) == TWO.information_state(other, 0)


# -- challenges -----------------------------------------------------------------------------------------------


def test_a_proven_card_is_redrawn_and_the_challenger_loses() -> None:
    state = after("tax", "challenge", "show duke")
    assert TWO.to_move(state) == (CHANCE,)
    outcomes = dict(TWO.chance_outcomes(state))
    # Eleven cards in the deck, and the duke that was shown among them.
    assert outcomes == {"ambassador": 3 / 12, "assassin": 2 / 12, "captain": 2 / 12, "contessa": 2 / 12, "duke": 3 / 12}
    state = TWO.apply(TWO.apply(state, {CHANCE: "contessa"}), {1: Move("lose", None, ("assassin",))})
    assert state.hand(0) == ("captain", "contessa")
    assert state.lost == ((), ("assassin",))
    assert state.coins == (5, 2)


@pytest.mark.parametrize("hands", [(*DUKE_CAPTAIN, *AMBASSADORS), (*AMBASSADORS, *AMBASSADORS[:1], "captain")])
def test_one_may_concede_and_must_where_the_card_is_missing(hands: tuple[str, ...]) -> None:
    state = after("tax", "challenge", hands=hands)
    if state.stage == "prove":
        assert texts(TWO, state) == ["show duke", "concede"]
        state = TWO.apply(TWO.apply(state, {0: Move("concede")}), {0: Move("lose", None, ("duke",))})
    assert state.log[2] == Said(0, Move("concede"))
    assert len(state.lost[0]) == 1
    assert state.coins == (2, 2)
    assert TWO.to_move(state) == (1,)


def test_a_failed_assassination_is_paid_back_and_a_blocked_one_is_not() -> None:
    failed = after("income", "income", "assassinate 2", "challenge", "lose duke")
    assert failed.coins == (3, 3)
    blocked = after("income", "income", "assassinate 2", "allow", "block contessa", "allow")
    assert blocked.coins == (0, 3)
    assert blocked.lost == ((), ())


def test_a_false_contessa_costs_both_cards() -> None:
    hands = (*ASSASSIN_CONTESSA, *DUKE_CAPTAIN)
    state = after("income", "income", "assassinate 2", "allow", "block contessa", "challenge", hands=hands)
    assert texts(TWO, state) == ["lose captain", "lose duke"]
    state = TWO.apply(state, {1: Move("lose", None, ("captain",))})
    assert TWO.to_move(state) == ()
    assert state.lost[1] == ("captain", "duke")
    assert state.coins == (0, 0)
    assert TWO.returns(state) == (1, -1)
    assert "player 1 wins. Your result: -1" in TWO.observation(state, 1)


def test_a_wrongly_doubted_assassin_kills_twice_unless_blocked() -> None:
    hands = (*ASSASSIN_CONTESSA, *DUKE_CAPTAIN)
    turns = ("income", "income", "assassinate 2", "challenge", "show assassin", "duke", "lose duke")
    state = after(*turns, hands=hands)
    assert texts(TWO, state) == ["block contessa", "allow"]
    assert TWO.returns(TWO.apply(state, {1: Move("allow")})) == (1, -1)


def test_a_proven_block_stands_and_its_challenger_loses() -> None:
    hands = (*AMBASSADORS, *DUKE_CAPTAIN)
    state = after("foreign aid", "block duke", "challenge", "show duke", "contessa", hands=hands)
    # Two ambassadors are no choice.
    assert state.lost == (("ambassador",), ())
    assert state.coins == (2, 2)
    assert TWO.to_move(state) == (1,)


def test_a_target_that_is_out_can_neither_block_nor_be_robbed() -> None:
    hands = ("captain", "captain", *AMBASSADORS, "duke", "duke")
    state = play(THREE, *hands)._replace(
        lost=((), ("contessa",), ()), hands=((hands[:2],), (hands[2:3],), (hands[4:],))
    )
    state = THREE.apply(THREE.apply(state, {0: Move("steal", 1)}), {1: Move("challenge")})
    state = THREE.apply(THREE.apply(state, {0: Move("show", None, ("captain",))}), {CHANCE: "duke"})
    assert state.coins == (2, 0, 2)
    assert THREE.to_move(state) == (2,)
    assert state.number == 2


# -- who is asked, and when -----------------------------------------------------------------------------------


def test_others_are_asked_in_seat_order_from_the_claimant_on() -> None:
    start = play(THREE, *DUKE_CAPTAIN, *ASSASSIN_CONTESSA, *AMBASSADORS)
    asked, state = [], THREE.apply(start, {0: Move("income")})
    state = THREE.apply(state, {1: Move("foreign aid")})
    for text in ("allow", "block duke", "allow", "challenge"):
        (seat,) = THREE.to_move(state)
        asked.append((state.stage, seat))
        state = THREE.apply(state, {seat: THREE.parse_action(state, seat, text)})
    assert asked == [("block", 2), ("block", 0), ("challenge", 1), ("challenge", 2)]
    assert THREE.to_move(state) == (0,)
    assert texts(THREE, state) == ["show duke", "concede"]


def test_only_the_target_may_block_a_theft() -> None:
    state = play(THREE, *DUKE_CAPTAIN, *ASSASSIN_CONTESSA, *AMBASSADORS, "steal 3", "allow", "allow")
    assert (state.stage, THREE.to_move(state)) == ("block", (2,))


def test_nobody_sees_whether_a_challenged_player_could_have_shown() -> None:
    conceded = after("tax", "challenge", "concede", "lose captain")
    missing = after("tax", "challenge", "lose captain", hands=("contessa", "captain", *ASSASSIN_CONTESSA))
    assert TWO.information_state(conceded, 1) == TWO.information_state(missing, 1)
    assert TWO.observation(conceded, 1) == TWO.observation(missing, 1)


def test_the_hands_of_others_are_secret_but_for_pairs_that_one_has_held() -> None:
    assert TWO.secrets(after(), 0) == {"assassin and contessa"}
    assert TWO.secrets(after(hands=(*DUKE_CAPTAIN, *DUKE_CAPTAIN)), 0) == frozenset()
    assert TWO.secrets(after("tax", "challenge", "show duke", "contessa", "lose assassin"), 0) == frozenset()


def test_the_limit_of_turns_gives_the_win_to_most_influence() -> None:
    game = Coup.of(num_players=3, turns=1)
    state = play(game, *DUKE_CAPTAIN, *ASSASSIN_CONTESSA, *AMBASSADORS, "exchange", "challenge", "lose duke")
    assert game.to_move(state) == ()
    assert game.returns(state) == (-1, 0.5, 0.5)
    assert game.outcome_text(state) == "time is up, and player 2, player 3 share the win"
    even = play(game, *DUKE_CAPTAIN, *ASSASSIN_CONTESSA, *AMBASSADORS, "income")
    assert game.returns(even) == (0, 0, 0)


# -- texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["steal 2", "Steal from player 2", "STEAL PLAYER 2"])
def test_moves_may_be_written_as_people_say_them(text: str) -> None:
    assert TWO.parse_action(after(), 0, text) == Move("steal", 1)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("coup 2", Illegal),
        ("steal 1", Illegal),
        ("block with duke", Illegal),
        ("steal", Unparsable),
        ("pass", Unparsable),
    ],
)
def test_other_texts_are_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"income, foreign aid, tax, exchange, steal 2"):
        TWO.parse_action(after(), 0, text)


def test_a_seat_reads_each_thing_once() -> None:
    state = after("tax", "allow", "income")
    assert "player 2: income" in TWO.observation(state, 0)
    assert "tax" in TWO.observation(state, 0)
    state = TWO.apply(TWO.apply(state, {0: Move("income")}), {1: Move("income")})
    assert "tax" not in TWO.observation(state, 0)


# -- every play -----------------------------------------------------------------------------------------------


def account(players: int, log: Sequence[Said]) -> list[int]:
    """The coins of every seat, from what was said alone, at the start of a turn."""
    coins, cards, turns = [2] * players, [2] * players, []
    for said in log:
        if said.move.kind in {"income", "foreign aid", "coup", "tax", "assassinate", "steal", "exchange"}:
            turns.append([])
        turns[-1].append(said)
    for (seat, move), *rest in turns:
        kinds = [said.move.kind for said in rest]
        blocked = "block" in kinds
        undone = ("concede" in kinds) if not blocked else "concede" in kinds[: kinds.index("block")]
        stands = blocked and "concede" not in kinds[kinds.index("block") :]
        for said in rest:
            cards[said.seat] -= said.move.kind == "lose"
            coins[said.seat] *= cards[said.seat] > 0
        if not undone:
            coins[seat] -= {"coup": 7, "assassinate": 3}.get(move.kind, 0)
        if not undone and not stands:
            coins[seat] += {"income": 1, "foreign aid": 2, "tax": 3}.get(move.kind, 0)
            if move.kind == "steal":
                loot = min(2, coins[move.target])
                coins[seat], coins[move.target] = coins[seat] + loot, coins[move.target] - loot
    return coins


@given(players=st.integers(2, 6), seed=st.integers(0, 10**9))
def test_cards_and_coins_are_accounted_for_in_every_play(players: int, seed: int) -> None:
    game, rng = Coup.of(num_players=players, turns=40), random.Random(seed)
    state = game.initial_state()
    while seats := game.to_move(state):
        (seat,) = seats
        if seat == CHANCE:
            state = game.apply(state, {CHANCE: game.sample_chance(state, rng)})
            continue
        held = Counter(card for other in range(players) for card in (*state.hand(other), *state.lost[other]))
        counts = deck(state)
        assert all(held[role] + count == COPIES for role, count in zip(ROLES, counts, strict=True))
        assert min(counts) >= 0
        if state.stage == "act":
            assert list(state.coins) == account(players, state.log)
            assert all(len(state.hand(other)) == 2 - len(state.lost[other]) for other in range(players))
            assert max(state.coins) <= 12
        state = game.apply(state, {seat: rng.choice(game.legal_actions(state, seat))})
    left = [seat for seat in range(players) if state.hand(seat)]
    assert len(left) == 1 or state.number == 41
    assert sum(game.returns(state)) == pytest.approx(0)
