"""Every check catches the games that are broken in its way, and no check complains about sound ones."""

from __future__ import annotations

from typing import Any, Final

import pytest

from games.board.tic_tac_toe import TicTacToe
from games.cards.kuhn_poker import KuhnPoker
from games.core import CHANCE, Game
from games.plugins import PluginError
from games.testing import CHECKS, Effort, check_game, description, parametrize_with_checks
from games.testing.evidence import Evidence
from games.testing.visibility import Choice, Seen, visibility_table
from tests.games.broken import facts, leaks, rules, sound, texts

# Game, the check meant to catch it, and the others that cannot but see the same fault.
BROKEN: Final[tuple[tuple[Game[Any, Any], str, frozenset[str]], ...]] = tuple(
    (game, intended, frozenset(others))
    for game, intended, *others in (
        (facts.VersionZero(), "facts"),
        (facts.NameWithSpaces(), "facts"),
        (facts.TooManyRoles(), "facts"),
        (facts.HidesItsChance(), "facts"),
        (facts.UndescribedParameter(), "parameters"),
        (facts.ChangeableParameters(), "parameters"),
        (facts.SpecWithoutParameters.of(num_players=2), "spec"),
        (facts.UnhashableState(), "identity"),
        (facts.UnequalGames(), "identity", "spec"),
        (facts.AsksASandbox(), "referee"),
        (facts.AllowsAThirdAnswer(), "referee"),
        (rules.SeatsBackwards(), "turns"),
        (rules.NothingToDo(), "turns", "length"),
        (rules.ChangesItsState(), "purity", "replay"),
        (rules.ChangesItsActions(), "purity"),
        (rules.NumbersItsStates(), "purity", "replay", "joint_moves"),
        (rules.ChangesItsMind(), "purity"),
        (rules.FirstComeFirstServed(), "joint_moves"),
        (rules.NoReturnsBeforeTheEnd(), "returns"),
        (rules.EndlessValue(), "returns"),
        (rules.WrongBounds(), "utility"),
        (rules.Rake(), "utility"),
        (rules.Endless(), "length"),
        (rules.LongerThanPromised(), "length"),
        (rules.ProbabilitiesOfThreeQuarters(), "chance"),
        (rules.ImpossibleOutcome(), "chance"),
        (rules.DrawsOfItsOwn(), "chance"),
        (rules.NumbersItsPlays(), "replay"),
        (rules.SolvableDebate(), "tree"),
        (texts.SilentSecondSeat(), "briefing"),
        (texts.NoLastObservation(), "observation"),
        (texts.CardSuits(), "ascii_text"),
        (texts.Chatterbox(), "sizes"),
        (texts.OneTextForTwoActions(), "action_texts", "replay"),
        (texts.TextNotReadBack(), "action_texts", "replay"),
        (texts.TakesAnything(), "garbage", "illegal"),
        (texts.TrustsInt(), "garbage"),
        (texts.SearchesProse(), "garbage"),
        (texts.LongRefusals(), "garbage"),
        (texts.SlowReader(), "garbage"),
        (texts.PlaysOnTakenCells(), "illegal"),
        (texts.ReadsFoldAsCheck(), "illegal"),
        (texts.EndlessSpeech(), "open_actions"),
        (texts.NoExamples(), "open_actions", "length"),
        (leaks.ShowsCardsInText(), "within_sets"),
        (leaks.ForgetsItsPast(), "perfect_recall"),
        (leaks.HidesTheBetting(), "sufficiency"),
        (leaks.HidesTheBoard(), "sufficiency"),
        (leaks.ShowsCardsInStructure(), "sufficiency", "visibility"),
        (leaks.OpenCards(), "visibility"),
        (leaks.CallsItselfPerfect(), "visibility"),
        (leaks.MarkedCardsWithCanaries(), "canaries"),
    )
)


def failures(game: Game[Any, Any], effort: Effort | None = None) -> dict[str, str]:
    return {result.name: result.message for result in check_game(game, effort) if not result.ok}


@pytest.mark.parametrize(
    ("game", "intended", "others"), BROKEN, ids=[f"{type(game).__name__}-{intended}" for game, intended, _ in BROKEN]
)
def test_the_intended_check_fails_and_no_other_that_could_pass(
    game: Game[Any, Any], intended: str, others: frozenset[str]
) -> None:
    assert set(failures(game)) == {intended} | others


def test_every_check_has_one_line_of_description() -> None:
    for name in CHECKS:
        assert description(name).endswith(".")
        assert len(description(name)) <= 120


def test_specs_are_loaded_when_their_case_runs() -> None:
    cases = parametrize_with_checks(["no_such_game"]).args[1]
    assert [case.id for case in cases] == [f"no_such_game-{name}" for name in CHECKS]
    game, check = cases[0].values
    with pytest.raises(PluginError, match="no_such_game"):
        check(game)


def test_every_check_has_a_game_that_it_is_meant_to_catch() -> None:
    assert {intended for _, intended, _ in BROKEN} == set(CHECKS)


@pytest.mark.parametrize("game", [sound.Pennies(), sound.Verdict(), sound.Lottery()], ids=str)
def test_sound_games_pass(game: Game[Any, Any]) -> None:
    assert failures(game) == {}


@pytest.mark.parametrize(
    ("game", "intended"),
    [
        (leaks.ShowsCardsInText(), "within_sets"),
        (leaks.ForgetsItsPast(), "perfect_recall"),
        (leaks.HidesTheBetting(), "sufficiency"),
        (leaks.OpenCards(), "visibility"),
        (leaks.CallsItselfPerfect(), "visibility"),
    ],
)
def test_leaks_show_also_where_the_tree_is_too_large_to_walk(game: Game[Any, Any], intended: str) -> None:
    assert intended in failures(game, Effort(tree=0))


def test_a_failure_shows_what_was_found_what_was_expected_and_the_way_there() -> None:
    assert failures(rules.WrongBounds())["utility"].splitlines() == [
        "final returns (-2.0, 2.0)",
        "expected: values within utility_bounds, -1 to 1",
        "state: KuhnState(cards=(0, 1), bets=('bet', 'call'))",
        "history: chance: J; chance: Q; seat 0: bet; seat 1: call",
    ]


def test_in_kuhn_poker_a_card_is_visible_to_its_owner_alone_until_the_showdown() -> None:
    table = visibility_table(Evidence(KuhnPoker()))
    for seat in (0, 1):
        assert table[Choice(CHANCE, seat)] == Seen(at_once={seat}, before_end={seat}, at_end={0, 1})


def test_moves_that_seats_make_together_are_seen_when_they_are_made() -> None:
    table = visibility_table(Evidence(sound.Pennies()))
    assert table[Choice(0, 0)].at_once == {1}
    assert table[Choice(1, 0)].at_once == {0}


def test_a_leak_on_which_text_and_structure_agree_passes_all_checks_and_shows_in_the_table() -> None:
    game = leaks.MarkedCards()
    assert failures(game) == {}
    assert visibility_table(Evidence(game))[Choice(CHANCE, 0)].at_once == {0, 1}


@pytest.mark.parametrize("game", [KuhnPoker(), TicTacToe()], ids=str)
def test_checks_give_the_same_results_every_time(game: Game[Any, Any]) -> None:
    assert check_game(game, Effort(seed=7)) == check_game(game, Effort(seed=7))
