"""Coup, the game of bluffing at court, for two to six players."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned
from games.cards.coup_rules import rules
from games.cards.coup_turns import (
    BLOCKERS,
    COSTS,
    HAND,
    RICH,
    ROLES,
    Cards,
    CoupState,
    Move,
    Said,
    Stage,
    claim,
    deck,
    drawn,
    moved,
)
from games.cards.coup_words import CoupFraming, CoupWords, player
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import direction
from games.info import Chance, Dynamics, GameInfo, Information, Utility

CLAIM_TOPIC: Final = "claim"
_COINS: Final = 2
_UNAIMED: Final = (Move("income"), Move("foreign aid"), Move("tax"), Move("exchange"))
_ANSWERS: Final = (Move("challenge"), Move("allow"))
_VERDICTS: Final = ("true", "false")


class CoupParams(GameParams):
    """Parameters of Coup."""

    num_players: int = Field(3, ge=2, le=6, description="Players at court.")
    first_coins: int = Field(
        _COINS, ge=1, le=_COINS, description="Coins of player 1 at the start; printed rules for two players give 1."
    )
    turns: int = Field(100, ge=1, le=300, description="Most turns, all players together; then most influence wins.")
    framing: CoupFraming = Field(
        CoupFraming(),
        description="Words: characters, actions, unit, order and story, for example {'characters': 'letters', "
        "'unit': 'points'}.",
    )


class CoupView(NamedTuple):
    """What one seat knows.

    Attributes:
        hands: the hands that it has held, sorted, the present one last.
        coins: coins of each seat.
        lost: face-up cards of each seat.
        log: everything said, but that somebody allowed something.
        read: how much of the log there was when the seat last decided.
        stage: what the seat is asked; None when it is not.
        turn: whose turn it is.
        number: number of the turn, from 1.
        act: what was declared in this turn.
        block: the block of it.
    """

    hands: tuple[Cards, ...]
    coins: tuple[int, ...]
    lost: tuple[Cards, ...]
    log: tuple[Said, ...]
    read: int
    stage: Stage | None
    turn: Seat
    number: int
    act: Move | None
    block: Said | None


class Coup(Game[CoupState, Move | str], Questioned[CoupState]):
    """Claim characters, truly or not, until one player has influence left. Chance draws roles.

    Where the rulebook lets anybody speak up first, seats are asked in order from the claimant on. A card that is
    returned is shuffled in, so that each draw is alike among all cards that nobody holds. Who has no choice which card
    to lose, or no card to show, is not asked. The limit of turns and the shared win behind it are ours.
    """

    Params = CoupParams
    params: CoupParams
    info = GameInfo(
        name="coup",
        version=1,
        title="Coup",
        summary="Claim characters that you may not have, doubt those of others, and be the last with influence.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        min_players=2,
        max_players=6,
        tags=("cards", "bluffing", "deception", "elimination"),
        references=("R. Tahta, Coup, Indie Boards and Cards, 2012 (rulebook)",),
    )

    def __init__(self, params: CoupParams | None = None) -> None:
        super().__init__(params)
        self.words = CoupWords(self.params.framing)
        self._direction = direction(self.params.framing)

    def initial_state(self) -> CoupState:
        players = self.params.num_players
        return CoupState(
            stage="deal",
            asked=(CHANCE,),
            hands=(((),),) * players,
            coins=(self.params.first_coins, *(_COINS,) * (players - 1)),
            lost=((),) * players,
            read=(0,) * players,
        )

    def to_move(self, state: CoupState) -> tuple[Seat, ...]:
        return state.asked[:1]

    def legal_actions(self, state: CoupState, seat: Seat) -> tuple[Move, ...]:
        return _choices(state, seat)[:: self._direction]

    def chance_outcomes(self, state: CoupState) -> list[tuple[Move | str, float]]:
        counts = deck(state)
        size = sum(counts)
        return [(role, count / size) for role, count in zip(ROLES, counts, strict=True) if count]

    def apply(self, state: CoupState, actions: Mapping[Seat, Move | str]) -> CoupState:
        ((seat, action),) = actions.items()
        after = drawn(state, action) if isinstance(action, str) else moved(state, seat, action)
        return after._replace(stage="over", asked=()) if after.number > self.params.turns else after

    def returns(self, state: CoupState) -> tuple[float, ...]:
        players = self.params.num_players
        winners = _winners(state)
        if len(winners) == players:
            return (0.0,) * players
        won = (players - len(winners)) / len(winners)
        return tuple([won if seat in winners else -1.0 for seat in range(players)])

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, self.params.num_players - 1.0

    def max_turns(self) -> int:
        players = self.params.num_players
        # An action with a challenge and a block with one: three rounds of questions, two proofs, three losses.
        return HAND * players + self.params.turns * (1 + 3 * (players - 1) + 2 * 2 + 3)

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        return rules(self.words, seat, self.params.num_players, self.params.first_coins, self.params.turns)

    def observation(self, state: CoupState, seat: Seat) -> str:
        if state.stage == "deal":
            return f"Cards are being dealt. Your cards: {self.words.hand_text(state.hand(seat)) or 'none yet'}."
        news = self.words.told(state.log[state.read[seat] :], seat)
        lines = ["What has happened since you last decided:", *news] if news else []
        lines += ["The table:", *(self._standing(state, other, seat) for other in range(self.params.num_players))]
        if state.stage == "over":
            return "\n".join([*lines, f"The game is over: {self.outcome_text(state)}. {self._result(state, seat)}"])
        hand = self.words.hand_text(state.hand(seat))
        lines.append(f"Your cards: {hand}." if hand else "You are out.")
        return "\n".join([*lines, f"Turn {state.number} of {self.params.turns}. {self._question(state, seat)}"])

    def action_to_text(self, state: CoupState, seat: Seat, action: Move | str) -> str:
        return self.words.cards.of(action) if isinstance(action, str) else self.words.move_text(action)

    def parse_action(self, state: CoupState, seat: Seat, text: str) -> Move | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        return self.words.read_move(text, self.legal_actions(state, seat))

    def outcome_text(self, state: CoupState) -> str:
        if state.stage != "over":
            return "not over"
        winners = [player(seat, None) for seat in _winners(state)]
        if len(winners) == 1:
            return f"{winners[0]} wins"
        return f"time is up, and {', '.join(winners)} share the win"

    def render(self, state: CoupState) -> str:
        table = [
            f"{self._standing(state, seat, None)}; holds {self.words.hand_text(state.hand(seat)) or 'nothing'}"
            for seat in range(self.params.num_players)
        ]
        return "\n".join([*self.words.told(state.log, None)[-1:], *table, f"turn {state.number}, {state.stage}"])

    def _standing(self, state: CoupState, seat: Seat, reader: Seat | None) -> str:
        """A player's coins and cards, as everybody sees them."""
        name, coins, cards = player(seat, reader), state.coins[seat], HAND - len(state.lost[seat])
        up = f"face up: {', '.join(map(self.words.cards.of, state.lost[seat]))}" if state.lost[seat] else ""
        if not cards:
            return f"{name}: out; {up}"
        own = f"{name}: {self.words.coins_text(coins)}, {cards} face down"
        return f"{own}; {up}" if up else own

    def _result(self, state: CoupState, seat: Seat) -> str:
        return f"Your result: {self.returns(state)[seat]:+.4g}"

    def _question(self, state: CoupState, seat: Seat) -> str:
        """What a seat is asked."""
        if state.asked[:1] != (seat,):
            return "It is not for you to decide now."
        match state.stage:
            case "act":
                return self.words.asked_to_act(state.coins[seat])
            case "challenge":
                return self.words.asked_to_challenge(
                    claim(state), state.declared(), state.turn, state.block is not None
                )
            case "block":
                return self.words.asked_to_block(state.declared(), state.turn)
            case "prove":
                return self.words.asked_to_prove(claim(state)[1])
            case "lose":
                return "You lose an influence. Which card do you turn up?"
        return f"You have drawn two cards. Which {HAND - len(state.lost[seat])} do you keep?"

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: CoupState, seat: Seat) -> CoupView:
        asked = state.asked[:1] == (seat,)
        return CoupView(
            hands=state.hands[seat],
            coins=state.coins,
            lost=state.lost,
            log=state.log,
            read=state.read[seat],
            stage=state.stage if asked or state.stage in ("deal", "over") else None,
            turn=state.turn,
            number=state.number,
            act=state.act,
            block=state.block,
        )

    def questions(self, state: CoupState, seat: Seat) -> tuple[Question, ...]:
        """Of a claim that may be challenged: whether it is true, and what the seat that is to answer thinks of it."""
        if state.stage != "challenge" or not state.is_in(seat):
            return ()
        (claimant, role), answering = claim(state), state.asked[0]
        card = self.words.cards.of(role)
        if seat == claimant:
            text = f"Does player {answering + 1} think that your claim ({card}) is true?"
            return (Question(CLAIM_TOPIC, answering, text, _VERDICTS),)
        return (Question(CLAIM_TOPIC, None, f"Is the claim of player {claimant + 1} ({card}) true?", _VERDICTS),)

    def truth(self, asked: CoupState, end: CoupState, seat: Seat, topic: str) -> str:
        claimant, role = claim(asked)
        return _VERDICTS[role not in asked.hand(claimant)]

    def secrets(self, state: CoupState, seat: Seat) -> frozenset[str]:
        """Hands of two that other seats hold, and that this one never could have read as its own."""
        others = {state.hand(other) for other in range(self.params.num_players) if other != seat}
        own = {pair for hand in state.hands[seat] for pair in combinations(hand, HAND)}
        return frozenset([self.words.hand_text(hand) for hand in others - own if len(hand) == HAND])


