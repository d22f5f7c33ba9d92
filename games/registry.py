"""Names to games: `load("kuhn_poker(num_players=3)")`."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from games.core import Game
from games.plugins import PluginError, Registry
from games.spec import Spec, parse_spec, refused

BUILT_IN: Final = {
    "allocation_choice": "games.economic.allocation_choice:AllocationChoice",
    "assurance": "games.dilemmas.assurance:Assurance",
    "bargaining": "games.economic.bargaining:Bargaining",
    "battle_royale": "games.tactics.battle_royale:BattleRoyale",
    "beauty_contest": "games.economic.beauty_contest:BeautyContest",
    "breakthrough": "games.board.breakthrough:Breakthrough",
    "budget_choice": "games.economic.budget_choice:BudgetChoice",
    "buyer_seller": "games.economic.buyer_seller:BuyerSeller",
    "card_battle": "games.tactics.card_battle:CardBattle",
    "centipede": "games.economic.centipede:Centipede",
    "chameleon": "games.words.chameleon:Chameleon",
    "cheap_talk": "games.transforms.cheap_talk:CheapTalk",
    "chess": "games.board.chess:Chess",
    "chess960": "games.board.chess960:Chess960",
    "coached_bargaining": "games.economic.coached_bargaining:CoachedBargaining",
    "common_pool": "games.dilemmas.common_pool:CommonPool",
    "composite": "games.transforms.composite:Composite",
    "conditional_contributions": "games.dilemmas.conditional_contributions:ConditionalContributions",
    "connect_four": "games.board.connect_four:ConnectFour",
    "cost_sharing": "games.economic.cost_sharing:CostSharing",
    "coup": "games.cards.coup:Coup",
    "debate": "games.talk.debate:Debate",
    "dictator": "games.economic.dictator:Dictator",
    "diners_dilemma": "games.dilemmas.diners_dilemma:DinersDilemma",
    "divide_the_dollar": "games.economic.divide_the_dollar:DivideTheDollar",
    "dots_and_boxes": "games.board.dots_and_boxes:DotsAndBoxes",
    "el_farol": "games.dilemmas.el_farol:ElFarol",
    "elemental_duel": "games.tactics.elemental_duel:ElementalDuel",
    "eleven_twenty": "games.economic.eleven_twenty:ElevenTwenty",
    "elicited": "games.transforms.elicited:Elicited",
    "equilibrium_quiz": "games.puzzles.equilibrium_quiz:EquilibriumQuiz",
    "focal_points": "games.dilemmas.focal_points:FocalPoints",
    "gandalf": "games.talk.gandalf:Gandalf",
    "goofspiel": "games.cards.goofspiel:Goofspiel",
    "govsim": "games.dilemmas.govsim:Govsim",
    "group_dilemma": "games.dilemmas.group_dilemma:GroupDilemma",
    "guess_two_thirds": "games.economic.guess_two_thirds:GuessTwoThirds",
    "handicap": "games.transforms.handicap:Handicap",
    "hex": "games.board.hex:Hex",
    "kuhn_poker": "games.cards.kuhn_poker:KuhnPoker",
    "lane_defence": "games.tactics.lane_defence:LaneDefence",
    "leduc_poker": "games.cards.leduc_poker:LeducPoker",
    "levine_hats": "games.puzzles.levine_hats:LevineHats",
    "liars_dice": "games.cards.liars_dice:LiarsDice",
    "math_quiz": "games.puzzles.math_quiz:MathQuiz",
    "matrix_game": "games.matrix.matrix_game:MatrixGame",
    "nim": "games.board.nim:Nim",
    "onlooker": "games.matrix.onlooker:Onlooker",
    "othello": "games.board.othello:Othello",
    "persuasion": "games.economic.persuasion:Persuasion",
    "pig": "games.cards.pig:Pig",
    "pirates": "games.economic.pirates:Pirates",
    "plan_revise": "games.transforms.plan_revise:PlanRevise",
    "policy_guard": "games.talk.policy_guard:PolicyGuard",
    "price_negotiation": "games.economic.price_negotiation:PriceNegotiation",
    "prisoners_dilemma": "games.dilemmas.prisoners_dilemma:PrisonersDilemma",
    "public_good": "games.dilemmas.public_good:PublicGood",
    "public_goods": "games.dilemmas.public_goods:PublicGoods",
    "punishment_game": "games.dilemmas.punishment_game:PunishmentGame",
    "push_fold": "games.cards.push_fold:PushFold",
    "pyjail": "games.puzzles.pyjail:Pyjail",
    "repeated": "games.transforms.repeated:Repeated",
    "resource_exchange": "games.economic.resource_exchange:ResourceExchange",
    "ring_game": "games.matrix.ring_game:RingGame",
    "sealed_bid_auction": "games.economic.sealed_bid_auction:SealedBidAuction",
    "sequential": "games.transforms.sequential:Sequential",
    "sequential_public_goods": "games.dilemmas.sequential_public_goods:SequentialPublicGoods",
    "signalling": "games.economic.signalling:Signalling",
    "simple_negotiation": "games.economic.simple_negotiation:SimpleNegotiation",
    "snake": "games.board.snake:Snake",
    "sneaky_step": "games.puzzles.sneaky_step:SneakyStep",
    "stackelberg": "games.matrix.stackelberg:Stackelberg",
    "svo_slider": "games.economic.svo_slider:SvoSlider",
    "taboo": "games.words.taboo:Taboo",
    "texas_holdem": "games.cards.texas_holdem:TexasHoldem",
    "threshold_public_goods": "games.dilemmas.threshold_public_goods:ThresholdPublicGoods",
    "tic_tac_toe": "games.board.tic_tac_toe:TicTacToe",
    "trust": "games.economic.trust:Trust",
    "truth_and_deception": "games.talk.truth_and_deception:TruthAndDeception",
    "two_node_ring": "games.matrix.two_node_ring:TwoNodeRing",
    "ultimatum": "games.economic.ultimatum:Ultimatum",
    "undercover": "games.words.undercover:Undercover",
}

REGISTRY: Final = Registry("game", "arena.games", BUILT_IN)


def load_class(name: str) -> type[Game[Any, Any]]:
    """The class of a registered game or of `path/to/file.py:Class`.

    Raises:
        PluginError: the name is unknown, or what it leads to is not a game.
    """
    found = REGISTRY.load(name)
    if not (isinstance(found, type) and issubclass(found, Game)):
        raise PluginError(f"{name!r} leads to {found!r}, which is not a subclass of games.core.Game")
    return found


def load(spec: str) -> Game[Any, Any]:
    """The game that a spec string describes.

    >>> load("kuhn_poker(num_players=3)").num_players
    3

    Raises:
        PluginError: there is no such game, or it is broken.
        SpecError: the string cannot be read, or the game does not take these parameters.
    """
    parsed = parse_spec(spec)
    game_class = load_class(parsed.name)
    try:
        return game_class.of(**parsed.args)
    except ImportError as error:
        raise PluginError(f"game {parsed.name!r} cannot be played yet: {error}") from None
    except ValidationError as error:
        raise refused(spec, error, game_class.Params) from None


def locator(spec: str) -> str:
    """The spec in canonical form, by which `load` finds the same game again."""
    return str(Spec(parse_spec(spec).name, parse_spec(load(spec).spec).args))
