"""The betting of one hand of poker with blinds: who is to act, what may be put in, and who wins what.

Pure functions of small immutable values; seats go clockwise. Chips are whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import sub
from typing import Final, NamedTuple, TypeVar

from games.core import Seat

Item = TypeVar("Item")

FOLD: Final = "fold"
CHECK: Final = "check"
CALL: Final = "call"
RAISE_TO: Final = "raise to "
NOBODY: Final[Seat] = -1
_NO_RAISE: Final = range(0)
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
    if len(dealt) == 2:
        return button, dealt[dealt[0] == button]
    first, second, *_ = after(button, dealt)
    return first, second


def after(button: Seat, seats: Sequence[Seat]) -> list[Seat]:
    """Seats in the order in which they come after the button, which is last."""
    return [seat for seat in seats if seat > button] + [seat for seat in seats if seat <= button]


def posted(stacks: tuple[int, ...], dealt: Sequence[Seat], button: Seat, blinds: Blinds) -> Betting:
    """The start of a hand: antes first, then blinds, as far as chips reach."""
    small, big = blind_seats(button, dealt)
    left, bets = list(stacks), [0] * len(stacks)
    for seat in dealt:
        left[seat] -= min(blinds.ante, left[seat])
    for seat, blind in ((small, blinds.small), (big, blinds.big)):
        bets[seat] = min(blind, left[seat])
        left[seat] -= bets[seat]
    return _passed_on(
        Betting(
            stacks=tuple(left),
            bets=tuple(bets),
            paid=tuple(map(sub, stacks, left)),
            folded=tuple([seat not in dealt for seat in range(len(stacks))]),
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
    stacks, _, paid, folded, *_ = betting
    nobody = (False,) * len(stacks)
    fresh = Betting(stacks, (0,) * len(stacks), paid, folded, nobody, 0, raise_size, 0, NOBODY)
    return _passed_on(fresh, button)


def options(betting: Betting, limit: bool) -> Options:
    """What the seat to act may do, in no-limit or in fixed-limit betting.

    A player who has acted may raise again only when facing at least a full raise (with fixed limits, half of one), be
    it the sum of several short all-ins: Poker Tournament Directors Association, rules of 2022, rule 47.
    """
    seat = betting.turn
    stack, bet = betting.stacks[seat], betting.bets[seat]
    contested = len(_able(betting)) > 1
    facing = (betting.level if contested else _highest_bet(betting, seat)) - bet
    capped = limit and betting.raises >= LIMIT_BETS
    closed = betting.acted[seat] and (1 + limit) * facing < betting.raise_size
    if stack <= facing or closed or capped or not contested:
        return Options(min(facing, stack), _NO_RAISE)
    least = min(betting.level + betting.raise_size, bet + stack)
    return Options(facing, range(least, (least if limit else bet + stack) + 1))


def acted(betting: Betting, action: str, limit: bool) -> Betting:
    """What follows from an action of the seat to act."""
    stacks, bets, paid, folded, acts, level, raise_size, raises, seat = betting
    if action == FOLD:
        folded = _with(folded, seat, True)
    elif action != CHECK:
        chips = options(betting, limit).cost if action == CALL else int(action.removeprefix(RAISE_TO)) - bets[seat]
        stacks = _with(stacks, seat, stacks[seat] - chips)
        bets = _with(bets, seat, bets[seat] + chips)
        paid = _with(paid, seat, paid[seat] + chips)
        if (by := bets[seat] - level) > 0:
            raises += (1 + limit) * by >= raise_size
            raise_size = raise_size if limit else max(by, raise_size)
            level += by
    acts = _with(acts, seat, True)
    return _passed_on(Betting(stacks, bets, paid, folded, acts, level, raise_size, raises, NOBODY), seat)


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
    if len(strength) == 1:
        (winner,) = strength
        won[winner] = sum(betting.paid)
        return tuple(won)
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


def _with(items: tuple[Item, ...], seat: Seat, item: Item) -> tuple[Item, ...]:
    changed = list(items)
    changed[seat] = item
    return tuple(changed)


def _passed_on(betting: Betting, seat: Seat) -> Betting:
    """The turn given to the next seat that has something to decide."""
    return Betting._make((*betting[:-1], _next_to_act(betting, seat)))


def _next_to_act(betting: Betting, last: Seat) -> Seat:
    """Who has something to decide: who must put in more to stay in, or has not acted while another one still can."""
    able = _able(betting)
    if len(able) == 1:
        (seat,) = able
        return seat if betting.bets[seat] < _highest_bet(betting, seat) else NOBODY
    bets, done, level = betting.bets, betting.acted, betting.level
    waiting = [seat for seat in able if bets[seat] < level or not done[seat]]
    return after(last, waiting)[0] if waiting else NOBODY


def _able(betting: Betting) -> list[Seat]:
    """The seats that are still in the hand and have chips left."""
    folded = betting.folded
    return [seat for seat, stack in enumerate(betting.stacks) if stack and not folded[seat]]


def _highest_bet(betting: Betting, seat: Seat) -> int:
    """The most that others who are still in have put in during this round."""
    return max((betting.bets[other] for other in live(betting) if other != seat), default=0)
