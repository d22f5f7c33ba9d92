"""TMGBench: finding all pure equilibria of the 144 ordinal 2x2 games, as tables, as stories, and many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from statistics import fmean
from typing import Final, NamedTuple

from arena.config import AgentEntry, GameEntry, RunConfig
from arena.metrics.base import Result, Undefined
from arena.metrics.intervals import mean_value, share_value
from arena.metrics.tmgbench import (
    Frequencies,
    bias_degrees,
    frequencies,
    inconsistency_degrees,
    significance_degree,
    standard,
)
from arena.records import DecisionTurn, MatchRecord, Outcome
from arena.studies.base import Cell, HeatMap, Report, Size, Study, Table
from games.matrix.ordinal import GAMES, SIDE, ordinal_game
from games.puzzles.equilibrium_quiz import Answer, EquilibriumQuiz, QuizState, pure_equilibria
from games.puzzles.tales import TALES
from games.registry import load

_NUMBERS: Final = range(1, GAMES + 1)
_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 4}
_STORIES: Final = {Size.SMALL: 0, Size.FULL: 5}
_PROMPTS: Final = {Size.SMALL: ("direct",), Size.FULL: ("direct", "step_by_step")}
_LENGTHS: Final = {Size.SMALL: (3,), Size.FULL: (3, 5, 10, 15, 20, 25)}
_COMPOSITES: Final = {Size.SMALL: 2, Size.FULL: 20}
# Which games make up the composites is the same for every agent and every run.
_COMPOSITE_SEED: Final = 144
_PAPER: Final = "Wang et al., arXiv:2410.10479"
# PAR, ID and BD in percent.
_PUBLISHED: Final = (
    ("o3-mini", 93.40, 1.91, 3.82),
    ("gpt-4o", 52.08, 16.81, 28.49),
    ("gpt-4o-mini", 14.93, 27.15, 48.59),
    ("gpt-3.5-turbo", 30.21, 27.64, 50.15),
    ("claude-3-5-sonnet", 59.38, 14.79, 27.76),
    ("claude-3-haiku", 24.31, 39.58, 72.22),
    ("Llama-3.1-70B", 13.02, 36.15, 40.71),
    ("Llama-3.1-8B", 18.75, 38.49, 81.32),
    ("Qwen3-32B", 99.13, 0.09, 0.17),
    ("Qwen2-72B", 43.06, 26.30, 35.59),
    ("gemma-3-27b", 20.83, 35.15, 63.35),
    ("deepseek-reasoner", 98.78, 0.09, 0.17),
)
_MEASURES: Final = ("PAR", "PAR, no eq.", "PAR, one", "PAR, two", "ID", "BD", "SD")


class Given(NamedTuple):
    """One answer to one game: None where the match was forfeited."""

    number: int
    answer: Answer | None


class Set(NamedTuple):
    """What makes answers comparable: how games are told, and how the agent is asked to think."""

    told: str
    prompt: str


def plan(agents: tuple[AgentEntry, ...], size: Size, seed: int) -> RunConfig:
    """Every game once in every form, several times each; then composites."""
    games = [
        GameEntry(game=_quiz((number,), tale, prompt), repeats=_REPEATS[size])
        for prompt in _PROMPTS[size]
        for number in _NUMBERS
        for tale in (0, *_topics(number, _STORIES[size]))
    ]
    games += [GameEntry(game=game) for game in _composites(size)]
    return RunConfig(name="tmgbench", agents=agents, games=tuple(games), seed=seed)


def report(records: Sequence[MatchRecord], agents: Sequence[str]) -> Report:
    """The paper's measures per agent and set, accuracies of composites, and a picture of inconsistency per agent."""
    single: defaultdict[tuple[Set, str], list[Given]] = defaultdict(list)
    composite: defaultdict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for record in records:
        if record.result.outcome is Outcome.VOID:
            continue
        quiz, agent = load(record.header.game), record.header.seats[0].agent
        assert isinstance(quiz, EquilibriumQuiz), "the study plays no other game"
        if len(quiz.truths) == 1:
            single[_set(quiz), agent].append(Given(quiz.params.numbers[0], _answer(quiz, record)))
        else:
            right = record.result.returns == (1.0,)
            composite[_form(quiz), agent].append((record.header.match_id, right))
    sets = list(dict.fromkeys(key for key, _ in single))
    tables = [_table(found, {agent: single[found, agent] for agent in agents}) for found in sets]
    if composite:
        tables.append(_composite_table(composite, agents))
    published = tuple((model, tuple[Cell, ...](numbers)) for model, *numbers in _PUBLISHED)
    tables.append(Table("games as tables, asked direct, in percent", ("model", "PAR", "ID", "BD"), published, _PAPER))
    pictures = [_heat_map(agent, single[sets[0], agent]) for agent in agents if sets]
    return Report(tuple(tables), tuple(pictures), _NOTES)


def _quiz(numbers: Sequence[int], tale: int, prompt: str, together: bool = False) -> str:
    return EquilibriumQuiz.of(numbers=tuple(numbers), tale=tale, prompt=prompt, together=together).spec


def _topics(number: int, count: int) -> list[int]:
    """The topics of a game's stories, all different; which they are differs from game to game."""
    return [(number * 7 + story * 4) % len(TALES) + 1 for story in range(count)]


