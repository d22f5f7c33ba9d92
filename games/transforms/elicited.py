"""Asking for beliefs: before they decide, seats say what they think is hidden from them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.beliefs import Question, Questioned, questioned
from games.core import Game, Seat
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.registry import load
from games.transforms import answers
from games.transforms.answers import Answer
from games.transforms.wrapper import GameSpec, Wrapper, WrapperParams, inherited


class ElicitedParams(WrapperParams):
    """Parameters of a game with questions."""

    game: GameSpec = Field("kuhn_poker", description="Spec of the game inside; it must have questions.")
    ask: Literal["movers", "everyone"] = Field(
        "movers",
        description="Who is asked before a decision: those who then decide, or all seats. Only with everyone does a "
        "game of turns tell what another seat thought at the same time.",
    )

    @model_validator(mode="after")
    def _has_questions(self) -> Self:
        if questioned(load(self.game)) is None:
            raise ValueError(f"{self.game} has no questions: its class does not extend games.beliefs.Questioned")
        return self


class Step(NamedTuple):
    """One own decision or answer of a seat: its information state in the game inside, and what it did."""

    view: Hashable
    action: Any


class ElicitedState(NamedTuple):
    """The game inside, who answers questions now, and what each seat has done.

    Attributes:
        inner: state of the game inside.
        asked: seats that answer now, ascending; empty when the game inside goes on.
        past: per seat, its own answers and decisions, oldest first.
    """

    inner: Any
    asked: tuple[Seat, ...]
    past: tuple[tuple[Step, ...], ...]


class ElicitedView(NamedTuple):
    """What one seat knows: what the game inside tells it, the questions put to it now, and its own past.

    Attributes:
        view: information state in the game inside.
        questions: what it has to answer now; empty when it is not asked.
        past: own answers and decisions, oldest first.
    """

    view: Hashable
    questions: tuple[Question, ...]
    past: tuple[Step, ...]


class Elicited(Wrapper[ElicitedState]):
    """The game inside, with a round of questions before each decision for which it has any.

    All who are asked answer at the same time, and nobody is told what others answer. An answer is a probability in
    whole percents for every option of every question; it changes nothing in the game inside.
    """

    Params = ElicitedParams
    params: ElicitedParams
    info = GameInfo(
        name="elicited",
        version=1,
        title="Game with questions",
        summary="A game in which players say, before they decide, how likely they think what is hidden from them.",
        family="transforms",
        dynamics=Dynamics.MIXED,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        tags=("transform", "beliefs", "theory of mind"),
        references=(
            "Y. Nyarko and A. Schotter, An experimental study of belief learning using elicited beliefs, 2002",
            "L. Xu et al., MAgIC, EMNLP 2024 (views of others, and of others' views)",
        ),
    )

    def __init__(self, params: ElicitedParams | None = None) -> None:
        super().__init__(params)
        source = questioned(self.inner)
        assert source is not None, "the parameters were checked"
        self._source: Questioned[Any] = source

    def facts(self) -> GameInfo:
        facts = inherited(type(self).info, self.inner)
        together = self.params.ask == "everyone" and facts.dynamics is Dynamics.SEQUENTIAL
        return replace(
            facts,
            title=f"{self.inner.info.title}, with questions",
            dynamics=Dynamics.MIXED if together else facts.dynamics,
            information=Information.IMPERFECT,
            actions=ActionKind.OPEN if facts.actions is ActionKind.OPEN else ActionKind.MIXED,
            solvable=False,
        )

    def initial_state(self) -> ElicitedState:
        inner = self.inner.initial_state()
        return ElicitedState(inner, self._asked(inner), ((),) * self.num_players)

    def to_move(self, state: ElicitedState) -> tuple[Seat, ...]:
        return state.asked or self.inner.to_move(state.inner)

    def legal_actions(self, state: ElicitedState, seat: Seat) -> Sequence[Any] | None:
        return None if state.asked else self.inner.legal_actions(state.inner, seat)

    def apply(self, state: ElicitedState, actions: Mapping[Seat, Any]) -> ElicitedState:
        inner, asked, past = state
        if min(actions) >= 0:
            past = tuple(
                (*own, Step(self.inner.information_state(inner, seat), actions[seat])) if seat in actions else own
                for seat, own in enumerate(past)
            )
        if asked:
            return ElicitedState(inner, (), past)
        after = self.inner.apply(inner, actions)
        return ElicitedState(after, self._asked(after), past)

    def max_turns(self) -> int:
        return 2 * self.inner.max_turns()

    def rules_text(self, seat: Seat) -> str:
        when = "Before decisions, of yours or of others," if self.params.ask == "everyone" else "Before you decide,"
        return (
            f"{self.inner.rules_text(seat)}\n"
            f"Players are also asked what they believe; in the questions you are player {seat + 1}. {when} you may "
            "get questions with listed options. Give each option the probability, in percent, that you think it has. "
            "Nobody is told your answers, and they change nothing in the game.\n"
            "Write an answer as the name of the question, a colon, and options with their percentages, which sum to "
            "100; separate several questions with semicolons. Use whole percents. Options that you leave out have 0%. "
            "For example, were you asked about the weather and about the wind: weather: rain 70%, sun 30%; "
            "wind: calm 100%"
        )

    def observation(self, state: ElicitedState, seat: Seat) -> str:
        text = self.inner.observation(state.inner, seat)
        questions = self.questions_now(state, seat)
        if not questions:
            return text
        lines = [f"- {answers.label(each)}: {each.text} ({', '.join(each.options)})" for each in questions]
        return "\n".join(
            [text, "Before the game goes on, and instead of another action, say what you believe:", *lines]
        )

    def information_state(self, state: ElicitedState, seat: Seat) -> ElicitedView:
        view = self.inner.information_state(state.inner, seat)
        return ElicitedView(view, self.questions_now(state, seat), state.past[seat])

    def action_to_text(self, state: ElicitedState, seat: Seat, action: Any) -> str:
        if not state.asked:
            return self.inner.action_to_text(state.inner, seat, action)
        return answers.write(self.questions_now(state, seat), action)

    def parse_action(self, state: ElicitedState, seat: Seat, text: str) -> Any:
        if not state.asked:
            return self.inner.parse_action(state.inner, seat, text)
        return answers.read(self.questions_now(state, seat), text)

    def example_actions(self, state: ElicitedState, seat: Seat) -> Sequence[Any]:
        if not state.asked:
            return self.inner.example_actions(state.inner, seat)
        questions = self.questions_now(state, seat)
        return [answers.uniform(questions), answers.certain(questions, 0), answers.certain(questions, -1)]

    def render(self, state: ElicitedState) -> str:
        asked = ", ".join(f"player {seat + 1}" for seat in state.asked)
        text = self.inner.render(state.inner)
        return f"{text}\nasked what they believe: {asked}" if asked else text

    def questions_now(self, state: ElicitedState, seat: Seat) -> tuple[Question, ...]:
        """What a seat has to answer in a state; nothing when it is not asked."""
        return self._source.questions(state.inner, seat) if seat in state.asked else ()

    def truth(self, asked: ElicitedState, end: ElicitedState, seat: Seat, topic: str) -> str | None:
        """The option that was the case (`Questioned.truth`)."""
        return self._source.truth(asked.inner, end.inner, seat, topic)

    def _asked(self, inner: Any) -> tuple[Seat, ...]:
        movers = self.inner.to_move(inner)
        if not movers or movers[0] < 0:
            return ()
        seats = range(self.num_players) if self.params.ask == "everyone" else movers
        return tuple(seat for seat in seats if self._source.questions(inner, seat))


def stated(state: ElicitedState, after: ElicitedState, seat: Seat) -> Answer | None:
    """The answer that a seat gave in a state, given the next one; None when it gave none."""
    if seat not in state.asked or len(after.past[seat]) == len(state.past[seat]):
        return None
    answer: Answer = after.past[seat][-1].action
    return answer


def bare(game: Game[Any, Any]) -> Game[Any, Any]:
    """The game without its questions."""
    return game.inner if isinstance(game, Elicited) else game
