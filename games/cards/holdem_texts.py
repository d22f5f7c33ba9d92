"""What seats read in Texas hold'em when they decide, and when a hand is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from games.cards.betting import Betting, Options, blind_seats
from games.cards.framing import either
from games.cards.holdem_views import HandView, HoldemView, Said
from games.cards.holdem_words import HoldemWords, Terms
from games.core import Seat

if TYPE_CHECKING:
    from games.cards.texas_holdem import HoldemParams


def observation(words: HoldemWords, params: HoldemParams, view: HoldemView, seat: Seat) -> str:
    """What a seat reads: hands that ended since it last decided, then how its hand stands and what it may do."""
    lines = [_hand_report(words, view, number, seat) for number in _unread(view, seat)]
    if view.betting is None or view.button is None:
        stacks = view.past[-1].stacks
        gain = stacks[seat] - params.starting_chips
        return "\n".join([*lines, f"The match is over. Your net gain: {gain:+d} {words.unit}s."])
    number = len(view.past) + 1
    terms, board = words.terms, words.cards_text(view.board) or "none yet"
    lines.append(
        f"{terms.hand.capitalize()} {number} of {params.hands}. {_positions(terms, view.betting, view.button, seat)}"
    )
    lines.append(f"Your cards: {_own(words, view, view.betting, seat)}. {terms.board.capitalize()}: {board}.")
    lines += round_lines(words, view.said, seat)
    lines.append(f"Pot: {sum(view.betting.paid)}. {_chips(words, view.betting, seat)}")
    if view.options is not None:
        lines.append(f"{terms.may} {choices_text(words, view.options)}.")
    return "\n".join(lines)


def choices_text(words: HoldemWords, options: Options) -> str:
    """What a seat may do, in words."""
    (cost, raises), most = options, words.terms.most
    texts = [words.fold, f"{words.call} (costs {cost})"] if cost else [words.check]
    if len(raises) == 1:
        texts.append(f"{words.raise_} to {raises[0]}")
    elif raises:
        texts.append(f"{words.raise_} to any whole amount from {raises[0]} to {raises[-1]} ({raises[-1]} is {most})")
    return either(words.framing, texts)


def round_lines(words: HoldemWords, said: Said, reader: Seat | None) -> list[str]:
    """One line for each round in which something was said."""
    return [
        f"{name}: {', '.join(f'{_player(seat, reader)} {words.action_text(action)}' for seat, action in actions)}"
        for name, actions in zip(words.terms.rounds, said, strict=False)
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


def _hand_report(words: HoldemWords, view: HoldemView, number: int, seat: Seat) -> str:
    """A hand that is over, in one paragraph."""
    hand, terms = view.past[number], words.terms
    shown = ", ".join(f"{_player(other, seat)} {words.cards_text(cards)} ({name})" for other, cards, name in hand.shown)
    parts = [
        f"{terms.hand.capitalize()} {number + 1} is over ({terms.button}: {_player(hand.button, seat)}). Your cards "
        f"were {words.cards_text(hand.cards) or 'none'}, the {terms.board} {words.cards_text(hand.board) or 'empty'}.",
        *(f"{line}." for line in round_lines(words, hand.said, seat)),
        f"Shown: {shown}." if shown else "No cards were shown.",
        f"{words.unit.capitalize()}s after it: {_stacks(hand, seat)}.",
    ]
    return " ".join(parts)


def _stacks(hand: HandView, seat: Seat) -> str:
    return ", ".join(f"{_player(other, seat)} {stack}" for other, stack in enumerate(hand.stacks))


def _positions(terms: Terms, betting: Betting, button: Seat, seat: Seat) -> str:
    small, big = blind_seats(button, _playing(betting))
    return (
        f"{terms.button.capitalize()}: {_player(button, seat)}; {terms.small}: {_player(small, seat)}; "
        f"{terms.big}: {_player(big, seat)}."
    )


def _own(words: HoldemWords, view: HoldemView, betting: Betting, seat: Seat) -> str:
    if view.cards:
        return words.cards_text(view.cards)
    return "not dealt yet" if seat in _playing(betting) else f"none, you are out of {words.unit}s"


def _chips(words: HoldemWords, betting: Betting, seat: Seat) -> str:
    """Everybody's chips behind, and what they have in front of them in this round."""
    texts, terms = [], words.terms
    for other in _playing(betting):
        stack = betting.stacks[other]
        state = f" {terms.folded}" if betting.folded[other] else f" {terms.all_in}" if not stack else ""
        bet = f" + {betting.bets[other]} {terms.bet}" if betting.bets[other] else ""
        texts.append(f"{_player(other, seat)} {stack}{bet}{state}")
    return f"{words.unit.capitalize()}s: {', '.join(texts)}."


def _playing(betting: Betting) -> list[Seat]:
    """The seats that were dealt in: those with chips, or with some in the pot."""
    return [seat for seat, chips in enumerate(zip(betting.stacks, betting.paid, strict=True)) if any(chips)]


def _player(seat: Seat, reader: Seat | None) -> str:
    return f"player {seat + 1}{' (you)' if seat == reader else ''}"
