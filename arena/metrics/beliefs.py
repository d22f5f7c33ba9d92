"""What agents said that they believe, in games that ask for it (`elicited`), against what was the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log2
from typing import Any, Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.evidence import Play, Pool
from arena.metrics.forecasts import brier_score, calibration_error, log_score
from arena.metrics.intervals import jackknife, mean_value, share_value
from arena.metrics.needs import kind
from games.beliefs import IDENTITY, Question
from games.core import Seat
from games.transforms.answers import distribution
from games.transforms.elicited import Elicited, stated

ELICITED: Final = kind("a game that asks for beliefs: elicited(game=...)", Elicited)

# Percents are whole: what is stated as 0 may mean anything below half a percent.
_MOST_SURPRISE: Final = log2(200)
_NOTHING_STATED: Final = "the agent stated no belief whose truth is known"
_NO_VIEW: Final = "the agent stated no view of a player that stated its own at the same time; ask everyone"
_FIRST: Final = "answers to questions of first order, the truth being known"


class Belief(NamedTuple):
    """One answer to one question.

    Attributes:
        cluster: of the match.
        asked: the state in which the question was put.
        question: the question.
        forecast: probability of each option.
        truth: the option that was the case; None where it is not known, and for views of others' views.
        viewed: what the viewer answered to the same question at the same time; None where it was not asked.
    """

    cluster: str
    asked: Any
    question: Question
    forecast: Mapping[str, float]
    truth: str | None
    viewed: Mapping[str, float] | None


def beliefs(pool: Pool, agent: str) -> Iterator[Belief]:
    """All answers of an agent, match by match, in the matches in which it decided by itself throughout."""
    game = pool.game
    assert isinstance(game, Elicited), "the metric needs a game that asks"
    for played in pool.played_by(agent):
        for number, asked in enumerate(played.play.states[:-1]):
            for question, forecast in answered(game, played.play, number, played.seat).items():
                first = question.viewer is None
                yield Belief(
                    played.cluster,
                    asked,
                    question,
                    forecast,
                    game.truth(asked, played.end, played.seat, question.topic) if first else None,
                    None if question.viewer is None else _own_view(game, played.play, number, question),
                )


def answered(game: Elicited, play: Play, number: int, seat: Seat) -> dict[Question, Mapping[str, float]]:
    """What a seat answered in a turn of a match, by question; nothing where it was not asked."""
    asked = play.states[number]
    answer = stated(asked, play.states[number + 1], seat)
    if answer is None:
        return {}
    return {
        question: dict(zip(question.options, distribution(percents), strict=True))
        for question, percents in zip(game.questions_now(asked, seat), answer, strict=True)
    }


def most_probable(forecast: Mapping[str, float]) -> str | None:
    """The one option with the greatest probability; None where several share it."""
    most = max(forecast.values())
    (first, *others) = [option for option, probability in forecast.items() if probability == most]
    return None if others else first


def total_variation(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Half the sum of absolute differences, from 0 to 1."""
    return sum(abs(one.get(option, 0.0) - other.get(option, 0.0)) for option in {*one, *other}) / 2


def surprise(forecast: Mapping[str, float], truth: str) -> float:
    """The log score in bits, at most that of half a percent."""
    return min(log_score(forecast, truth), _MOST_SURPRISE)


def _own_view(game: Elicited, play: Play, number: int, question: Question) -> Mapping[str, float] | None:
    """What the viewer of a question of second order answered itself, asked in the same turn."""
    assert question.viewer is not None, "a question of second order"
    own = answered(game, play, number, question.viewer)
    return next(
        (forecast for each, forecast in own.items() if (each.topic, each.viewer) == (question.topic, None)), None
    )


def _judged(pool: Pool, agent: str) -> Iterator[tuple[Belief, str]]:
    """The beliefs whose truth is known, with it."""
    return ((belief, belief.truth) for belief in beliefs(pool, agent) if belief.truth is not None)


def _brier(pool: Pool, agent: str) -> Result:
    scores = ((belief.cluster, brier_score(belief.forecast, truth)) for belief, truth in _judged(pool, agent))
    return mean_value(scores, _NOTHING_STATED)


def _surprise(pool: Pool, agent: str) -> Result:
    scores = ((belief.cluster, surprise(belief.forecast, truth)) for belief, truth in _judged(pool, agent))
    return mean_value(scores, _NOTHING_STATED)


def _calibration(pool: Pool, agent: str) -> Result:
    answers = [
        (belief.cluster, [(probability, option == truth) for option, probability in belief.forecast.items()])
        for belief, truth in _judged(pool, agent)
    ]
    return jackknife(answers, _error_of_all, _NOTHING_STATED)


def _error_of_all(answers: Sequence[Sequence[tuple[float, bool]]]) -> float | None:
    forecasts = [forecast for answer in answers for forecast in answer]
    return calibration_error(forecasts) if forecasts else None


