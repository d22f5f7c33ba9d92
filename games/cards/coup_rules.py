"""The briefing of a seat in Coup: in the game's own words, and in others."""

from __future__ import annotations

from games.cards.coup_turns import BLOCKERS, COSTS, RICH
from games.cards.coup_words import CoupWords
from games.cards.framing import either, opening
from games.core import Seat
from games.framing import in_order

_HANDS = (
    "Every player starts with two cards face down, which only that player sees, and {start}. Each face-down card is "
    "one influence. Who loses an influence chooses one of the own face-down cards and turns it up for good; who has "
    "none left is out, and the {unit}s of that player are gone."
)
_END = (
    "The last player with influence wins: +{win} for the winner and -1 for every other player. If the game is not over "
    "after {turns} turns, the players with the most influence left share the win."
)


def rules(words: CoupWords, seat: Seat, players: int, first_coins: int, turns: int) -> str:
    """The briefing of a seat."""
    start = "2 {unit}s" if first_coins == 2 else f"2 {{unit}}s, but player 1 with {first_coins}"
    hands = _HANDS.format(start=start.format(unit=words.unit), unit=words.unit)
    end = _END.format(win=players - 1, turns=turns)
    other = (seat + 1) % players + 1
    who = f"You are player {seat + 1} of {players}."
    return "\n".join(_plain(words, who, hands, end, other) if words.given else _framed(words, who, hands, end, other))


def _plain(words: CoupWords, who: str, hands: str, end: str, other: int) -> list[str]:
    framing = words.framing
    blocks = either(framing, [f"block {card}" for card in ("duke", "contessa", "captain", "ambassador")])
    actions = (
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
    )
    return [
        f"You play Coup. {who} The deck has 15 cards, three of each of five characters: duke, assassin, captain, "
        f"ambassador, contessa. {hands}",
        "The players take turns in order, player 1 first. In your turn you declare one action:",
        *in_order(framing, actions),
        "You may claim a character whether you have it or not. Every claim, also one made to block, may be "
        "challenged by any other player. Who is challenged and has the card may show it: it is shuffled into the "
        "deck, a new card is drawn for it, the challenger loses an influence, and the claim stands. Who cannot or "
        "will not show it loses an influence, and what was claimed for does not happen (the coins of an "
        "assassination are then paid back); if that was a block, the action goes on.",
        "First all others are asked whether they challenge the action, then those who may block it whether they "
        "do, then all others whether they challenge the block. They are asked one by one in seat order, starting "
        "after the player who makes the claim (or declares the action); the first challenge or block counts, and "
        "no more are asked. Allowing is silent: nothing is announced.",
        end,
        f"Write an action as above, with the number of the player, for example: steal {other}. Answer claims with: "
        f"{', or: '.join(in_order(framing, ('challenge', 'allow')))}. Block with: {blocks}. Under a challenge write: "
        f"{', or: '.join(in_order(framing, ('show duke (the card that you claimed)', 'concede')))}. To lose a card "
        "write: lose duke. After an exchange name the cards that you keep, for example: keep duke contessa",
    ]


def _framed(words: CoupWords, who: str, hands: str, end: str, other: int) -> list[str]:
    """The same rules without a word of Coup, for names that are no verbs."""
    framing, unit, act, card = words.framing, words.unit, words.actions.of, words.cards.of
    challenge, allow, block, show = map(act, ("challenge", "allow", "block", "show"))
    characters = [card(name) for name in ("duke", "assassin", "captain", "ambassador", "contessa")]
    duke, assassin, captain, ambassador, contessa = characters
    thieves = either(framing, [card(name) for name in reversed(BLOCKERS["steal"])])
    blocks = either(framing, [f"{block} {name}" for name in (duke, contessa, captain, ambassador)])
    actions = (
        f"- {act('income')}: take 1 {unit}. It cannot be answered.",
        f"- {act('foreign aid')}: take 2 {unit}s. Any other player may answer {block}, claiming {duke}.",
        f"- {act('coup')} X: pay {COSTS['coup']} {unit}s; player X loses an influence. It cannot be answered. With "
        f"{RICH} {unit}s or more you must choose it.",
        f"- {act('tax')}: claim {duke}; take 3 {unit}s.",
        f"- {act('assassinate')} X: claim {assassin} and pay {COSTS['assassinate']} {unit}s; player X loses an "
        f"influence. Player X may answer {block}, claiming {contessa}; what was paid is then lost.",
        f"- {act('steal')} X: claim {captain}; take 2 {unit}s from player X, who must have one (only 1 if there is "
        f"only 1). Player X may answer {block}, claiming {thieves}.",
        f"- {act('exchange')}: claim {ambassador}; draw two cards from the deck, keep as many cards as you have "
        "influence, and return two; nobody else sees them.",
    )
    proofs = in_order(framing, (f"{show} {duke} (the card that you claimed)", act("concede")))
    return [
        *opening(framing),
        f"You play a game of cards and claims. {who} The deck has 15 cards, three of each of five characters: "
        f"{', '.join(characters)}. {hands}",
        "The players take turns in order, player 1 first. In your turn you declare one action:",
        *in_order(framing, actions),
        f"You may claim a character whether you have it or not. To every claim, also one made with {block}, any other "
        f"player may answer {challenge}. Who made the claim and has the card may then choose {show}: the card is "
        f"shuffled into the deck, a new card is drawn for it, the player who chose {challenge} loses an influence, and "
        f"the claim stands. Who has not the card, or chooses {act('concede')}, loses an influence, and what was "
        f"claimed for does not happen (what was paid for {act('assassinate')} is then paid back); if the claim was "
        f"made with {block}, the action goes on.",
        f"First all others are asked about the claim of the action, then those who may choose {block} whether they do, "
        f"then all others about the claim made with {block}. They are asked one by one in seat order, starting after "
        f"the player who makes the claim (or declares the action); the first {challenge} or {block} counts, and no "
        f"more are asked. To choose {allow} is silent: nothing is announced.",
        end,
        f"Write an action as above, with the number of the player, for example: {act('steal')} {other}. Answer claims "
        f"with: {', or: '.join(in_order(framing, (challenge, allow)))}. Answer actions with: {blocks}, or also with: "
        f"{allow}. When your own claim is answered with {challenge} write: {', or: '.join(proofs)}. To lose a card "
        f"write: {act('lose')} {duke}. After {act('exchange')} name the cards that you keep, for example: "
        f"{act('keep')} {duke} {contessa}",
    ]
