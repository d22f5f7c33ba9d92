"""What scripted players share."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

from agents.base import Agent, Decision, DecisionRequest, Exchange
from games.beliefs import Question
from games.core import Game
from games.open_text import SILENCE
from games.registry import load
from games.transforms import answers
from games.transforms.cheap_talk import CheapTalk, CheapTalkView
from games.transforms.composite import SEPARATOR, Composite, CompositeState, CompositeView
from games.transforms.elicited import Elicited, ElicitedView
from games.transforms.handicap import Handicap, HandicapState
from games.transforms.inside import parts


class UnsuitableGame(ValueError):
    """A scripted player was asked to play a game that it has no rule for."""


class Bot(Agent):
    """A scripted player: free, and deterministic given its seeds.

    In a game around others (`elicited`, `cheap_talk`, `handicap`, `composite`) it plays the games inside, and answers
    questions and writes messages apart.

    Attributes:
        plays: registry names of the games it plays; empty when it is not made for certain games.
        scope: what games it plays, in words, where `plays` does not say it.
        thinks: whether a decision may take long, so that matches of others should go on meanwhile.
    """

    plays: ClassVar[tuple[str, ...]] = ()
    scope: ClassVar[str] = "any game"
    thinks: ClassVar[bool] = False

    def suits(self, game: Game[Any, Any]) -> bool:
        return all(map(self.knows, parts(game)))

    def knows(self, game: Game[Any, Any]) -> bool:
        """Whether the player can play this game, which is its own only part."""
        return not self.plays or game.info.name in self.plays

    async def decide(self, request: DecisionRequest) -> Decision:
        if not self.suits(game_of(request.game)):
            raise UnsuitableGame(f"{self.spec} plays {', '.join(self.plays) or self.scope}, not {request.game}")
        if self.thinks:
            return Decision(await asyncio.to_thread(self._answer, request))
        return Decision(self._answer(request))

    def believe(self, request: DecisionRequest, questions: tuple[Question, ...]) -> str:
        """The text of an answer to questions in a game that suits: every option alike, unless a player knows better."""
        return answers.write(questions, answers.uniform(questions))

    def say(self, request: DecisionRequest, talk: CheapTalk, view: CheapTalkView) -> str:
        """The message that is written in a game with messages that suits: none, unless a player has something to say.

        Args:
            request: what the seat is asked.
            talk: the game with messages.
            view: what the seat knows in it.
        """
        return SILENCE

    @abstractmethod
    def choose(self, request: DecisionRequest) -> str:
        """The text of the action, in a game that suits."""

    def _answer(self, request: DecisionRequest) -> str:
        """The text of an action, an answer or a message: whatever is asked for now."""
        game = game_of(request.game)
        if isinstance(game, Elicited):
            asked = request.information_key
            assert isinstance(asked, ElicitedView), "what a game with questions tells a seat"
            inner = _inside(request, game.inner, asked.view)
            return self.believe(_unspoken(inner), asked.questions) if asked.questions else self._answer(inner)
        if isinstance(game, CheapTalk):
            heard = request.information_key
            assert isinstance(heard, CheapTalkView), "what a game with messages tells a seat"
            if heard.writing:
                return self.say(request, game, heard)
            return self._answer(_inside(request, game.inner, heard.view))
        if isinstance(game, Handicap):
            known = request.information_key
            return self._answer(
                _inside(request, game.inner, known.inner if isinstance(known, HandicapState) else known)
            )
        if isinstance(game, Composite) and game.params.form != "nested":
            return SEPARATOR.join(map(self._answer, _each_inside(request, game)))
        return self.choose(request)


@dataclass(frozen=True, slots=True)
class _InnerView:
    """What a seat may read, with the information state of a game inside, and its legal actions."""

    outer: DecisionRequest
    view: Hashable
    legal: tuple[str, ...] | None

    def rules_text(self) -> str:
        return self.outer.rules_text

    def observation(self) -> str:
        return self.outer.observation

    def history(self) -> tuple[Exchange, ...]:
        return self.outer.history

    def legal_actions(self) -> tuple[str, ...] | None:
        return self.outer.legal_actions if self.legal is None else self.legal

    def example_actions(self) -> tuple[str, ...]:
        return self.outer.example_actions if self.legal is None else self.legal

    def information_key(self) -> Hashable:
        return self.view


def _inside(
    request: DecisionRequest, game: Game[Any, Any], view: Hashable, legal: tuple[str, ...] | None = None
) -> DecisionRequest:
    """The same question in a game inside, where the actions are those of the game around it unless they are given."""
    return replace(request, game=game.spec, _view=_InnerView(request, view, legal))


def _unspoken(request: DecisionRequest) -> DecisionRequest:
    """The same question without the messages, if there are any."""
    game, view = game_of(request.game), request.information_key
    if not isinstance(game, CheapTalk):
        return request
    assert isinstance(view, CheapTalkView), "what a game with messages tells a seat"
    return _inside(request, game.inner, view.view)


def _each_inside(request: DecisionRequest, game: Composite) -> list[DecisionRequest]:
    """The question in each of the games that are in play: in several at once, or in the latest one."""
    known = request.information_key
    assert isinstance(known, (CompositeView, CompositeState)), "what several games tell a seat"
    views = known.views if isinstance(known, CompositeView) else known.states
    if game.params.form == "sequential":
        return [_inside(request, game.games[len(views) - 1], views[-1])]
    options = zip(*(text.split(SEPARATOR) for text in choices(request)), strict=True)
    return [
        replace(_inside(request, inner, view, tuple(dict.fromkeys(legal))), _seed=_shifted(request, number))
        for number, (inner, view, legal) in enumerate(zip(game.games, views, options, strict=True))
    ]


def _shifted(request: DecisionRequest, number: int) -> Callable[[], int]:
    """A seed of its own for each of several games, so that chance in one is not that in another."""
    return lambda: request.seed ^ number


@lru_cache(maxsize=64)
def game_of(spec: str) -> Game[Any, Any]:
    """The game of a request, loaded once."""
    return load(spec)


def choices(request: DecisionRequest) -> tuple[str, ...]:
    """The texts of the legal actions at a node where they are listed."""
    assert request.legal_actions is not None, "the game lists its actions here"
    return request.legal_actions
