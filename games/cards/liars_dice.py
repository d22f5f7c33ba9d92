"""Liar's dice, one challenge long, for two to six players."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from games.beliefs import Question, Questioned
from games.cards.framing import PLAIN, Framing, action_names, either, is_given, opening, rank_names, unit_of
from games.core import CHANCE, Game, GameParams, Illegal, Seat, Unparsable
from games.framing import direction, in_order
from games.info import Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted

LIAR: Final = "liar"
BID_TOPIC: Final = "bid"
_VERDICTS: Final = ("true", "false")
_NUMBER_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBER: Final = rf"[0-9]{{1,3}}|{'|'.join(_NUMBER_WORDS)}"
_CHALLENGE: Final = r"(?:i )?(?:call )?(?:liar|challenge)[.!]?|call"
_REBID_RULES: Final = {
    "reset_face": "A bid must be higher than the one before it: a larger quantity with any face, or the same quantity "
    "with a higher face.",
    "reset_quantity": "A bid must be higher than the one before it: a higher face with any quantity, or the same face "
    "with a larger quantity.",
    "either": "A bid must have a larger quantity or a higher face than the one before it (the other number may fall), "
    "and no bid may be made twice.",
}
_SOLVABLE_HISTORIES: Final = 500_000


class LiarsDiceParams(GameParams):
    """Parameters of liar's dice."""

    num_players: int = Field(2, ge=2, le=6, description="Players at the table.")
    dice: int = Field(5, ge=1, le=10, description="Dice of each player.")
    faces: int = Field(6, ge=2, le=9, description="Faces of a die.")
    rebid: Literal["reset_face", "reset_quantity", "either"] = Field(
        "reset_face",
        description="How a bid must be higher: a larger quantity, or the same one with a higher face (reset_face); a "
        "higher face, or the same one with a larger quantity (reset_quantity); any one of the two larger (either).",
    )
    wild: int | None = Field(None, ge=1, le=9, description="The face that counts as every face; None for no such face.")
    framing: Framing = Field(
        PLAIN,
        description="Words: faces, actions, unit, order and story, for example {'ranks': 'animals', 'story': 'fair'}.",
    )

    @model_validator(mode="after")
    def _the_wild_face_exists(self) -> Self:
        if self.wild is not None and self.wild > self.faces:
            raise ValueError(f"wild face {self.wild} is not on dice with {self.faces} faces")
        return self


class Bid(NamedTuple):
    """A claim that all hands together hold at least `quantity` dice that show `face`."""

    quantity: int
    face: int


class LiarsDiceState(NamedTuple):
    """Dice rolled so far, seat by seat, the bids in order, and whether the last one was challenged."""

    dice: tuple[int, ...] = ()
    bids: tuple[Bid, ...] = ()
    challenged: bool = False


class LiarsDiceView(NamedTuple):
    """What one seat knows: its sorted dice, the bids, and every seat's sorted dice once they were shown."""

    dice: tuple[int, ...]
    bids: tuple[Bid, ...]
    shown: tuple[tuple[int, ...], ...] | None


