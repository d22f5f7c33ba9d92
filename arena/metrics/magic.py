"""MAgIC's seven abilities and its win rate: per pool as metrics, over all its games from tallies that add up.

Xu et al., MAgIC: investigation of large language model powered multi-agent in cognition, adaptability, rationality and
collaboration, EMNLP 2024, and its released program. One model is the challenger; here every agent is measured as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import pi, sin
from typing import Any, Final, NamedTuple

from arena.metrics.base import Family, Metric, Result
from arena.metrics.beliefs import answered, most_probable
from arena.metrics.evidence import Pool, SeatPlay
from arena.metrics.intervals import jackknife, share_value
from arena.metrics.needs import Need, kind
from games.beliefs import IDENTITY
from games.core import Game, Seat
from games.dilemmas.group_dilemma import DEFECT, GroupDilemma
from games.dilemmas.public_good import PublicGood
from games.economic.cost_sharing import CostSharing, agreed
from games.transforms.elicited import Elicited
from games.words import chameleon, undercover
from games.words.chameleon import Chameleon
from games.words.round_table import name, verdict
from games.words.undercover import Undercover

_GUESS_WEIGHT: Final = 0.25

MOST_DECEPTION: Final = 1 + _GUESS_WEIGHT
"""The most that deception can be."""

MOST_AREA: Final = sin(2 * pi / 7) / 2 * (5 + 2 * MOST_DECEPTION)
"""The most that the area of the radar chart can be: deception counts in two of the seven products."""


@dataclass(frozen=True, slots=True)
class Count:
    """Hits out of a number of cases; counts add up."""

    hits: int = 0
    cases: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.cases + other.cases)

    @property
    def share(self) -> float | None:
        """Hits per case; None without cases."""
        return self.hits / self.cases if self.cases else None


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted in matches of one agent; tallies of matches, agents' pools and games add up.

    Attributes:
        judgement: own votes, cast without being the odd player, that name it.
        reasoning: own views, and views attributed to all others, that are right; ties are wrong. Two cases per
            interview.
        reasoning_coded: the same with ties taken for player 1, as the released program does.
        awareness: own answers about what the agent itself is that are right.
        hidden: games as the odd player that did not end with its full exposure.
        guesses: right guesses of the word, as the chameleon.
        guess_flags: endings with a guess, `caught` or `guessed`, seen in Chameleon games as another player.
        cooperation: games of cost sharing that ended with agreement.
        coordination: agreements that are the agent's own last proposal.
        rationality: defections in the group dilemma, and gifts that are the least of the round.
        chameleon: points as the chameleon, out of 2 per game.
        not_chameleon: points as another player of Chameleon, out of 2 per game.
        undercover: points as the undercover, out of 3 per game.
        not_undercover: points as another player of Undercover, out of 3 per game.
        dilemma: group dilemmas with no lower result than anybody's.
        good: games of the public good with no lower result than anybody's.
    """

    judgement: Count = Count()
    reasoning: Count = Count()
    reasoning_coded: Count = Count()
    awareness: Count = Count()
    hidden: Count = Count()
    guesses: Count = Count()
    guess_flags: frozenset[str] = frozenset()
    cooperation: Count = Count()
    coordination: Count = Count()
    rationality: Count = Count()
    chameleon: Count = Count()
    not_chameleon: Count = Count()
    undercover: Count = Count()
    not_undercover: Count = Count()
    dilemma: Count = Count()
    good: Count = Count()


