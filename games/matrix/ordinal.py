"""The 144 strict ordinal 2x2 games on the grid of Robinson and Goforth.

Every player ranks the four cells of a 2x2 table from 1 (worst) to 4 (best) without ties. Up to the names of actions
there are 144 such games. They stand on a grid of 12 by 12, rows and columns counted from the top left: the row of the
grid says how the row player ranks the cells, its column how the column player does. All are turned alike: the row
player's 4 is in the right column, the column player's 4 in the top row. Exchanging the players of a game in (r, c)
leads to (13 - c, 13 - r).

Robinson and Goforth, The topology of the 2x2 games: a new periodic table, 2005. Names and families are those of the
list published with Akata et al., Playing repeated games with large language models, 2025; 15 of its tables are no
strict rankings and are repaired here from the pattern of the grid.
"""

from __future__ import annotations

from typing import Final, NamedTuple

SIDE: Final = 12
GAMES: Final = SIDE * SIDE

# How a player ranks the cells top left, top right, bottom left, bottom right: the row player by row of the grid, the
# column player by column of the grid.
_ROW_RANKS: Final = (
    "2314",
    "3214",
    "3124",
    "2134",
    "1234",
    "1324",
    "1423",
    "1432",
    "2431",
    "3421",
    "3412",
    "2413",
)
_COLUMN_RANKS: Final = (
    "3412",
    "2413",
    "1423",
    "1432",
    "2431",
    "3421",
    "4321",
    "4231",
    "4132",
    "4123",
    "4213",
    "4312",
)

_FAMILIES: Final = {
    "W": "win-win",
    "B": "biased",
    "S": "second best",
    "U": "unfair",
    "T": "tragic",
    "P": "prisoner's dilemma family",
    "C": "cyclic",
}
_FAMILY_GRID: Final = (
    "UBBCCCUUUBBU",
    "UBBCCCBBBBBB",
    "UBBCCCBBBBBB",
    "UBBSSTTSSBBU",
    "UBBSSTTSSBBU",
    "UBBPPPPTTBBU",
    "WWWWWWPTTCCC",
    "WWWWWWPSSCCC",
    "WWWWWWPSSCCC",
    "WWWWWWBBBBBB",
    "WWWWWWBBBBBB",
    "WWWWWWUUUUUU",
)
_NAME_GRID: Final = (
    "Hegemony, Samaritan Dilemma, Quasi Altruist, Biased Cycle, Inferior Cycle, Endless"
    ", Called Bluff, Bully, Unfair Type, Skewed Battle, Asym Battle, Chicken",
    "Samson, Generous, Generous, Quasi Cycle, Tragic Cycle, Inspector"
    ", Patron, Protector, Protector, Quasi Battle, Battle, Asym Battle",
    "Delilah, Generous, Generous, Pursuit Cycle, Fixed Sum, Missile Crisis"
    ", Patron, Protector, Protector, Hero, Quasi Battle, Skewed Battle",
    "Hostage, Benevolent, Subsym Benevolent, Second Best, Second Best, Big Bully"
    ", Tragedy, Asym Delight, Pure Delight, Protector, Protector, Unfair Type",
    "Blackmail Type, Benevolent Type, Benevolent, Second Best, Second Best, Hamlet"
    ", Total Conflict, Deadlock, Asym Delight, Protector, Protector, Bully",
    "Hegm. Type, Altruist Type, Altruist, Revelation, Alibi, Asym Pd"
    ", Prisoners' Dilemma, Total Conflict, Tragedy, Patron, Patron, Called Bluff",
    "Low Conflict, Aligned, Pure Aligned, Asym Coordination, Asym Assurance, Stag Hunt"
    ", Asym Pd, Hamlet, Big Bully, Missile Crisis, Inspector, Endless",
    "Mutual, Privilaged, Privilaged, Pure Coordination, Assurance, Asym Assurance"
    ", Alibi, Second Best, Second Best, Fixed Sum, Tragic Cycle, Inferior Cycle",
    "Mutual, Privilaged, Privilaged, Coordination, Pure Coordination, Asym Coordination"
    ", Revelation, Second Best, Second Best, Pursuit Cycle, Quasi Cycle, Biased Cycle",
    "Aligned, Asym Harmony, Mixed Harmony, Privilaged, Privilaged, Pure Aligned"
    ", Altruist, Benevolent, Subsym Benevolent, Generous, Generous, Quasi Altruist",
    "Pure Aligned, Harmony, Asym Harmony, Privilaged, Privilaged, Aligned"
    ", Altruist Type, Benevolent Type, Benevolent, Generous, Generous, Samaritan Dilemma",
    "No Conflict, Pure Aligned, Aligned, Mutual, Mutual, Low Conflict"
    ", Hegm. Type, Blackmail Type, Hostage, Delilah, Samson, Hegemony",
)


class OrdinalGame(NamedTuple):
    """One of the 144 games.

    Attributes:
        number: from 1 (top left of the grid) to 144, row by row.
        name: as published; some names stand for several games.
        family: as published: win-win, biased, second best, unfair, tragic, prisoner's dilemma family or cyclic.
        payoffs: ranks of the row and the column player, payoffs[row][column].
    """

    number: int
    name: str
    family: str
    payoffs: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the grid, from 1 to 12."""
        return (self.number - 1) // SIDE + 1, (self.number - 1) % SIDE + 1

    @property
    def partner(self) -> int:
        """The number of the game in which the two players are exchanged; its own for the 12 symmetric games."""
        row, column = self.place
        return SIDE * (SIDE - column) + SIDE + 1 - row


def ordinal_game(number: int) -> OrdinalGame:
    """The game with this number.

    >>> ordinal_game(67).name
    "Prisoners' Dilemma"

    Raises:
        ValueError: the number is not from 1 to 144.
    """
    if not 1 <= number <= GAMES:
        raise ValueError(f"the ordinal games are numbered from 1 to {GAMES}, but got {number}")
    row, column = divmod(number - 1, SIDE)
    ranks = zip(_ROW_RANKS[row], _COLUMN_RANKS[column], strict=True)
    cells = [(int(first), int(second)) for first, second in ranks]
    return OrdinalGame(
        number,
        _NAME_GRID[row].split(", ")[column],
        _FAMILIES[_FAMILY_GRID[row][column]],
        ((cells[0], cells[1]), (cells[2], cells[3])),
    )
