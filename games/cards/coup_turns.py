"""The course of a turn of Coup: what is declared, challenged, blocked, proven and lost, and what follows from what."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeVar

from games.core import CHANCE, Seat

Item = TypeVar("Item")
Cards = tuple[str, ...]
Stage = Literal["deal", "act", "challenge", "prove", "redraw", "lose", "block", "draw", "keep", "over"]
Sequel = Literal["next turn", "block", "effect"]

ROLES: Final = ("ambassador", "assassin", "captain", "contessa", "duke")
COPIES: Final = 3
HAND: Final = 2
CLAIMS: Final = {"tax": "duke", "exchange": "ambassador", "assassinate": "assassin", "steal": "captain"}
BLOCKERS: Final = {"foreign aid": ("duke",), "assassinate": ("contessa",), "steal": ("ambassador", "captain")}
COSTS: Final = {"coup": 7, "assassinate": 3}
GAINS: Final = {"income": 1, "foreign aid": 2, "tax": 3}
LOOT: Final = 2
RICH: Final = 10


class Move(NamedTuple):
    """What a seat says or does.

    Attributes:
        kind: an action of a turn (`income`, `foreign aid`, `tax`, `exchange`, `coup`, `assassinate`, `steal`), or
            `challenge`, `allow`, `block`, `show`, `concede`, `lose`, `keep`.
        target: against whom it is, if anybody.
        cards: the card blocked with, shown or lost; the cards that are kept, sorted.
    """

    kind: str
    target: Seat | None = None
    cards: Cards = ()


class Said(NamedTuple):
    """A move that everybody heard, and whose it was. What is kept after an exchange is left out."""

    seat: Seat
    move: Move


class CoupState(NamedTuple):
    """A state of Coup. What the hands and the table do not hold is in the deck.

    Attributes:
        stage: what is decided now.
        asked: who decides it, the seat to move first; after it, seats that may be asked the same.
        hands: by seat, each hand of face-down cards that it has held, sorted, the present one last.
        coins: coins of each seat.
        lost: face-up cards of each seat, in the order they were lost.
        log: everything said, oldest first, but that somebody allowed something, which follows from the rest.
        read: by seat, how much of the log there was when it last decided.
        turn: whose turn it is.
        number: number of the turn, from 1.
        act: what was declared in this turn; None before.
        block: the block of it, if any.
        challenger: who challenged the last claim of this turn, if anybody.
        sequel: what follows when a card is lost.
    """

    stage: Stage
    asked: tuple[Seat, ...]
    hands: tuple[tuple[Cards, ...], ...]
    coins: tuple[int, ...]
    lost: tuple[Cards, ...]
    log: tuple[Said, ...] = ()
    read: tuple[int, ...] = ()
    turn: Seat = 0
    number: int = 1
    act: Move | None = None
    block: Said | None = None
    challenger: Seat | None = None
    sequel: Sequel = "next turn"

    def hand(self, seat: Seat) -> Cards:
        """The face-down cards of a seat."""
        return self.hands[seat][-1]

    def is_in(self, seat: Seat) -> bool:
        """Whether a seat still has influence."""
        return len(self.lost[seat]) < HAND

    def others(self, seat: Seat) -> tuple[Seat, ...]:
        """The other seats still in, in seat order from the next one on."""
        players = len(self.coins)
        after = ((seat + step) % players for step in range(1, players))
        return tuple([other for other in after if len(self.lost[other]) < HAND])

    def declared(self) -> Move:
        """The action of this turn, once there is one."""
        assert self.act is not None, "an action has been declared"
        return self.act


def claim_of(act: Move, turn: Seat, block: Said | None) -> tuple[Seat, str]:
    """Who claims to have which card: the blocker, else the seat whose turn it is."""
    if block is not None:
        return block.seat, block.move.cards[0]
    return turn, CLAIMS[act.kind]


def claim(state: CoupState) -> tuple[Seat, str]:
    """The claim that may be challenged, or is."""
    return claim_of(state.declared(), state.turn, state.block)


def deck(state: CoupState) -> list[int]:
    """How many cards of each role can be drawn; a card that was proven goes back before the next is drawn."""
    counts = [COPIES] * len(ROLES)
    for seat, lost in enumerate(state.lost):
        for card in (*state.hand(seat), *lost):
            counts[ROLES.index(card)] -= 1
    if state.stage == "redraw":
        counts[ROLES.index(claim(state)[1])] += 1
    return counts


def drawn(state: CoupState, card: str) -> CoupState:
    """Chance has drawn a card for whoever is to have it."""
    if state.stage == "deal":
        return _dealt(state, card)
    if state.stage == "redraw":
        return _redrawn(state, card)
    seat, size = state.turn, HAND - len(state.lost[state.turn])
    hand = tuple(sorted((*state.hand(seat), card)))
    if len(hand) == size + 1:
        return _holding(state, seat, hand)
    # The two draws are one hand: their order is nobody's knowledge.
    before = _put(state.hands, seat, state.hands[seat][:-1])
    return _holding(state._replace(hands=before, stage="keep", asked=(seat,)), seat, hand)


def moved(state: CoupState, seat: Seat, move: Move) -> CoupState:
    """What a seat's move leads to."""
    state = state._replace(read=_put(state.read, seat, len(state.log)))
    if move.kind == "allow":
        return _allowed(state)
    if move.kind == "lose":
        return _lost(state, seat, move.cards[0])
    if move.kind == "keep":
        return _next_turn(_holding(_said(state, seat, Move("keep")), seat, move.cards))
    state = _said(state, seat, move)
    if move.kind == "challenge":
        return _challenged(state, seat)
    if move.kind == "block":
        return state._replace(stage="challenge", asked=state.others(seat), block=Said(seat, move))
    if move.kind == "show":
        return state._replace(stage="redraw", asked=(CHANCE,))
    return _conceded(state) if move.kind == "concede" else _declared(state, seat, move)