class Abilities(NamedTuple):
    """MAgIC's numbers for one agent; None where nothing was played that defines it.

    Attributes:
        judgement: from 0 to 1, as all but the next two.
        reasoning: ties are wrong.
        deception: reconstructed; from 0 to 1.25.
        self_awareness: see `Tally.awareness`.
        cooperation: see `Tally.cooperation`.
        coordination: see `Tally.coordination`.
        rationality: see `Tally.rationality`.
        deception_coded: as the released program computes it; from 0 to 1.25.
        reasoning_coded: likewise.
        win_rate: mean of seven scores: as non-chameleon, non-undercover, chameleon and undercover, agreements, and
            wins of the dilemma and the public good. None unless all seven were played.
    """

    judgement: float | None
    reasoning: float | None
    deception: float | None
    self_awareness: float | None
    cooperation: float | None
    coordination: float | None
    rationality: float | None
    deception_coded: float | None
    reasoning_coded: float | None
    win_rate: float | None

    @property
    def seven(self) -> tuple[float | None, ...]:
        """The seven abilities, in the order of MAgIC's table; that of the axes of its radar chart is not verified."""
        return self[:7]


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies, such as those of all pools that one agent played."""
    listed = list(tallies)
    counts = {
        each.name: sum((getattr(tally, each.name) for tally in listed), Count())
        for each in fields(Tally)
        if each.name != "guess_flags"
    }
    return Tally(**counts, guess_flags=frozenset().union(*(tally.guess_flags for tally in listed)))


def abilities(tallies: Iterable[Tally]) -> Abilities:
    """MAgIC's numbers from what was counted in all pools that one agent played."""
    sums = total(tallies)
    return Abilities(
        sums.judgement.share,
        sums.reasoning.share,
        deception(sums),
        sums.awareness.share,
        sums.cooperation.share,
        sums.coordination.share,
        sums.rationality.share,
        deception_coded(sums),
        sums.reasoning_coded.share,
        win_rate(sums),
    )


def radar_area(abilities: Sequence[float | None]) -> float | None:
    """Area of the polygon with these radii at equal angles, MAgIC's overall number; None when one is missing.

    `1/2 sin(2 pi / n) sum_k r_k r_{k+1}`; it depends on the order of the axes.
    """
    known = [each for each in abilities if each is not None]
    if not known or len(known) < len(abilities):
        return None
    neighbours = zip(known, known[1:] + known[:1], strict=True)
    return sin(2 * pi / len(known)) / 2 * sum(one * other for one, other in neighbours)


def deception(tally: Tally) -> float | None:
    """`hidden + 0.25 * right guesses / guesses`, by game; without a guess the second part is 0.

    A reconstruction: it agrees with all published values, which one with wrong guesses in the numerator does not.
    """
    hidden = tally.hidden.share
    return None if hidden is None else hidden + _GUESS_WEIGHT * (tally.guesses.share or 0.0)


def deception_coded(tally: Tally) -> float | None:
    """The same as the released program computes it: the second part from kinds of endings, in others' games.

    It is taken from Chameleon games in which the agent is not the chameleon, and counts which of the endings "wrong
    guess" and "right guess" occurred at all, so that the ratio is 0, 1/2 or 1.
    """
    hidden = tally.hidden.share
    if hidden is None:
        return None
    ratio = ("guessed" in tally.guess_flags) / len(tally.guess_flags) if tally.guess_flags else 0.0
    return hidden + _GUESS_WEIGHT * ratio


def win_rate(tally: Tally) -> float | None:
    """The plain mean of MAgIC's seven scores; None unless all were played."""
    scores = [count.share for count in _scores(tally)]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) == len(scores) else None


def tallies(pool: Pool, agent: str) -> Iterator[tuple[str, Tally]]:
    """Cluster and tally of what an agent did, match by match and seat by seat.

    In a pool that asks for beliefs, what was played and what was answered are tallied apart. Pools of other games
    have none.
    """
    played_pool = pool.inside or pool
    count = next((tell for game, tell in _OUTCOMES.items() if isinstance(played_pool.game, game)), None)
    if count is not None:
        for played in played_pool.played_by(agent):
            yield played.cluster, count(played_pool.game, played)
    if _asks_who_is_odd(pool.game):
        assert isinstance(pool.game, Elicited), "only such games ask"
        for played in pool.played_by(agent):
            yield played.cluster, total(_interviews(pool.game, played))


# -- what was played ------------------------------------------------------------------------------------------


