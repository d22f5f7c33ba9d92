"""Several games as one match: one after the other, all at once, or one that restricts the next."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from games.core import Game, GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, RefereeKind, Utility
from games.matrix.matrix_game import MatrixGame
from games.parsing import quoted
from games.referee import RefereeRequest
from games.registry import load
from games.transforms.wrapper import GameSpec, told_of

SEPARATOR: Final = "; "
_MOST_ANSWERS: Final = 4096
# A match of more turns than this has too large a tree to be called solvable, even where its games are.
_SOLVABLE_TURNS: Final = 4
_OF_CONSTANT_SUM: Final = {Utility.ZERO_SUM, Utility.CONSTANT_SUM}


class Restriction(BaseModel):
    """If the first game ends like this, an action of the second one is taken away."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: tuple[str, ...] = Field((), description="What the seats played in the first game, seat by seat.")
    seat: int = Field(0, ge=0, description="Whose action is taken away.")
    remove: str = Field("", description="The action of the second game that this seat may not choose then.")


class CompositeParams(GameParams):
    """Parameters of a match of several games."""

    games: tuple[GameSpec, ...] = Field(
        ('matrix_game(table="stag_hunt")', 'matrix_game(table="prisoners_dilemma")'),
        min_length=2,
        max_length=25,
        description="Specs of the games, all for the same number of players.",
    )
    form: Literal["sequential", "parallel", "nested"] = Field(
        "sequential",
        description="One game after the other; all at once, with one answer to all of them; or two matrix games, of "
        "which the outcome of the first restricts the second.",
    )
    restrict: tuple[Restriction, ...] = Field(
        (), description="For nested games: which outcome of the first takes which action of the second from whom."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        games = [load(spec) for spec in self.games]
        if len({game.num_players for game in games}) > 1:
            raise ValueError(f"all games must have the same number of players: {', '.join(self.games)}")
        if len({game.info.referee for game in games} - {RefereeKind.NONE}) > 1:
            raise ValueError("games that need referees of different kinds cannot be one match")
        if self.form == "parallel":
            _check_parallel(games)
        if (self.form == "nested") != bool(self.restrict):
            raise ValueError("nested games need restrictions, and only they have them")
        if self.form == "nested":
            _check_nested(games, self.restrict)
        return self


class Deed(NamedTuple):
    """A past decision of one seat: which game, its state or what the seat knew of it, and the action."""

    game: int
    before: Any
    action: Any


class CompositeState(NamedTuple):
    """The games that have begun.

    Attributes:
        states: their states, in the order of the games.
        told: per seat, how many games were finished when it last decided.
        past: per seat, its own decisions; empty where the games remember for their seats, or everybody knows the state.
    """

    states: tuple[Any, ...]
    told: tuple[int, ...]
    past: tuple[tuple[Deed, ...], ...] = ()


class CompositeView(NamedTuple):
    """What one seat knows.

    Attributes:
        views: its information state in each game that has begun.
        told: how many games were finished when it last decided.
        past: its own decisions, with information states for states.
    """

    views: tuple[Hashable, ...]
    told: int
    past: tuple[Deed, ...]


class Composite(Game[CompositeState, Any]):
    """Several games of the same seats, whose returns are added.

    Attributes:
        games: the games, in their order.
    """

    Params = CompositeParams
    params: CompositeParams
    info = GameInfo(
        name="composite",
        version=1,
        title="Several games",
        summary="Several games are played as one match, in turn or at once; the results of all of them add up.",
        family="transforms",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.GENERAL_SUM,
        symmetric=True,
        tags=("transform", "composite"),
        references=("H. Wang et al., TMGBench, 2024 (sequential, parallel and nested forms)",),
    )

    def __init__(self, params: CompositeParams | None = None) -> None:
        super().__init__(params)
        self.games: tuple[Game[Any, Any], ...] = tuple(load(spec) for spec in self.params.games)
        self._parallel = self.params.form == "parallel"
        self.info = self._facts()
        kinds = {game.info.information for game in self.games}
        self._remembers = len(kinds) > 1
        self._removed = _removed_actions(self.games, self.params.restrict)

    def initial_state(self) -> CompositeState:
        begun = self.games if self._parallel else self.games[:1]
        seats = self.num_players
        past = ((),) * seats if self._remembers else ()
        return CompositeState(tuple(game.initial_state() for game in begun), (0,) * seats, past)

    def to_move(self, state: CompositeState) -> tuple[Seat, ...]:
        return self._now(state).to_move(state.states[-1])

    def legal_actions(self, state: CompositeState, seat: Seat) -> Sequence[Any] | None:
        if self._parallel:
            return list(product(*(self._listed(state, index, seat) for index in range(len(self.games)))))
        legal = self._now(state).legal_actions(state.states[-1], seat)
        removed = self.removed(state, seat)
        return [action for action in legal if action not in removed] if legal and removed else legal

    def removed(self, state: CompositeState, seat: Seat) -> frozenset[int]:
        """The actions of the second of nested games that a seat has lost by the outcome of the first."""
        if not self._removed or len(state.states) < 2:
            return frozenset()
        return self._removed.get((state.states[0].actions, seat), frozenset())

    def allowed(self, outcome: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """The actions that each seat has in the second of nested games after an outcome of the first, by index."""
        second = self.games[1]
        assert isinstance(second, MatrixGame), "only matrix games are nested"
        lost = [self._removed.get((outcome, seat), frozenset()) for seat in range(self.num_players)]
        return tuple(
            tuple(action for action in range(len(labels)) if action not in gone)
            for labels, gone in zip(second.labels, lost, strict=True)
        )

    def apply(self, state: CompositeState, actions: Mapping[Seat, Any]) -> CompositeState:
        states, told, past = state
        if self._parallel:
            return CompositeState(self._all_applied(states, actions), told)
        last = len(states) - 1
        told = told_of(told, actions, last)
        past = tuple(
            [(*own, Deed(last, states[-1], actions[seat])) if seat in actions else own for seat, own in enumerate(past)]
        )
        after_move = self.games[last].apply(states[-1], actions)
        states = (*states[:-1], after_move)
        if last + 1 < len(self.games) and not self.games[last].to_move(after_move):
            states = (*states, self.games[last + 1].initial_state())
        return CompositeState(states, told, past)

    def returns(self, state: CompositeState) -> tuple[float, ...]:
        values = [game.returns(each) for game, each in zip(self.games, state.states, strict=False)]
        return tuple([sum(of_seat) for of_seat in zip(*values, strict=True)])

    def utility_bounds(self) -> tuple[float, float]:
        bounds = [game.utility_bounds() for game in self.games]
        return sum(low for low, _ in bounds), sum(high for _, high in bounds)

    def max_turns(self) -> int:
        return 1 if self._parallel else sum(game.max_turns() for game in self.games)

    def chance_outcomes(self, state: CompositeState) -> Sequence[tuple[Any, float]]:
        return self._now(state).chance_outcomes(state.states[-1])

    def sample_chance(self, state: CompositeState, rng: random.Random) -> Any:
        return self._now(state).sample_chance(state.states[-1], rng)

    def referee_request(self, state: CompositeState) -> RefereeRequest:
        return self._now(state).referee_request(state.states[-1])

    # -- text ---------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        games = [f"Game {number}:\n{game.rules_text(seat)}" for number, game in enumerate(self.games, start=1)]
        you = [f"You are player {seat + 1}."] if self.params.restrict else []
        return "\n".join([self._form_text(), *you, *self._restriction_lines(), *games])

    def observation(self, state: CompositeState, seat: Seat) -> str:
        seen = [game.observation(each, seat) for game, each in zip(self.games, state.states, strict=False)]
        over = not self.to_move(state)
        if self._parallel:
            lines = [f"Game {number}: {text}" for number, text in enumerate(seen, start=1)]
            advice = "Write your actions in all games, in their order, with semicolons between them."
            return "\n".join([*lines, self._result_line(state, seat) if over else advice])
        done = len(seen) - (not over)
        lines = [f"Game {index + 1} ended. {seen[index]}" for index in range(state.told[seat], done)]
        if over:
            return "\n".join([*lines, self._result_line(state, seat)])
        return "\n".join([*lines, f"Game {done + 1} of {len(self.games)}.", seen[-1], *self._loss_lines(state, seat)])

    def action_to_text(self, state: CompositeState, seat: Seat, action: Any) -> str:
        if not self._parallel:
            return self._now(state).action_to_text(state.states[-1], seat, action)
        parts = zip(self.games, state.states, action, strict=True)
        return SEPARATOR.join(game.action_to_text(each, seat, part) for game, each, part in parts)

    def parse_action(self, state: CompositeState, seat: Seat, text: str) -> Any:
        if not self._parallel:
            return self._permitted(state, seat, self._now(state).parse_action(state.states[-1], seat, text))
        parts = text.strip().removesuffix(";").split(";")
        if len(parts) != len(self.games):
            problem = f"{quoted(text)} has {len(parts)} parts"
            raise Unparsable(f"{problem}; expected {len(self.games)}, one per game, with semicolons between them")
        pairs = zip(self.games, state.states, parts, strict=True)
        return tuple([game.parse_action(each, seat, part) for game, each, part in pairs])

    def example_actions(self, state: CompositeState, seat: Seat) -> Sequence[Any]:
        legal = self.legal_actions(state, seat)
        return self._now(state).example_actions(state.states[-1], seat) if legal is None else legal

    def render(self, state: CompositeState) -> str:
        games = zip(self.games, state.states, strict=False)
        lines = [f"game {number}: {game.render(each)}" for number, (game, each) in enumerate(games, start=1)]
        return "\n".join([*lines, f"totals: {self.outcome_text(state)}"])

    # -- information --------------------------------------------------------------------------------------

    def information_state(self, state: CompositeState, seat: Seat) -> CompositeView | CompositeState:
        """A `CompositeView`; the state itself where seats move in turn and see everything, so that it is searchable."""
        if self.info.information is Information.PERFECT and self.info.dynamics is Dynamics.SEQUENTIAL:
            return state
        views = [game.information_state(each, seat) for game, each in zip(self.games, state.states, strict=False)]
        own = state.past[seat] if state.past else ()
        past = [Deed(index, self.games[index].information_state(before, seat), act) for index, before, act in own]
        return CompositeView(tuple(views), state.told[seat], tuple(past))

    def secrets(self, state: CompositeState, seat: Seat) -> frozenset[str]:
        """Those of the game in play only: what was secret before may turn up again, for this very seat."""
        return self._now(state).secrets(state.states[-1], seat)

    # -- parts --------------------------------------------------------------------------------------------

    def _now(self, state: CompositeState) -> Game[Any, Any]:
        """The game in play; of games played at once, the last one, where the same seats move."""
        return self.games[len(state.states) - 1]

    def _all_applied(self, states: Sequence[Any], actions: Mapping[Seat, Any]) -> tuple[Any, ...]:
        """The states of games played at once, after each seat's answer to all of them."""
        return tuple(
            game.apply(state, {seat: answer[index] for seat, answer in actions.items()})
            for index, (game, state) in enumerate(zip(self.games, states, strict=True))
        )

    def _listed(self, state: CompositeState, index: int, seat: Seat) -> Sequence[Any]:
        legal = self.games[index].legal_actions(state.states[index], seat)
        assert legal is not None, "games that are played at once list their actions"
        return legal

    def _permitted(self, state: CompositeState, seat: Seat, action: Any) -> Any:
        if action in self.removed(state, seat):
            legal = [self.action_to_text(state, seat, other) for other in self.legal_actions(state, seat) or ()]
            name = self.action_to_text(state, seat, action)
            raise Illegal(f"you may not choose {name} after what game 1 led to; legal: {', '.join(legal)}")
        return action

    def _form_text(self) -> str:
        count = len(self.games)
        if self._parallel:
            return (
                f"You play {count} games at once, with the same other players in all of them. Your result is the sum "
                "of your results.\nWrite one answer for all games: your action in game 1, a semicolon, your action in "
                "game 2, and so on."
            )
        return (
            f"You play {count} games, one after the other, with the same other players; you keep your seat. After each "
            "game you are told how it went. Your result is the sum of your results."
        )

    def _restriction_lines(self) -> list[str]:
        return [
            f"If in game 1 {_and(f'player {seat + 1} plays {label}' for seat, label in enumerate(each.outcome))}, "
            f"player {each.seat + 1} may not choose {each.remove} in game 2."
            for each in self.params.restrict
        ]

    def _loss_lines(self, state: CompositeState, seat: Seat) -> list[str]:
        losses = [(loser, action) for loser in range(self.num_players) for action in self.removed(state, loser)]
        return [
            f"Because of game 1, {'you' if loser == seat else f'player {loser + 1}'} may not choose "
            f"{self._now(state).action_to_text(state.states[-1], loser, action)}."
            for loser, action in sorted(losses)
        ]

    def _result_line(self, state: CompositeState, seat: Seat) -> str:
        return f"All games are over. Your result: {self.returns(state)[seat]:.10g}."

    def _facts(self) -> GameInfo:
        facts = [game.info for game in self.games]
        dynamics = {each.dynamics for each in facts}
        kinds = {each.actions for each in facts}
        solvable = all(each.solvable for each in facts) and self.max_turns() <= _SOLVABLE_TURNS
        return replace(
            type(self).info,
            version=1 + sum(each.version - 1 for each in facts),
            title=f"Several games: {', '.join(dict.fromkeys(each.title for each in facts))}",
            dynamics=facts[0].dynamics if len(dynamics) == 1 else Dynamics.MIXED,
            chance=_chance([each.chance for each in facts]),
            information=Information.IMPERFECT
            if any(each.information is Information.IMPERFECT for each in facts)
            else Information.PERFECT,
            utility=_utility({each.utility for each in facts}),
            actions=facts[0].actions if len(kinds) == 1 else ActionKind.MIXED,
            referee=next((each.referee for each in facts if each.referee is not RefereeKind.NONE), RefereeKind.NONE),
            min_players=self.games[0].num_players,
            max_players=self.games[0].num_players,
            roles=_roles(facts, self.games[0].num_players),
            symmetric=all(each.symmetric for each in facts) and not self.params.restrict,
            solvable=solvable,
        )


def _removed_actions(
    games: Sequence[Game[Any, Any]], restrictions: Sequence[Restriction]
) -> Mapping[tuple[tuple[int, ...], Seat], frozenset[int]]:
    """The actions that each seat loses after each outcome of the first game, by index.

    Raises:
        ValueError: a restriction names what does not exist.
    """
    found: dict[tuple[tuple[int, ...], Seat], frozenset[int]] = {}
    if not restrictions:
        return found
    first, second = games
    assert isinstance(first, MatrixGame), "only matrix games are nested"
    assert isinstance(second, MatrixGame), "only matrix games are nested"
    for each in restrictions:
        if len(each.outcome) != first.num_players or each.seat >= second.num_players:
            raise ValueError(f"a restriction needs one action per seat and one of the seats, but is {each!r}")
        joint = tuple(_index(first, seat, label) for seat, label in enumerate(each.outcome))
        lost = found.get((joint, each.seat), frozenset()) | {_index(second, each.seat, each.remove)}
        if len(lost) == len(second.labels[each.seat]):
            raise ValueError(f"after {', '.join(each.outcome)} seat {each.seat} has no action left")
        found[joint, each.seat] = lost
    return found


def _index(game: MatrixGame, seat: Seat, label: str) -> int:
    names = [name.lower() for name in game.labels[seat]]
    if label.lower() not in names:
        raise ValueError(f"seat {seat} of {game.spec} has no action {label!r}; it has {', '.join(game.labels[seat])}")
    return names.index(label.lower())


def _check_nested(games: Sequence[Game[Any, Any]], restrictions: Sequence[Restriction]) -> None:
    if len(games) != 2 or not all(isinstance(game, MatrixGame) for game in games):
        raise ValueError("nested games are two matrix games")
    _removed_actions(games, restrictions)


def _check_parallel(games: Sequence[Game[Any, Any]]) -> None:
    """Games can be played at once where everybody chooses from a list, once, at the same time."""
    for game in games:
        info = game.info
        once = game.max_turns() == 1 and info.dynamics is Dynamics.SIMULTANEOUS and info.chance is Chance.NONE
        if not once or info.actions is not ActionKind.ENUMERATED:
            raise ValueError(f"{game.spec} cannot be played at once with others: all must choose from a list, once")
    for seat in range(games[0].num_players):
        texts = [_texts(game, seat) for game in games]
        if any(";" in text for options in texts for text in options):
            raise ValueError("semicolons stand between answers to several games; no action may have one in its name")
        if prod(map(len, texts)) > _MOST_ANSWERS:
            raise ValueError(f"seat {seat} has {prod(map(len, texts))} answers to all games; at most {_MOST_ANSWERS}")


def _texts(game: Game[Any, Any], seat: Seat) -> list[str]:
    start = game.initial_state()
    return [game.action_to_text(start, seat, action) for action in game.example_actions(start, seat)]


def _chance(kinds: Sequence[Chance]) -> Chance:
    return next((kind for kind in (Chance.SAMPLED, Chance.EXPLICIT) if kind in kinds), Chance.NONE)


def _utility(kinds: set[Utility]) -> Utility:
    """What sums of returns add up to."""
    if len(kinds) == 1:
        return next(iter(kinds))
    return Utility.CONSTANT_SUM if kinds <= _OF_CONSTANT_SUM else Utility.GENERAL_SUM


def _roles(facts: Sequence[GameInfo], players: int) -> tuple[str, ...]:
    """Each seat's roles in all games; none where no game has roles."""
    if not any(each.roles for each in facts):
        return ()
    by_game = [each.roles or ("player",) * players for each in facts]
    return tuple(" then ".join(dict.fromkeys(of_seat)) for of_seat in zip(*by_game, strict=True))


def _and(parts: Iterable[str]) -> str:
    return " and ".join(parts)
