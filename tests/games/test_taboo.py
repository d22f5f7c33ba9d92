"""Taboo: forms of words, what may be forbidden, how rounds go, what they pay, and the scripted talker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.bots.taboo import TabooTalker
from games.core import CHANCE, ActionError, Illegal, Unparsable
from games.words.bans import first_banned, read_bans
from games.words.stems import stem
from games.words.taboo import CENSOR, DESCRIBER, GUESSER, Taboo, TabooState
from games.words.topics import TOPICS
from tests.agents.questions import play

GAME = Taboo()


def written(*texts: str, game: Taboo = GAME) -> TabooState:
    """The word is kettle; then what censor, describer and guesser write in turn."""
    state = game.apply(game.apply(game.initial_state(), {CHANCE: "kitchen tools"}), {CHANCE: "kettle"})
    for text in texts:
        (seat,) = game.to_move(state)
        state = game.apply(state, {seat: game.parse_action(state, seat, text)})
    return state


# -- forms of words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        ("cook", "cooks", "cooked", "cooking", "cooker", "Cook"),
        ("bake", "bakes", "baked", "baking", "baker", "bakers"),
        ("berry", "berries"),
        ("run", "runs", "running", "runner", "ran"),
        ("boil", "boils", "boiling", "boiled", "boiler", "boilers"),
        ("hot", "hotter", "hottest"),
        ("happy", "happier", "happiest", "happiness"),
        ("leaf", "leaves"),
        ("mouse", "mice"),
        ("box", "boxes"),
        ("invite", "invited", "inviting", "invitation", "invitations"),
        ("quick", "quickly", "quickness"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("cat", "car"), ("house", "horse"), ("steam", "stem"), ("bread", "bear"), ("sing", "song")]
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_the_words_of_a_topic_are_told_apart_by_their_stems() -> None:
    for words in TOPICS.values():
        assert len({stem(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("clue", "banned"),
    [
        ("it boils", "boil"),
        ("BOILING hot", "boil"),
        ("you use it on a teaspoonful", "spoon"),
        ("s-t-e-a-m rises", "steam"),
        ("s t e a m rises", "steam"),
        ("a year to hear", None),
        ("it whistles", None),
    ],
)
def test_forbidden_words_are_found_in_all_forms(clue: str, banned: str | None) -> None:
    assert first_banned(clue, ("boil", "spoon", "steam", "ear")) == banned


# -- what may be forbidden --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Unparsable),
        ("a, b, c", Unparsable),
        ("hot water", Unparsable),
        ("tea, hot, cup", Unparsable),
        ("of", Illegal),
        ("the", Illegal),
        ("kettles", Illegal),
        ("boiling", Illegal),
        ("cup, cups", Illegal),
    ],
)
def test_a_censor_cannot_forbid_everything(text: str, error: type[ActionError]) -> None:
    with pytest.raises(error):
        read_bans(text, "kettle", ("boil",), 2)


def test_bans_are_read_in_small_letters() -> None:
    assert read_bans(" Water,TEA. ", "kettle", (), 2) == ("water", "tea")


@given(st.text(max_size=60))
def test_every_ban_reads_back_as_itself(text: str) -> None:
    try:
        bans = read_bans(text, "kettle", ("boil",), 3)
    except ActionError:
        return
    assert read_bans(", ".join(bans), "kettle", ("boil",), 3) == bans


# -- play -------------------------------------------------------------------------------------------------


def test_what_is_forbidden_stays_forbidden_and_the_guesser_is_not_told() -> None:
    state = written("water, tea", "it whistles when hot", "train", "steam")
    assert "Forbidden so far: water, tea, steam" in GAME.observation(state, DESCRIBER)
    assert "water" not in GAME.observation(state, GUESSER)
    for clue in ("it holds waters", "steaming", "for teas", "it is a kettle", "k e t t l e"):
        with pytest.raises(Illegal):
            GAME.parse_action(state, DESCRIBER, clue)
    assert GAME.parse_action(state, DESCRIBER, "it sings on a stove") == "it sings on a stove"


@pytest.mark.parametrize(("failures", "value"), [(0, 1.0), (1, 0.75), (2, 0.5), (3, 0.25)])
def test_an_early_right_guess_is_worth_more(failures: int, value: float) -> None:
    bans = ("water", "tea", "steam", "hot")
    wrong = [text for number in range(failures) for text in (bans[number], f"clue {number}", "violin")]
    state = written(*wrong, bans[failures], "it whistles", "Kettles.")
    assert GAME.to_move(state) == ()
    assert GAME.returns(state) == (value, value, -2 * value)


def test_without_a_right_guess_the_censor_wins() -> None:
    state = written("water", "it whistles", "train", game=Taboo.of(rounds=1))
    game = Taboo.of(rounds=1)
    assert game.to_move(state) == ()
    assert game.returns(state) == (-1, -1, 2)
    assert "The word was: kettle" in game.observation(state, GUESSER)
    assert "Forbidden so far: water" in game.observation(state, GUESSER)


def test_a_describer_always_has_something_to_say() -> None:
    censored = ("people", "neighbours", "children", "friends", "visitors", "experts")
    texts = [text for number, ban in enumerate(censored) for text in (ban, f"{number} {number}", "violin")]
    game = Taboo.of(rounds=8)
    state = written(*texts, "know", game=game)
    examples = game.example_actions(state, DESCRIBER)
    assert examples == ["7 of 8"]
    assert [game.parse_action(state, DESCRIBER, example) for example in examples] == examples


@pytest.mark.parametrize("guess", ["", "two words", "x" * 31, "42"])
def test_a_guess_is_one_word(guess: str) -> None:
    with pytest.raises(Unparsable):
        GAME.parse_action(written("water", "it whistles"), GUESSER, guess)


def test_each_seat_moves_in_its_turn() -> None:
    texts = ("water", "it whistles", "train")
    movers = [GAME.to_move(written(*texts[:number])) for number in range(4)]
    assert movers == [(CENSOR,), (DESCRIBER,), (GUESSER,), (CENSOR,)]


async def test_scripted_talkers_get_round_their_own_censor() -> None:
    found = 0
    for seed in range(10):
        state, _ = await play("taboo", [TabooTalker()] * 3, seed)
        found += GAME.returns(state)[DESCRIBER] > 0
        assert all("," not in clue for clue in state.clues)
    assert found >= 7
