"""Facts about a game, as data: what it is, who plays it, what it needs, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Dynamics(StrEnum):
    """Whether seats move one after the other or together."""

    SEQUENTIAL = "sequential"
    SIMULTANEOUS = "simultaneous"
    MIXED = "mixed"


class Chance(StrEnum):
    """Whether nature moves, and whether its outcomes can be listed."""

    NONE = "none"
    EXPLICIT = "explicit"
    SAMPLED = "sampled"


class Information(StrEnum):
    """Perfect: every seat knows the state whenever it moves (simultaneous choices apart)."""

    PERFECT = "perfect"
    IMPERFECT = "imperfect"


class Utility(StrEnum):
    """What the final returns of the seats add up to."""

    ZERO_SUM = "zero-sum"
    CONSTANT_SUM = "constant-sum"
    GENERAL_SUM = "general-sum"
    COMMON_PAYOFF = "common-payoff"


class ActionKind(StrEnum):
    """Enumerated: actions can be listed. Open: free text. Mixed: some nodes of each."""

    ENUMERATED = "enumerated"
    OPEN = "open"
    MIXED = "mixed"


class RefereeKind(StrEnum):
    """The outside authority that a game needs, if any."""

    NONE = "none"
    JURY = "jury"
    SANDBOX = "sandbox"
    SIMULATOR = "simulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class GameInfo:
    """Facts about a game.

    Attributes:
        name: registry name, snake_case, equal to the module's name.
        version: raised whenever rules, prompts or observations change; ratings never mix versions.
        title: for people.
        summary: one sentence.
        family: the folder the game lives in (`board`, `cards`, `dilemmas`, ...).
        dynamics: who moves when.
        chance: whether nature moves.
        information: what seats know.
        utility: what returns add up to.
        actions: enumerated or open.
        referee: the outside authority it needs.
        min_players: fewest seats.
        max_players: most seats.
        roles: one name per seat when seats differ in what they do; empty when only order differs.
        symmetric: all seats have the same rules, chances and information, so that order of seats does not matter.
        solvable: small enough to walk the whole tree with the default parameters.
        tags: search words.
        references: rulebooks, papers, code that the rules follow.
    """

    name: str
    version: int
    title: str
    summary: str
    family: str
    dynamics: Dynamics
    chance: Chance
    information: Information
    utility: Utility
    actions: ActionKind = ActionKind.ENUMERATED
    referee: RefereeKind = RefereeKind.NONE
    min_players: int = 2
    max_players: int = 2
    roles: tuple[str, ...] = ()
    symmetric: bool = False
    solvable: bool = False
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
