"""Scripted players of one game or two: each answers in its games, and does what its docstring says."""

from __future__ import annotations

from itertools import product

import pytest

from agents.bots.bargaining import ConcessionBargainer, FairSplitter, RationalSplitter
from agents.bots.base import Bot, UnsuitableGame
from agents.bots.chess import MaterialChess
from agents.bots.dice import DiceCounter, bid_probability
from agents.bots.poker import PokerRules, leduc_strength
from agents.bots.public_goods import ConditionalCooperator, FreeRider
from agents.bots.talk import TemplateDebater, WordGuesser
from agents.registry import BUILT_IN_AGENTS, build_agent
from games.cards.liars_dice import Bid
from games.core import CHANCE
from games.registry import BUILT_IN, load
from tests.agents.questions import answer, play, question

# Parameters with which a game is played in a moment; defaults elsewhere.
QUICK = {
    "budget_choice": "budget_choice(rounds=3)",
    "breakthrough": "breakthrough(columns=3, rows=5)",
    "chess": "chess(max_plies=4)",
    "chess960": "chess960(max_plies=4)",
    "dots_and_boxes": "dots_and_boxes(columns=2, rows=1)",
    "hex": "hex(size=3)",
    "nim": "nim(piles=[1, 2, 3])",
    "othello": "othello(size=4)",
    "goofspiel": "goofspiel(cards=5)",
    "pig": "pig(target=20)",
    "debate": "debate(rebuttal_rounds=2, jurors=1)",
    "matrix_game": "matrix_game(payoffs=[[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])",
    "prisoners_dilemma": "prisoners_dilemma(rounds=4)",
    "public_goods": "public_goods(rounds=3)",
    "texas_holdem": "texas_holdem(hands=2)",
}
TRANSFORMS = ("cheap_talk", "composite", "elicited", "handicap", "repeated", "sequential")
GAMES = {name: QUICK.get(name, name) for name in BUILT_IN if name not in TRANSFORMS}
SPECS = [name for name in BUILT_IN_AGENTS if name != "human"] + ["mcts(simulations=3)", "random(p=0.5)"]
SPECS.remove("mcts")


def bot(spec: str) -> Bot:
    agent = build_agent(spec)
    assert isinstance(agent, Bot)
    return agent


PAIRS = [(spec, name) for spec, name in product(SPECS, GAMES) if bot(spec).suits(load(GAMES[name]))]


@pytest.mark.parametrize(("spec", "name"), PAIRS)
async def test_every_bot_answers_every_question_of_the_games_it_plays(spec: str, name: str) -> None:
    game = load(GAMES[name])
    for seed in range(2):
        state, turns = await play(GAMES[name], [bot(spec)] * game.num_players, seed)
        assert turns
        assert game.to_move(state) == ()


@pytest.mark.parametrize("spec", SPECS)
def test_every_bot_says_what_it_plays(spec: str) -> None:
    assert bot(spec).title
    assert [name for pair_spec, name in PAIRS if pair_spec == spec]
    if bot(spec).plays:
        assert sorted(bot(spec).plays) == [name for pair_spec, name in PAIRS if pair_spec == spec]


@pytest.mark.parametrize("name", GAMES)
def test_every_game_has_a_scripted_player_that_knows_it(name: str) -> None:
    anywhere = {"random", "random(p=0.5)", "first_legal"}
    assert {spec for spec, played in PAIRS if played == name} - anywhere


@pytest.mark.parametrize("spec", SPECS)
async def test_unsuitable_games_are_refused_and_the_suitable_ones_named(spec: str) -> None:
    for name, game in ((name, load(GAMES[name])) for name in GAMES):
        if (spec, name) not in PAIRS:
            with pytest.raises(UnsuitableGame, match=f"{spec.partition('(')[0]}.* plays .*, not {name}"):
                await bot(spec).decide(question(game, game.initial_state(), 0))


# -- cards and dice -------------------------------------------------------------------------------------------


def dealt(spec: str, *outcomes):
    game = load(spec)
    state = game.initial_state()
    for outcome in outcomes:
        state = game.apply(state, {CHANCE: outcome})
    return game, state


