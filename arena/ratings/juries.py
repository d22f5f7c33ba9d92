"""Whether the verdicts of a jury are a ground for ratings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agents.registry import jurors
from arena.metrics.agreement import krippendorff_alpha
from games.talk.debate import is_consistent, vote_of

LEAST_ALPHA: Final = 0.667
"""The least agreement of jurors: Krippendorff's bound for tentative conclusions (Content analysis, 2004)."""
LEAST_CONSISTENCY: Final = 0.8
"""The least share of verdicts that are the same in both orders of presentation."""

SCALE: Final = ("against", "tie", "for")
"""What a juror can vote, in order."""


def distrust(debates: Sequence[Sequence[str]]) -> str | None:
    """Why debates cannot be rated by what their juries said; None when they can, or when nobody said anything.

    Args:
        debates: for each debate the rulings of its jurors, as `first/second`. Agreement is not defined, and not
            asked for, with one juror, with fewer than two debates, or where all votes are the same.
    """
    votes = [tuple(map(place_of, rulings)) for rulings in debates if rulings]
    agreement = krippendorff_alpha(votes, len(SCALE))
    if agreement is not None and agreement < LEAST_ALPHA:
        return f"the jurors agree too little (alpha {agreement:.3f}; at least {LEAST_ALPHA} is needed)"
    same = [is_consistent(ruling) for rulings in debates for ruling in rulings]
    if same and sum(same) / len(same) < LEAST_CONSISTENCY:
        return (
            f"the jurors give the same verdict in both orders in {sum(same) / len(same):.0%} of cases (at least "
            f"{LEAST_CONSISTENCY:.0%} is needed)"
        )
    return None


def different_opinions(rulings: Sequence[str], referee: str | None) -> tuple[str, ...]:
    """One ruling of each model of a jury: where models take turns, one that agrees with itself is no second opinion.

    Args:
        rulings: of the jurors in order; all count where the referee is no jury of models.
        referee: its spec.
    """
    models = jurors(referee) if referee else ()
    return tuple(rulings[: len(models)] if models else rulings)


def place_of(ruling: str) -> int:
    """What a ruling counts as: 0 against the motion, 1 a tie, 2 for it."""
    return SCALE.index(vote_of(ruling))
