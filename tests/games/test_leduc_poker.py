import json
from pathlib import Path

import pytest

from games.cards.leduc_poker import LeducPoker
from games.core import CHANCE, Illegal, Unparsable
from tests.games.trees import NodeCounts, information_sets, node_counts, nodes, play

RLCARD = json.loads((Path(__file__).parents[1] / "data" / "rlcard_leduc.json").read_text())
ANTES, BLINDS = LeducPoker(), LeducPoker.of(betting="blinds")


def test_the_tree_with_antes_has_openspiels_size() -> None:
    assert node_counts(ANTES) == NodeCounts(chance=157, decision=3780, terminal=5520)
    assert len(information_sets(ANTES)) == 936


def test_the_tree_with_blinds_differs_by_the_folds_where_a_check_is_free() -> None:
    # Each round has 6 decisions, all of which allow a fold here, and 5 ways to close; 30 deals, 4 public cards.
    terminals = 30 * (6 + 5 * 4 * (6 + 5))
    assert node_counts(BLINDS) == NodeCounts(chance=157, decision=3780, terminal=terminals)
    assert len(information_sets(BLINDS)) == 936


@pytest.mark.parametrize(
    ("hand", "gains"),
    [
        ("Js Ks raise fold", (1, -1)),
        ("Js Ks check raise fold", (-1, 1)),
        ("Js Ks check raise raise fold", (3, -3)),
        ("Js Ks check check Jh check check", (1, -1)),
        ("Js Ks check check Kh check check", (-1, 1)),
        ("Js Ks raise call Qs check raise fold", (-3, 3)),
        ("Ks Js raise call Qs raise raise fold", (-7, 7)),
        ("Qs Js raise raise call Ks check raise raise call", (13, -13)),
        ("Qs Qh raise raise call Ks check raise raise call", (0, 0)),
    ],
)
def test_payoffs_with_antes(hand: str, gains: tuple[float, float]) -> None:
    state = play(ANTES, *hand.split())
    assert ANTES.to_move(state) == ()
    assert ANTES.returns(state) == gains


@pytest.mark.parametrize(
    ("hand", "gains"),
    [
        ("Js Ks fold", (-1, 1)),
        ("Js Ks call fold", (2, -2)),
        ("Js Ks call check Jh fold", (-2, 2)),
        ("Js Ks raise fold", (2, -2)),
        ("Js Ks call raise raise fold", (4, -4)),
        ("Js Ks raise call Qs check check", (-4, 4)),
        ("Js Ks call raise raise call Jh check raise raise call", (14, -14)),
    ],
)
def test_payoffs_with_blinds(hand: str, gains: tuple[float, float]) -> None:
    state = play(BLINDS, *hand.split())
    assert BLINDS.to_move(state) == ()
    assert BLINDS.returns(state) == gains


@pytest.mark.parametrize("game", [ANTES, BLINDS])
def test_every_play_is_zero_sum_within_the_bounds(game: LeducPoker) -> None:
    finals = [game.returns(state) for state, seats in nodes(game) if not seats]
    assert {sum(values) for values in finals} == {0.0}
    assert (min(map(min, finals)), max(map(max, finals))) == game.utility_bounds()


@pytest.mark.parametrize(
    ("game", "first", "opener"),
    [
        (ANTES, "check check", 0),
        (ANTES, "check raise call", 0),
        (BLINDS, "call check", 0),
        (BLINDS, "raise call", 0),
        (BLINDS, "call raise call", 1),
        (BLINDS, "raise raise call", 1),
        (BLINDS, "call raise raise call", 0),
    ],
)
def test_who_opens_the_second_round(game: LeducPoker, first: str, opener: int) -> None:
    state = play(game, "Js", "Ks", *first.split())
    assert game.to_move(state) == (CHANCE,)
    assert game.to_move(game.apply(state, {CHANCE: 2})) == (opener,)


@pytest.mark.parametrize(
    ("game", "bets", "legal"),
    [
        (ANTES, "", ("check", "raise")),
        (ANTES, "check", ("check", "raise")),
        (ANTES, "raise", ("fold", "call", "raise")),
        (ANTES, "raise raise", ("fold", "call")),
        (ANTES, "raise raise call Qs", ("check", "raise")),
        (BLINDS, "", ("fold", "call", "raise")),
        (BLINDS, "call", ("fold", "check", "raise")),
        (BLINDS, "raise raise", ("fold", "call")),
        (BLINDS, "call check Qs", ("fold", "check", "raise")),
    ],
)
def test_legal_words(game: LeducPoker, bets: str, legal: tuple[str, ...]) -> None:
    state = play(game, "Js", "Ks", *bets.split())
    (seat,) = game.to_move(state)
    assert game.legal_actions(state, seat) == legal


def test_cards_are_dealt_without_return_and_equally_likely() -> None:
    state = play(ANTES, "Js", "Ks", "check", "check")
    assert ANTES.chance_outcomes(state) == [(card, 1 / 4) for card in (1, 2, 3, 5)]
    with pytest.raises(Unparsable):
        ANTES.parse_action(state, CHANCE, "Ks")


def test_the_other_card_shows_at_a_showdown_only() -> None:
    bets = ["Kh", "check", "check", "Qs", "raise"]
    folded, called = play(ANTES, "Js", *bets, "fold"), play(ANTES, "Js", *bets, "call")
    assert ANTES.secrets(folded, 0) == {"Kh"}
    assert "Kh" not in ANTES.observation(folded, 0)
    assert ANTES.information_state(folded, 0) == ANTES.information_state(play(ANTES, "Js", "Ks", *bets[1:], "fold"), 0)
    assert ANTES.secrets(called, 0) == frozenset()
    assert "the other player has Kh. Your net gain: -5 chips." in ANTES.observation(called, 0)


def test_the_observation_tells_betting_pot_and_price() -> None:
    assert BLINDS.observation(play(BLINDS, "Js", "Ks", "call", "raise"), 0).splitlines() == [
        "Your card: Js. Public card: not dealt yet.",
        "Round 1: player 1 (you): call; player 2: raise.",
        "Chips in the pot: 6, 2 of them yours.",
        "A call costs you 2.",
    ]


def test_a_first_bet_may_be_called_a_bet() -> None:
    state = play(ANTES, "Js", "Ks")
    assert ANTES.parse_action(state, 0, "Bet") == "raise"
    with pytest.raises(Illegal, match="legal: check, raise"):
        ANTES.parse_action(state, 0, "call")
    with pytest.raises(Unparsable, match="expected one of"):
        ANTES.parse_action(state, 0, "all in")
    with pytest.raises(Illegal):
        ANTES.parse_action(play(ANTES, "Js", "Ks", "raise", "raise"), 0, "bet")


@pytest.mark.parametrize("recorded", RLCARD["hands"], ids=lambda recorded: recorded["hand"])
def test_with_blinds_hands_go_as_rlcard_played_them(recorded) -> None:
    words, legal = recorded["hand"].split(), iter(recorded["legal"])
    state = BLINDS.initial_state()
    for word in words:
        (seat,) = BLINDS.to_move(state)
        if seat != CHANCE:
            assert set(BLINDS.legal_actions(state, seat)) == set(next(legal).split())
        state = BLINDS.apply(state, {seat: BLINDS.parse_action(state, seat, word)})
    assert BLINDS.to_move(state) == ()
    assert BLINDS.returns(state) == (recorded["gain"], -recorded["gain"])