@pytest.mark.parametrize(
    ("card", "opening", "facing"), [(2, "bet", "call"), (1, "check", "call"), (0, "check", "fold")]
)
async def test_poker_rules_follow_the_strength_of_the_card_in_kuhn_poker(card: int, opening: str, facing: str) -> None:
    agent = PokerRules.of(bluff=0)
    game, state = dealt("kuhn_poker", card, (card + 1) % 3)
    assert await answer(agent, game, state, 0) == opening
    game, state = dealt("kuhn_poker", (card + 1) % 3, card)
    assert await answer(agent, game, game.apply(state, {0: "bet"}), 1) == facing


async def test_poker_rules_bluff_as_often_as_they_are_told() -> None:
    game, state = dealt("kuhn_poker", 0, 1)
    bluffs = sum([await answer(PokerRules.of(bluff=0.3), game, state, 0, seed) == "bet" for seed in range(500)])
    assert 120 < bluffs < 180


def test_leduc_strength_is_the_share_of_beaten_cards() -> None:
    king, queen, jack = 4, 2, 0
    assert [leduc_strength(card, None) for card in (king, queen, jack)] == pytest.approx([0.9, 0.5, 0.1])
    assert leduc_strength(jack, jack + 1) == 1
    # Behind a public jack a king beats two queens, ties with a king and loses to the other jack.
    assert leduc_strength(king, jack) == pytest.approx(2.5 / 4)


async def test_a_pair_raises_and_a_lone_jack_folds_in_leduc_poker() -> None:
    game, state = dealt("leduc_poker", 0, 4)
    state = game.apply(game.apply(state, {0: "check"}), {1: "check"})
    assert await answer(PokerRules.of(bluff=0), game, game.apply(state, {CHANCE: 1}), 0) == "raise"
    lone = game.apply(game.apply(game.apply(state, {CHANCE: 5}), {0: "check"}), {1: "raise"})
    assert await answer(PokerRules.of(bluff=0), game, lone, 0) == "fold"


@pytest.mark.parametrize("wild", [None, 1])
def test_bid_probabilities_equal_those_counted_over_all_rolls(wild: int | None) -> None:
    game = load(f"liars_dice(dice=3, faces=4, wild={wild})")
    rolls = list(product(range(1, 5), repeat=3))
    for quantity, face in product(range(1, 7), range(1, 5)):
        true = sum(sum(die in (face, wild) for die in (*roll, 1, 2, 2)) >= quantity for roll in rolls)
        assert bid_probability(game, (1, 2, 2), Bid(quantity, face)) == pytest.approx(true / len(rolls))


async def test_the_dice_counter_challenges_the_impossible_and_bids_the_certain() -> None:
    game, state = dealt("liars_dice(dice=2)", 1, 2, 3, 3)
    certain = {await answer(DiceCounter(), game, state, 0, seed) for seed in range(20)}
    assert certain == {Bid(1, 1), Bid(1, 2)}
    assert await answer(DiceCounter(), game, game.apply(state, {0: Bid(4, 6)}), 1) == "liar"
    assert await answer(DiceCounter(), game, game.apply(state, {0: Bid(1, 3)}), 1) == Bid(2, 3)


# -- chess ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fen", "move"),
    [
        # A mate in one beats a free queen.
        ("6k1/5ppp/4p3/8/8/7q/6P1/R5K1 w - - 0 1", "a1a8"),
        # A free rook is worth more than a free pawn.
        ("4k3/8/8/3r4/6p1/8/8/3QK3 w - - 0 1", "d1d5"),
    ],
)
async def test_the_chess_player_mates_and_takes_what_hangs(fen: str, move: str) -> None:
    game = load(f'chess(starting_fen="{fen}")')
    for depth in (1, 2, 3):
        assert await answer(MaterialChess.of(depth=depth), game, game.initial_state(), 0) == move


