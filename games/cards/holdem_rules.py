"""The briefing of a seat in Texas hold'em: in the words of poker, and in others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from games.cards.betting import LIMIT_BETS
from games.cards.framing import opening
from games.cards.hand_texts import rankings
from games.cards.holdem_words import HoldemWords
from games.core import Seat
from games.framing import in_order

if TYPE_CHECKING:
    from games.cards.texas_holdem import HoldemParams


def rules_text(words: HoldemWords, params: HoldemParams, seat: Seat) -> str:
    """The briefing of a seat."""
    return "\n".join(_plain(words, params, seat) if words.given else _framed(words, params, seat))


def _plain(words: HoldemWords, params: HoldemParams, seat: Seat) -> list[str]:
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
    meanings = (
        "check: pay nothing, when there is nothing to call.",
        "call: put in as much as the highest bet of the round, or all you have if that is less.",
        "fold: give up the hand, when there is a bet to call.",
        _plain_raise(params),
    )
    return [
        f"You play Texas hold'em with {players} players. You are player {seat + 1}; turns go from player 1 to "
        f"player {players} and on to player 1. Everybody starts with {params.starting_chips} chips, which carry "
        f"over from hand to hand. You play {_count(params.hands, 'hand')}; the match ends earlier when one player "
        "has all chips. A player without chips is out.",
        f"The button is at player 1 in the first hand and then moves to the next player who has chips. {blinds}: "
        f"{params.small_blind} and {params.big_blind} chips.{ante} Who has fewer chips puts in all of them.",
        "Each player is dealt two cards that only that player sees. Then come a round of betting, three cards on "
        "the board (the flop), a round, a fourth card (the turn), a round, a fifth card (the river), and the last "
        f"round. {order}",
        " ".join(in_order(words.framing, meanings)),
        "A round is over when everybody who is still in has had a say and put in the same, or has no chips left. "
        "Who has no chips left stays in the hand without further betting and can win, from each other player, at "
        "most as much as they put in themselves; the rest is a side pot of the others.",
        "When all but one have folded, that one wins the pot and no card is shown. Otherwise, after the river, all "
        "who are left show their cards, and the best five of seven (two in hand, five on the board) win. From high "
        f"to low: {rankings('the ace', 'the 2')}. Among equals the higher ranks decide, suits never; full equals "
        "split the pot, and odd chips go to the first of them after the button.",
        "Cards are written as rank (A K Q J T 9 8 7 6 5 4 3 2) and suit (s, h, d, c).",
        "Your result is your chips at the end less those at the start.",
        _actions(words, params),
        "Write one action and nothing else, for example: call",
    ]


def _plain_raise(params: HoldemParams) -> str:
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


def _framed(words: HoldemWords, params: HoldemParams, seat: Seat) -> list[str]:
    """The same rules without a word of poker, for names that are no verbs."""
    players, unit = params.num_players, words.unit
    two = "The player with the marker puts in the small share and the other one the large share"
    shares, order = two, "In round 1 the player with the marker acts first, in later rounds the other player does."
    if players > 2:
        shares = (
            "The next player after the marker puts in the small share and the one after that the large share; when "
            f"only two players are left, it is otherwise: {two[0].lower()}{two[1:]}"
        )
        order = (
            "In round 1 the player after the large share acts first, in later rounds the first player after the marker "
            "who is still in."
        )
    ante = f" Before that, everybody puts in {params.ante} {unit}s." if params.ante else ""
    meanings = (
        f"{words.check}: pay nothing, when nobody has put in more than you.",
        f"{words.call}: put in as much as the most that a player has put in during the round, or all you have if that "
        "is less.",
        f"{words.fold}: give up the deal, when somebody has put in more than you.",
        _framed_raise(words, params),
    )
    return [
        *opening(words.framing),
        f"You play a game of cards with {players} players. You are player {seat + 1}; turns go from player 1 to "
        f"player {players} and on to player 1. Everybody starts with {params.starting_chips} {unit}s, which carry over "
        f"from deal to deal. You play {_count(params.hands, 'deal')}; the match ends earlier when one player has all "
        f"{unit}s. A player without {unit}s is out.",
        f"The deck has 52 cards: thirteen ranks, from low to high {', '.join(words.ranks)}, each in four suits (s, h, "
        f"d, c). Cards are written as rank and suit, for example {words.cards['Kh']}.",
        f"A marker lies before player 1 in the first deal and then moves to the next player who has {unit}s. {shares}: "
        f"{params.small_blind} and {params.big_blind} {unit}s.{ante} Who has fewer {unit}s puts in all of them.",
        "Each player is dealt two cards that only that player sees. Then come round 1, three cards on the table, round "
        f"2, a fourth card, round 3, a fifth card, and round 4. {order}",
        " ".join(in_order(words.framing, meanings)),
        f"A round is over when everybody who is still in has had a say and put in the same, or has no {unit}s left. "
        f"Who has no {unit}s left stays in the deal without further say and can win, from each other player, at most "
        "as much as they put in themselves; the others play for the rest among themselves.",
        "When all but one have given up, that one wins the pot, which is all that was put in, and no card is shown. "
        "Otherwise, after round 4, all who are left show their cards, and the best five of seven (two in hand, five on "
        f"the table) win. From high to low: {rankings(words.ranks[-1], words.ranks[0])}. Among equals the higher ranks "
        f"decide, suits never; full equals split the pot, and odd {unit}s go to the first of them after the marker.",
        f"Your result is your {unit}s at the end less those at the start.",
        _actions(words, params),
        f"Write one action and nothing else, for example: {words.call}",
    ]


def _framed_raise(words: HoldemWords, params: HoldemParams) -> str:
    big, unit, raise_ = params.big_blind, words.unit, words.raise_
    short = f"You can always put in less when those are all your {unit}s"
    then = f"who has acted already may then only choose {words.call} or {words.fold}"
    if params.betting == "limit":
        return (
            f"{raise_}: put in as much as for {words.call}, and {big} {unit}s more in rounds 1 and 2, {2 * big} in "
            f"rounds 3 and 4; a round has at most {LIMIT_BETS} of these, the large share included. {short}; if that is "
            f"less than half of it, {then}."
        )
    return (
        f"{raise_}: put in more than anybody during the round. It must be more by at least {big} {unit}s and by at "
        f"least as much as it was more at any time in the round so far, and is at most all your {unit}s. {short}; "
        f"{then}, unless what they face adds up to the full amount."
    )


def _actions(words: HoldemWords, params: HoldemParams) -> str:
    """How actions are written."""
    raised = (
        f"{words.raise_} to, followed by the {words.unit}s that you will then have put in during this round "
        f"({words.raise_} to {2 * params.big_blind})"
    )
    *others, last = in_order(words.framing, (words.fold, words.check, words.call, raised))
    return f"The actions are {', '.join(others)}, and {last}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
