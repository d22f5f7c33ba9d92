"""Bargaining again and again, with a critic who advises one side between the games (GPT-Bargaining)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.core import Game, GameParams, Seat, Unparsable
from games.economic.buyer_seller import BuyerSeller
from games.economic.haggling import ACCEPT, NegotiationState, NegotiationView, Offer
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.open_text import as_data, tidy
from games.parsing import quoted
from games.registry import load
from games.transforms.wrapper import GameSpec

CRITIC: Final[Seat] = 2
ADVICE_CAP: Final = 600

_BALLOON: Final = 'buyer_seller(cash=20, cost=8, good="balloon", offers=10, openings=[20, 10], willingness=20)'
_FORGETFUL: Final = (
    "A seller and a buyer play the game below, perhaps several times. You are told of the game in play only, and "
    "remember no earlier one. Results add up."
)
_EXAMPLES: Final = (
    "1. Concede in smaller steps. 2. Say why the thing is worth it. 3. Wait longer before you agree.",
    "Well done so far; try to do even better.",
)


class CoachedBargainingParams(GameParams):
    """Parameters of the coached bargaining."""

    game: GameSpec = Field(_BALLOON, description="Spec of the buyer_seller game that is played again and again.")
    games: int = Field(5, ge=1, le=50, description="Most games.")
    coached: Literal["seller", "buyer"] = Field("seller", description="Who gets the critic's advice.")
    opponent_forgets: bool = Field(
        False, description="Whether the other side plays every game as if it was the first: without its past."
    )
    stop_without_deal: bool = Field(True, description="Whether the first game without a deal is the last.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not isinstance(load(self.game), BuyerSeller):
            raise ValueError(f"{self.game} is no buyer_seller game")
        return self


class CoachedState(NamedTuple):
    """Games and advice.

    Attributes:
        past: finished games, the last of them included.
        current: the game in play; None while the critic writes, and at the end.
        advice: what the critic wrote after each game but the last.
    """

    past: tuple[NegotiationState, ...]
    current: NegotiationState | None
    advice: tuple[str, ...] = ()


class CoachedView(NamedTuple):
    """What one seat knows; the critic knows what the side that it advises knows.

    Attributes:
        past: what is known of finished games.
        current: what is known of the game in play; None while the critic writes, and at the end.
        advice: the critic's advice so far; empty for the side that does not get it.
        results: own results of the finished games.
    """

    past: tuple[NegotiationView, ...]
    current: NegotiationView | None
    advice: tuple[str, ...]
    results: tuple[float, ...]


class CoachedBargaining(Game[CoachedState, Offer | str]):
    """Seller and buyer bargain several times; between two games a critic advises one of them in private.

    The critic sees what the side that it advises sees, and wants what that side wants. As in GPT-Bargaining, a game
    without a deal is the last one. Unlike there, the critic is a player of its own (there the same model as the side
    that it advises), and prices are read from offers and not by a moderator. The other side's memory is cleared
    between games there, and here with `opponent_forgets`: then it decides without its past, reads all offers of the
    game in play, and is told neither the number of games nor of the critic. The paper's controls are critics that look
    at nothing: constant encouragement, and tips drawn at random.

    Attributes:
        stage: one game.
        coached: the seat that is advised.
        opponent: the other side.
    """

    Params = CoachedBargainingParams
    params: CoachedBargainingParams
    info = GameInfo(
        name="coached_bargaining",
        version=1,
        title="Coached bargaining",
        summary="A seller and a buyer bargain several times; between the games a critic advises one of them.",
        family="economic",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.NONE,
        information=Information.IMPERFECT,
        utility=Utility.GENERAL_SUM,
        actions=ActionKind.MIXED,
        min_players=3,
        max_players=3,
        roles=("seller", "buyer", "critic"),
        tags=("bargaining", "negotiation", "talk", "advice", "repeated"),
        references=(
            "Y. Fu et al., Improving language model negotiation with self-play and in-context learning from AI "
            "feedback, arXiv 2305.10142",
        ),
    )

    def __init__(self, params: CoachedBargainingParams | None = None) -> None:
        super().__init__(params)
        stage = load(self.params.game)
        assert isinstance(stage, BuyerSeller), "the parameters were checked"
        self.stage = stage
        self.coached = self.info.roles.index(self.params.coached)
        self.opponent = 1 - self.coached
        self._start = stage.initial_state()
        hidden = Information.IMPERFECT if self.params.games > 1 else Information.PERFECT
        self.info = replace(
            type(self).info, version=type(self).info.version + stage.info.version - 1, information=hidden
        )

    def initial_state(self) -> CoachedState:
        return CoachedState((), self._start)

    def to_move(self, state: CoachedState) -> tuple[Seat, ...]:
        if state.current is not None:
            return self.stage.to_move(state.current)
        stopped = self.params.stop_without_deal and state.past[-1].answer != ACCEPT
        return () if stopped or len(state.past) == self.params.games else (CRITIC,)

    def legal_actions(self, state: CoachedState, seat: Seat) -> Sequence[str] | None:
        return None if state.current is None else self.stage.legal_actions(state.current, seat)

    def apply(self, state: CoachedState, actions: Mapping[Seat, Offer | str]) -> CoachedState:
        if state.current is None:
            return CoachedState(state.past, self._start, (*state.advice, str(actions[CRITIC])))
        after = self.stage.apply(state.current, actions)
        if self.stage.to_move(after):
            return CoachedState(state.past, after, state.advice)
        return CoachedState((*state.past, after), None, state.advice)

    def returns(self, state: CoachedState) -> tuple[float, ...]:
        """Results of the finished games, added up; the critic's are those of the side that it advises."""
        seller, buyer = (sum(self.results(state, seat)) for seat in (0, 1))
        return float(seller), float(buyer), float((seller, buyer)[self.coached])

    def utility_bounds(self) -> tuple[float, float]:
        low, high = self.stage.utility_bounds()
        return min(0.0, self.params.games * low), max(0.0, self.params.games * high)

    def max_turns(self) -> int:
        return self.params.games * (self.stage.max_turns() + 1) - 1

    def rules_text(self, seat: Seat) -> str:
        who = self.params.coached
        if self.params.opponent_forgets and seat == self.opponent:
            return f"{_FORGETFUL}\nOne game:\n{self.stage.rules_text(seat)}"
        number = f"{self.params.games} times" if self.params.games > 1 else "once"
        stops = " A game that ends without a deal is the last." if self.params.stop_without_deal else ""
        lines = [
            f"A seller and a buyer play the game below {number}.{stops} Results add up.",
            f"Between two games a critic writes advice to the {who}, which nobody else reads.",
        ]
        if self.params.opponent_forgets:
            lines.append(f"The {self.info.roles[self.opponent]} remembers no earlier game.")
        if seat == CRITIC:
            lines += [
                f"You are the critic: you do not play, and your result is that of the {who}, which is to be as high as "
                f"possible. You see what the {who} sees. After a game, write exactly three suggestions that would help "
                f"the {who} to a better price in the next: general ones, which name no price and do not change what "
                f"is sold. Write them as one line of at most {ADVICE_CAP} characters.",
                f"The game, as the {who} is told of it:",
            ]
        elif seat == self.coached:
            lines += [
                "The critic wants what you want. Its advice is shown in quotation marks; try to reach a better price "
                "than before.",
                "One game:",
            ]
        else:
            lines.append("One game:")
        return "\n".join([*lines, self.stage.rules_text(self._eyes(seat))])

    def observation(self, state: CoachedState, seat: Seat) -> str:
        if state.current is not None and self.is_blind(state, seat):
            return "\n".join([*self._dialogue(state.current), self.stage.observation(state.current, seat)])
        eyes = self._eyes(seat)
        lines = self._news(state, seat)
        if not self.to_move(state):
            total = f"{self.returns(state)[seat]:g}"
            return "\n".join([*lines, f"It is over after {_games(len(state.past))}. Your result: {total}."])
        if state.current is None:
            asked = f"Write your advice to the {self.params.coached}." if seat == CRITIC else "The critic is writing."
            return "\n".join([*lines, asked])
        headline = f"Game {len(state.past) + 1} of {'at most ' * self.params.stop_without_deal}{self.params.games}."
        reader = [f"What the {self.params.coached} reads:"] if seat == CRITIC else []
        return "\n".join([*lines, headline, *reader, self.stage.observation(state.current, eyes)])

    def information_state(self, state: CoachedState, seat: Seat) -> CoachedView:
        eyes = self._eyes(seat)
        if state.current is not None and self.is_blind(state, seat):
            return CoachedView((), self.stage.information_state(state.current, eyes), (), ())
        return CoachedView(
            past=tuple(self.stage.information_state(finished, eyes) for finished in state.past),
            current=None if state.current is None else self.stage.information_state(state.current, eyes),
            advice=state.advice if eyes == self.coached else (),
            results=self.results(state, eyes),
        )

    def is_blind(self, state: CoachedState, seat: Seat) -> bool:
        return self.params.opponent_forgets and seat == self.opponent and state.current is not None

    def secrets(self, state: CoachedState, seat: Seat) -> frozenset[str]:
        """The other's value in words, and advice for others' eyes, unless somebody said so in an offer."""
        eyes = self._eyes(seat)
        games = (*state.past, *([] if state.current is None else [state.current]))
        hidden = frozenset.intersection(*(self.stage.secrets(game, eyes) for game in games))
        if eyes == self.coached:
            return frozenset(secret for secret in hidden if not any(secret in advice for advice in state.advice))
        said = [offer.message for game in games for offer in game.offers]
        long = (advice for advice in state.advice if len(advice) >= ADVICE_CAP // 10)
        return hidden | frozenset(advice for advice in long if not any(advice in message for message in said))

    def action_to_text(self, state: CoachedState, seat: Seat, action: Offer | str) -> str:
        return str(action) if state.current is None else self.stage.action_to_text(state.current, seat, action)

    def parse_action(self, state: CoachedState, seat: Seat, text: str) -> Offer | str:
        if state.current is not None:
            return self.stage.parse_action(state.current, seat, text)
        advice = tidy(text)[:ADVICE_CAP].strip()
        if not advice:
            raise Unparsable(f"{quoted(text)} is no advice; expected one line of plain words")
        return advice

    def example_actions(self, state: CoachedState, seat: Seat) -> Sequence[Offer | str]:
        return _EXAMPLES if state.current is None else self.stage.example_actions(state.current, seat)

    def outcome_text(self, state: CoachedState) -> str:
        return "; ".join(map(self.stage.outcome_text, state.past))

    def render(self, state: CoachedState) -> str:
        games = (*state.past, *([] if state.current is None else [state.current]))
        return "\n".join([*map(self.stage.render, games), *(f"advice: {as_data(text)}" for text in state.advice)])

    def results(self, state: CoachedState, seat: Seat) -> tuple[float, ...]:
        """What the seller or the buyer got in each finished game."""
        return tuple(self.stage.returns(game)[seat] for game in state.past)

    def prices(self, state: CoachedState) -> tuple[int | None, ...]:
        """The price of each finished game; None without a deal."""
        return tuple(game.offers[-1].price if game.answer == ACCEPT else None for game in state.past)

    def _eyes(self, seat: Seat) -> Seat:
        """The seat of one game that a seat sees with."""
        return self.coached if seat == CRITIC else seat

    def _news(self, state: CoachedState, seat: Seat) -> list[str]:
        """The end of the last game and the advice after it, until the seat has moved again."""
        if not state.past or (state.current is not None and self._has_moved(state.current, seat)):
            return []
        last, eyes, number = state.past[-1], self._eyes(seat), len(state.past)
        lines = [f"Game {number} ended. {self.stage.observation(last, eyes)}"]
        if seat == CRITIC:
            lines = [*self._dialogue(last), *lines]
        elif seat == self.coached and len(state.advice) == number:
            lines.append(f"The critic advises: {as_data(state.advice[-1])}")
        return lines

    def _dialogue(self, game: NegotiationState) -> list[str]:
        """All offers of a game, for who does not remember them: the critic, and a side without its past."""
        return [
            f"{self.info.roles[number % 2].capitalize()}: offer {offer.price}"
            + (f" | {as_data(offer.message)}" if offer.message else "")
            for number, offer in enumerate(game.offers)
        ]

    def _has_moved(self, game: NegotiationState, seat: Seat) -> bool:
        return any(number % 2 == seat for number in range(len(self._start.offers), len(game.offers)))


def _games(count: int) -> str:
    return "1 game" if count == 1 else f"{count} games"