async def test_the_chess_player_leaves_a_guarded_pawn_alone() -> None:
    game = load('chess(starting_fen="4k3/8/2p5/3p4/8/8/8/3QK3 w - - 0 1")')
    moves = {await answer(MaterialChess(), game, game.initial_state(), 0, seed) for seed in range(20)}
    assert "d1d5" not in moves
    assert len(moves) > 5


# -- dividing and haggling ------------------------------------------------------------------------------------


async def test_splitters_offer_and_answer_as_they_promise() -> None:
    game = load("ultimatum")
    fair, rational, start = FairSplitter(), RationalSplitter(), game.initial_state()
    assert await answer(fair, game, start, 0) == 50
    assert await answer(rational, game, start, 0) == 1
    replies = {offer: game.apply(start, {0: offer}) for offer in (0, 1, 29, 30, 100)}
    assert [await answer(fair, game, state, 1) for state in replies.values()] == ["reject"] * 3 + ["accept"] * 2
    assert [await answer(rational, game, state, 1) for state in replies.values()] == ["reject"] + ["accept"] * 4
    assert await answer(fair, load("ultimatum(pie=30, step=6)"), start, 0) == 12


async def test_bargainers_concede_step_by_step_and_agree_between_their_values() -> None:
    state, _ = await play("price_negotiation", [ConcessionBargainer(), ConcessionBargainer()])
    game = load("price_negotiation")
    assert state.answer == "accept"
    assert min(game.returns(state)) > 0
    for first, step in ((0, 1), (1, -1)):
        prices = [offer.price for offer in state.offers[first::2]]
        assert sorted(prices, reverse=step > 0) == prices


@pytest.mark.parametrize("speed", [0.3, 1, 3])
async def test_bargainers_never_deal_at_a_loss(speed: float) -> None:
    agent = ConcessionBargainer.of(speed=speed)
    no_room = "price_negotiation(seller_factor=1.2, buyer_factor=0.8)"
    state, _ = await play(no_room, [agent, agent])
    assert state.answer == "reject"
    assert len(state.offers) == 10


async def test_the_last_offer_is_taken_when_it_is_worth_anything() -> None:
    game = load("price_negotiation(horizon=1)")
    for price, reply in ((119, "accept"), (120, "reject")):
        state = game.apply(game.initial_state(), {0: game.parse_action(game.initial_state(), 0, f"offer {price}")})
        assert await answer(ConcessionBargainer(), game, state, 1) == reply


async def test_contributions_follow_those_of_the_others() -> None:
    game = load("public_goods")
    state = game.initial_state()
    assert await answer(ConditionalCooperator(), game, state, 0) == 10
    assert await answer(FreeRider(), game, state, 0) == 0
    state = game.apply(state, {0: 20, 1: 0, 2: 6, 3: 9})
    assert await answer(ConditionalCooperator(), game, state, 0) == 5
    assert await answer(ConditionalCooperator.of(matched=0.5), game, state, 1) == 6


# -- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("undercover", [0, 1, 2])
async def test_word_guessers_find_the_undercover_among_themselves(undercover: int) -> None:
    game, state = dealt("undercover", "couch/armchair", "first", undercover)
    while game.to_move(state):
        actions = {seat: await answer(WordGuesser(), game, state, seat) for seat in game.to_move(state)}
        state = game.apply(state, actions)
    assert game.returns(state)[undercover] < 0


async def test_a_word_guesser_with_the_odd_word_stops_giving_itself_away() -> None:
    game, state = dealt("undercover", "couch/armchair", "first", 2)
    for clue in ("it has 8 letters", "it ends with r"):
        state = game.apply(state, {game.to_move(state)[0]: clue})
    assert "it " not in await answer(WordGuesser(), game, state, 2)


async def test_the_debater_speaks_for_its_side_and_quotes_the_other() -> None:
    state, _ = await play("debate", [TemplateDebater(), TemplateDebater()])
    motion, speeches = state.motion, state.speeches
    assert all(motion in speech for speech in speeches[:2] + speeches[4:])
    assert "support" in speeches[0]
    assert "oppose" in speeches[1]
    assert " ".join(speeches[1].split()[:12]) in speeches[2]
