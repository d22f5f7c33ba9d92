"""Nested games: how a 2x2 game ends may take a choice away in the next one, so that players have to look ahead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from games.matrix.ordinal import ordinal_game

# A cell is (row, column).
Cell = tuple[int, int]
Table = Mapping[Cell, tuple[int, int]]

CELLS: Final[tuple[Cell, ...]] = ((0, 0), (0, 1), (1, 0), (1, 1))


class Rule(BaseModel):
    """If the first game ends in an outcome, a player may not make a choice in the second."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int = Field(0, ge=0, le=1, description="The first player's choice in that outcome, 0 or 1.")
    column: int = Field(0, ge=0, le=1, description="The second player's choice in it.")
    player: int = Field(0, ge=0, le=1, description="Who loses a choice in the second game: 0 the first player.")
    choice: int = Field(0, ge=0, le=1, description="The choice that is lost.")

    @property
    def outcome(self) -> Cell:
        """The outcome of the first game that takes the choice away."""
        return self.row, self.column


def payoffs_of(number: int) -> Table:
    """The payoffs of an ordinal game by cell."""
    payoffs = ordinal_game(number).payoffs
    return {(row, column): payoffs[row][column] for row, column in CELLS}


def equilibria(table: Table) -> tuple[Cell, ...]:
    """The cells at which nobody gains by choosing otherwise; cells that are not in the table cannot be reached."""
    return tuple(
        (row, column)
        for row, column in table
        if table[row, column][0] >= table.get((1 - row, column), (0, 0))[0]
        and table[row, column][1] >= table.get((row, 1 - column), (0, 0))[1]
    )


def foresight(first: int, second: int, rule: Rule) -> tuple[Cell, Cell] | None:
    """The outcomes of both games when players look ahead: the subgame-perfect equilibrium for the sum of payoffs.

    Returns:
        None where the task is not well posed or asks for no foresight: one of the games has not exactly one
        equilibrium, the rule does not change that of the second, the equilibrium of both is not the only one, or the
        first game ends as it would by itself.
    """
    core = payoffs_of(second)
    bound = {cell: gains for cell, gains in core.items() if cell[rule.player] != rule.choice}
    alone, free, restricted = equilibria(payoffs_of(first)), equilibria(core), equilibria(bound)
    if len(alone) != 1 or len(free) != 1 or free == restricted:
        return None
    follows = {cell: restricted[0] if cell == rule.outcome else free[0] for cell in CELLS}
    total = {
        cell: (own + core[follows[cell]][0], other + core[follows[cell]][1])
        for cell, (own, other) in payoffs_of(first).items()
    }
    ends = equilibria(total)
    if len(ends) != 1 or ends == alone:
        return None
    return ends[0], follows[ends[0]]