class LiarsDice(Game[LiarsDiceState, int | Bid | str], Questioned[LiarsDiceState]):
    """Bid on the dice of all hands, or challenge the last bid. Chance rolls one die at a time.

    One challenge decides: the loser of the challenge gets -1, the other party to it +1, everybody else 0.
    OpenSpiel's game is `liars_dice(dice=1, wild=6)`: there the highest face is wild, and `rebid` has the same names
    with a hyphen. ZeroSumEval's is `liars_dice(rebid="either")`, where we close two gaps: a quantity cannot exceed the
    number of dice, and a bid cannot be repeated, without which this rule lets bids go in circles.
    """

    Params = LiarsDiceParams
    params: LiarsDiceParams
    info = GameInfo(
        name="liars_dice",
        version=1,
        title="Liar's dice",
        summary="Hidden dice, rising bids on what all dice show together, and a challenge that decides.",
        family="cards",
        dynamics=Dynamics.SEQUENTIAL,
        chance=Chance.EXPLICIT,
        information=Information.IMPERFECT,
        utility=Utility.ZERO_SUM,
        min_players=2,
        max_players=6,
        tags=("dice", "bluffing"),
        references=(
            "OpenSpiel, liars_dice (one die each, highest face wild: value of the first seat about -0.0278)",
            "ZeroSumEval, arXiv 2504.12562 (the rule `either`)",
        ),
    )

    def __init__(self, params: LiarsDiceParams | None = None) -> None:
        super().__init__(params)
        self._total = self.params.num_players * self.params.dice
        quantities, faces = range(1, self._total + 1), range(1, self.params.faces + 1)
        if self.params.rebid == "reset_quantity":
            self._bids = tuple(Bid(quantity, face) for face in faces for quantity in quantities)
        else:
            self._bids = tuple(Bid(quantity, face) for quantity in quantities for face in faces)
        framing = self.params.framing
        self._direction = direction(framing)
        self._faces = rank_names(framing, "123456789"[: self.params.faces])
        self._bid, self._liar = map(action_names(framing).of, ("bid", LIAR))
        unit = unit_of(framing, "")
        self._unit = f" {unit}" if unit else ""
        self._bid_form, self._challenge_form = _forms(framing, self._faces)
        histories = self.params.faces**self._total * 2 ** len(self._bids)
        if self.params.rebid != "either" and histories <= _SOLVABLE_HISTORIES:
            self.info = replace(self.info, solvable=True)

    def initial_state(self) -> LiarsDiceState:
        return LiarsDiceState()

    def to_move(self, state: LiarsDiceState) -> tuple[Seat, ...]:
        dice, bids, challenged = state
        if len(dice) < self._total:
            return (CHANCE,)
        return () if challenged else (len(bids) % self.params.num_players,)

    def legal_actions(self, state: LiarsDiceState, seat: Seat) -> tuple[Bid | str, ...]:
        if not state.bids:
            return self._bids[:: self._direction]
        return (*self._higher_bids(state.bids), LIAR)[:: self._direction]

    def chance_outcomes(self, state: LiarsDiceState) -> list[tuple[int | Bid | str, float]]:
        faces = self.params.faces
        return [(face, 1 / faces) for face in range(1, faces + 1)]

    def apply(self, state: LiarsDiceState, actions: Mapping[Seat, int | Bid | str]) -> LiarsDiceState:
        (action,) = actions.values()
        if isinstance(action, Bid):
            return LiarsDiceState(state.dice, (*state.bids, action))
        if action == LIAR:
            return LiarsDiceState(state.dice, state.bids, True)
        return LiarsDiceState((*state.dice, int(action)))

    def returns(self, state: LiarsDiceState) -> tuple[float, ...]:
        values = [0.0] * self.params.num_players
        if state.challenged:
            bidder, challenger = self._parties(state)
            sign = 1.0 if self._count(state) >= state.bids[-1].quantity else -1.0
            values[bidder], values[challenger] = sign, -sign
        return tuple(values)

    def utility_bounds(self) -> tuple[float, float]:
        return -1.0, 1.0

    def max_turns(self) -> int:
        return self._total + len(self._bids) + 1

    def rules_text(self, seat: Seat) -> str:
        return self._plain_rules(seat) if is_given(self.params.framing) else self._framed_rules(seat)

    def _plain_rules(self, seat: Seat) -> str:
        params, wild, others = self.params, self._wild_text(), self._others_text()
        forms = (
            "Write a bid as the word bid, the quantity and the face, for example: bid 2 3 (at least two dice show 3)",
            "Write a challenge as: liar",
        )
        return "\n".join(
            (
                f"You play liar's dice with {params.num_players} players. Each has {params.dice} "
                f"{'die' if params.dice == 1 else 'dice'} with faces 1 to {params.faces}. You are player {seat + 1}; "
                "player 1 begins and the players act in order.",
                "Each player rolls and sees only their own dice. On a turn, a player "
                f"{either(params.framing, ('bids', 'challenges the bid on the table'))}.",
                f"A bid is a quantity and a face: it claims that at least that many of all {self._total} dice, "
                f"everybody's together, show that face. {wild}The quantity goes from 1 to {self._total}.",
                _REBID_RULES[params.rebid],
                "A challenge calls the last bidder a liar and ends the game: all dice are shown and counted. If the "
                "bid was right, its bidder gets +1 and the challenger -1; if there are too few such dice, the "
                f"challenger gets +1 and the bidder -1.{others} There is nothing to challenge before the first bid.",
                ". ".join(in_order(params.framing, forms)),
            )
        )

    def _framed_rules(self, seat: Seat) -> str:
        """The same rules without a word of liar's dice, for names that are no verbs."""
        params, unit, framing = self.params, self._unit, self.params.framing
        forms = (
            f"Write a statement as the word {self._bid}, the quantity and the face, for example: {self._bid} 2 "
            f"{self._faces[1]} (at least two dice show {self._faces[1]})",
            f"Write a doubt as: {self._liar}",
        )
        return "\n".join(
            (
                *opening(framing),
                f"You play a game of dice with {params.num_players} players. Each has {params.dice} "
                f"{'die' if params.dice == 1 else 'dice'} with these faces, low to high: {', '.join(self._faces)}. You "
                f"are player {seat + 1}; player 1 begins and the players act in order.",
                "Each player rolls and sees only their own dice. On a turn, a player "
                f"{either(framing, ('makes a statement', 'doubts the one on the table'))}.",
                f"A statement is a quantity and a face: it says that at least that many of all {self._total} dice, "
                f"everybody's together, show that face. {self._wild_text()}The quantity goes from 1 to {self._total}.",
                _REBID_RULES[params.rebid].replace("A bid", "A statement").replace("no bid", "no statement"),
                "A doubt ends the game: all dice are shown and counted. If the statement was right, who made it gets "
                f"+1{unit} and who doubted it -1{unit}; if there are too few such dice, who doubted gets +1{unit} and "
                f"who made the statement -1{unit}.{self._others_text()} The first statement comes before any doubt.",
                ". ".join(in_order(framing, forms)),
            )
        )

    def _wild_text(self) -> str:
        wild = self.params.wild
        return f"A die that shows {self._faces[wild - 1]} counts as every face. " if wild else ""

    def _others_text(self) -> str:
        return "" if self.params.num_players == 2 else " All other players get 0."

    def observation(self, state: LiarsDiceState, seat: Seat) -> str:
        view = self.information_state(state, seat)
        said = [f"{self._player(turn, seat)}: {self._text(bid)}" for turn, bid in enumerate(view.bids)]
        if state.challenged:
            said.append(f"{self._player(len(view.bids), seat)}: {self._liar}")
        lines = [
            f"Your dice: {self._hand(view.dice) or 'not rolled yet'}.",
            f"Said so far: {'; '.join(said) or 'nothing'}.",
        ]
        if view.shown is not None:
            lines += self._showdown_lines(state, view.shown, seat)
        return "\n".join(lines)

    def information_state(self, state: LiarsDiceState, seat: Seat) -> LiarsDiceView:
        hands = self._hands(state)
        return LiarsDiceView(hands[seat], state.bids, hands if state.challenged else None)

    def secrets(self, state: LiarsDiceState, seat: Seat) -> frozenset[str]:
        # Fewer dice than three are too short a text to be told from a bid.
        if state.challenged or self.params.dice < 3:
            return frozenset()
        hands = self._hands(state)
        complete = {hand for hand in hands if len(hand) == self.params.dice}
        return frozenset(self._hand(hand) for hand in complete - {hands[seat]})

    def action_to_text(self, state: LiarsDiceState, seat: Seat, action: int | Bid | str) -> str:
        if isinstance(action, Bid):
            return self._text(action)
        return self._faces[int(action) - 1] if seat == CHANCE else self._liar

    def parse_action(self, state: LiarsDiceState, seat: Seat, text: str) -> int | Bid | str:
        if seat == CHANCE:
            return super().parse_action(state, seat, text)
        action = self.read(text)
        legal = self.legal_actions(state, seat)
        forms = [f"{self._bid} QUANTITY FACE"]
        if state.bids:
            forms = [f"{forms[0]}, higher than {self._text(state.bids[-1])}", self._liar]
        expected = ", or ".join(in_order(self.params.framing, forms))
        if action is None:
            raise Unparsable(f"{quoted(text)} is neither a bid nor a challenge; expected: {expected}")
        if action not in legal:
            raise Illegal(f"{quoted(text)} is not legal here: {self._objection(state, action)}; expected: {expected}")
        return action

    def render(self, state: LiarsDiceState) -> str:
        hands = " | ".join(self._hand(hand) or "-" for hand in self._hands(state))
        bids = "; ".join(map(self._text, state.bids))
        return f"dice: {hands}; said: {bids or '-'}{f'; {self._liar}' if state.challenged else ''}"

    def questions(self, state: LiarsDiceState, seat: Seat) -> tuple[Question, ...]:
        """Of the bid on the table: whether it is true, and what the other party to a challenge thinks."""
        if not state.bids or state.challenged:
            return ()
        bidder, mover = self._parties(state)
        viewer = mover if seat == bidder else bidder
        bid = self._text(state.bids[-1])
        return (
            Question(BID_TOPIC, None, f"Is the last bid ({bid}) true?", _VERDICTS),
            Question(BID_TOPIC, viewer, f"Does player {viewer + 1} think that it is true?", _VERDICTS),
        )

    def truth(self, asked: LiarsDiceState, end: LiarsDiceState, seat: Seat, topic: str) -> str:
        return _VERDICTS[self._count(asked) < asked.bids[-1].quantity]

    def outcome_text(self, state: LiarsDiceState) -> str:
        if not state.challenged:
            return "not over"
        bidder, challenger = self._parties(state)
        bid, count = state.bids[-1], self._count(state)
        verdict, winner = ("right", bidder) if count >= bid.quantity else ("wrong", challenger)
        counted = f"{count} of {self._total} dice count"
        return f"{self._text(bid)} was {verdict}, {counted}; player {winner + 1} wins the challenge"

    def _higher_bids(self, bids: tuple[Bid, ...]) -> tuple[Bid, ...] | list[Bid]:
        quantity, face = bids[-1]
        if self.params.rebid == "reset_face":
            return self._bids[(quantity - 1) * self.params.faces + face :]
        if self.params.rebid == "reset_quantity":
            return self._bids[(face - 1) * self._total + quantity :]
        return [bid for bid in self._bids if (bid[0] > quantity or bid[1] > face) and bid not in bids]

    def _parties(self, state: LiarsDiceState) -> tuple[Seat, Seat]:
        """The seats that made the last bid and that challenged it."""
        turn = len(state.bids)
        return (turn - 1) % self.params.num_players, turn % self.params.num_players

    def _count(self, state: LiarsDiceState) -> int:
        """Dice that count for the last bid."""
        face = state.bids[-1].face
        return sum(die in (face, self.params.wild) for die in state.dice)

    def _hands(self, state: LiarsDiceState) -> tuple[tuple[int, ...], ...]:
        """Each seat's dice so far, sorted."""
        size = self.params.dice
        return tuple(tuple(sorted(state.dice[seat * size : (seat + 1) * size])) for seat in range(self.num_players))

    def _objection(self, state: LiarsDiceState, action: Bid | str) -> str:
        """Why an action that is not legal is not."""
        if not isinstance(action, Bid):
            return "there is no bid to challenge"
        if action not in self._bids:
            return f"quantities go from 1 to {self._total} and faces from {self._faces[0]} to {self._faces[-1]}"
        return "that bid was made before" if action in state.bids else "that bid is not higher"

    def _showdown_lines(self, state: LiarsDiceState, hands: tuple[tuple[int, ...], ...], seat: Seat) -> list[str]:
        shown = "; ".join(f"{self._player(other, seat)}: {self._hand(hand)}" for other, hand in enumerate(hands))
        return [
            f"All dice: {shown}.",
            f"The game is over: {self.outcome_text(state)}. Your result: {self.returns(state)[seat]:+g}{self._unit}.",
        ]

    def read(self, text: str) -> Bid | str | None:
        """The bid or challenge that a text writes, legal or not; None when it writes neither."""
        words = " ".join(text.lower().split())
        if self._challenge_form.fullmatch(words):
            return LIAR
        match = self._bid_form.fullmatch(words)
        if match is None:
            return None
        face = match["face"]
        return Bid(_number(match["quantity"]), self._faces.index(face) + 1 if face in self._faces else _number(face))

    def _text(self, bid: Bid) -> str:
        return f"{self._bid} {bid.quantity} {self._faces[bid.face - 1]}"

    def _hand(self, dice: tuple[int, ...]) -> str:
        return " ".join([self._faces[die - 1] for die in dice])

    def _player(self, turn: int, reader: Seat) -> str:
        seat = turn % self.params.num_players
        return f"player {seat + 1}{' (you)' if seat == reader else ''}"


def _forms(framing: Framing, faces: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of bids and of challenges, in lower case."""
    bid_name, liar_name = (action_names(framing).of(word).lower() for word in ("bid", LIAR))
    face = _NUMBER if faces[0] == "1" else "|".join(map(re.escape, faces))
    bid = rf"(?:i )?(?:{bid_name} )?(?P<quantity>{_NUMBER})(?: ?[x*,-] ?| of | )(?P<face>{face})(?:'?s|es)?\.?"
    challenge = _CHALLENGE if framing.actions == "given" else rf"(?:i )?{liar_name}[.!]?"
    return re.compile(bid), re.compile(challenge)


def _number(word: str) -> int:
    return _NUMBER_WORDS.index(word) + 1 if word in _NUMBER_WORDS else int(word)
