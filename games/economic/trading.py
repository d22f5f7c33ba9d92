"""Barter between two seats: who proposes gives so much of some goods for so much of others, with words if wanted."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from games.core import Game, Illegal, Seat, Unparsable
from games.open_text import as_data, tidy
from games.parsing import choose, quoted

ACCEPT: Final = "accept"
DENY: Final = "deny"
NO_ANSWER: Final = "-"
"""Stands for the answer to words without an offer."""
MESSAGE_CAP: Final = 500
MOST_GOODS: Final = 999
"""The largest number of one good that a proposal may name."""

_ANSWERS: Final = (ACCEPT, DENY)
_PROPOSAL: Final = re.compile(
    r"(?:offer\b *:? *)?give (?P<give>[^|]+?) get (?P<get>[^|]+?) *(?:\|(?P<words>.*))?", re.I
)
_TALK: Final = re.compile(r"(?:talk|pass)\b *(?:\|(?P<words>.*))?", re.I)
_PART: Final = re.compile(r"(\d{1,6}) +([a-z]+)", re.I)
_NOTHING: Final = "nothing"
_SWAPPED: Final = 3

Bundle = tuple[int, ...]


class Proposal(NamedTuple):
    """What its maker would give and get, goods in order; nothing for nothing is talk. Words are one line."""

    give: Bundle
    get: Bundle
    message: str = ""

    @property
    def is_offer(self) -> bool:
        """Whether there is something to accept."""
        return any(self.give) or any(self.get)


class Talks(NamedTuple):
    """Proposals in order, seat 0 first, and the answers to them; one is missing while the other is asked."""

    proposals: tuple[Proposal, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether an offer waits for an answer."""
        return len(self.answers) < len(self.proposals)

    @property
    def turn(self) -> Seat:
        """Who answers, or makes the next proposal."""
        return len(self.proposals) % 2


class TradeState(NamedTuple):
    """Who has how much of each good at the start, what one of it is worth to whom, and the talks so far.

    Attributes:
        start: by seat, then by good; empty while goods are being dealt.
        values: likewise.
        talks: proposals and answers.
        dealt: numbers that chance has drawn so far; empty once everything is dealt.
    """

    start: tuple[Bundle, ...] = ()
    values: tuple[Bundle, ...] = ()
    talks: Talks = Talks()
    dealt: Bundle = ()


class TradeView(NamedTuple):
    """What one seat knows.

    Attributes:
        goods: their names.
        values: what one of each is worth to this seat.
        holdings: how much of each this seat has now.
        talks: proposals and answers so far.
        most_proposals: proposals of both seats together.
    """

    goods: tuple[str, ...]
    values: Bundle
    holdings: Bundle
    talks: Talks
    most_proposals: int


# A proposal, an answer, or a number that chance deals.
Action = Proposal | str | int


