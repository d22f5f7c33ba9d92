"""Card battle: two rows of cards, bought under a budget, fight each other without further orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import Field

from games.core import GameParams, Illegal, Seat, Unparsable
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, Utility
from games.parsing import quoted
from games.tactics.card_fight import MOST_ATTACKS, MOST_IN_A_ROW, Entrant, RowsLeft, fight_rows
from games.tactics.card_units import (
    CYCLE,
    GOLD_PRICE,
    GOLD_STRENGTH,
    RAIDERS,
    TOKENS,
    WARDENS,
    Card,
    card_text,
    golden,
)
from games.tactics.plans import Battle, PlanGame

RAIDER: Final = 0
WARDEN: Final = 1
GOLD: Final = "gold "

Row = tuple[str, ...]


class CardBattleParams(GameParams):
    """Parameters of the card battle."""

    raider_budget: int = Field(20, ge=1, le=100, description="What the raiders may spend.")
    warden_budget: int = Field(20, ge=1, le=100, description="What the wardens may spend.")
    places: int = Field(MOST_IN_A_ROW, ge=1, le=MOST_IN_A_ROW, description="Most cards in a row.")


class CardBattle(PlanGame[Row]):
    """A plan is a row of cards, from left to right; `gold` before a name is the dearer, doubled form.

    Attributes:
        tables: the cards of each seat.
        tokens: cards that nobody can buy.
    """

    Params = CardBattleParams
    params: CardBattleParams
    margin_unit = "cards"
    info = GameInfo(
        name="card_battle",
        version=1,
        title="Card battle",
        summary="Two rows of cards, bought under a budget, attack each other in turn until one row is empty.",
        family="tactics",
        dynamics=Dynamics.SIMULTANEOUS,
        chance=Chance.NONE,
        information=Information.PERFECT,
        utility=Utility.ZERO_SUM,
        actions=ActionKind.OPEN,
        roles=("raider", "warden"),
        tags=("plans", "budget", "auto-battler", "simulation", "advgamebench"),
        references=(
            "AdvGameBench, 2025, arXiv 2506.12012 (the shape: eleven cards a side, up to 7 in a row, budget 20, gold "
            "at "
            "three times the price, four elements; cards, numbers and the strength of elements are ours)",
        ),
    )

    def __init__(self, params: CardBattleParams | None = None) -> None:
        super().__init__(params)
        self.tables: tuple[Mapping[str, Card], Mapping[str, Card]] = (RAIDERS, WARDENS)
        self.tokens: Mapping[str, Card] = TOKENS

    def budget(self, seat: Seat) -> int:
        return self.params.raider_budget if seat == RAIDER else self.params.warden_budget

    def card(self, seat: Seat, name: str) -> Card:
        """A card of a seat, in gold where the name says so."""
        plain = self.tables[seat][name.removeprefix(GOLD)]
        return golden(plain) if name.startswith(GOLD) else plain

    def names(self, seat: Seat) -> tuple[str, ...]:
        """All that a seat can buy."""
        return (*self.tables[seat], *(f"{GOLD}{name}" for name in self.tables[seat]))

    def cost(self, seat: Seat, plan: Row) -> int:
        return sum(self.card(seat, name).cost for name in plan)

    def simulate(self, first: Row, second: Row) -> Battle:
        left = fight_rows(self._entrants(RAIDER, first), self._entrants(WARDEN, second), self._everything())
        counts = [len(row) for row in left.standing]
        if counts[0] == counts[1]:
            return Battle(None if any(counts) else RAIDER, 0, _report(left))
        winner = RAIDER if counts[0] > counts[1] else WARDEN
        return Battle(winner, max(counts), _report(left))

    def write(self, seat: Seat, plan: Row) -> str:
        return "; ".join(plan)

    def read(self, seat: Seat, text: str) -> Row:
        names = tuple(name.strip() for name in text.strip(" ;").split(";"))
        if len(names) > self.params.places:
            raise Illegal(f"a row has at most {self.params.places} cards; this one has {len(names)}")
        for name in names:
            plain = name.removeprefix(GOLD)
            if not (plain.isascii() and plain.isalpha()):
                raise Unparsable(f"{quoted(name)} is no card; expected names parted by semicolons, like: wisp; newt")
            if plain not in self.tables[seat]:
                raise Illegal(f"you cannot buy {quoted(plain)}; there are: {', '.join(self.tables[seat])}")
        return names

    def fill(self, seat: Seat, wanted: Sequence[str]) -> Row:
        """As many of some cards, in this order and again from the start, as budget and places allow."""
        row: list[str] = []
        left = self.budget(seat)
        for name in list(wanted) * self.params.places:
            price = self.card(seat, name).cost
            if price <= left and len(row) < self.params.places:
                left -= price
                row.append(name)
        return tuple(row)

    def examples(self, seat: Seat) -> Sequence[Row]:
        rows = [self.fill(seat, wanted) for wanted in _ROWS[seat]]
        return list(dict.fromkeys(row for row in rows if row)) or [(next(iter(self.tables[seat])),)]

    def units_text(self, seat: Seat) -> str:
        return "\n".join(card_text(name, card) for name, card in self.tables[seat].items())

    def rules_text(self, seat: Seat) -> str:
        tokens = "\n".join(card_text(name, card) for name, card in self.tokens.items())
        return (
            f"Card battle. You are the {self.info.roles[seat]}. Both sides buy a row of at most {self.params.places} "
            "cards, from left to right; the raiders' row is A, the wardens' is B. Then the rows fight until one is "
            "empty. If both are empty at once, the raider wins.\n"
            f"{self.budget_rules(seat)}\n"
            "Before the battle cards put others beside themselves, where a row has fewer than "
            f"{MOST_IN_A_ROW} cards; then the other effects before battle follow from left to right.\n"
            "The row with more bought cards attacks first; if both have as many, row A does. Then the rows attack in "
            "turn. A row's attacker is its leftmost card that has not attacked since all its others did; cards with "
            "attack 0 pass. The target is the leftmost guard, or the leftmost card if there is no guard. Attacker and "
            "target hit each other at the same time, each for its attack; damage is taken off health, and at 0 a card "
            f"falls. A shield stops one hit. Elements: {' beats '.join((*CYCLE, CYCLE[0]))}; all damage to an element "
            "that the source's own beats is half as much again, rounded down. Fallen cards leave from left to right, "
            f"row A first, before the next attack. The battle is broken off after {MOST_ATTACKS} attacks; then the row "
            "with more cards wins, and nobody if both have as many.\n"
            f"Any card can be bought in gold: {GOLD_PRICE} times the cost, and all its other numbers times "
            f"{GOLD_STRENGTH}; what it leaves or brings is not gold. A card may be bought more than once. 2/5 means "
            "attack 2, health 5.\n"
            f"Cards of the raider:\n{self.units_text(RAIDER)}\n"
            f"Cards of the warden:\n{self.units_text(WARDEN)}\n"
            f"Not for sale:\n{tokens}\n"
            f"A plan names the cards from left to right, parted by semicolons; 'gold' before a name buys it in gold.\n"
            + "\n".join(
                f"Write your plan on one line, for example: {self.write(seat, row)}" for row in self.examples(seat)[:3]
            )
        )

    def _everything(self) -> Mapping[str, Card]:
        """All cards by name: a card may leave or bring any other one."""
        return {**self.tables[RAIDER], **self.tables[WARDEN], **self.tokens}

    def _entrants(self, seat: Seat, plan: Row) -> list[Entrant]:
        return [Entrant(f"{'AB'[seat]}{place} {name}", self.card(seat, name)) for place, name in enumerate(plan, 1)]


# Wishes that examples buy from, seat by seat.
_ROWS: Final = (
    (
        ("slag", "crab", "viper", "kraken", "wisp"),
        ("berserker", "berserker", "newt", "jackal"),
        ("gold wisp", "firebird", "kraken"),
        ("gold slag", "captain", "shade", "newt"),
    ),
    (
        ("mason", "paladin", "oak", "vine", "beetle"),
        ("beetle", "mason", "mountain", "boulder"),
        ("gold beetle", "queen", "queen", "sergeant", "sprout"),
        ("sprout", "seer", "gold sprout", "vine"),
    ),
)


def _report(left: RowsLeft) -> str:
    standing = "; ".join(
        f"row {letter}: {', '.join(names) or 'none'}" for letter, names in zip("AB", left.standing, strict=True)
    )
    broken = " It was broken off." if all(left.standing) else ""
    return (
        f"The battle had {left.attacks} attacks.{broken} Fell, in order: {', '.join(left.falls) or 'none'}.\n"
        f"Standing: {standing}."
    )
