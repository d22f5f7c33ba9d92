"""The words of Coup: moves as texts, and what a seat reads of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from games.cards.coup_turns import BLOCKERS, CLAIMS, COSTS, RICH, ROLES, Move, Said
from games.core import Seat
from games.parsing import choose

_ROLE: Final = "|".join(ROLES)
_GRAMMAR: Final = (
    r"income|foreign aid|tax|exchange|challenge|allow|concede|(coup|assassinate|steal) \d{1,2}"
    rf"|(block|show|lose|keep) ({_ROLE})|keep ({_ROLE}) ({_ROLE})"
)
_DECLARED: Final = frozenset({"income", "foreign aid", "coup", *CLAIMS})
_FILLERS: Final = ("player", "with", "from", "and")


def move_text(move: Move) -> str:
    """A move as it is written."""
    target = () if move.target is None else (str(move.target + 1),)
    return " ".join((move.kind, *target, *move.cards))


def read_move(text: str, legal: Sequence[Move]) -> Move:
    """The legal move that a text names, in any order of cards kept; raises Unparsable or Illegal."""
    words = [word for word in re.sub(r"[\s,]+", " ", text).lower().split() if word not in _FILLERS]
    if words[:1] == ["keep"]:
        words = ["keep", *sorted(words[1:])]
    return choose(" ".join(words), {move_text(move): move for move in legal}, _GRAMMAR)


def player(seat: Seat, reader: Seat | None) -> str:
    """A player as one seat reads of it; no seat's view where the reader is None."""
    return f"player {seat + 1}{' (you)' if seat == reader else ''}"


def hand_text(hand: Iterable[str]) -> str:
    """Face-down cards, as nothing else that a seat reads is written: the leak checks look for this."""
    return " and ".join(hand)


def told(log: Sequence[Said], reader: Seat | None) -> list[str]:
    """What was said, one line for each turn that it belongs to."""
    turns = groupby(zip(log, _turns(log), strict=True), key=lambda pair: pair[1])
    return ["; ".join(f"{player(said.seat, reader)}: {_heard(said.move)}" for said, _ in turn) for _, turn in turns]


def _turns(log: Sequence[Said]) -> list[int]:
    """For each thing said the number of actions declared up to it."""
    numbers, number = [], 0
    for said in log:
        number += said.move.kind in _DECLARED
        numbers.append(number)
    return numbers


def _heard(move: Move) -> str:
    """A move as the others hear it."""
    if move.kind in CLAIMS:
        return f"{move_text(move)} (claims {CLAIMS[move.kind]})"
    if move.kind == "block":
        return f"block (claims {move.cards[0]})"
    if move.kind == "concede":
        return "does not show it"
    return "returns two cards to the deck" if move.kind == "keep" else move_text(move)


def asked_to_act(coins: int) -> str:
    """The question of a turn."""
    forced = f" With {RICH} coins or more you must coup." if coins >= RICH else ""
    return f"It is your turn. Which action do you declare?{forced}"


def asked_to_challenge(claimant: Seat, card: str, act: Move, turn: Seat, blocked: bool) -> str:
    """The question whether a claim is believed."""
    what = f"to block {move_text(act)} of {player(turn, None)}" if blocked else f"for: {move_text(act)}"
    return f"{player(claimant, None).capitalize()} claims {card} {what}. Challenge or allow?"


def asked_to_block(act: Move, turn: Seat) -> str:
    """The question whether an action is blocked."""
    cards = " or ".join(BLOCKERS[act.kind])
    return f"{player(turn, None).capitalize()}: {move_text(act)}. Block (claiming {cards}) or allow?"


def rules(seat: Seat, players: int, first_coins: int, turns: int) -> str:
    """The briefing of a seat."""
    start = "2 coins" if first_coins == 2 else f"2 coins, but player 1 with {first_coins}"
    return "\n".join(
        (
            f"You play Coup. You are player {seat + 1} of {players}. The deck has 15 cards, three of each of five "
            "characters: duke, assassin, captain, ambassador, contessa. Every player starts with two cards face down, "
            f"which only that player sees, and {start}. Each face-down card is one influence. Who loses an influence "
            "chooses one of the own face-down cards and turns it up for good; who has none left is out, and the coins "
            "of that player are gone.",
            "The players take turns in order, player 1 first. In your turn you declare one action:",
            "- income: take 1 coin. Nobody can challenge or block it.",
            "- foreign aid: take 2 coins. Any other player may block it, claiming the duke.",
            f"- coup X: pay {COSTS['coup']} coins; player X loses an influence. Nobody can challenge or block it. With "
            f"{RICH} coins or more you must coup.",
            "- tax: claim the duke; take 3 coins.",
            f"- assassinate X: claim the assassin and pay {COSTS['assassinate']} coins; player X loses an influence. "
            "Player X may block it, claiming the contessa; the coins are then lost.",
            "- steal X: claim the captain; take 2 coins from player X, who must have a coin (only 1 if there is only "
            "1). Player X may block it, claiming the captain or the ambassador.",
            "- exchange: claim the ambassador; draw two cards from the deck, keep as many cards as you have influence, "
            "and return two; nobody else sees them.",
            "You may claim a character whether you have it or not. Every claim, also one made to block, may be "
            "challenged by any other player. Who is challenged and has the card may show it: it is shuffled into the "
            "deck, a new card is drawn for it, the challenger loses an influence, and the claim stands. Who cannot or "
            "will not show it loses an influence, and what was claimed for does not happen (the coins of an "
            "assassination are then paid back); if that was a block, the action goes on.",
            "First all others are asked whether they challenge the action, then those who may block it whether they "
            "do, then all others whether they challenge the block. They are asked one by one in seat order, starting "
            "after the player who makes the claim (or declares the action); the first challenge or block counts, and "
            "no more are asked. Allowing is silent: nothing is announced.",
            f"The last player with influence wins: +{players - 1} for the winner and -1 for every other player. If the "
            f"game is not over after {turns} turns, the players with the most influence left share the win.",
            "Write an action as above, with the number of the player, for example: steal "
            f"{(seat + 1) % players + 1}. Answer claims with: challenge, or: allow. Block with: block duke, block "
            "contessa, block captain or block ambassador. Under a challenge write: show duke (the card that you "
            "claimed), or: concede. To lose a card write: lose duke. After an exchange name the cards that you keep, "
            "for example: keep duke contessa",
        )
    )
