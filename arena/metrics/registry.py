"""Names of metrics, in the order in which they are shown; imported when they are asked for."""

from __future__ import annotations

from typing import Final

from arena.metrics.base import Metric
from games.plugins import load_target

BUILT_IN: Final = {
    "illegal_rate": "arena.metrics.reliability:ILLEGAL",
    "unparsable_rate": "arena.metrics.reliability:UNPARSABLE",
    "ambiguous_rate": "arena.metrics.reliability:AMBIGUOUS",
    "empty_rate": "arena.metrics.reliability:EMPTY",
    "truncated_rate": "arena.metrics.reliability:TRUNCATED",
    "refusal_rate": "arena.metrics.reliability:REFUSAL",
    "timeout_rate": "arena.metrics.reliability:TIMEOUT",
    "forfeit_rate": "arena.metrics.reliability:FORFEIT",
    "tokens_in_per_match": "arena.metrics.reliability:TOKENS_IN_PER_MATCH",
    "tokens_out_per_match": "arena.metrics.reliability:TOKENS_OUT_PER_MATCH",
    "seconds_per_match": "arena.metrics.reliability:SECONDS_PER_MATCH",
    "cost_per_match": "arena.metrics.reliability:COST_PER_MATCH",
    "tokens_in_per_decision": "arena.metrics.reliability:TOKENS_IN_PER_DECISION",
    "tokens_out_per_decision": "arena.metrics.reliability:TOKENS_OUT_PER_DECISION",
    "seconds_per_decision": "arena.metrics.reliability:SECONDS_PER_DECISION",
    "cost_per_decision": "arena.metrics.reliability:COST_PER_DECISION",
    "cooperation_rate": "arena.metrics.dilemma:COOPERATION",
    "first_cooperation": "arena.metrics.dilemma:FIRST_COOPERATION",
    "joint_cooperation": "arena.metrics.dilemma:JOINT_COOPERATION",
    "niceness": "arena.metrics.dilemma:NICENESS",
    "provocability": "arena.metrics.dilemma:PROVOCABILITY",
    "forgiveness": "arena.metrics.dilemma:FORGIVENESS",
    "leniency": "arena.metrics.dilemma:LENIENCY",
    "exploitation": "arena.metrics.dilemma:EXPLOITATION",
    "cooperation_after_cc": "arena.metrics.dilemma:AFTER_CC",
    "cooperation_after_cd": "arena.metrics.dilemma:AFTER_CD",
    "cooperation_after_dc": "arena.metrics.dilemma:AFTER_DC",
    "cooperation_after_dd": "arena.metrics.dilemma:AFTER_DD",
    "end_game_effect": "arena.metrics.dilemma:END_GAME",
    "reciprocity_slope": "arena.metrics.dilemma:RECIPROCITY",
    "always_defect_share": "arena.metrics.strategy_shares:ALWAYS_DEFECT",
    "always_cooperate_share": "arena.metrics.strategy_shares:ALWAYS_COOPERATE",
    "grim_share": "arena.metrics.strategy_shares:GRIM",
    "tit_for_tat_share": "arena.metrics.strategy_shares:TIT_FOR_TAT",
    "suspicious_tit_for_tat_share": "arena.metrics.strategy_shares:SUSPICIOUS",
    "win_stay_lose_shift_share": "arena.metrics.strategy_shares:WIN_STAY",
    "two_round_punishment_share": "arena.metrics.strategy_shares:TWO_ROUNDS",
    "cooperating_rating": "arena.metrics.axelrod:COOPERATING",
    "good_partner_rating": "arena.metrics.axelrod:GOOD_PARTNER",
    "eigenjesus": "arena.metrics.axelrod:EIGENJESUS",
    "eigenmoses": "arena.metrics.axelrod:EIGENMOSES",
    "contribution_share": "arena.metrics.public_goods:CONTRIBUTION",
    "free_rider_rate": "arena.metrics.public_goods:FREE_RIDING",
    "conditional_cooperation": "arena.metrics.public_goods:CONDITIONAL",
    "contribution_trend": "arena.metrics.public_goods:TREND",
    "gama_guess": "arena.metrics.gama:GUESS",
    "gama_bar": "arena.metrics.gama:BAR",
    "gama_dollar": "arena.metrics.gama:DOLLAR",
    "gama_goods": "arena.metrics.gama:GOODS",
    "gama_diner": "arena.metrics.gama:DINER",
    "gama_auction": "arena.metrics.gama:AUCTION",
    "gama_battle": "arena.metrics.gama:BATTLE",
    "gama_pirate": "arena.metrics.gama:PIRATE",
    "offer_share": "arena.metrics.bargaining:OFFER",
    "minimum_accepted": "arena.metrics.bargaining:MINIMUM_ACCEPTED",
    "rejection_rate": "arena.metrics.bargaining:REJECTION",
    "trade_efficiency": "arena.metrics.bargaining:EFFICIENCY",
    "price_fairness": "arena.metrics.bargaining:FAIRNESS",
    "self_gain": "arena.metrics.bargaining:SELF_GAIN",
    "bargaining_efficiency": "arena.metrics.alternating_offers:EFFICIENCY",
    "bargaining_fairness": "arena.metrics.alternating_offers:FAIRNESS",
    "bargaining_gain": "arena.metrics.alternating_offers:GAIN",
    "persuasion_efficiency": "arena.metrics.persuasion:EFFICIENCY",
    "persuasion_fairness": "arena.metrics.persuasion:FAIRNESS",
    "persuasion_gain": "arena.metrics.persuasion:GAIN",
    "honesty": "arena.metrics.persuasion:HONESTY",
    "gullibility": "arena.metrics.persuasion:GULLIBILITY",
    "gini": "arena.metrics.inequality:GINI",
    "jain": "arena.metrics.inequality:JAIN",
    "min_max_ratio": "arena.metrics.inequality:MIN_MAX",
    "expected_loss": "arena.metrics.solved_play:EXPECTED_LOSS",
    "dominated_action_rate": "arena.metrics.solved_play:DOMINATED",
    "quantal_precision": "arena.metrics.solved_play:PRECISION",
    "seat_gap": "arena.metrics.seat_bias:SEAT_GAP",
    "jury_agreement": "arena.metrics.jury:AGREEMENT",
    "jury_position_consistency": "arena.metrics.jury:POSITION",
    "jury_first_favoured": "arena.metrics.jury:FIRST",
    "jury_length_effect": "arena.metrics.jury:LENGTH",
    "empirical_regret": "arena.metrics.empirical_regret:EMPIRICAL_REGRET",
}


def load_metrics() -> tuple[Metric, ...]:
    """Every metric."""
    return tuple(_load(target) for target in BUILT_IN.values())


def _load(target: str) -> Metric:
    found = load_target(target)
    assert isinstance(found, Metric), f"{target} is {found!r}, not a metric"
    return found