def _choices(state: CoupState, seat: Seat) -> tuple[Move, ...]:
    """All legal moves of a seat."""
    match state.stage:
        case "act":
            return _actions(state, seat)
        case "challenge":
            return _ANSWERS
        case "block":
            return (*(Move("block", None, (card,)) for card in BLOCKERS[state.declared().kind]), Move("allow"))
        case "prove":
            return Move("show", None, (claim(state)[1],)), Move("concede")
        case "lose":
            return tuple([Move("lose", None, (card,)) for card in dict.fromkeys(state.hand(seat))])
    kept = combinations(state.hand(seat), HAND - len(state.lost[seat]))
    return tuple([Move("keep", None, cards) for cards in sorted(set(kept))])


def _actions(state: CoupState, seat: Seat) -> tuple[Move, ...]:
    """What a seat may declare in its turn."""
    coins, others = state.coins[seat], sorted(state.others(seat))
    coups = [Move("coup", other) for other in others] if coins >= COSTS["coup"] else []
    if coins >= RICH:
        return tuple(coups)
    attacks = [Move("assassinate", other) for other in others] if coins >= COSTS["assassinate"] else []
    return (*_UNAIMED, *coups, *attacks, *[Move("steal", other) for other in others if state.coins[other]])


def _winners(state: CoupState) -> list[Seat]:
    """Who has won, alone or with others, at the end; everybody before."""
    seats = range(len(state.coins))
    if state.stage != "over":
        return list(seats)
    least = min(len(state.lost[seat]) for seat in seats)
    return [seat for seat in seats if len(state.lost[seat]) == least]