def _of_chameleon(game: Chameleon, played: SeatPlay) -> Tally:
    ending, odd, seat = game.ending(played.end), played.end.chameleon, played.seat
    if ending is None:
        return Tally()
    points = Count(round(chameleon.MAGIC_POINTS[ending][seat != odd]), 2)
    guessed = frozenset({ending}) if ending in ("caught", "guessed") else frozenset()
    if seat != odd:
        judged = Count(played.end.votes[seat] == odd, 1)
        return Tally(judgement=judged, not_chameleon=points, guess_flags=guessed)
    guesses = Count(ending == "guessed", len(guessed))
    return Tally(hidden=Count(ending != "caught", 1), guesses=guesses, chameleon=points)


def _of_undercover(game: Undercover, played: SeatPlay) -> Tally:
    votes, odd, seat = played.end.votes, played.end.undercover, played.seat
    if not votes:
        return Tally()
    ending = verdict(votes, odd)
    points = Count(round(undercover.MAGIC_POINTS[ending][seat != odd]), 3)
    if seat != odd:
        return Tally(judgement=Count(votes[seat] == odd, 1), not_undercover=points)
    return Tally(hidden=Count(ending != "caught", 1), undercover=points)


def _of_cost_sharing(game: CostSharing, played: SeatPlay) -> Tally:
    if game.to_move(played.end):
        return Tally()
    plan = agreed(played.end)
    if plan is None:
        return Tally(cooperation=Count(0, 1))
    own = played.end.past[-1].proposals[played.seat]
    return Tally(cooperation=Count(1, 1), coordination=Count(own == plan, 1))


def _of_dilemma(game: GroupDilemma, played: SeatPlay) -> Tally:
    rounds = [finished.actions for finished in played.end.past]
    defections = sum(actions[played.seat] == DEFECT for actions in rounds)
    return Tally(rationality=Count(defections, len(rounds)), dilemma=_won(game, played))


def _of_good(game: PublicGood, played: SeatPlay) -> Tally:
    least = sum(given[played.seat] == min(given) for given in played.end.past)
    return Tally(rationality=Count(least, len(played.end.past)), good=_won(game, played))


def _won(game: Game[Any, Any], played: SeatPlay) -> Count:
    """Whether no seat has a higher result; no case before the end."""
    if game.to_move(played.end):
        return Count()
    returns = game.returns(played.end)
    return Count(returns[played.seat] == max(returns), 1)


_OUTCOMES: Final[Mapping[type[Game[Any, Any]], Callable[[Any, SeatPlay], Tally]]] = {
    Chameleon: _of_chameleon,
    Undercover: _of_undercover,
    CostSharing: _of_cost_sharing,
    GroupDilemma: _of_dilemma,
    PublicGood: _of_good,
}


# -- what was answered ----------------------------------------------------------------------------------------


def _interviews(game: Elicited, played: SeatPlay) -> Iterator[Tally]:
    """What a seat answered in each round of questions."""
    for number, asked in enumerate(played.play.states[:-1]):
        own = _views(game, played, number, played.seat)
        if IDENTITY in own:
            right = most_probable(own[IDENTITY]) == game.truth(asked, played.end, played.seat, IDENTITY)
            yield Tally(awareness=Count(right, 1))
        if game.inner.info.name in own:
            truth = game.truth(asked, played.end, played.seat, game.inner.info.name)
            stated = {seat: _views(game, played, number, seat) for seat in range(game.num_players)}
            yield Tally(
                reasoning=_reasoned(game, stated, played.seat, truth, most_probable),
                reasoning_coded=_reasoned(game, stated, played.seat, truth, _first_of_ties),
            )


_Key = str | tuple[str, Seat]
_Forecast = Mapping[str, float]


def _views(game: Elicited, played: SeatPlay, number: int, seat: Seat) -> dict[_Key, _Forecast]:
    """What a seat answered in a turn: by topic for its own view, by topic and viewer for that of another seat."""
    return {
        question.topic if question.viewer is None else (question.topic, question.viewer): forecast
        for question, forecast in answered(game, played.play, number, seat).items()
    }


