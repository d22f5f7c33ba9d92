"""The betting of a hand, held against published rulings and against pokerkit's tables."""

from __future__ import annotations

import random
from itertools import combinations

import pokerkit
import pytest
import treys
from hypothesis import given
from hypothesis import strategies as st

from games.cards.betting import (
    LIMIT_BETS,
    NOBODY,
    RAISE_TO,
    Betting,
    Blinds,
    acted,
    blind_seats,
    live,
    next_round,
    options,
    posted,
    winnings,
)
from games.cards.poker_hands import strength
from games.cards.starting_hands import DECK
from games.cards.texas_holdem import TexasHoldem
from games.core import CHANCE

BLINDS = Blinds(50, 100, 0)


def start(stacks, button=0, blinds=BLINDS) -> Betting:
    return posted(tuple(stacks), tuple(range(len(stacks))), button, blinds)


def after_actions(betting: Betting, *actions: str, limit: bool = False) -> Betting:
    for action in actions:
        betting = acted(betting, action, limit)
    return betting


def on_the_flop(stacks, raise_size=100) -> Betting:
    """A round in which nothing is put in yet and seat 0 begins."""
    checked = start(stacks)._replace(stacks=tuple(stacks))
    return next_round(checked, len(stacks) - 1, raise_size)


# -- who acts -------------------------------------------------------------------------------------------------


def test_of_two_players_the_button_posts_the_small_blind_and_acts_first_before_the_flop_only() -> None:
    betting = start([1000, 1000])
    assert (betting.bets, betting.turn) == ((50, 100), 0)
    assert next_round(betting, 0, 100).turn == 1


def test_of_more_players_the_next_two_post_and_the_one_after_them_begins() -> None:
    betting = start([1000] * 4, button=1)
    assert (betting.bets, betting.turn) == ((0, 0, 50, 100), 0)
    assert blind_seats(3, (0, 3)) == (3, 0)
    assert next_round(betting, 1, 100).turn == 2


def test_the_big_blind_has_the_last_say_before_the_flop() -> None:
    betting = after_actions(start([1000, 1000]), "call")
    assert betting.turn == 1
    assert options(betting, limit=False) == (0, range(200, 1001))
    assert after_actions(betting, "check").turn == NOBODY
    assert after_actions(betting, "raise to 200").turn == 0


def test_nobody_bets_against_players_who_are_all_in() -> None:
    betting = after_actions(start([1000, 300]), "raise to 300", "call")
    assert betting.turn == NOBODY
    assert next_round(betting, 0, 100).turn == NOBODY


def test_who_has_put_in_more_than_a_short_big_blind_has_nothing_to_decide() -> None:
    betting = start([1000, 30])
    assert betting.stacks == (950, 0)
    assert betting.turn == NOBODY
    assert winnings(betting, 0, {0: 1, 1: 2}) == (20, 60)


def test_a_short_big_blind_is_called_in_full_while_others_have_chips() -> None:
    betting = start([1000, 1000, 30])
    assert options(betting, limit=False) == (100, range(200, 1001))
    assert after_actions(betting, "fold").turn == NOBODY


# -- raises: Tournament Directors Association, illustrations of rules 43 and 47 -------------------------------


def test_a_raise_is_at_least_the_largest_one_before_it() -> None:
    turn = after_actions(on_the_flop([5000] * 4, raise_size=200), "raise to 300", "raise to 1000")
    assert options(turn, limit=False).raises[0] == 1700


def test_the_largest_raise_counts_and_not_the_last_bet() -> None:
    betting = start([5000] * 5, blinds=Blinds(25, 50, 0))
    raised = after_actions(betting, "raise to 125")
    assert options(raised, limit=False).raises[0] == 200
    raised = after_actions(raised, "raise to 200", "raise to 500")
    assert options(raised, limit=False).raises[0] == 800
    assert options(after_actions(betting, "raise to 500", "call", "call"), limit=False).raises[0] == 950


def test_short_all_ins_that_add_up_to_a_raise_reopen_the_betting() -> None:
    betting = on_the_flop([1000, 125, 1000, 200, 1000])
    betting = after_actions(betting, "raise to 100", "raise to 125", "call", "raise to 200", "call")
    assert betting.turn == 0
    assert options(betting, limit=False) == (100, range(300, 1001))
    called = after_actions(betting, "call")
    assert called.turn == 2
    assert options(called, limit=False) == (75, range(0))


def test_an_all_in_under_a_full_raise_reopens_nothing_for_those_who_have_acted() -> None:
    betting = start([90_000, 90_000, 90_000, 90_000, 7_500], button=0, blinds=Blinds(2000, 4000, 0))
    betting = after_actions(betting, "call", "raise to 7500", "fold", "fold")
    assert betting.turn == 2
    assert options(betting, limit=False) == (3500, range(11_500, 90_001))
    called = after_actions(betting, "call")
    assert called.turn == 3
    assert options(called, limit=False) == (3500, range(0))


def test_with_fixed_limits_half_a_raise_reopens_the_betting() -> None:
    for chips, reopened in ((149, False), (150, True)):
        betting = on_the_flop([1000, chips, 1000])
        betting = after_actions(betting, "raise to 100", f"raise to {chips}", "call", limit=True)
        assert betting.turn == 0
        assert bool(options(betting, limit=True).raises) is reopened


