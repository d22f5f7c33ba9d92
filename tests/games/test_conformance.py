"""Every registered game keeps the whole contract, with its default parameters and with others that matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from games.registry import BUILT_IN
from games.spec import parse_spec
from games.testing import parametrize_with_checks

VARIANTS: Final = (
    'allocation_choice(preference="altruism", rounds=3)',
    'gandalf(guesses=0, judge="jury", jurors=3, turns=4)',
    "gandalf(guesses=1, turns=1)",
    'prisoners_dilemma(note="mistakes", rounds=2)',
    "two_node_ring(given=True, scale=10)",
    'breakthrough(columns=4, marks="#@", rows=6)',
    "chess960(max_plies=12, position=100)",
    'chameleon(clue_rounds=2, num_players=5, scoring="magic")',
    "cost_sharing(rounds=2, step=25)",
    "dots_and_boxes(columns=2, rows=1)",
    "hex(size=3, swap=False)",
    "nim(misere=True, piles=[1, 2, 2])",
    "othello(size=4)",
    "resource_exchange(holdings=[[3, 0, 1], [0, 3, 1]], turns=3, values=[[2, 1, 0], [1, 2, 3]])",
    "simple_negotiation(goods=2, turns=3)",
    "pig(num_players=3, target=20)",
    "bargaining(announce_horizon=False, complete_information=False, horizon=3, messages=True, pie=10)",
    "battle_royale(lowest_rate=50, num_players=3, rate_step=25, rounds=2)",
    'budget_choice(menu="andreoni_miller", rounds=11, setting="giving", step=5)',
    "budget_choice(rounds=3, tokens=20)",
    "beauty_contest(continuation=0.5, num_players=2, ratio=0.5)",
    "beauty_contest(highest=10, num_players=3, rounds=1)",
    "centipede(growth=1.5, large=3, length=3)",
    'cheap_talk(game="prisoners_dilemma(rounds=3)", when="every_decision")',
    'cheap_talk(game="tic_tac_toe", max_words=5, when="every_decision")',
    'cheap_talk(audience="private", who="whisperer")',
    'cheap_talk(audience="private", game="kuhn_poker", when="every_decision", who="whisperer")',
    'cheap_talk(game="leduc_poker", victim=1, when="every_decision", who="whisperer")',
    'cheap_talk(audience="private", game="elicited", when="every_decision", who="whisperer")',
    'cheap_talk(audience="private", game="equilibrium_quiz", who="whisperer")',
    'chess(max_plies=40, starting_fen="8/P6k/8/8/8/8/p6K/8 w - - 0 1")',
    "connect_four(columns=4, connect=3, rows=4)",
    'composite(form="parallel", games=["eleven_twenty", "matrix_game(table=\\"rock_paper_scissors\\")"])',
    'composite(games=["kuhn_poker", "tic_tac_toe", "ultimatum(pie=4)"])',
    'composite(games=["tic_tac_toe", "ultimatum(pie=4)"])',
    'composite(form="nested", games=["matrix_game", "matrix_game(table=\\"battle_of_the_sexes\\")"], '
    'restrict=[{"outcome": ["defect", "defect"], "remove": "football"}])',
    'debate(jurors=1, motion="Cities should be built for walking.", rebuttal_rounds=0)',
    "debate(jurors=5, rebuttal_rounds=2)",
    "diners_dilemma(num_players=4, rounds=2)",
    "diners_dilemma(num_players=4, rounds=2, totals_only=True)",
    "divide_the_dollar(golds=10, num_players=3, rounds=2)",
    "el_farol(explicit=True, num_players=5, rounds=3)",
    "el_farol(explicit=True, num_players=5, rounds=3, totals_only=True)",
    "dictator(multiplier=2.5, pie=20, step=5)",
    "eleven_twenty(bonus=5, high=9, low=0)",
    'elicited(ask="everyone")',
    'elicited(ask="everyone", game="leduc_poker")',
    'elicited(ask="everyone", game="liars_dice(dice=1, faces=3)")',
    'elicited(ask="everyone", game="ultimatum(pie=4)")',
    'elicited(ask="everyone", game="chameleon")',
    'elicited(game="matrix_game(table=\\"battle_of_the_sexes\\")")',
    'elicited(ask="everyone", game="price_negotiation(horizon=2)")',
    'elicited(game="prisoners_dilemma(noise=0.1, rounds=3)")',
    'elicited(ask="everyone", game="cheap_talk(audience=\\"private\\", game=\\"kuhn_poker\\", who=\\"whisperer\\")")',
    'elicited(game="undercover(clue_rounds=1)")',
    "equilibrium_quiz(numbers=[1, 67, 144], tale=3)",
    "equilibrium_quiz(numbers=[12, 40], together=True)",
    'equilibrium_quiz(numbers=[8, 59], rule={"choice": 1}, tale=3)',
    "group_dilemma(continuation=0.8, cooperator=[3, 2, 1, 0], defector=[5, 4, 3, 2], num_players=4, rounds=3)",
    "guess_two_thirds(highest=10, num_players=3, ratio=1.3333333333333333, rounds=2)",
    "guess_two_thirds(num_players=4, rounds=3, totals_only=True)",
    'handicap(game="kuhn_poker(num_players=3)", points=-2.0, seat=2)',
    'handicap(game="prisoners_dilemma(rounds=3)", points=3.0, seat=1)',
    "kuhn_poker(num_players=3)",
    'kuhn_poker(framing={"actions": "story", "story": "harbour", "unit": "story"}, num_players=3)',
    'leduc_poker(betting="blinds")',
    'leduc_poker(betting="blinds", framing={"actions": "story", "ranks": "animals", "story": "fair"})',
    'liars_dice(dice=3, framing={"actions": "plain", "ranks": "animals", "unit": "coins"}, wild=1)',
    'liars_dice(dice=1, faces=3, rebid="reset_face")',
    'liars_dice(dice=1, faces=3, rebid="reset_quantity")',
    'liars_dice(dice=1, faces=3, rebid="either")',
    "liars_dice(dice=2, num_players=3, wild=1)",
    'matrix_game(actions=["rock", "paper", "scissors"], '
    "payoffs=[[[0, 0], [-1, 1], [1, -1]], [[1, -1], [0, 0], [-1, 1]], [[-1, 1], [1, -1], [0, 0]]])",
    'matrix_game(framing={"labels": "story", "order": "reversed", "story": "shops", "unit": "story"})',
    'matrix_game(framing={"labels": "letters", "unit": "coins"})',
    'matrix_game(table="ordinal_67")',
    'matrix_game(table="battle_of_the_sexes")',
    'math_quiz(check="sandbox", highest=10)',
    'math_quiz(compat="zerosumeval", student_attempts=5, teacher_attempts=5)',
    "math_quiz(highest=10, student_attempts=2, teacher_attempts=2)",
    'onlooker(cycles=[[0, 1, 2], [2, 0]], rounds=4, stage="matrix_game(table=\\"rock_paper_scissors\\")", watched=0)',
    'persuasion(buyers="myopic", rounds=3)',
    'persuasion(buyers="myopic", message_type="textual", rounds=2)',
    'persuasion(complete_information=False, message_type="textual", prior=0.8, rounds=3)',
    "pirates(gold=10, num_players=4)",
    "policy_guard(turns=3)",
    "price_negotiation(complete_information=True, messages=False)",
    "price_negotiation(announce_horizon=False, horizon=3)",
    "prisoners_dilemma(continuation=0.9)",
    'prisoners_dilemma(framing="trade", noise=0.1, rounds=4)',
    'prisoners_dilemma(announce_horizon=False, continuation=0.5, framing="neutral", noise=0.25)',
    'prisoners_dilemma(framing={"labels": "story", "order": "reversed", "story": "shops"}, rounds=3)',
    "public_good(endowment=7, multiplier=1.5, num_players=2, rounds=2)",
    "public_goods(num_players=3)",
    "public_goods(continuation=0.8, endowment=5, num_players=2)",
    "pyjail(max_attacks=1, max_source=4000)",
    'pyjail(compat="zerosumeval", max_attacks=2)',
    'repeated(continuation=0.75, rounds=3, stage="ultimatum(pie=10)")',
    'repeated(rounds=2, stage="kuhn_poker")',
    'sealed_bid_auction(num_players=3, price_rule="second", rounds=2)',
    "ring_game(tables=7)",
    'sequential(game="public_goods(endowment=2, num_players=3, rounds=2)")',
    'sequential(game="prisoners_dilemma(noise=0.1, rounds=2)")',
    "sneaky_step(digits=1, operations=2)",
    "trust(endowment=20, multiplier=4, step=5)",
    "ultimatum(pie=10, step=5)",
    "taboo(bans=1, rounds=2)",
    "taboo(bans=3, rounds=8)",
    "undercover(clue_rounds=1, num_players=4)",
    'undercover(num_players=5, scoring="magic")',
)


@parametrize_with_checks([*BUILT_IN, *VARIANTS])
def test_games_keep_the_contract(game: str, check: Callable[[str], None]) -> None:
    check(game)


def test_every_variant_is_of_a_registered_game_and_differs_from_its_defaults() -> None:
    specs = [parse_spec(variant) for variant in VARIANTS]
    assert {spec.name for spec in specs} <= set(BUILT_IN)
    assert all(spec.args for spec in specs)
    assert list(VARIANTS) == list(dict.fromkeys(map(str, specs)))
