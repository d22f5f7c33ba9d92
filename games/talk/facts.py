"""Pairs of a true and a false statement, for games in which one of two must be found out.

Statements about numbers, dates and letters are checked by code in the tests; the others stand in reference books. Of a
pair about something sealed, chance decides which statement is true. A change of the lists changes what can be dealt,
so it raises the version of the games that use them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class FactPair(NamedTuple):
    """Two statements of one kind, the first true, the second false."""

    true: str
    false: str


_COMPUTED: Final = (
    ("76 times 53 is 4028.", "76 times 53 is 4118."),
    ("59 times 87 is 5133.", "59 times 87 is 5223."),
    ("97 times 90 is 8730.", "97 times 90 is 8820."),
    ("78 times 96 is 7488.", "78 times 96 is 7378."),
    ("38 times 90 is 3420.", "38 times 90 is 3440."),
    ("86 times 97 is 8342.", "86 times 97 is 8332."),
    ("733 is a prime number.", "299 is a prime number."),
    ("953 is a prime number.", "481 is a prime number."),
    ("283 is a prime number.", "703 is a prime number."),
    ("587 is a prime number.", "551 is a prime number."),
    ("499 is a prime number.", "893 is a prime number."),
    ("281 is a prime number.", "901 is a prime number."),
    ("The date 1936-01-24 was a Friday.", "The date 1936-01-24 was a Sunday."),
    ("The date 1957-05-06 was a Monday.", "The date 1957-05-06 was a Friday."),
    ("The date 1925-02-05 was a Thursday.", "The date 1925-02-05 was a Tuesday."),
    ("The date 1984-08-05 was a Sunday.", "The date 1984-08-05 was a Tuesday."),
    ("The date 1905-01-07 was a Saturday.", "The date 1905-01-07 was a Monday."),
    ("The date 1926-03-10 was a Wednesday.", "The date 1926-03-10 was a Saturday."),
    ("2821 can be divided by 7 without a remainder.", "5270 can be divided by 7 without a remainder."),
    ("5880 can be divided by 7 without a remainder.", "2865 can be divided by 7 without a remainder."),
    ("3609 can be divided by 9 without a remainder.", "5333 can be divided by 9 without a remainder."),
    ("1998 can be divided by 9 without a remainder.", "5128 can be divided by 9 without a remainder."),
    ("4059 can be divided by 11 without a remainder.", "3844 can be divided by 11 without a remainder."),
    ("2926 can be divided by 11 without a remainder.", "5934 can be divided by 11 without a remainder."),
    ("10621 can be divided by 13 without a remainder.", "10401 can be divided by 13 without a remainder."),
    ("10530 can be divided by 13 without a remainder.", "11634 can be divided by 13 without a remainder."),
    ("The number 243 is written 11110011 in binary.", "The number 243 is written 11110001 in binary."),
    ("The number 228 is written 11100100 in binary.", "The number 228 is written 11101000 in binary."),
    ("The number 489 is written 111101001 in binary.", "The number 489 is written 111101101 in binary."),
    ("The number 316 is written 100111100 in binary.", "The number 316 is written 101001100 in binary."),
    ("The number 231 is written 11100111 in binary.", "The number 231 is written 11101001 in binary."),
    ("The number 317 is written 100111101 in binary.", "The number 317 is written 100111001 in binary."),
    (
        "2 to the power of 13 is more than 3 to the power of 8.",
        "3 to the power of 8 is more than 2 to the power of 13.",
    ),
    ("7 to the power of 5 is more than 5 to the power of 6.", "5 to the power of 6 is more than 7 to the power of 5."),
    (
        "3 to the power of 9 is more than 2 to the power of 14.",
        "2 to the power of 14 is more than 3 to the power of 9.",
    ),
    ("6 to the power of 7 is more than 8 to the power of 6.", "8 to the power of 6 is more than 6 to the power of 7."),
    ("The word encyclopaedia has the letter a 2 times.", "The word encyclopaedia has the letter a 1 times."),
    ("The word bookkeeper has the letter e 3 times.", "The word bookkeeper has the letter e 2 times."),
    ("The word mississippi has the letter s 4 times.", "The word mississippi has the letter s 5 times."),
    ("The word committee has the letter e 2 times.", "The word committee has the letter e 1 times."),
    ("The word possession has the letter s 4 times.", "The word possession has the letter s 5 times."),
    ("The word parallelogram has the letter l 3 times.", "The word parallelogram has the letter l 4 times."),
)

_KNOWN: Final = (
    ("The chemical symbol of tungsten is W.", "The chemical symbol of tungsten is T."),
    ("A banana is a berry in the sense of botany.", "A strawberry is a berry in the sense of botany."),
    ("An octopus has three hearts.", "An octopus has two hearts."),
    ("A honey bee has five eyes.", "A honey bee has three eyes."),
    ("Lake Baikal is deeper than Lake Tanganyika.", "Lake Tanganyika is deeper than Lake Baikal."),
    ("Sound travels faster in water than in air.", "Sound travels faster in air than in water."),
    ("Wombats leave droppings in the shape of cubes.", "Koalas leave droppings in the shape of cubes."),
    ("The skeleton of a shark has no bones.", "The skeleton of a salmon has no bones."),
    ("Reykjavik lies further north than Oslo.", "Oslo lies further north than Reykjavik."),
    ("Rome lies further north than New York.", "New York lies further north than Rome."),
    ("Gold is denser than lead.", "Lead is denser than gold."),
    ("Venus turns once on its axis in more than 200 days.", "Mars turns once on its axis in more than 200 days."),
    ("Jupiter turns on its axis faster than the Earth.", "The Earth turns on its axis faster than Jupiter."),
    ("Light takes about eight minutes from Sun to Earth.", "Light takes about two minutes from Sun to Earth."),
    ("Kepler died before Newton was born.", "Copernicus died after Galileo was born."),
    ("Pure alcohol freezes at a lower temperature than water.", "Water freezes at a lower temperature than alcohol."),
    (
        "The Panama Canal's Pacific end lies east of its other end.",
        "The Panama Canal's Atlantic end is its eastern one.",
    ),
    ("Canberra is the capital of Australia.", "Melbourne is the capital of Australia."),
)

SEALED_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    ("The sealed box holds a red marble.", "The sealed box holds a blue marble."),
    ("The coin under the cup shows heads.", "The coin under the cup shows tails."),
    ("The key lies in the left drawer.", "The key lies in the right drawer."),
    ("The locked door leads to a kitchen.", "The locked door leads to a cellar."),
    ("The closed letter says yes.", "The closed letter says no."),
    ("The covered cage holds a parrot.", "The covered cage holds a rabbit."),
    ("The parcel comes from Porto.", "The parcel comes from Tallinn."),
    ("The torn ticket was for a train.", "The torn ticket was for a concert."),
)

FACT_PAIRS: Final[tuple[FactPair, ...]] = tuple(FactPair(*pair) for pair in (*_COMPUTED, *_KNOWN))
COMPUTED: Final = len(_COMPUTED)
