"""The betting of one hand of poker with blinds: who is to act, what may be put in, and who wins what.

Pure functions of small immutable values; seats go clockwise. Chips are whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from games.core import Seat

Item = TypeVar("Item")

FOLD: Final = "fold"
CHECK: Final = "check"
CALL: Final = "call"
RAISE_TO: Final = "raise to "
NOBODY: Final[Seat] = -1
LIMIT_BETS: Final = 4
"""A bet and three raises are the most of one round with fixed limits; the big blind counts as a bet."""


class Blinds(NamedTuple):
    """What players must put in before cards are dealt."""

    small: int
    big: int
    ante: int


class Betting(NamedTuple):
    """How a hand stands; all of it is public.

    Attributes:
        stacks: chips of each seat that are not in the pot.
        bets: chips that each seat has put in during this round, antes apart.
        paid: chips that each seat has put in during this hand.
        folded: whether each seat is out of the hand, or never was in it.
        acted: whether each seat has acted in this round; to post a blind is not to act.
        level: what a seat must have put in during this round to stay in.
        raise_size: by how much a full raise raises.
        raises: bets and raises of this round, the big blind included.
        turn: who is to act; `NOBODY` when the round is over.
    """

    stacks: tuple[int, ...]
    bets: tuple[int, ...]
    paid: tuple[int, ...]
    folded: tuple[bool, ...]
    acted: tuple[bool, ...]
    level: int
    raise_size: int
    raises: int
    turn: Seat


class Options(NamedTuple):
    """What the seat to act may do.

    Attributes:
        cost: chips that it takes to call, at most all of the seat's; 0 when it may check.
        raises: what it may raise to, all-in included; empty when it may not raise.
    """

    cost: int
    raises: range


def blind_seats(button: Seat, dealt: Sequence[Seat]) -> tuple[Seat, Seat]:
    """Who posts the small and the big blind: the next two after the button; of two players, the button posts small."""
    clockwise = after(button, dealt)
    return (button, clockwise[0]) if len(clockwise) == 2 else (clockwise[0], clockwise[1])


def after(button: Seat, seats: Sequence[Seat]) -> list[Seat]:
    """Seats in the order in which they come after the button, which is last."""
    return [seat for seat in seats if seat > button] + [seat for seat in seats if seat <= button]


def posted(stacks: tuple[int, ...], dealt: Sequence[Seat], button: Seat, blinds: Blinds) -> Betting:
    """The start of a hand: antes first, then blinds, as far as chips reach."""
    seats = range(len(stacks))
    antes = [min(blinds.ante, stacks[seat]) for seat in seats]
    small, big = blind_seats(button, dealt)
    due = {small: blinds.small, big: blinds.big}
    bets = tuple(min(due.get(seat, 0), stacks[seat] - antes[seat]) for seat in seats)
    return _passed_on(
        Betting(
            stacks=tuple(stacks[seat] - antes[seat] - bets[seat] for seat in seats),
            bets=bets,
            paid=tuple(antes[seat] + bets[seat] for seat in seats),
            folded=tuple(seat not in dealt for seat in seats),
            acted=(False,) * len(stacks),
            level=blinds.big,
            raise_size=blinds.big,
            raises=1,
            turn=NOBODY,
        ),
        big,
    )


def next_round(betting: Betting, button: Seat, raise_size: int) -> Betting:
    """The start of a later round, in which nothing is put in yet; the first seat after the button begins."""
    fresh = betting._replace(
        bets=(0,) * len(betting.bets),
        acted=(False,) * len(betting.acted),
        level=0,
        raise_size=raise_size,
        raises=0,
    )
    return _passed_on(fresh, button)


def options(betting: Betting, limit: bool) -> Options:
    """What the seat to act may do, in no-limit or in fixed-limit betting.

    A player who has acted may raise again only when facing at least a full raise (with fixed limits, half of one), be
    it the sum of several short all-ins: Poker Tournament Directors Association, rules of 2022, rule 47.
    """
    seat = betting.turn
    stack, bet = betting.stacks[seat], betting.bets[seat]
    facing = _target(betting, seat) - bet
    cost = min(facing, stack)
    reopened = not betting.acted[seat] or (1 + limit) * facing >= betting.raise_size
    capped = limit and betting.raises >= LIMIT_BETS
    if stack <= facing or not reopened or capped or not _others_can_act(betting, seat):
        return Options(cost, range(0))
    least = min(betting.level + betting.raise_size, bet + stack)
    return Options(cost, range(least, (least if limit else bet + stack) + 1))


def acted(betting: Betting, action: str, limit: bool) -> Betting:
    """What follows from an action of the seat to act."""
    seat = betting.turn
    now = betting._replace(acted=_with(betting.acted, seat, True))
    if action == FOLD:
        now = now._replace(folded=_with(betting.folded, seat, True))
    elif action == CALL:
        now = _put_in(now, seat, options(betting, limit).cost)
    elif action != CHECK:
        now = _raised(now, seat, int(action.removeprefix(RAISE_TO)), limit)
    return _passed_on(now, seat)


def live(betting: Betting) -> list[Seat]:
    """The seats that have not folded."""
    return [seat for seat, folded in enumerate(betting.folded) if not folded]


def winnings(betting: Betting, button: Seat, strength: Mapping[Seat, int]) -> tuple[int, ...]:
    """What each seat takes out of the pot.

    The pot falls into layers, one for each all-in, which only those can win who have put in that much; what nobody
    else has put in goes back. Each layer is split apart; odd chips go one by one to the first winners after the button
    (Poker Tournament Directors Association, rules of 2022, rules 20 and 21).

    Args:
        betting: the hand at its end.
        button: the seat of the button.
        strength: of each hand that has not folded; the higher one wins.
    """
    won = [0] * len(betting.paid)
    steps = sorted({betting.paid[seat] for seat in strength})
    for low, high in zip([0, *steps], [*steps[:-1], sum(betting.paid)], strict=False):
        layer = sum(min(paid, high) - min(paid, low) for paid in betting.paid)
        able = [seat for seat in strength if betting.paid[seat] > low]
        best = max(strength[seat] for seat in able)
        winners = after(button, sorted(seat for seat in able if strength[seat] == best))
        share, odd = divmod(layer, len(winners))
        for place, seat in enumerate(winners):
            won[seat] += share + (place < odd)
    return tuple(won)


def _raised(betting: Betting, seat: Seat, level: int, limit: bool) -> Betting:
    by = level - betting.level
    counts = (1 + limit) * by >= betting.raise_size
    return _put_in(betting, seat, level - betting.bets[seat])._replace(
        level=level,
        raise_size=betting.raise_size if limit else max(by, betting.raise_size),
        raises=betting.raises + counts,
    )


def _put_in(betting: Betting, seat: Seat, chips: int) -> Betting:
    return betting._replace(
        stacks=_with(betting.stacks, seat, betting.stacks[seat] - chips),
        bets=_with(betting.bets, seat, betting.bets[seat] + chips),
        paid=_with(betting.paid, seat, betting.paid[seat] + chips),
    )


def _with(items: tuple[Item, ...], seat: Seat, item: Item) -> tuple[Item, ...]:
    return (*items[:seat], item, *items[seat + 1 :])


def _passed_on(betting: Betting, seat: Seat) -> Betting:
    """The turn given to the next seat that has something to decide."""
    players = len(betting.stacks)
    following = ((seat + step) % players for step in range(1, players + 1))
    return betting._replace(turn=next((each for each in following if _must_act(betting, each)), NOBODY))


def _must_act(betting: Betting, seat: Seat) -> bool:
    if betting.folded[seat] or not betting.stacks[seat]:
        return False
    if betting.bets[seat] < _target(betting, seat):
        return True
    return not betting.acted[seat] and _others_can_act(betting, seat)


def _target(betting: Betting, seat: Seat) -> int:
    """What a seat must have put in to stay in: no more than the others can, when all of them are all-in."""
    if _others_can_act(betting, seat):
        return betting.level
    return max((betting.bets[other] for other in live(betting) if other != seat), default=0)


def _others_can_act(betting: Betting, seat: Seat) -> bool:
    """Whether anybody else in the hand has chips left."""
    return any(stack and other != seat and not betting.folded[other] for other, stack in enumerate(betting.stacks))
