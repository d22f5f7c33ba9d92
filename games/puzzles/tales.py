"""Short tales of two people and a 2x2 game between them, for tasks about games that are told instead of tabulated."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

Ranks = tuple[tuple[tuple[int, int], ...], ...]


class Tale(NamedTuple):
    """A setting in which two people choose at the same time.

    Attributes:
        topic: one word.
        people: the first and the second.
        setting: who they are and what they decide, naming neither action.
        choices: the two actions of the first, then the two of the second; short, and all different.
        unit: what they gain, in the plural.
    """

    topic: str
    people: tuple[str, str]
    setting: str
    choices: tuple[tuple[str, str], tuple[str, str]]
    unit: str


def _tale(facts: str) -> Tale:
    topic, first, second, setting, own, theirs, unit = (part.strip() for part in facts.split("|"))
    a, b = (choice.strip() for choice in own.split("/"))
    c, d = (choice.strip() for choice in theirs.split("/"))
    return Tale(topic, (first, second), setting, ((a, b), (c, d)), unit)


# topic | first | second | setting | choices of the first | choices of the second | unit
_FACTS: Final = (
    "bakeries|Ana|Boris|Ana and Boris run the only two bakeries of a village. On the same evening each fixes next "
    "month's plan, and neither can see the other's|bake rye/bake wheat|open early/close late|baskets of coins",
    "theatre|Clara|Dimitri|Clara paints the stage and Dimitri writes the music of a new play. They work in different "
    "towns and must both begin tonight|paint dark/paint bright|write slow/write fast|minutes of applause",
    "gardens|Elif|Farid|Elif and Farid keep neighbouring gardens that share one stream. Both must order their plants "
    "before the shop closes|plant beans/plant corn|grow roses/grow herbs|crates of harvest",
    "ferries|Greta|Hugo|Greta and Hugo each own a ferry on the same river. The timetable office wants both plans by "
    "noon, in closed envelopes|sail north/sail south|run daily/run weekly|hundreds of passengers",
    "schools|Ines|Jonas|Ines heads one school of a town, Jonas the other. Each announces the new term's offer on the "
    "same morning|teach chess/teach dance|add sports/add drama|new pupils",
    "expedition|Kofi|Lena|Kofi and Lena lead two parties up the same mountain and have lost contact. Each must choose "
    "before the light goes|take ridge/take valley|camp high/camp low|days of good weather",
    "newspapers|Marta|Nikos|Marta and Nikos edit rival papers that go to press at the same hour|"
    "lead sports/lead politics|"
    "print photos/print maps|thousands of readers",
    "orchestra|Olga|Pedro|Olga conducts and Pedro plays the solo. After a power cut, both must decide on the repeat "
    "without a word|slow down/speed up|play soft/play loud|rounds of cheering",
    "harbour|Qadir|Rosa|Qadir and Rosa command two fishing boats that leave two harbours before dawn|"
    "cast near/cast far|"
    "use nets/use lines|boxes of fish",
    "startups|Sven|Tala|Sven and Tala found two companies in the same week and must tell investors their first product|"
    "build phones/build tablets|sell online/sell retail|millions in funding",
    "kitchen|Uma|Viktor|Uma and Viktor cook against each other, back to back, in a contest. Both choose when the bell "
    "rings|serve fish/serve stew|bake cake/bake bread|points from the judges",
    "festival|Wanda|Xavier|Wanda plans the music and Xavier the food of a street festival, each on the phone with "
    "suppliers at the same time|book brass/book strings|hire grills/hire ovens|hundreds of guests",
    "research|Yara|Zoltan|Yara and Zoltan study the same star and must apply for telescope time before midnight|"
    "watch radio/watch infrared|claim spring/claim autumn|nights of observation",
    "vineyards|Adam|Bianca|Adam and Bianca own two halves of a hill of vines. Rain is forecast, and both must act "
    "now|pick today/pick later|press grapes/store grapes|barrels of wine",
    "couriers|Chen|Dora|Chen and Dora deliver parcels in one district and plan their routes in separate depots|"
    "ride east/ride west|start dawn/start dusk|parcels delivered",
    "museums|Emil|Fatima|Emil and Fatima direct two museums on one square. Both print the programme of the year "
    "tonight|show coins/show masks|lend art/keep art|thousands of visitors",
    "beekeepers|Gus|Hana|Gus and Hana keep bees on both sides of a wood. Each moves the hives before sunrise|"
    "choose lime/choose clover|use wood/use straw|jars of honey",
    "radio|Ivan|Juno|Ivan and Juno run two radio stations and set the evening show at the same moment|"
    "air jazz/air news|"
    "invite guests/play records|thousands of listeners",
    "caravans|Kira|Luca|Kira and Luca lead two caravans through a desert and meet only at the market|"
    "carry salt/carry silk|"
    "travel day/travel night|camels",
    "mills|Mina|Noor|Mina owns the upper and Noor the lower mill of a brook. Both set their wheels at daybreak|"
    "grind oats/grind barley|open gate/shut gate|sacks of flour",
)
TALES: Final = tuple(_tale(facts) for facts in _FACTS)


def recast(tale: Tale, people: tuple[str, str]) -> Tale:
    """The tale with other people in it."""
    setting = tale.setting
    for name, other in zip(tale.people, people, strict=True):
        setting = re.sub(rf"\b{name}\b", other, setting)
    return tale._replace(people=people, setting=setting)


def tell(tale: Tale, payoffs: Ranks) -> str:
    """The game as a story: what each of the four outcomes is worth to either person, in words and numbers."""
    first, second = tale.people
    outcomes = [
        f"If {first} decides to {own} and {second} to {theirs}, {first} ends up with {payoffs[row][column][0]} "
        f"and {second} with {payoffs[row][column][1]}."
        for row, own in enumerate(tale.choices[0])
        for column, theirs in enumerate(tale.choices[1])
    ]
    ways = [f"{who} can {' or '.join(choices)}." for who, choices in zip(tale.people, tale.choices, strict=True)]
    return " ".join(
        [f"{tale.setting}.", *ways, *outcomes, "Both know all of this, and each wants as much as possible."]
    )
