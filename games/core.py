"""The game interface: rules as a value, states as immutable values, everything else somebody's move.

A game never calls a model, an agent, a clock, a file or a random generator. What the rules cannot decide is
moved by a seat of its own: `CHANCE` (nature) or `REFEREE` (a jury, a sandbox, a simulator).
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from games.info import GameInfo, Information
from games.referee import RefereeRequest
from games.spec import Spec

Seat = int
CHANCE: Final[Seat] = -1
REFEREE: Final[Seat] = -2

State = TypeVar("State", bound=Hashable)
Action = TypeVar("Action", bound=Hashable)


class ActionError(ValueError):
    """A text that is not an action of the seat to move; the message says what was expected."""


class Unparsable(ActionError):
    """The text has not the form of any action of this game."""


class Illegal(ActionError):
    """The text names an action of this game that the rules forbid here."""


class Ambiguous(ActionError):
    """The text names more than one legal action."""


class GameParams(BaseModel):
    """Parameters of a game: frozen, JSON-ready, every field with a default and a description."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Game(ABC, Generic[State, Action]):
    """Rules plus parameters. Two games are equal when their class and parameters are.

    Attributes:
        Params: the class of the parameters.
        info: facts about the game; an instance may narrow what its class says.
        params: this game's parameters.
    """

    Params: ClassVar[type[GameParams]] = GameParams
    info: GameInfo
    params: GameParams

    def __init__(self, params: GameParams | None = None) -> None:
        self.params = self.Params() if params is None else params

    @classmethod
    def of(cls, **params: Any) -> Self:
        """The game with these parameters; raises pydantic's ValidationError for ones it does not take."""
        return cls(cls.Params(**params))

    # -- the six that every game answers ------------------------------------------------------------------

    @abstractmethod
    def initial_state(self) -> State:
        """The state before anything has happened."""

    @abstractmethod
    def to_move(self, state: State) -> tuple[Seat, ...]:
        """Who moves: `()` when over, `(CHANCE,)`, `(REFEREE,)`, one seat, or several ascending seats at once."""

    @abstractmethod
    def legal_actions(self, state: State, seat: Seat) -> Sequence[Action] | None:
        """The legal actions of a seat to move (not of `CHANCE`), in a fixed order; None when actions are open text."""

    @abstractmethod
    def apply(self, state: State, actions: Mapping[Seat, Action]) -> State:
        """The next state. `actions` holds a legal action for exactly the seats of `to_move`."""

    @abstractmethod
    def returns(self, state: State) -> tuple[float, ...]:
        """Utility so far, one per seat; final when the game is over."""

    @abstractmethod
    def observation(self, state: State, seat: Seat) -> str:
        """What this seat reads now: what is new and what matters, in ASCII. Defined in every state."""

    # -- sizes --------------------------------------------------------------------------------------------

    @property
    def num_players(self) -> int:
        """Number of seats."""
        # Not by getattr with a default: pydantic takes a microsecond to say that a field is missing.
        fields = vars(self.params)
        return int(fields["num_players"]) if "num_players" in fields else self.info.min_players

    def utility_bounds(self) -> tuple[float, float]:
        """A lowest and a highest final return of any seat; used to normalise and checked on random play."""
        return float("-inf"), float("inf")

    def max_turns(self) -> int:
        """An upper bound on the number of `apply` calls in one play, chance and referee turns included."""
        return 1000

    # -- chance and referee -------------------------------------------------------------------------------

    def chance_outcomes(self, state: State) -> Sequence[tuple[Action, float]]:
        """Each outcome of a chance node with its probability; they sum to 1."""
        raise NotImplementedError(f"{self.info.name} has no enumerated chance nodes")

    def sample_chance(self, state: State, rng: random.Random) -> Action:
        """One outcome of a chance node, drawn by its probability from the given stream."""
        outcomes = self.chance_outcomes(state)
        point = rng.random()
        for action, probability in outcomes:
            point -= probability
            if point < 0:
                return action
        return outcomes[-1][0]

    def referee_request(self, state: State) -> RefereeRequest:
        """What the outside authority is asked at a referee node, as plain data."""
        raise NotImplementedError(f"{self.info.name} has no referee nodes")

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        """The constant briefing of a seat, for its role: the rules, the aim and how to write an action."""
        return f"{self.info.title}. {self.info.summary}"

    def action_to_text(self, state: State, seat: Seat, action: Action) -> str:
        """The canonical text of an action; `parse_action` reads it back."""
        return str(action)

    def parse_action(self, state: State, seat: Seat, text: str) -> Action:
        """The legal action that a text names; raises Unparsable, Illegal or Ambiguous.

        The default knows the texts of the legal actions only, so that every other text is Unparsable. A game
        whose actions have a grammar overrides this (see `games.parsing.choose`) to tell illegal from unparsable.
        """
        wanted = text.strip().casefold()
        texts = {self.action_to_text(state, seat, action): action for action in self._choices(state, seat)}
        for name, action in texts.items():
            if name.casefold() == wanted:
                return action
        raise Unparsable(f"{text.strip()[:80]!r} is not an action here; expected one of: {', '.join(list(texts)[:40])}")

    def example_actions(self, state: State, seat: Seat) -> Sequence[Action]:
        """A few legal actions, for tests and for scripted players; open nodes must override this."""
        legal = self.legal_actions(state, seat)
        if legal is None:
            raise NotImplementedError(f"{self.info.name}: an open node needs example_actions")
        return legal

    def outcome_text(self, state: State) -> str:
        """One line on how the play ended, for spectators."""
        return ", ".join(f"seat {seat}: {value:g}" for seat, value in enumerate(self.returns(state)))

    def render(self, state: State) -> str:
        """The whole state for spectators. Omniscient: never shown to a seat."""
        views = (self.observation(state, seat) for seat in range(self.num_players))
        return "\n".join(f"[seat {seat}] {view}" for seat, view in enumerate(views))

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: State, seat: Seat) -> Hashable:
        """All that a seat knows here, as a structured value: what tabular and scripted players decide on.

        In a game of perfect information it is the state itself. Elsewhere it holds the seat's own past too
        (perfect recall), and nothing that the seat's observations did not tell it.
        """
        if self.info.information is Information.PERFECT:
            return state
        raise NotImplementedError(f"{self.info.name} does not define information states")

    def is_blind(self, state: State, seat: Seat) -> bool:
        """Whether this seat decides here without its past: it is shown its briefing and observation, and no more.

        Its information state holds no more either. At its other decisions it remembers everything again, what it
        decided blindly included. A person at the terminal cannot be made to forget.
        """
        return False

    def secrets(self, state: State, seat: Seat) -> frozenset[str]:
        """Strings that must not occur in anything this seat reads now: canaries for the leak tests."""
        return frozenset()

    # -- identity -----------------------------------------------------------------------------------------

    @property
    def spec(self) -> str:
        """Name and parameters that differ from their defaults, as `games.registry.load` reads them."""
        return str(Spec(self.info.name, self.params.model_dump(exclude_defaults=True)))

    @property
    def pool(self) -> str:
        """What is rated together: `spec@version`."""
        return f"{self.spec}@{self.info.version}"

    def __repr__(self) -> str:
        return self.spec

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Game) and self.params == other.params

    def __hash__(self) -> int:
        return hash((type(self), self.spec))

    def _choices(self, state: State, seat: Seat) -> Sequence[Action]:
        """The actions that a text may name: legal ones, or the outcomes of a chance node."""
        if seat == CHANCE:
            return [action for action, _ in self.chance_outcomes(state)]
        legal = self.legal_actions(state, seat)
        if legal is None:
            raise NotImplementedError(f"{self.info.name}: an open node needs parse_action")
        return legal
