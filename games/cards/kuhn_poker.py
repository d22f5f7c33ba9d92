"""Kuhn poker for two or three players."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pydantic import Field

from games.beliefs import Question, Questioned, card_questions, owner_of
from games.cards.framing import PLAIN, Framing, action_names, either, is_given, opening, rank_names, unit_of
from games.core import CHANCE, Game, GameParams, Seat
from games.framing import in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

_RANKS: Final = "JQKA"
_NOTHING_TO_CALL: Final = ("check", "bet")
_FACING_A_BET: Final = ("fold", "call")
_ACTIONS: Final = (*_NOTHING_TO_CALL, *_FACING_A_BET)


class KuhnParams(GameParams):
    """Parameters of Kuhn poker."""

    num_players: int = Field(2, ge=2, le=3, description="Players at the table; the deck has one card more.")
    framing: Framing = Field(
        PLAIN,
        description="Words: ranks, actions, unit, order and story, for example {'ranks': 'animals', 'unit': 'coins'}.",
    )


class KuhnState(NamedTuple):
    """Cards dealt so far (rank numbers, seat by seat) and the betting so far, in order."""

    cards: tuple[int, ...] = ()
    bets: tuple[str, ...] = ()


class KuhnView(NamedTuple):
    """What one seat knows: its own card, the betting, and the cards shown at the end (None: folded)."""

    card: int | None
    bets: tuple[str, ...]
    shown: tuple[int | None, ...] = ()


class KuhnPoker(Game[KuhnState, int | str], Questioned[KuhnState]):
    """The smallest poker: one card each, one chip to bet. Chance actions are ranks, players' actions are words."""

    Params = KuhnParams
    params: KuhnParams
    info = GameInfo(
        name="kuhn_poker",
        version=1,
        title="Kuhn poker",
        summary="One card each from a deck of one card more than players; one bet of one chip; the highest card wins.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        min_players=2,
        max_players=3,
        solvable=True,
        tags=("poker", "cards", "bluffing"),
        references=(
            "H. W. Kuhn, A simplified two-person poker, 1950 (value of the first seat -1/18)",
            "N. Abou Risk and D. Szafron, Using counterfactual regret minimization to create competitive "
            "multiplayer poker agents, AAMAS 2010 (three players)",
        ),
    )

    def __init__(self, params: KuhnParams | None = None) -> None:
        super().__init__(params)
        framing = self.params.framing
        self._ranks = rank_names(framing, _RANKS[: self.num_players + 1])
        self._names = action_names(framing)
        self._facing_a_bet = tuple(in_order(framing, _FACING_A_BET))
        self._nothing_to_call = tuple(in_order(framing, _NOTHING_TO_CALL))
        self._unit = unit_of(framing, "chip")
        self._grammar = "|".join(self._names.of(action).lower() for action in _ACTIONS)

    def initial_state(self) -> KuhnState:
        return KuhnState()

    def to_move(self, state: KuhnState) -> tuple[Seat, ...]:
        players = self.num_players
        if len(state.cards) < players:
            return (CHANCE,)
        turn = len(state.bets)
        if "bet" not in state.bets:
            return () if turn == players else (turn,)
        return () if turn == state.bets.index("bet") + players else (turn % players,)

    def legal_actions(self, state: KuhnState, seat: Seat) -> tuple[str, ...]:
        return self._facing_a_bet if "bet" in state.bets else self._nothing_to_call

    def chance_outcomes(self, state: KuhnState) -> list[tuple[int | str, float]]:
        left = [rank for rank in range(self.num_players + 1) if rank not in state.cards]
        return [(rank, 1 / len(left)) for rank in left]

    def apply(self, state: KuhnState, actions: Mapping[Seat, int | str]) -> KuhnState:
        ((seat, action),) = actions.items()
        if seat == CHANCE:
            return KuhnState((*state.cards, int(action)), state.bets)
        return KuhnState(state.cards, (*state.bets, str(action)))

    def returns(self, state: KuhnState) -> tuple[float, ...]:
        players = self.num_players
        if self.to_move(state):
            return (0.0,) * players
        stayed = [seat for seat in range(players) if self._stayed(state, seat)]
        winner = max(stayed, key=state.cards.__getitem__)
        stake = 1 + ("bet" in state.bets)
        paid = [stake if seat in stayed else 1 for seat in range(players)]
        pot = sum(paid)
        return tuple([float(pot * (seat == winner) - chips) for seat, chips in enumerate(paid)])

    def utility_bounds(self) -> tuple[float, float]:
        return -2.0, 2.0 * (self.num_players - 1)

    def max_turns(self) -> int:
        return 3 * self.num_players - 1

    def rules_text(self, seat: Seat) -> str:
        return self._plain_rules(seat) if is_given(self.params.framing) else self._framed_rules(seat)

    def _plain_rules(self, seat: Seat) -> str:
        players, framing = self.num_players, self.params.framing
        ranks = ", ".join(self._ranks)
        return (
            f"You play Kuhn poker with {players} players. You are player {seat + 1}; players act in order, 1 first.\n"
            f"The deck has {players + 1} cards, from low to high: {ranks}. Each player antes 1 chip and is dealt "
            "one card, which only that player sees.\n"
            f"While nobody has bet, a player may {either(framing, ('check', 'bet 1 chip'))}. After a bet, each other "
            f"player in turn may {either(framing, ('fold', 'call (pay 1 chip)'))}. There is no raise.\n"
            "Of the players who did not fold, the one with the highest card wins all chips in the pot. "
            "Your result is your net gain in chips.\n"
            f"Write an action as one word: {either(framing, _ACTIONS)}"
        )

    def _framed_rules(self, seat: Seat) -> str:
        """The same rules without a word of poker, for names that are no verbs."""
        players, framing, unit = self.num_players, self.params.framing, self._unit
        check, bet, fold, call = names = [self._names.of(action) for action in _ACTIONS]
        first = either(framing, (f"{check} (pay nothing)", f"{bet} (put 1 {unit} into the pot)"))
        then = either(framing, (f"{fold} (give up, and pay nothing more)", f"{call} (put 1 {unit} into the pot, too)"))
        return "\n".join(
            (
                *opening(framing),
                f"You play a game with {players} players. You are player {seat + 1}; players act in order, 1 first.",
                f"There are {players + 1} cards, from low to high: {', '.join(self._ranks)}. Each player puts 1 "
                f"{unit} into the pot and is dealt one card, which only that player sees.",
                f"As long as nobody has chosen {bet}, a player chooses {first}. After that, each other player in turn "
                f"chooses {then}. Nobody adds more.",
                f"Of the players who did not choose {fold}, the one with the highest card wins all {unit}s in "
                f"the pot. Your result is your net gain in {unit}s.",
                f"Write an action as one word: {either(framing, names)}",
            )
        )

    def observation(self, state: KuhnState, seat: Seat) -> str:
        card = (
            f"Your card: {self._ranks[state.cards[seat]]}."
            if seat < len(state.cards)
            else "Your card is not dealt yet."
        )
        players = self.num_players
        said = "; ".join(
            f"player {turn % players + 1}{' (you)' if turn % players == seat else ''}: {self._names.of(bet)}"
            for turn, bet in enumerate(state.bets)
        )
        pot = self.num_players + sum(bet in ("bet", "call") for bet in state.bets)
        lines = [card, f"Betting so far: {said or 'none'}.", f"{self._unit.capitalize()}s in the pot: {pot}."]
        if len(state.cards) == self.num_players and not self.to_move(state):
            lines += [
                f"Player {owner + 1} shows {self._ranks[card]}." for owner, card in self._shown(state) if owner != seat
            ]
            lines.append(f"The hand is over. Your net gain: {self.returns(state)[seat]:+g} {self._unit}s.")
        return "\n".join(lines)

    def information_state(self, state: KuhnState, seat: Seat) -> KuhnView:
        shown = dict(self._shown(state))
        return KuhnView(
            card=state.cards[seat] if seat < len(state.cards) else None,
            bets=state.bets,
            shown=tuple(shown.get(owner) for owner in range(self.num_players)) if shown else (),
        )

    def action_to_text(self, state: KuhnState, seat: Seat, action: int | str) -> str:
        return self._ranks[int(action)] if seat == CHANCE else self._names.of(str(action))

    def parse_action(self, state: KuhnState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        actions = self.legal_actions(state, seat)
        legal = {self._names.of(action).lower(): action for action in actions}
        return choose(text, legal, self._grammar)

    def questions(self, state: KuhnState, seat: Seat) -> tuple[Question, ...]:
        if len(state.cards) < self.num_players:
            return ()
        return card_questions(self._ranks, self.num_players, seat)

    def truth(self, asked: KuhnState, end: KuhnState, seat: Seat, topic: str) -> str:
        return self._ranks[asked.cards[owner_of(topic)]]

    def outcome_text(self, state: KuhnState) -> str:
        gains = self.returns(state)
        winner = gains.index(max(gains))
        how = "with the highest card" if self._shown(state) else "as nobody else stays in"
        return f"player {winner + 1} wins {gains[winner]:g} {how}"

    def render(self, state: KuhnState) -> str:
        cards = " ".join(self._ranks[card] for card in state.cards)
        return f"cards: {cards or '-'}; betting: {' '.join(map(self._names.of, state.bets)) or '-'}"

    def _shown(self, state: KuhnState) -> list[tuple[Seat, int]]:
        """Whose card is open: at the end, of those who did not fold, when more than one of them is left."""
        if len(state.cards) < self.num_players or self.to_move(state):
            return []
        stayed = [(seat, card) for seat, card in enumerate(state.cards) if self._stayed(state, seat)]
        return stayed if len(stayed) > 1 else []

    def _stayed(self, state: KuhnState, seat: Seat) -> bool:
        """Whether a seat is still in at the showdown: it bet or called, or nobody bet."""
        if "bet" not in state.bets:
            return True
        return any(bet in ("bet", "call") for bet in state.bets[seat :: self.num_players])
