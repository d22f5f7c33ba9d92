"""Battle royale: players of unequal aim shoot in turn until one is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import CHANCE, Game, GameParams, Seat
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import choose

PASS: Final = -1
HIT: Final = "hit"
MISS: Final = "miss"


class BattleRoyaleParams(GameParams):
    """Parameters of the battle royale."""

    num_players: int = Field(10, ge=2, le=20, description="Players, in ascending order of their hit rates.")
    lowest_rate: int = Field(35, ge=1, le=99, description="Hit rate of the first player, in percent.")
    rate_step: int = Field(5, ge=1, le=50, description="How much higher each next player's hit rate is, in percent.")
    rounds: int = Field(20, ge=1, le=1000, description="Most rounds; in a round every survivor has one turn.")

    @model_validator(mode="after")
    def _rates_are_probabilities(self) -> Self:
        highest = self.lowest_rate + (self.num_players - 1) * self.rate_step
        if highest > 100:
            raise ValueError(f"hit rates must not exceed 100 percent, but the last player's would be {highest}")
        return self


class Shot(NamedTuple):
    """A finished turn: who had it, at whom it shot (`PASS`: at nobody), and whether it hit."""

    shooter: Seat
    target: int
    hit: bool = False


class BattleState(NamedTuple):
    """Where the battle stands.

    Attributes:
        alive: seats still in, ascending.
        turn: whose turn it is.
        target: at whom it has shot while chance decides; None otherwise.
        round: number of the round, from 1; more than the most rounds when time is up.
        shots: finished turns, oldest first.
    """

    alive: tuple[Seat, ...]
    turn: Seat = 0
    target: Seat | None = None
    round: int = 1
    shots: tuple[Shot, ...] = ()


class BattleRoyale(Game[BattleState, int | str]):
    """In ascending order of hit rates each survivor shoots at another one or misses on purpose; the last one wins.

    An action is the seat that is shot at, or `PASS`; chance says `HIT` or `MISS`. When the rounds are over the
    survivors share the win.

    Attributes:
        rates: hit rate of each seat, in percent.
    """

    Params = BattleRoyaleParams
    params: BattleRoyaleParams
    info = GameInfo(
        name="battle_royale",
        version=1,
        title="Battle royale",
        summary="Players with different hit rates shoot at each other in turn; the last survivor wins.",
        family="tactics",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.PERFECT,
        utility=Utility.CONSTANT_SUM,
        max_players=20,
        tags=("truel", "elimination", "many players", "gama-bench"),
        references=(
            "D. M. Kilgour and S. J. Brams, The truel, 1997",
            "J. Huang et al., How far are we on the decision-making of LLMs? (GAMA-Bench), ICLR 2025 (10 players, hit "
            "rates 35, 40, ..., 80 percent; the limit of rounds and the shared win behind it are ours)",
        ),
    )

    def __init__(self, params: BattleRoyaleParams | None = None) -> None:
        super().__init__(params)
        own = self.params
        self.rates = tuple(own.lowest_rate + seat * own.rate_step for seat in range(own.num_players))

    def initial_state(self) -> BattleState:
        return BattleState(tuple(range(self.params.num_players)))

    def to_move(self, state: BattleState) -> tuple[Seat, ...]:
        if state.target is not None:
            return (CHANCE,)
        return () if self._over(state) else (state.turn,)

    def legal_actions(self, state: BattleState, seat: Seat) -> Sequence[int]:
        return [PASS, *(other for other in state.alive if other != seat)]

    def chance_outcomes(self, state: BattleState) -> Sequence[tuple[str, float]]:
        rate = self.rates[state.turn] / 100
        return [(HIT, rate), (MISS, 1 - rate)] if rate < 1 else [(HIT, 1.0)]

    def apply(self, state: BattleState, actions: Mapping[Seat, int | str]) -> BattleState:
        if CHANCE in actions:
            assert state.target is not None, "chance decides about a shot"
            return _after(state, Shot(state.turn, state.target, actions[CHANCE] == HIT))
        target = actions[state.turn]
        assert isinstance(target, int), "players choose seats"
        return _after(state, Shot(state.turn, PASS)) if target == PASS else state._replace(target=target)

    def returns(self, state: BattleState) -> tuple[float, ...]:
        prize = 1 / len(state.alive) if self._over(state) else 0.0
        return tuple([prize if seat in state.alive else 0.0 for seat in range(self.num_players)])

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 1.0

    def max_turns(self) -> int:
        return 2 * self.params.num_players * self.params.rounds

    def rules_text(self, seat: Seat) -> str:
        rates = ", ".join(f"player {player + 1} {rate}%" for player, rate in enumerate(self.rates))
        return (
            f"You are player {seat + 1} of {self.params.num_players} in a shooting game. Hit rates: {rates}; your own "
            f"is {self.rates[seat]}%.\n"
            "The players take turns in this order, again and again; whoever is hit is out and has no more turns. In "
            "your turn you shoot at any player who is still in, or pass, which is to miss on purpose. A shot hits "
            "with your hit rate. Everybody sees who shot at whom and whether it was a hit.\n"
            f"The last player left wins 1 point, and all others get 0. After {self.params.rounds} rounds of turns the "
            "game ends, and the players still in share the point. More is better.\n"
            "Write 'shoot' and the player's number, for example: shoot 2, or write: pass"
        )

    def observation(self, state: BattleState, seat: Seat) -> str:
        news = [_told(shot, seat) for shot in _since(state.shots, seat)]
        if state.target is not None:
            news.append(f"{_name(state.turn, seat, start=True)} shot at {_name(state.target, seat)}.")
        return " ".join([*news, self._standing(state, seat)])

    def action_to_text(self, state: BattleState, seat: Seat, action: int | str) -> str:
        if isinstance(action, str):
            return action
        return "pass" if action == PASS else f"shoot {action + 1}"

    def parse_action(self, state: BattleState, seat: Seat, text: str) -> int | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        legal = {self.action_to_text(state, seat, action): action for action in self.legal_actions(state, seat)}
        return choose(text, legal, r"shoot \d{1,9}")

    def render(self, state: BattleState) -> str:
        shots = "; ".join(_told(shot, CHANCE) for shot in state.shots[-1:]) or "no shot yet"
        return f"round {state.round}; in: {', '.join(str(seat + 1) for seat in state.alive)}; {shots}"

    def outcome_text(self, state: BattleState) -> str:
        names = ", ".join(_name(seat, CHANCE) for seat in state.alive)
        return f"{names} survived" if len(state.alive) > 1 else f"{names} won"

    def _over(self, state: BattleState) -> bool:
        return len(state.alive) == 1 or state.round > self.params.rounds

    def _standing(self, state: BattleState, seat: Seat) -> str:
        if self._over(state):
            end = "The game is over" if len(state.alive) == 1 else "The rounds are over"
            names = ", ".join(_name(player, seat) for player in state.alive)
            return f"{end}; still in: {names}. Your result: {self.returns(state)[seat]:.4g}."
        standing = ", ".join(f"{_name(player, seat)} ({self.rates[player]}%)" for player in state.alive)
        asked = "It is your turn: at whom do you shoot?" if (seat,) == self.to_move(state) else ""
        return f"Round {state.round} of {self.params.rounds}. Still in: {standing}. {asked}".rstrip()


def strongest_other(game: BattleRoyale, state: BattleState) -> Seat:
    """The survivor with the highest hit rate but the one whose turn it is: whom GAMA-Bench expects to be shot at."""
    return max((seat for seat in state.alive if seat != state.turn), key=game.rates.__getitem__)


def _after(state: BattleState, shot: Shot) -> BattleState:
    """The state after a finished turn."""
    alive = tuple(seat for seat in state.alive if seat != shot.target) if shot.hit else state.alive
    later = [seat for seat in alive if seat > state.turn]
    turn, number = (later[0], state.round) if later else (alive[0], state.round + 1)
    return BattleState(alive, turn, None, number, (*state.shots, shot))


def _since(shots: tuple[Shot, ...], seat: Seat) -> tuple[Shot, ...]:
    """The turns from the seat's own last one on; all if it has had none."""
    own = [number for number, shot in enumerate(shots) if shot.shooter == seat]
    return shots[own[-1] if own else 0 :]


def _name(player: Seat, seat: Seat, *, start: bool = False) -> str:
    """What a seat reads for a player."""
    name = "you" if player == seat else f"player {player + 1}"
    return name[0].upper() + name[1:] if start else name


def _told(shot: Shot, seat: Seat) -> str:
    """A finished turn as a seat reads it."""
    shooter = _name(shot.shooter, seat, start=True)
    if shot.target == PASS:
        return f"{shooter} passed."
    target = _name(shot.target, seat)
    out = f"hit: {target} {'are' if shot.target == seat else 'is'} out" if shot.hit else "missed"
    return f"{shooter} shot at {target} and {out}."