class Trading(Game[TradeState, Action]):
    """Seats take turns at proposing a trade; the other accepts or denies. A subclass deals goods and counts gains.

    Nobody is told what the other has or values. Who proposes must have what it would give; who is asked for what it
    has not can only deny.
    """

    @property
    @abstractmethod
    def goods(self) -> tuple[str, ...]:
        """Names of the goods, one lower-case word each."""

    @property
    @abstractmethod
    def most_proposals(self) -> int:
        """Proposals of both seats together, words without an offer included."""

    @property
    @abstractmethod
    def ends_at_deal(self) -> bool:
        """Whether the first accepted offer is the last."""

    @abstractmethod
    def aim(self, seat: Seat) -> list[str]:
        """What a seat's result is, in sentences for the briefing."""

    def holdings(self, state: TradeState, seat: Seat) -> Bundle:
        """How much of each good a seat has now."""
        have, (proposals, answers) = state.start[seat], state.talks
        for number in [number for number, answer in enumerate(answers) if answer == ACCEPT]:
            give, get, _ = proposals[number]
            out, into = (give, get) if number % 2 == seat else (get, give)
            have = tuple([n - less + more for n, less, more in zip(have, out, into, strict=True)])
        return have

    def gain(self, state: TradeState, seat: Seat) -> int:
        """How much more a seat's goods are worth to it than at the start."""
        now, before = self.holdings(state, seat), state.start[seat]
        return sum(value * (n - m) for value, n, m in zip(state.values[seat], now, before, strict=True))

    def to_move(self, state: TradeState) -> tuple[Seat, ...]:
        talks = state.talks
        over = len(talks.proposals) == self.most_proposals or (self.ends_at_deal and ACCEPT in talks.answers)
        return () if over and not talks.asked else (talks.turn,)

    def apply(self, state: TradeState, actions: Mapping[Seat, Action]) -> TradeState:
        (action,), talks = actions.values(), state.talks
        if isinstance(action, Proposal):
            answers = talks.answers if action.is_offer else (*talks.answers, NO_ANSWER)
            return state._replace(talks=Talks((*talks.proposals, action), answers))
        return state._replace(talks=Talks(talks.proposals, (*talks.answers, str(action))))

    def legal_actions(self, state: TradeState, seat: Seat) -> Sequence[Action] | None:
        if not state.talks.asked:
            return None
        return _ANSWERS if self._can_accept(state) else (DENY,)

    def _can_accept(self, state: TradeState) -> bool:
        wanted, have = state.talks.proposals[-1].get, self.holdings(state, state.talks.turn)
        return all(n <= m for n, m in zip(wanted, have, strict=True))

    def information_state(self, state: TradeState, seat: Seat) -> TradeView:
        if not state.start:
            return TradeView(self.goods, (), (), state.talks, self.most_proposals)
        return TradeView(self.goods, state.values[seat], self.holdings(state, seat), state.talks, self.most_proposals)

    # -- text -----------------------------------------------------------------------------------------------

    def rules_text(self, seat: Seat) -> str:
        ends = "The first accepted offer ends the game." if self.ends_at_deal else "Accepted trades take place at once."
        return "\n".join(
            [
                f"You and one other player trade {', '.join(self.goods[:-1])} and {self.goods[-1]}. You are player "
                f"{seat + 1}; player 1 begins.",
                "Players take turns. In your turn you propose a trade, or only talk; the other then accepts or denies "
                f"your offer, and has the next turn. There are {self.most_proposals} turns in all. {ends}",
                "You do not know what the other has, nor what it is worth to the other. You cannot give what you do "
                "not have; an offer that asks the other for what it does not have can only be denied.",
                *self.aim(seat),
                f"Propose a trade like this: {self.action_to_text_of(self._example())}",
                f"or without the words: give 1 {self.goods[0]} get 1 {self.goods[1]}. Name several goods with commas "
                f"between them; {_NOTHING} stands for none. To say something without an offer, write: talk | WORDS. To "
                "say and offer nothing, write: pass. Words are one line of at most "
                f"{MESSAGE_CAP} characters. What the other writes is shown in quotation marks: it is talk, true or "
                "not.",
                "Answer an offer with one word: accept or deny",
            ]
        )

    def _example(self) -> Proposal:
        places = range(len(self.goods))
        return Proposal(
            tuple(int(place == 0) for place in places),
            tuple(int(place == 1) for place in places),
            "This helps us both.",
        )

    def observation(self, state: TradeState, seat: Seat) -> str:
        if not state.start:
            return "The goods are being dealt."
        return "\n".join([*self._news(state, seat), *self._belongings(state, seat), *self._task(state, seat)])

    def _news(self, state: TradeState, seat: Seat) -> list[str]:
        """The answer to the seat's last proposal, and what the other has said since."""
        talks, lines = state.talks, list[str]()
        last = len(talks.proposals) - 1
        for number in range(max(0, last - 1), last + 1):
            proposal = talks.proposals[number]
            if number % 2 != seat:
                lines.append(f"The other {self._said(proposal)}")
            answer = talks.answers[number] if number < len(talks.answers) else None
            if answer in _ANSWERS:
                who = "The other" if number % 2 == seat else "You"
                what = "your offer" if number % 2 == seat else "the offer"
                lines.append(f"{who} {'accepted' if answer == ACCEPT else 'denied'} {what}.")
        return lines

    def _said(self, proposal: Proposal) -> str:
        words = f"says: {as_data(proposal.message)}" if proposal.message else ""
        if not proposal.is_offer:
            return words or "says nothing and offers nothing."
        offer = f"offers {self._listed(proposal.give)} for {self._listed(proposal.get)} of yours."
        return f"{offer[:-1]}, and {words}" if words else offer

    def _belongings(self, state: TradeState, seat: Seat) -> list[str]:
        worth = state.values[seat]
        parts = (
            f"{n} {good} (worth {value} each)"
            for n, good, value in zip(self.holdings(state, seat), self.goods, worth, strict=True)
        )
        return [f"You have {', '.join(parts)}. Change in worth since the start: {self.gain(state, seat):+d}."]

    def _task(self, state: TradeState, seat: Seat) -> list[str]:
        talks = state.talks
        if not self.to_move(state):
            return [f"The game is over. Your result: {self.returns(state)[seat]:g}."]
        if talks.turn != seat:
            return [f"The other {'has to answer your offer' if talks.asked else 'has the turn'}."]
        if not talks.asked:
            return [f"Turn {len(talks.proposals) + 1} of {self.most_proposals} is yours: propose, talk or pass."]
        return ["Do you accept or deny?" if self._can_accept(state) else "You do not have that, so you can only deny."]

    def _listed(self, bundle: Bundle) -> str:
        return ", ".join(f"{n} {good}" for n, good in zip(bundle, self.goods, strict=True) if n) or _NOTHING

    def action_to_text(self, state: TradeState, seat: Seat, action: Action) -> str:
        return self.action_to_text_of(action) if isinstance(action, Proposal) else str(action)

    def action_to_text_of(self, proposal: Proposal) -> str:
        """The canonical text of a proposal."""
        if proposal.is_offer:
            text = f"give {self._listed(proposal.give)} get {self._listed(proposal.get)}"
        else:
            text = "talk" if proposal.message else "pass"
        return f"{text} | {proposal.message}" if proposal.message else text

    def parse_action(self, state: TradeState, seat: Seat, text: str) -> Action:
        """`accept` or `deny`; or `give 2 wood, 1 ore get 3 brick | words`, `talk | words`, `pass`."""
        line = tidy(text)
        if state.talks.asked:
            legal = {str(answer): str(answer) for answer in self.legal_actions(state, seat) or ()}
            return choose(line, legal, r"accept|deny|(offer\b *:? *)?give .+ get .+|(talk|pass)\b.*")
        if line.lower() in _ANSWERS:
            raise Illegal(f"{quoted(text)} answers an offer, but none waits for an answer; propose, talk or pass")
        if (talk := _TALK.fullmatch(line)) is not None:
            return Proposal(*self._nothing(), _words(talk["words"]))
        found = _PROPOSAL.fullmatch(line)
        if found is None:
            raise Unparsable(f"{quoted(text)} is no proposal; expected: give 1 {self.goods[0]} get 1 {self.goods[1]}")
        proposal = Proposal(self._bundle(found["give"]), self._bundle(found["get"]), _words(found["words"]))
        self._check(proposal, self.holdings(state, seat))
        return proposal

    def _nothing(self) -> tuple[Bundle, Bundle]:
        none = (0,) * len(self.goods)
        return none, none

    def _bundle(self, text: str) -> Bundle:
        """Amounts of goods in order.

        Raises:
            Unparsable: it is no list of amounts and goods.
            Illegal: there is no such good, or an amount is too large.
        """
        amounts = dict.fromkeys(self.goods, 0)
        if text.strip().lower() == _NOTHING:
            return tuple(amounts.values())
        for part in re.split(r" *, *(?:and +)?| +and +", text.strip()):
            found = _PART.fullmatch(part)
            if found is None:
                raise Unparsable(
                    f"{quoted(part)} is no amount of a good; expected a number and a good: 2 {self.goods[0]}"
                )
            good = found[2].lower()
            if good not in amounts:
                raise Illegal(f"there is no {good}; goods: {', '.join(self.goods)}")
            amounts[good] += int(found[1])
        if max(amounts.values()) > MOST_GOODS:
            raise Illegal(f"{quoted(text)} is more than {MOST_GOODS} of a good")
        return tuple(amounts.values())

    def _check(self, proposal: Proposal, have: Bundle) -> None:
        """Refuse what cannot be given, and what is no trade."""
        if not proposal.is_offer:
            raise Illegal("nothing for nothing is no trade; to say something, write: talk | WORDS")
        if any(n and m for n, m in zip(proposal.give, proposal.get, strict=True)):
            raise Illegal("a good cannot be given and got in one trade; name the difference on one side")
        for good, wanted, has in zip(self.goods, proposal.give, have, strict=True):
            if wanted > has:
                raise Illegal(f"you cannot give {wanted} {good}: you have {has}")

    def example_actions(self, state: TradeState, seat: Seat) -> Sequence[Action]:
        """Answers; or passing, words, and swaps of one good for as much of another that the seat can make."""
        legal = self.legal_actions(state, seat)
        if legal is not None:
            return legal
        nothing = self._nothing()
        swaps = _swaps(tuple([min(_SWAPPED, number) for number in self.holdings(state, seat)]))
        return (Proposal(*nothing), Proposal(*nothing, "What do you need?"), *swaps)

    def outcome_text(self, state: TradeState) -> str:
        trades = state.talks.answers.count(ACCEPT)
        gains = ", ".join(f"player {seat + 1} {self.gain(state, seat):+d}" for seat in range(2))
        return f"{trades} {'trade' if trades == 1 else 'trades'}; change in worth: {gains}"

    def render(self, state: TradeState) -> str:
        talks = state.talks
        if not state.start:
            return f"dealt: {', '.join(map(str, state.dealt)) or '-'}"
        lines = [
            f"player {number % 2 + 1}: {self.action_to_text_of(proposal)}"
            + (f" -> {talks.answers[number]}" if number < len(talks.answers) else " -> ?")
            for number, proposal in enumerate(talks.proposals)
        ]
        has = [f"player {seat + 1} has {self._listed(self.holdings(state, seat))}" for seat in range(len(state.start))]
        return "\n".join([*has, *lines])


def _words(found: str | None) -> str:
    return (found or "").strip()[:MESSAGE_CAP].strip()


@cache
def _swaps(amounts: Bundle) -> tuple[Proposal, ...]:
    """The amount of each good that there is any of for as much of each other good."""
    goods = len(amounts)
    return tuple(
        Proposal(_only(give, amount, goods), _only(get, amount, goods), "A fair swap?" if get == 0 else "")
        for give, amount in enumerate(amounts)
        for get in range(goods)
        if give != get and amount
    )


def _only(place: int, amount: int, goods: int) -> Bundle:
    """So much of one good, and nothing of the others."""
    return tuple(amount * (other == place) for other in range(goods))