@pytest.mark.parametrize("players", [2, 4])
def test_with_fixed_limits_a_round_has_a_bet_and_three_raises(players: int) -> None:
    betting = start([5000] * players)
    for level in (200, 300, 400):
        assert options(betting, limit=True).raises == range(level, level + 1)
        betting = after_actions(betting, f"raise to {level}", limit=True)
    assert options(betting, limit=True).raises == range(0)
    flop = on_the_flop([5000] * players)
    for level in (100, 200, 300, 400):
        flop = after_actions(flop, f"raise to {level}", limit=True)
    assert options(flop, limit=True).raises == range(0)


# -- pots -----------------------------------------------------------------------------------------------------


def over(paid, folded=()) -> Betting:
    seats = range(len(paid))
    return start([10] * len(paid))._replace(paid=tuple(paid), folded=tuple(seat in folded for seat in seats))


@pytest.mark.parametrize(
    ("paid", "strengths", "won"),
    [
        # The shortest stack wins the main pot, the second best hand the side pot, and what nobody matched goes back.
        ((100, 60, 30), {0: 1, 1: 2, 2: 3}, (40, 60, 90)),
        ((100, 60, 30), {0: 3, 1: 2, 2: 1}, (190, 0, 0)),
        ((100, 100, 30), {0: 2, 1: 2, 2: 3}, (70, 70, 90)),
        ((100, 100, 30, 100), {0: 2, 2: 2, 3: 1}, (270, 0, 60, 0)),
        ((50, 50, 20), {0: 1, 1: 1, 2: 1}, (50, 50, 20)),
    ],
)
def test_side_pots(paid, strengths, won) -> None:
    assert winnings(over(paid), 0, strengths) == won


@pytest.mark.parametrize(("button", "won"), [(0, (12, 13, 0)), (1, (13, 12, 0)), (2, (13, 12, 0))])
def test_the_odd_chip_goes_to_the_first_winner_after_the_button(button: int, won) -> None:
    assert winnings(over((10, 10, 5), folded=(2,)), button, {0: 7, 1: 7}) == won


def test_each_side_pot_is_split_apart() -> None:
    # Two chips are odd in the main pot of 20 and go to seats 0 and 1, one in the side pot of 11 and goes to seat 0.
    assert winnings(over((10, 10, 5, 6), folded=(3,)), 3, {0: 4, 1: 4, 2: 4}) == (13, 12, 6, 0)


@given(st.data())
def test_pots_are_those_of_a_count_chip_by_chip(data) -> None:
    players = data.draw(st.integers(2, 6))
    paid = data.draw(st.lists(st.integers(1, 6), min_size=players, max_size=players))
    top = max(paid)
    inside = [seat for seat in range(players) if paid[seat] == top or data.draw(st.booleans())]
    strengths = {seat: data.draw(st.integers(0, 3)) for seat in inside}
    unit = 60  # divides evenly among up to six
    expected = [0] * players
    for level in range(1, top + 1):
        layer = unit * sum(chips >= level for chips in paid)
        able = [seat for seat in inside if paid[seat] >= level]
        winners = [seat for seat in able if strengths[seat] == max(strengths[other] for other in able)]
        for seat in winners:
            expected[seat] += layer // len(winners)
    assert winnings(over([unit * chips for chips in paid]), 0, strengths) == tuple(expected)


# -- hands ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("As 2d 3c 4h 5s 9d 9c", "As Ad Ac Kh Qs 9d 8c"),
        ("2h 3h 4h 5h 6h Kd Kc", "As 2s 3s 4s 5s Kd Kc"),
        ("As 2s 3s 4s 5s Kd Kc", "9s 9d 9c 9h As Kd Kc"),
        ("2d 2c 2h 3s 3d 7c 9h", "Ah Jh 9h 5h 2h Kd Qc"),
        ("Ad Kc 9h 8s 7d 3c 2h", "Ad Qc Jh 9s 8d 3c 2h"),
    ],
)
def test_rankings(better: str, worse: str) -> None:
    assert strength(tuple(better.split())).number > strength(tuple(worse.split())).number


def test_a_pair_on_the_board_with_equal_kickers_splits() -> None:
    board = ("Ks", "Kd", "Qc", "Jh", "9s")
    assert strength(("2c", "3c", *board)) == strength(("4d", "5d", *board))


def test_hands_are_ranked_as_treys_ranks_them() -> None:
    rng, evaluator = random.Random(0), treys.Evaluator()
    ranks = {}
    for _ in range(3000):
        cards = tuple(rng.sample(DECK, 7))
        known = [treys.Card.new(card) for card in cards]
        ranks.setdefault(strength(cards).number, set()).add(evaluator.evaluate(known[:5], known[5:]))
    assert all(len(same) == 1 for same in ranks.values())
    ordered = [min(ranks[number]) for number in sorted(ranks)]
    assert ordered == sorted(set(ordered), reverse=True)


# -- a second implementation: pokerkit's tables ---------------------------------------------------------------