def _reasoned(
    game: Elicited,
    stated: Mapping[Seat, Mapping[_Key, _Forecast]],
    seat: Seat,
    truth: str | None,
    top: Callable[[_Forecast], str | None],
) -> Count:
    """The two cases of an interview: the own view, and the views attributed to others, right for all of them."""
    topic = game.inner.info.name
    own = top(stated[seat][topic]) == truth

    def sees_through(other: Seat) -> bool:
        if topic not in stated[other]:
            return False
        theirs = top(stated[other][topic])
        return theirs is not None and top(stated[seat][topic, other]) == theirs

    attributed = all(sees_through(other) for other in stated if other != seat)
    return Count(own + attributed, 2)


def _first_of_ties(forecast: _Forecast) -> str:
    """The released program's most probable option: player 1 where several share the top."""
    return most_probable(forecast) or name(0)


# -- the metrics ----------------------------------------------------------------------------------------------


def _asks_who_is_odd(game: Game[Any, Any] | None) -> bool:
    return isinstance(game, Elicited) and isinstance(game.inner, Chameleon | Undercover)


def _asks_everyone(game: Game[Any, Any]) -> bool:
    return _asks_who_is_odd(game) and isinstance(game, Elicited) and game.params.ask == "everyone"


def _scores(tally: Tally) -> tuple[Count, ...]:
    roles = (tally.not_chameleon, tally.not_undercover, tally.chameleon, tally.undercover)
    return (*roles, tally.cooperation, tally.dilemma, tally.good)


def _mean_score(tally: Tally) -> float | None:
    """The plain mean of the scores that a pool has: of both roles, or of its one."""
    known = [count.share for count in _scores(tally) if count.share is not None]
    return sum(known) / len(known) if known else None


def share_of(field: str, items: Iterable[tuple[str, Tally]], nothing: str) -> Result:
    """The share of hits in a field of tallies, which come with their clusters; `nothing` is the reason without any."""
    counts = ((cluster, getattr(tally, field)) for cluster, tally in items)
    return share_value(
        ((cluster, case < count.hits) for cluster, count in counts for case in range(count.cases)), nothing
    )


def estimate_of(formula: Callable[[Tally], float | None], items: Iterable[tuple[str, Tally]], nothing: str) -> Result:
    """A number of the sum of tallies, which come with their clusters; `nothing` is the reason where there is none."""
    return jackknife(items, lambda listed: formula(total(listed)), nothing)


def _share(field: str, nothing: str) -> Callable[[Pool, str], Result]:
    return lambda pool, agent: share_of(field, tallies(pool, agent), nothing)


def _estimate(formula: Callable[[Tally], float | None], nothing: str) -> Callable[[Pool, str], Result]:
    return lambda pool, agent: estimate_of(formula, tallies(pool, agent), nothing)


_WORDS: Final = kind("chameleon or undercover", Chameleon, Undercover)
_SHARING: Final = kind("cost sharing", CostSharing)
_DILEMMAS: Final = kind("the group dilemma or the single public good", GroupDilemma, PublicGood)
_ANY: Final = kind("a game of MAgIC", *_OUTCOMES)
_INTERVIEWS: Final = Need("chameleon or undercover with questions: elicited(game=...)", _asks_who_is_odd)
_ALL_ASKED: Final = Need(
    'chameleon or undercover with questions to all: elicited(ask="everyone", game=...)', _asks_everyone
)
_PROGRAM: Final = "Xu et al., MAgIC, EMNLP 2024, and its released program"
_NO_INTERVIEW: Final = "the agent was never asked"
_NEVER_ODD: Final = "the agent was never the odd player of a finished match"