def _hits(judged: Iterable[tuple[Belief, str]]) -> Iterator[tuple[str, bool]]:
    return ((belief.cluster, most_probable(belief.forecast) == truth) for belief, truth in judged)


def _accuracy(pool: Pool, agent: str) -> Result:
    return share_value(_hits(_judged(pool, agent)), _NOTHING_STATED)


def _about_others(pool: Pool, agent: str) -> Result:
    judged = ((belief, truth) for belief, truth in _judged(pool, agent) if belief.question.topic != IDENTITY)
    return share_value(_hits(judged), _NOTHING_STATED)


def _about_itself(pool: Pool, agent: str) -> Result:
    judged = ((belief, truth) for belief, truth in _judged(pool, agent) if belief.question.topic == IDENTITY)
    return share_value(_hits(judged), "the agent was never asked what it is itself")


def _views(pool: Pool, agent: str) -> Iterator[tuple[Belief, Mapping[str, float]]]:
    """Views attributed to others, with what these said themselves."""
    return ((belief, belief.viewed) for belief in beliefs(pool, agent) if belief.viewed is not None)


def _second_order(pool: Pool, agent: str) -> Result:
    clear = ((belief, most_probable(own)) for belief, own in _views(pool, agent))
    hits = ((belief.cluster, most_probable(belief.forecast) == own) for belief, own in clear if own is not None)
    return share_value(hits, _NO_VIEW)


def _second_distance(pool: Pool, agent: str) -> Result:
    distances = ((belief.cluster, total_variation(belief.forecast, own)) for belief, own in _views(pool, agent))
    return mean_value(distances, _NO_VIEW)


_MAGIC: Final = "Xu et al., MAgIC, EMNLP 2024"

BRIER: Final = Metric(
    name="belief_brier",
    family=Family.RATIONALITY,
    meaning="Mean Brier score of stated beliefs: 0 is sure of the truth, 2 sure of something else.",
    where=_FIRST,
    needs=(ELICITED,),
    unit="score, less is better",
    high=2.0,
    source="Brier, Verification of forecasts expressed in terms of probability, 1950 (all classes)",
    compute=_brier,
)
SURPRISE: Final = Metric(
    name="belief_surprise",
    family=Family.RATIONALITY,
    meaning="Mean surprise at the truth, given what was believed; less is better.",
    where=f"{_FIRST}; what was stated as 0 % counts as half a percent, a surprise of 7.6 bits and not an infinite one",
    needs=(ELICITED,),
    unit="bits",
    high=_MOST_SURPRISE,
    source="Good, Rational decisions, 1952 (logarithmic score)",
    compute=_surprise,
)
CALIBRATION: Final = Metric(
    name="belief_calibration_error",
    family=Family.RATIONALITY,
    meaning="Mean distance between stated probabilities and how often they came true, in ten bins.",
    where=f"every option in {_FIRST}; with few answers, chance alone makes it greater than 0",
    needs=(ELICITED,),
    source="Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, 2015",
    compute=_calibration,
)
ACCURACY: Final = Metric(
    name="belief_accuracy",
    family=Family.RATIONALITY,
    meaning="Share of answers whose most probable option was the case; where several share the top, it is wrong.",
    where=_FIRST,
    needs=(ELICITED,),
    source=f"{_MAGIC} (own view against the truth; ties are wrong here)",
    compute=_accuracy,
)
SELF_KNOWLEDGE: Final = Metric(
    name="identity_accuracy",
    family=Family.RATIONALITY,
    meaning="Share of answers about what the agent itself is that were right; not to be sure is wrong.",
    where="questions on the topic of identity",
    needs=(ELICITED,),
    source=f"{_MAGIC} (self-awareness)",
    compute=_about_itself,
)
FIRST_ORDER: Final = Metric(
    name="theory_of_mind_1",
    family=Family.STRATEGY,
    meaning="Share of beliefs about others, what they hide or do next, whose most probable option was the case.",
    where=f"{_FIRST}, those about the agent itself left out; ties are wrong",
    needs=(ELICITED,),
    source=f"{_MAGIC} (reasoning, own view); Guo et al., Suspicion-Agent, 2023 (belief of first order)",
    compute=_about_others,
)
SECOND_ORDER: Final = Metric(
    name="theory_of_mind_2",
    family=Family.STRATEGY,
    meaning="Share of views attributed to others that agree with what these said, by the most probable option.",
    where="views of a player that answered the same question at the same time and had one most probable option",
    needs=(ELICITED,),
    source=f"{_MAGIC} (reasoning, attributed view); Guo et al., Suspicion-Agent, 2023 (second order)",
    compute=_second_order,
)
SECOND_ORDER_DISTANCE: Final = Metric(
    name="theory_of_mind_2_distance",
    family=Family.STRATEGY,
    meaning="Mean total variation between views attributed to others and what these said; less is better.",
    where="views of a player that answered the same question at the same time",
    needs=(ELICITED,),
    unit="total variation",
    source=f"distance of distributions; {_MAGIC} (attributed views)",
    compute=_second_distance,
)