AUTOMATIONS = tuple(
    each for each in pokerkit.Automation if each.name not in ("CARD_BURNING", "HOLE_DEALING", "BOARD_DEALING")
)


def their_table(game: TexasHoldem):
    params = game.params
    blinds = (params.small_blind, params.big_blind)
    stacks = (params.starting_chips,) * params.num_players
    if game.limit:
        kind, sizes = pokerkit.FixedLimitTexasHoldem, (params.big_blind, 2 * params.big_blind)
    else:
        kind, sizes = pokerkit.NoLimitTexasHoldem, (params.big_blind,)
    return kind.create_state(AUTOMATIONS, True, params.ante, blinds, *sizes, stacks, params.num_players)


@pytest.mark.parametrize("players", [2, 3, 6])
@pytest.mark.parametrize("betting", ["no_limit", "limit"])
@pytest.mark.parametrize("ante", [0, 60])
def test_random_hands_go_as_at_pokerkits_table(players: int, betting: str, ante: int) -> None:
    game = TexasHoldem.of(
        num_players=players, betting=betting, hands=1, starting_chips=2400, small_blind=60, big_blind=120, ante=ante
    )
    for seed in range(25):
        play_both(game, random.Random(seed))


def play_both(game: TexasHoldem, rng: random.Random) -> None:
    """One random hand; all amounts are multiples of 60, so that no pot has odd chips, on which rule books differ."""
    state, theirs = game.initial_state(), their_table(game)
    players = game.num_players
    place = {seat: (seat - 1) % players for seat in range(players)}  # theirs: seats from the one after the button
    holes: list[str] = []
    turned: list[str] = []
    while seats := game.to_move(state):
        table = state.table
        if seats == (CHANCE,):
            card = game.sample_chance(state, rng)
            state = game.apply(state, {CHANCE: card})
            (holes if len(holes) < 2 * players else turned).append(card)
            deal(theirs, holes, turned, place)
            continue
        seat, cost, raises = seats[0], *game.options(state)
        assert theirs.actor_index == place[seat]
        assert theirs.checking_or_calling_amount == cost
        # Theirs allows four raises before the flop, ours three, as the big blind counts as a bet.
        assert theirs.can_complete_bet_or_raise_to() == bool(raises) or table.betting.raises == LIMIT_BETS
        if raises:
            assert theirs.min_completion_betting_or_raising_to_amount == raises[0]
            assert theirs.max_completion_betting_or_raising_to_amount == raises[-1]
        words = (["fold"] if cost else []) + ["call" if cost else "check"] * 2
        words += [f"{RAISE_TO}{rng.choice(range(raises[0], raises[-1] + 1, 60))}"] if raises else []
        action = rng.choice(words)
        if action == "fold":
            theirs.fold()
        elif action in ("call", "check"):
            theirs.check_or_call()
        else:
            theirs.complete_bet_or_raise_to(int(action.removeprefix(RAISE_TO)))
        state = game.apply(state, {seat: action})
    assert not theirs.status
    assert [theirs.stacks[place[seat]] for seat in range(players)] == list(state.past[-1].stacks)


def deal(theirs: pokerkit.State, holes: list[str], turned: list[str], place: dict[int, int]) -> None:
    """Deal at their table what has been dealt at ours, once all hands, the flop, the turn or the river are complete."""
    if not turned and len(holes) == 2 * len(place):
        for seat in sorted(place, key=place.__getitem__):
            theirs.deal_hole("".join(holes[2 * seat : 2 * seat + 2]))
    elif len(turned) >= 3:
        theirs.burn_card("??")
        theirs.deal_board("".join(turned[len(theirs.board_cards) :]))


def test_the_hand_of_dwan_and_ivey_ends_as_it_did() -> None:
    """The first million dollar pot on television, 2009: Ivey posts the small blind, Antonius the big one."""
    blinds = Blinds(1000, 2000, 500)
    betting = posted((1_125_600, 2_000_000, 553_500), (0, 1, 2), 2, blinds)
    betting = after_actions(betting, "raise to 7000", "raise to 23000", "fold", "call")
    betting = after_actions(next_round(betting, 2, 2000), "raise to 35000", "call")
    betting = next_round(betting, 2, 2000)
    betting = after_actions(betting, "raise to 90000", "raise to 232600")
    assert options(betting, limit=False).raises[-1] == 1_067_100
    betting = after_actions(betting, "raise to 1067100", "call")
    assert betting.turn == NOBODY
    board = ("Jc", "3d", "5c", "4h", "Jh")
    hands = {0: strength(("Ac", "2d", *board)).number, 2: strength(("7h", "6h", *board)).number}
    won = winnings(betting, 2, hands)
    assert live(betting) == [0, 2]
    assert tuple(map(sum, zip(betting.stacks, won, strict=True))) == (572_100, 1_997_500, 1_109_500)


def test_all_five_card_hands_of_a_suit_are_flushes() -> None:
    hearts = [card for card in DECK if card[1] == "h"]
    names = [strength(five).name for five in combinations(hearts, 5)]
    assert names.count("straight flush") == 10
    assert names.count("flush") == 1287 - 10
