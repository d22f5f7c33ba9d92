"""Numbers as people read them, the same in the terminal and on pages. Unknown is a dash, never 0."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from agents.base import AttemptOutcome
from arena.ratings.bands import Bands
from arena.ratings.cyclic import CyclicShare
from arena.ratings.payoffs import Mean
from arena.ratings.tables import AcrossRow, Points, Rating, Score
from leaderboard.conduct import Conduct, Sum

UNKNOWN: Final = "-"

_ISO_UTC: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*(Z|\+00:00)$")
_THOUSAND: Final = 1_000
_OTHER_FAULTS: Final = tuple(
    outcome
    for outcome in AttemptOutcome
    if outcome not in (AttemptOutcome.OK, AttemptOutcome.ILLEGAL, AttemptOutcome.UNPARSABLE)
)


def rating(found: Rating | None) -> str:
    """A rating in whole points."""
    return UNKNOWN if found is None else f"{found.rating:.0f}"


def rating_interval(found: Rating | None) -> str:
    """The interval of a rating: `950..1080`; `at least 950` where only a lower bound is known."""
    if found is None or (found.low is None and found.high is None):
        return UNKNOWN
    if found.high is None:
        return f"at least {found.low:.0f}"
    return f"at most {found.high:.0f}" if found.low is None else f"{found.low:.0f}..{found.high:.0f}"


def probability(found: float | None) -> str:
    """A probability in percent; never 0 or 100, which no number of matches gives."""
    return UNKNOWN if found is None else f"{min(max(100 * found, 0.1), 99.9):.1f}%"


def strength(found: AcrossRow) -> str:
    """A standardised strength."""
    return f"{found.strength:+.2f}"


def strength_interval(found: AcrossRow) -> str:
    """The interval of a standardised strength."""
    return f"{found.low:+.2f}..{found.high:+.2f}"


def band(found: Bands, place: int) -> str:
    """A diagnostic of one agent with its band."""
    return f"{found.value[place]:.2f} ({found.low[place]:.2f}..{found.high[place]:.2f})"


def cyclic(found: CyclicShare) -> str:
    """The cyclic share with its interval, or why there is none."""
    if found.share is None:
        return str(found.reason)
    return f"{found.share:.2f} ({found.low:.2f}..{found.high:.2f})"


def across_ranks(place: int, found: AcrossRow) -> str:
    """The rank across games with its plausible range; a dash for an agent that has none."""
    if found.rank_low is None or found.rank_high is None:
        return UNKNOWN
    return str(place) if found.rank_low == found.rank_high else f"{place} ({found.rank_low}-{found.rank_high})"


def points(found: Points) -> str:
    """A number of rating points with its interval."""
    if found.low is None or found.high is None:
        return f"{found.points:+.0f}"
    return f"{found.points:+.0f} ({found.low:+.0f}..{found.high:+.0f})"


def ranks(place: int, found: Rating | None) -> str:
    """A rank with its plausible range, where that is wider: `2 (1-3)`."""
    if found is None or found.rank_low is None or found.rank_low == found.rank_high:
        return str(place)
    return f"{place} ({found.rank_low}-{found.rank_high})"


def score(found: Score) -> str:
    """Wins/draws/losses."""
    return "/".join(f"{round(value, 1):g}" for value in (found.wins, found.draws, found.losses))


def payoff(found: Mean | None) -> str:
    """A mean payoff with the half width of its interval."""
    if found is None:
        return UNKNOWN
    if found.low is None or found.high is None:
        return _digits(found.mean, "+")
    return f"{_digits(found.mean, '+')} ±{_digits((found.high - found.low) / 2)}"


def returns(values: Iterable[float]) -> str:
    """Final returns by seat: `+1 -1`."""
    return " ".join(f"{value:+g}" if value else "0" for value in values)


def moment(time: str) -> str:
    """A time in ISO 8601, as records have it, to the minute; anything else as it is."""
    found = _ISO_UTC.match(time)
    return f"{found[1]} {found[2]} UTC" if found else time


def counted(number: int, thing: str) -> str:
    """A number of things: `1 void`, `2 voids`, `3 matches`."""
    ending = "" if number == 1 else "es" if thing.endswith("ch") else "s"
    return f"{number} {thing}{ending}"


def percent(share: float | None) -> str:
    """A share in percent."""
    if share is None:
        return UNKNOWN
    return f"{100 * share:.1f}%" if share else "0%"


def faults(conduct: Conduct) -> tuple[str, str, str]:
    """The shares of attempts that were illegal, unparsable, and unusable in another way."""
    illegal, unparsable = conduct.rate(AttemptOutcome.ILLEGAL), conduct.rate(AttemptOutcome.UNPARSABLE)
    return percent(illegal), percent(unparsable), percent(conduct.rate(*_OTHER_FAULTS))


def amount(found: Sum) -> str:
    """A number of tokens: `950`, `12.3k`; a trailing `+` where some counts are unknown."""
    if found.unknown == found.values:
        return UNKNOWN
    return short(found.known) + ("+" if found.unknown else "")


def short(value: float) -> str:
    """A count in at most six characters."""
    if value < 10 * _THOUSAND:
        return f"{value:.0f}"
    if value < _THOUSAND * _THOUSAND:
        return f"{value / _THOUSAND:.1f}k"
    return f"{value / _THOUSAND**2:.1f}M"


def money(found: Sum) -> str:
    """A cost in dollars; says so where calls have no known price."""
    if not found.values:
        return UNKNOWN
    if found.unknown == found.values:
        return "unpriced"
    spent = f"${found.known:.4f}" if found.known < 1 else f"${found.known:.2f}"
    return f"{spent} + {found.unknown} unpriced" if found.unknown else spent


def _digits(value: float, sign: str = "") -> str:
    """Two decimals, fewer for large values."""
    return format(value, f"{sign}.2f" if abs(value) < _THOUSAND else f"{sign}.5g")
