"""TMGBench: finding all pure equilibria of the 144 ordinal 2x2 games, as tables, as stories, and many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from statistics import fmean
from typing import Final, NamedTuple, get_args

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
from arena.studies.base import Cell, HeatMap, Report, Size, Study, Table, figure_name
from games.matrix.ordinal import GAMES, SIDE, ordinal_game
from games.puzzles.equilibrium_quiz import Answer, EquilibriumQuiz, Prompt, QuizState, pure_equilibria
from games.puzzles.nested import Rule, foresight
from games.puzzles.tales import TALES
from games.registry import load

_NUMBERS: Final = range(1, GAMES + 1)
_REPEATS: Final = {Size.SMALL: 1, Size.FULL: 4}
_STORIES: Final = {Size.SMALL: 0, Size.FULL: 5}
_ALL_PROMPTS: Final[tuple[Prompt, ...]] = get_args(Prompt)
_PROMPTS: Final = {Size.SMALL: _ALL_PROMPTS[:1], Size.FULL: _ALL_PROMPTS}
# Stories are not told under the prompts that ask for a theory of mind.
_STORY_PROMPTS: Final = _ALL_PROMPTS[:2]
_LENGTHS: Final = {Size.SMALL: (3,), Size.FULL: (3, 5, 10, 15, 20, 25)}
_COMPOSITES: Final = {Size.SMALL: 2, Size.FULL: 20}
# Which games make up the composites is the same for every agent and every run.
_COMPOSITE_SEED: Final = 144
_NESTED_SEED: Final = 260
_PAPER: Final = "Wang et al., arXiv:2410.10479"
# PAR, ID and BD in percent, asked direct and then step by step.
_PUBLISHED: Final = (
    ("o3-mini", 93.40, 1.91, 3.82, 93.23, 2.17, 4.34),
    ("gpt-4o", 52.08, 16.81, 28.49, 80.38, 3.78, 7.79),
    ("gpt-4o-mini", 14.93, 27.15, 48.59, 74.02, 4.38, 8.29),
    ("gpt-3.5-turbo", 30.21, 27.64, 50.15, 34.38, 17.87, 30.19),
    ("claude-3-5-sonnet", 59.38, 14.79, 27.76, 79.69, 7.13, 14.34),
    ("claude-3-haiku", 24.31, 39.58, 72.22, 40.28, 25.17, 44.10),
    ("Llama-3.1-70B", 13.02, 36.15, 40.71, 54.29, 15.32, 26.63),
    ("Llama-3.1-8B", 18.75, 38.49, 81.32, 22.63, 31.19, 47.64),
    ("Qwen3-32B", 99.13, 0.09, 0.17, 98.78, 0.31, 0.63),
    ("Qwen2-72B", 43.06, 26.30, 35.59, 46.21, 19.94, 29.29),
    ("gemma-3-27b", 20.83, 35.15, 63.35, 86.11, 3.31, 6.55),
    ("deepseek-reasoner", 98.78, 0.09, 0.17, 97.74, 0.29, 0.59),
)
# In a row and then at once.
_PUBLISHED_COMPOSITES: Final = (
    ("o3-mini", 95, 75, 70, 65, 60, 55, 95, 70, 55, 43, 33, 25),
    ("gpt-4o", 35, 15, 0, 0, 0, 0, 25, 10, 0, 0, 0, 0),
)
# Games without, with one and with two equilibria, and all.
_PUBLISHED_PEOPLE: Final = (("tables", 78.3, 95.0, 86.7, 86.7), ("stories", 73.3, 91.7, 81.7, 82.2))
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
    """Every game as a table under every prompt and as stories, several times each; then composites."""
    games = [
        GameEntry(game=_quiz((number,), tale, prompt), repeats=_REPEATS[size])
        for prompt in _PROMPTS[size]
        for number in _NUMBERS
        for tale in (0, *(_topics(number, _STORIES[size]) if prompt in _STORY_PROMPTS else ()))
    ]
    games += [GameEntry(game=game) for game in (*_composites(size), *_nested(size))]
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
    tables += _published()
    pictures = [_heat_map(agent, single[sets[0], agent]) for agent in agents if sets]
    return Report(tuple(tables), tuple(pictures), _NOTES)


def _published() -> Iterator[Table]:
    measures = ("PAR", "ID", "BD")
    columns = ("model", *(f"{name}, {prompt}" for prompt in ("direct", "step by step") for name in measures))
    rows = tuple((model, tuple[Cell, ...](numbers)) for model, *numbers in _PUBLISHED)
    yield Table("games as tables, in percent", columns, rows, _PAPER)
    lengths = _LENGTHS[Size.FULL]
    forms = tuple(f"{length} {form}" for form in ("in a row", "at once") for length in lengths)
    rows = tuple((model, tuple[Cell, ...](numbers)) for model, *numbers in _PUBLISHED_COMPOSITES)
    yield Table("composites answered without an error, in percent", ("model", *forms), rows, _PAPER)
    people = tuple((told, tuple[Cell, ...](numbers)) for told, *numbers in _PUBLISHED_PEOPLE)
    columns = ("games", *_MEASURES[1:4], "PAR")
    yield Table("people, five graduate students, in percent", columns, people, _PAPER)
    prompts = ("model", "step by step", "first order", "second order")
    yield Table("SD, in percent", prompts, (("gpt-4o", (13.89, 9.38, 4.51)),), _PAPER)


def _quiz(numbers: Sequence[int], tale: int, prompt: Prompt, together: bool = False) -> str:
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


def _nested(size: Size) -> Iterator[str]:
    """Pairs of games with a rule that makes players look ahead, told as stories."""
    random, found = Random(_NESTED_SEED), 0
    while found < _COMPOSITES[size]:
        first, second = random.sample(_NUMBERS, 2)
        row, column, player, choice = random.choices((0, 1), k=4)
        rule, tale = Rule(row=row, column=column, player=player, choice=choice), random.randint(1, len(TALES))
        if foresight(first, second, rule) is not None:
            found += 1
            yield EquilibriumQuiz.of(numbers=(first, second), tale=tale, rule=rule).spec


def _set(quiz: EquilibriumQuiz) -> Set:
    return Set("stories" if quiz.params.tale else "tables", quiz.params.prompt)


def _form(quiz: EquilibriumQuiz) -> str:
    if quiz.params.rule:
        return "nested"
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
    return Table("share of composites, told as stories, answered without an error", ("agent", *forms), rows)


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
    return HeatMap(figure_name("inconsistency", agent), title, tuple(map(tuple, values)), 1.0, labels, labels)


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
        "The nested form is a reconstruction: a rule takes a choice of the second game away after one outcome of the "
        "first, and the only subgame-perfect equilibrium for the sum of payoffs is right.",
        "Which prompts the paper used with stories: here the direct one and that of thinking step by step.",
    ),
    plan=plan,
    report=report,
)