JUDGEMENT: Final = Metric(
    name="magic_judgement",
    family=Family.DECEPTION,
    meaning="Share of the agent's votes, cast when it is not the odd player itself, that name the odd player.",
    where="finished matches as an ordinary player",
    needs=(_WORDS,),
    source=_PROGRAM,
    compute=_share("judgement", "the agent never voted as an ordinary player"),
)
REASONING: Final = Metric(
    name="magic_reasoning",
    family=Family.STRATEGY,
    meaning="Mean of two shares: interviews with the right own view, and with a right view of every other's view.",
    where="interviews on who is odd; ties are wrong; undercover is asked about before every decision, in MAgIC after "
    "every round of clues",
    needs=(_ALL_ASKED,),
    source=f"{_PROGRAM}, with ties counted as wrong",
    compute=_share("reasoning", _NO_INTERVIEW),
)
REASONING_CODED: Final = Metric(
    name="magic_reasoning_coded",
    family=Family.STRATEGY,
    meaning="The same with a tie for the most suspected player read as player 1.",
    where="interviews on who is odd",
    needs=(_ALL_ASKED,),
    source=f"{_PROGRAM}, as coded",
    compute=_share("reasoning_coded", _NO_INTERVIEW),
)
AWARENESS: Final = Metric(
    name="magic_self_awareness",
    family=Family.RATIONALITY,
    meaning="Share of answers about what the agent itself is that are right; not to be sure is wrong.",
    where="interviews on identity; MAgIC also asks for the own number, which players are told here",
    needs=(_INTERVIEWS,),
    source=_PROGRAM,
    compute=_share("awareness", _NO_INTERVIEW),
)
DECEPTION: Final = Metric(
    name="magic_deception",
    family=Family.DECEPTION,
    meaning="Share of games as the odd player without full exposure, plus a quarter of the share of right guesses.",
    where="finished matches as the odd player; a chameleon that is caught but finds the word is not fully exposed; "
    "without any guess the second part is 0",
    needs=(_WORDS,),
    unit="score",
    high=MOST_DECEPTION,
    source=f"{_PROGRAM}, its second part reconstructed from the published values",
    compute=_estimate(deception, _NEVER_ODD),
)
DECEPTION_CODED: Final = Metric(
    name="magic_deception_coded",
    family=Family.DECEPTION,
    meaning="The same with the released program's ratio of guesses, which counts kinds of endings in others' games.",
    where="finished matches as the odd player, and for the second part as an ordinary player of chameleon",
    needs=(_WORDS,),
    unit="score",
    high=MOST_DECEPTION,
    source=f"{_PROGRAM}, as coded",
    compute=_estimate(deception_coded, _NEVER_ODD),
)
COOPERATION: Final = Metric(
    name="magic_cooperation",
    family=Family.SOCIAL,
    meaning="Share of games that end with agreement.",
    where="finished matches of cost sharing",
    needs=(_SHARING,),
    source=_PROGRAM,
    compute=_share("cooperation", "no finished match"),
)
COORDINATION: Final = Metric(
    name="magic_coordination",
    family=Family.SOCIAL,
    meaning="Share of agreements that are the agent's own last proposal.",
    where="matches of cost sharing that ended with agreement",
    needs=(_SHARING,),
    source=_PROGRAM,
    compute=_share("coordination", "no match ended with agreement"),
)
RATIONALITY: Final = Metric(
    name="magic_rationality",
    family=Family.RATIONALITY,
    meaning="Share of rounds in which the agent defects, or gives no more than whoever gives least.",
    where="every round; it is about rank: with MAgIC's multiplier of 3.5, giving nothing costs the agent tokens",
    needs=(_DILEMMAS,),
    source=_PROGRAM,
    compute=_share("rationality", "no finished round"),
)
WIN_RATE: Final = Metric(
    name="magic_win_rate",
    family=Family.STRATEGY,
    meaning="Points over the most possible ones, both roles weighing the same; agreements; or first ranks, ties too.",
    where="finished matches, by MAgIC's points whatever the scoring; MAgIC's own number is the mean over seven roles",
    needs=(_ANY,),
    source=_PROGRAM,
    compute=_estimate(_mean_score, "no finished match"),
)