def _dealt(state: CoupState, card: str) -> CoupState:
    """Two cards each, seat by seat."""
    seat = next(seat for seat in range(len(state.coins)) if len(state.hand(seat)) < HAND)
    hand = tuple(sorted((*state.hand(seat), card)))
    state = state._replace(hands=_put(state.hands, seat, (hand,)))
    done = len(state.hand(-1)) == HAND
    return state._replace(stage="act", asked=(state.turn,)) if done else state


def _declared(state: CoupState, seat: Seat, move: Move) -> CoupState:
    state = _paid(state._replace(act=move), seat, -COSTS.get(move.kind, 0))
    if move.kind in CLAIMS:
        return state._replace(stage="challenge", asked=state.others(seat))
    return _open_to_blocks(state)


def _allowed(state: CoupState) -> CoupState:
    """The next seat is asked the same; after the last one the claim, or the action without a block, stands."""
    if len(state.asked) > 1:
        return state._replace(asked=state.asked[1:])
    if state.stage == "block":
        return _effect(state)
    return _open_to_blocks(state) if state.block is None else _next_turn(state)


def _challenged(state: CoupState, challenger: Seat) -> CoupState:
    claimant, card = claim(state)
    state = state._replace(challenger=challenger)
    if card in state.hand(claimant):
        return state._replace(stage="prove", asked=(claimant,))
    return _conceded(_said(state, claimant, Move("concede")))


def _conceded(state: CoupState) -> CoupState:
    """A false action is undone, and costs nothing but the card; a false block is no block."""
    claimant, _ = claim(state)
    if state.block is not None:
        return _loses(state, claimant, "effect")
    return _loses(_paid(state, claimant, COSTS.get(state.declared().kind, 0)), claimant, "next turn")


def _redrawn(state: CoupState, card: str) -> CoupState:
    """A proven card was exchanged for one from the deck; who doubted it loses one."""
    claimant, proven = claim(state)
    state = _holding(state, claimant, tuple(sorted((*_without(state.hand(claimant), proven), card))))
    assert state.challenger is not None, "somebody asked for the proof"
    return _loses(state, state.challenger, "block" if state.block is None else "next turn")


def _loses(state: CoupState, seat: Seat, sequel: Sequel) -> CoupState:
    """A seat turns up a card of its choice: where it has none, at once."""
    state = state._replace(sequel=sequel)
    hand = state.hand(seat)
    if hand[0] == hand[-1]:
        return _lost(state, seat, hand[0])
    return state._replace(stage="lose", asked=(seat,))


def _lost(state: CoupState, seat: Seat, card: str) -> CoupState:
    state = _said(state, seat, Move("lose", None, (card,)))
    state = _holding(state, seat, _without(state.hand(seat), card))
    state = state._replace(lost=_put(state.lost, seat, (*state.lost[seat], card)))
    if not state.hand(seat):
        state = state._replace(coins=_put(state.coins, seat, 0))
        if sum(map(state.is_in, range(len(state.coins)))) == 1:
            return state._replace(stage="over", asked=())
    return {"next turn": _next_turn, "block": _open_to_blocks, "effect": _effect}[state.sequel](state)


def _open_to_blocks(state: CoupState) -> CoupState:
    """Whoever may block what was declared is asked; a target that is out no longer can."""
    act = state.declared()
    if act.kind not in BLOCKERS:
        return _effect(state)
    if act.target is None:
        return state._replace(stage="block", asked=state.others(state.turn))
    return state._replace(stage="block", asked=(act.target,)) if state.is_in(act.target) else _effect(state)


def _effect(state: CoupState) -> CoupState:
    """What was declared happens."""
    kind, target, _ = state.declared()
    if kind == "exchange":
        return state._replace(stage="draw", asked=(CHANCE,))
    if target is None:
        return _next_turn(_paid(state, state.turn, GAINS[kind]))
    if kind == "steal":
        loot = min(LOOT, state.coins[target])
        return _next_turn(_paid(_paid(state, target, -loot), state.turn, loot))
    return _loses(state, target, "next turn") if state.is_in(target) else _next_turn(state)


def _next_turn(state: CoupState) -> CoupState:
    turn = state.others(state.turn)[0]
    return state._replace(
        stage="act", asked=(turn,), turn=turn, number=state.number + 1, act=None, block=None, challenger=None
    )


def _said(state: CoupState, seat: Seat, move: Move) -> CoupState:
    return state._replace(log=(*state.log, Said(seat, move)))


def _paid(state: CoupState, seat: Seat, coins: int) -> CoupState:
    return state._replace(coins=_put(state.coins, seat, state.coins[seat] + coins)) if coins else state


def _holding(state: CoupState, seat: Seat, hand: Cards) -> CoupState:
    """A seat has another hand than before."""
    return state._replace(hands=_put(state.hands, seat, (*state.hands[seat], hand)))


def _without(hand: Cards, card: str) -> Cards:
    """A hand with one card of a role less."""
    index = hand.index(card)
    return (*hand[:index], *hand[index + 1 :])


def _put(items: tuple[Item, ...], seat: Seat, item: Item) -> tuple[Item, ...]:
    return (*items[:seat], item, *items[seat + 1 :])
