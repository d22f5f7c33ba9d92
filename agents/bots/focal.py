"""Players who look for the label that the others will choose."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from agents.base import DecisionRequest
from agents.bots.base import Bot
from games.dilemmas.focal_points import FocalView


class _Coordinator(Bot):
    """A rule for one of several labels."""

    plays = ("focal_points",)

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, FocalView), "what a seat is told of labels"
        return self.label(view.options)

    @abstractmethod
    def label(self, options: tuple[str, ...]) -> str:
        """The label that it chooses, given them in its own order."""


class FirstLabel(_Coordinator):
    """Takes the first label that it reads, which is another one for everybody."""

    title: ClassVar[str] = "Chooses the label that it reads first"

    def label(self, options: tuple[str, ...]) -> str:
        return options[0]


class AlphabeticalLabel(_Coordinator):
    """Takes the first label of the alphabet: a rule that two who both think of it share."""

    title: ClassVar[str] = "Chooses the first label of the alphabet"

    def label(self, options: tuple[str, ...]) -> str:
        return min(options, key=str.casefold)


class ShortestLabel(_Coordinator):
    """Takes the shortest label, of several the first of the alphabet: a rule that differs from the alphabet alone."""

    title: ClassVar[str] = "Chooses the shortest label"

    def label(self, options: tuple[str, ...]) -> str:
        return min(options, key=lambda option: (len(option), option.casefold()))