def _composites(size: Size) -> Iterator[str]:
    random = Random(_COMPOSITE_SEED)
    for length in _LENGTHS[size]:
        for _ in range(_COMPOSITES[size]):
            numbers, tale = random.sample(_NUMBERS, length), random.randint(1, len(TALES))
            for together in (False, True):
                yield _quiz(numbers, tale, "step_by_step", together)


def _set(quiz: EquilibriumQuiz) -> Set:
    return Set("stories" if quiz.params.tale else "tables", quiz.params.prompt)


def _form(quiz: EquilibriumQuiz) -> str:
    return f"{len(quiz.truths)} {'at once' if quiz.params.together else 'in a row'}"


def _answer(quiz: EquilibriumQuiz, record: MatchRecord) -> Answer | None:
    """The answer that was given; None in a forfeit."""
    if record.result.outcome is not Outcome.COMPLETED:
        return None
    turn = record.turns[-1]
    assert isinstance(turn, DecisionTurn), "a quiz ends with an answer"
    text = turn.decisions[0].action
    assert text is not None, "a completed match has an action in every turn"
    return quiz.parse_action(QuizState(), 0, text)[0]


def _table(found: Set, answers: Mapping[str, Sequence[Given]]) -> Table:
    title = f"games as {found.told}, asked {found.prompt.replace('_', ' ')}"
    rows = tuple((agent, _measures(given)) for agent, given in answers.items())
    return Table(title, ("agent", *_MEASURES), rows)


def _measures(given: Sequence[Given]) -> tuple[Cell, ...]:
    seen = _frequencies(given)
    groups = [given, *([item for item in given if len(pure_equilibria(item.number)) == count] for count in range(3))]
    significance = significance_degree(seen)
    return (
        *(_accuracy(group) for group in groups),
        _mean(inconsistency_degrees(seen)),
        _mean(bias_degrees(seen)),
        Undefined("not all games without equilibrium were answered") if significance is None else significance,
    )


def _accuracy(given: Iterable[Given]) -> Result:
    """PAR with games as clusters; a forfeited match is a wrong answer."""
    hits = ((str(number), answer == pure_equilibria(number)) for number, answer in given)
    return share_value(hits, "no game of this kind was asked")


def _mean(degrees: Mapping[int, float]) -> Result:
    """The mean over games; a game and its partner share a cluster."""
    values = ((str(min(number, ordinal_game(number).partner)), value) for number, value in degrees.items())
    return mean_value(values, "no game was answered")


def _frequencies(given: Iterable[Given]) -> dict[int, Frequencies]:
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for number, answer in given:
        if answer is not None:
            answers[number].append(answer)
    return {number: frequencies(found) for number, found in answers.items()}


def _composite_table(found: Mapping[tuple[str, str], list[tuple[str, bool]]], agents: Sequence[str]) -> Table:
    forms = list(dict.fromkeys(form for form, _ in found))
    rows = tuple(
        (agent, tuple[Cell, ...](share_value(found.get((form, agent), []), "not asked") for form in forms))
        for agent in agents
    )
    return Table("share of composites answered without an error", ("agent", *forms), rows)


def _heat_map(agent: str, given: Sequence[Given]) -> HeatMap:
    """Each game as a square of its four cells, coloured by how much oftener than right a cell was listed."""
    seen = _frequencies(given)
    values = [[0.0] * (2 * SIDE) for _ in range(2 * SIDE)]
    for number, found in seen.items():
        row, column = ordinal_game(number).place
        for cell, (listed, right) in enumerate(zip(found, standard(number), strict=True)):
            values[2 * (row - 1) + cell // 2][2 * (column - 1) + cell % 2] = listed - right
    labels = tuple(str(place // 2 + 1) if place % 2 == 0 else "" for place in range(2 * SIDE))
    mean = fmean(inconsistency_degrees(seen).values()) if seen else 0.0
    title = f"{agent}: listed too often (blue), too seldom (red); ID {mean:.3f}"
    name = "inconsistency-" + "".join(letter if letter.isalnum() else "-" for letter in agent)
    return HeatMap(name, title, tuple(map(tuple, values)), 1.0, labels, labels)


_NOTES: Final = (
    "PAR: share of answers that are exactly right; ID: distance from the right answers; BD: distance from the answers "
    "to the same game with the players exchanged; SD: leaning to one diagonal in games without equilibrium. ID, BD and "
    "SD are best at 0.",
    "Intervals take games as independent clusters (for ID and BD: a game and its partner).",
    "A forfeited match counts as a wrong answer in PAR and in no frequency.",
)

STUDY: Final = Study(
    name="tmgbench",
    title="TMGBench: equilibria of the 144 ordinal games",
    source="H. Wang et al., TMGBench, arXiv:2410.10479; Neurocomputing 675, 2026",
    asks="Does a model find all pure equilibria of a 2x2 game, however told, and alike with the players exchanged?",
    unverified=(
        "The paper's prompts and stories are not released: prompts follow its description, stories are told anew.",
        "The nested form (one game restricts another) is not played: its template is in figures that were not read.",
    ),
    plan=plan,
    report=report,
)
