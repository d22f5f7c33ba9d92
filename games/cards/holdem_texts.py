"""What seats read in Texas hold'em: the briefing, and what is to be said about a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from games.cards.betting import LIMIT_BETS, Betting, Options, blind_seats
from games.cards.hand_texts import rankings
from games.cards.holdem_views import HandView, HoldemView, Said
from games.core import Seat

if TYPE_CHECKING:
    from games.cards.texas_holdem import HoldemParams

_ROUNDS: Final = ("Before the flop", "Flop", "Turn", "River")


def rules_text(params: HoldemParams, seat: Seat) -> str:
    """The briefing of a seat."""
    players = params.num_players
    blinds = "The player with the button posts the small blind and the other one the big blind"
    order = "Before the flop the button acts first, in later rounds the other player does."
    if players > 2:
        blinds = (
            "The next player after the button posts the small blind and the one after that the big blind; when only "
            "two players are left, the button posts the small blind and the other one the big blind"
        )
        order = (
            "Before the flop the player after the big blind acts first, in later rounds the first player after the "
            "button who is still in."
        )
    ante = f" Before that, everybody puts in an ante of {params.ante}." if params.ante else ""
    return "\n".join(
        (
            f"You play Texas hold'em with {players} players. You are player {seat + 1}; turns go from player 1 to "
            f"player {players} and on to player 1. Everybody starts with {params.starting_chips} chips, which carry "
            f"over from hand to hand. You play {_count(params.hands, 'hand')}; the match ends earlier when one player "
            "has all chips. A player without chips is out.",
            f"The button is at player 1 in the first hand and then moves to the next player who has chips. {blinds}: "
            f"{params.small_blind} and {params.big_blind} chips.{ante} Who has fewer chips puts in all of them.",
            "Each player is dealt two cards that only that player sees. Then come a round of betting, three cards on "
            "the board (the flop), a round, a fourth card (the turn), a round, a fifth card (the river), and the last "
            f"round. {order}",
            "check: pay nothing, when there is nothing to call. call: put in as much as the highest bet of the round, "
            "or all you have if that is less. fold: give up the hand, when there is a bet to call. "
            f"{_raise_rules(params)}",
            "A round is over when everybody who is still in has had a say and put in the same, or has no chips left. "
            "Who has no chips left stays in the hand without further betting and can win, from each other player, at "
            "most as much as they put in themselves; the rest is a side pot of the others.",
            "When all but one have folded, that one wins the pot and no card is shown. Otherwise, after the river, all "
            "who are left show their cards, and the best five of seven (two in hand, five on the board) win. From high "
            f"to low: {rankings('the ace', 'the 2')}. Among equals the higher ranks decide, suits never; full equals "
            "split the pot, and odd chips go to the first of them after the button.",
            "Cards are written as rank (A K Q J T 9 8 7 6 5 4 3 2) and suit (s, h, d, c).",
            "Your result is your chips at the end less those at the start.",
            "The actions are fold, check, call, and raise to, followed by the chips that you will then have put in "
            f"during this round (raise to {2 * params.big_blind}).",
            "Write one action and nothing else, for example: call",
        )
    )


def _raise_rules(params: HoldemParams) -> str:
    big = params.big_blind
    short = "You can always raise by less when that takes all your chips"
    if params.betting == "limit":
        return (
            f"raise: call and put in {big} chips more before and on the flop, {2 * big} on the turn and the river; the "
            f"first bet of a round counts as a raise, and a round has at most {LIMIT_BETS}, the big blind included. "
            f"{short}; after a raise of less than half the usual size, who has acted already may only call or fold."
        )
    return (
        "raise: put in more than the highest bet of the round; the first bet of a round counts as a raise. A raise is "
        f"by at least {big} chips and by at least as much as the largest raise of the round so far, and at most all "
        f"your chips (all-in). {short}; to such a raise, who has acted already may only call or fold unless what they "
        "face adds up to a full raise."
    )


def observation(params: HoldemParams, view: HoldemView, seat: Seat) -> str:
    """What a seat reads: hands that ended since it last decided, then how its hand stands and what it may do."""
    lines = [_hand_report(view, number, seat) for number in _unread(view, seat)]
    if view.betting is None or view.button is None:
        stacks = view.past[-1].stacks
        gain = stacks[seat] - params.starting_chips
        return "\n".join([*lines, f"The match is over. Your net gain: {gain:+d} chips."])
    number = len(view.past) + 1
    lines.append(f"Hand {number} of {params.hands}. {_positions(view.betting, view.button, seat)}")
    lines.append(f"Your cards: {_own(view.cards, view.betting, seat)}. Board: {' '.join(view.board) or 'none yet'}.")
    lines += round_lines(view.said, seat)
    lines.append(f"Pot: {sum(view.betting.paid)}. {_chips(view.betting, seat)}")
    if view.options is not None:
        lines.append(f"You may {choices_text(view.options)}.")
    return "\n".join(lines)


def choices_text(options: Options) -> str:
    """What a seat may do, in words."""
    cost, raises = options
    texts = ["fold", f"call (costs {cost})"] if cost else ["check"]
    if len(raises) == 1:
        texts.append(f"raise to {raises[0]}")
    elif raises:
        texts.append(f"raise to any whole amount from {raises[0]} to {raises[-1]} ({raises[-1]} is all-in)")
    return " or ".join(texts) if len(texts) < 3 else f"{', '.join(texts[:-1])} or {texts[-1]}"


def round_lines(said: Said, reader: Seat | None) -> list[str]:
    """One line for each round in which something was said."""
    return [
        f"{name}: {', '.join(f'{_player(seat, reader)} {action}' for seat, action in actions)}"
        for name, actions in zip(_ROUNDS, said, strict=False)
        if actions
    ]


def _unread(view: HoldemView, seat: Seat) -> list[int]:
    """Indices of the hands that ended since the seat last decided: in that hand, or in a later one without a say."""
    if _has_acted(view.said, seat) or not view.past:
        return []
    last = len(view.past) - 1
    if not view.past[last].cards:
        return [last]
    first = last
    while first and view.past[first].cards and not _has_acted(view.past[first].said, seat):
        first -= 1
    return list(range(first, last + 1))


def _has_acted(said: Said, seat: Seat) -> bool:
    return any(actor == seat for actions in said for actor, _ in actions)


def _hand_report(view: HoldemView, number: int, seat: Seat) -> str:
    """A hand that is over, in one paragraph."""
    hand = view.past[number]
    shown = ", ".join(f"{_player(other, seat)} {' '.join(cards)} ({name})" for other, cards, name in hand.shown)
    parts = [
        f"Hand {number + 1} is over (button: {_player(hand.button, seat)}). Your cards were "
        f"{' '.join(hand.cards) or 'none'}, the board {' '.join(hand.board) or 'empty'}.",
        *(f"{line}." for line in round_lines(hand.said, seat)),
        f"Shown: {shown}." if shown else "No cards were shown.",
        f"Chips after it: {_stacks(hand, seat)}.",
    ]
    return " ".join(parts)


def _stacks(hand: HandView, seat: Seat) -> str:
    return ", ".join(f"{_player(other, seat)} {stack}" for other, stack in enumerate(hand.stacks))


def _positions(betting: Betting, button: Seat, seat: Seat) -> str:
    small, big = blind_seats(button, _playing(betting))
    return f"Button: {_player(button, seat)}; small blind: {_player(small, seat)}; big blind: {_player(big, seat)}."


def _own(cards: tuple[str, ...], betting: Betting, seat: Seat) -> str:
    if cards:
        return " ".join(cards)
    return "not dealt yet" if seat in _playing(betting) else "none, you are out of chips"


def _chips(betting: Betting, seat: Seat) -> str:
    """Everybody's chips behind, and what they have in front of them in this round."""
    texts = []
    for other in _playing(betting):
        stack = betting.stacks[other]
        state = " folded" if betting.folded[other] else " all-in" if not stack else ""
        bet = f" + {betting.bets[other]} bet" if betting.bets[other] else ""
        texts.append(f"{_player(other, seat)} {stack}{bet}{state}")
    return f"Chips: {', '.join(texts)}."


def _playing(betting: Betting) -> list[Seat]:
    """The seats that were dealt in: those with chips, or with some in the pot."""
    return [seat for seat, chips in enumerate(zip(betting.stacks, betting.paid, strict=True)) if any(chips)]


def _player(seat: Seat, reader: Seat | None) -> str:
    return f"player {seat + 1}{' (you)' if seat == reader else ''}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
