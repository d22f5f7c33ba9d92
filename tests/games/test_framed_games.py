"""Every game that can be worded otherwise goes through the same states, whatever its words are."""

from __future__ import annotations

import random
import re
from hashlib import sha256
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from agents.registry import build_agent
from games.cards import framing as cards
from games.cards.coup_words import CHARACTERS, MOVES
from games.cards.pig import ROLLING
from games.core import CHANCE, Game, Illegal, Unparsable
from games.framing import unframed
from games.matrix import framing as matrix
from games.registry import load, load_class
from games.spec import parse_spec
from tests.agents.questions import play as match
from tests.games.joint_play import play

CARDS = (
    "kuhn_poker",
    "kuhn_poker(num_players=3)",
    "leduc_poker",
    'leduc_poker(betting="blinds")',
    "liars_dice(dice=2, faces=4, wild=1)",
    'liars_dice(dice=1, rebid="either")',
    "goofspiel(cards=5)",
    'goofspiel(bids="hidden", cards=4, num_players=3, ties="carry")',
    "pig(num_players=3, target=15)",
    "push_fold(stack=7.5)",
    "coup(num_players=2, turns=6)",
    "coup(turns=10)",
    "texas_holdem(hands=2, num_players=3, starting_chips=60)",
    'texas_holdem(ante=5, betting="limit", hands=2, starting_chips=100)',
)
MATRICES = ("matrix_game", 'matrix_game(table="ordinal_12")', "prisoners_dilemma(rounds=3)")
NOISY = "prisoners_dilemma(noise=0.3, rounds=3)"
ANIMALS = {"ranks": "animals", "actions": "story", "characters": "story", "unit": "story", "story": "harbour"}

VOCABULARIES = (cards.BETTING, ROLLING, MOVES, CHARACTERS)


def framings(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Every combination of choices of a framing, with a story."""
    fields = {name: get_args(field.annotation) for name, field in model.model_fields.items()}
    return st.builds(
        model, **{name: st.sampled_from([each for each in words if each != "none"]) for name, words in fields.items()}
    )


def framing_class(spec: str) -> type[BaseModel]:
    return type(load(spec).params.framing)


def suited(spec: str) -> dict[str, str]:
    """The other words that a game has."""
    return {name: word for name, word in ANIMALS.items() if name in framing_class(spec).model_fields}


card_specs = st.sampled_from(CARDS)
framed_cards = card_specs.flatmap(lambda spec: st.tuples(st.just(spec), framings(framing_class(spec))))
framed_matrices = st.tuples(st.sampled_from((*MATRICES, NOISY)), framings(matrix.Framing))
any_framed = st.one_of(framed_cards, framed_matrices)


def worded(spec: str, framing: Any) -> Game[Any, Any]:
    parsed = parse_spec(spec)
    return load_class(parsed.name).of(**parsed.args, framing=framing)


def digest(game: Game[Any, Any], state: Any) -> str:
    """What a state and its decisions are, in no words of the game's."""
    seats = game.to_move(state)
    legal = [sorted(map(repr, options(game, state, seat))) for seat in seats]
    views = [game.information_state(state, seat) for seat in range(game.num_players)]
    return sha256(repr((state, seats, legal, game.returns(state), views)).encode()).hexdigest()


def options(game: Game[Any, Any], state: Any, seat: int) -> list[Any]:
    if seat == CHANCE:
        return [action for action, _ in game.chance_outcomes(state)]
    return list(game.example_actions(state, seat))


@given(any_framed, st.integers(0, 2**32))
def test_the_same_moves_lead_to_the_same_digests_under_every_framing(case: tuple[str, Any], seed: int):
    spec, framing = case
    plain, other, rng = load(spec), worded(spec, framing), random.Random(seed)
    state = theirs = plain.initial_state()
    while seats := plain.to_move(state):
        assert digest(plain, state) == digest(other, theirs)
        actions = {seat: rng.choice(options(plain, state, seat)) for seat in seats}
        # The moves go through the words of the other framing, as they would in a match.
        texts = {seat: other.action_to_text(theirs, seat, action) for seat, action in actions.items()}
        read = {seat: other.parse_action(theirs, seat, text) for seat, text in texts.items()}
        assert read == actions
        state, theirs = plain.apply(state, actions), other.apply(theirs, read)
    assert digest(plain, state) == digest(other, theirs)
    assert load(unframed(other.spec)) == plain


@given(framed_cards, st.integers(0, 2**32))
def test_a_framed_game_of_cards_is_told_in_its_own_words(case: tuple[str, Any], seed: int):
    spec, framing = case
    game, rng = worded(spec, framing), random.Random(seed)
    state, shown = game.initial_state(), [game.rules_text(0)]
    while seats := game.to_move(state):
        actions = {seat: rng.choice(options(game, state, seat)) for seat in seats}
        if CHANCE not in seats:
            assert all(
                game.action_to_text(state, seat, action).split()[0] in game.rules_text(seat)
                for seat, action in actions.items()
                if not game.action_to_text(state, seat, action).isdecimal()
            )
        state = game.apply(state, actions)
        shown += [game.observation(state, seat) for seat in range(game.num_players)]
    text = "\n".join(shown)
    assert text.startswith(cards.STORIES[framing.story].text)
    if framing.unit != "given":
        assert "chip" not in text.lower()
        assert "blind" not in text.lower()
    if framing.unit not in ("given", "points"):
        assert "points" not in text.lower()
    if getattr(framing, "actions", "given") != "given":
        assert not {"fold", "check", "call", "raise", "push", "liar", "bluff", "poker"} & set(text.lower().split())


@pytest.mark.parametrize("spec", CARDS)
def test_the_default_framing_changes_nothing(spec: str):
    assert worded(spec, framing_class(spec)()) == load(spec)
    assert worded(spec, {}).pool == load(spec).pool


@given(framed_cards, st.integers(0, 2**32))
def test_another_order_writes_the_same_words_elsewhere(case: tuple[str, Any], seed: int):
    spec, framing = case
    given = worded(spec, framing.model_copy(update={"order": "given"}))
    turned = worded(spec, framing.model_copy(update={"order": "reversed"}))
    one, other = told(given, random.Random(seed)), told(turned, random.Random(seed))
    assert one != other
    assert list(map(sorted_words, one)) == list(map(sorted_words, other))


def told(game: Game[Any, Any], rng: random.Random) -> list[str]:
    """The briefing, observations and messages about wrong answers of a play."""
    state, shown = game.initial_state(), [game.rules_text(0)]
    while seats := game.to_move(state):
        if CHANCE not in seats:
            with pytest.raises((Illegal, Unparsable)) as error:
                game.parse_action(state, seats[0], "what")
            shown += [game.observation(state, seats[0]), str(error.value)]
        state = game.apply(state, {seat: rng.choice(sorted(options(game, state, seat), key=repr)) for seat in seats})
    return shown


def sorted_words(text: str) -> list[str]:
    return sorted(re.findall(r"[\w-]+", text.lower()))


def test_options_are_written_in_the_other_order():
    kuhn = worded("kuhn_poker", {"order": "reversed"})
    dealt = play(kuhn, "J", "Q")
    assert "a player may bet 1 chip or check." in kuhn.rules_text(0)
    assert kuhn.rules_text(0).endswith("Write an action as one word: call, fold, bet or check")
    assert kuhn.legal_actions(dealt, 0) == ("bet", "check")
    with pytest.raises(Unparsable, match="expected one of: bet, check"):
        kuhn.parse_action(dealt, 0, "what")
    dice = worded("liars_dice(dice=1)", {"order": "reversed"})
    assert "a player challenges the bid on the table or bids." in dice.rules_text(0)
    with pytest.raises(Unparsable, match=r"expected: liar, or bid QUANTITY FACE, higher than bid 1 4$"):
        dice.parse_action(play(dice, "1", "4", "bid 1 4"), 1, "what")


def test_names_are_read_and_the_names_of_the_plain_game_are_not():
    kuhn = worded("kuhn_poker", suited("kuhn_poker"))
    dealt = play(kuhn, "mouse", "fox")
    assert kuhn.observation(dealt, 1).splitlines()[0] == "Your card: fox."
    assert kuhn.observation(dealt, 0).splitlines()[-1] == "Shells in the pot: 2."
    assert kuhn.parse_action(dealt, 0, "Sail") == "bet"
    with pytest.raises(Unparsable, match="expected one of: drift, sail"):
        kuhn.parse_action(dealt, 0, "bet")
    with pytest.raises(Illegal):
        kuhn.parse_action(dealt, 0, "moor")
    dice = worded("liars_dice(dice=1)", suited("liars_dice"))
    rolled = play(dice, "mouse", "wolf", "signal 1 wolf")
    assert dice.parse_action(rolled, 1, "signal 2 mouse") == (2, 1)
    assert dice.parse_action(rolled, 1, "fog") == "liar"
    with pytest.raises(Unparsable):
        dice.parse_action(rolled, 1, "bid 2 1")


def test_cards_of_leduc_poker_have_their_rank_and_mark():
    game = worded("leduc_poker", suited("leduc_poker"))
    dealt = play(game, "mouse-s", "fox-h")
    assert game.information_state(dealt, 0) == load("leduc_poker").information_state(dealt, 0)
    assert "Your card: mouse-s. Public card: not dealt yet." in game.observation(dealt, 0)
    assert game.secrets(dealt, 0) == {"fox-h"}


def test_cards_of_goofspiel_have_names_and_prizes_numbers():
    game = worded("goofspiel(cards=3)", {"ranks": "animals", "unit": "coins", "order": "reversed"})
    state = play(game, "prize 2")
    assert game.observation(state, 0) == (
        "Coins: player 1 (you) 0, player 2 0.\n"
        "You hold fox, hare, mouse; player 2 holds fox, hare, mouse.\n"
        "The prize is 2; still to come: 1, 3. Which card do you bid?"
    )
    assert "Bids: player 1 (you): fox, player 2: mouse. You got the prize of 2." in game.observation(
        play(game, "prize 2", ("Fox", "mouse"), "prize 1"), 0
    )
    with pytest.raises(Unparsable, match="expected one of: fox, hare, mouse"):
        game.parse_action(state, 0, "3")


def test_pig_can_be_a_race_with_other_words():
    game = worded("pig(target=10)", {"actions": "letters", "unit": "coins"})
    assert "roll" not in game.rules_text(0)
    assert game.rules_text(0).endswith("Write: P or Q")
    state = play(game, "4", "p", "5", "Q")
    assert game.observation(state, 0) == "Coins: you 9, player 2 0. It is player 2's turn 1, worth 0 so far."


def test_hands_of_push_or_fold_have_names():
    game = worded("push_fold", suited("push_fold"))
    state = play(game, "kraken-phoenix-s", "lion-lion")
    assert game.observation(state, 0) == (
        "Your hand: kraken-phoenix-s. You choose launch, which puts 9.5 more at stake, or moor."
    )
    assert game.secrets(state, 0) == {"lion-lion"}
    pushed = play(game, "kraken-phoenix-s", "lion-lion", "launch")
    assert game.observation(pushed, 1).splitlines()[1] == (
        "Player 1: launch. You choose follow, which puts 9 more at stake, or moor."
    )
    with pytest.raises(Unparsable, match="expected one of: follow, moor"):
        game.parse_action(pushed, 1, "all in")
    numbers = worded("push_fold", {"ranks": "numbers"})
    # The pair of the lowest rank reads like a part of the hand that the seat holds itself.
    assert numbers.secrets(play(numbers, "11-1-s", "1-1"), 0) == frozenset()


def test_coup_can_be_a_game_of_other_characters():
    game = worded("coup(num_players=2)", {"actions": "plain", "characters": "letters", "unit": "points"})
    rules = game.rules_text(0)
    assert "- take X: claim R; take 2 points from player X" in rules
    assert not re.search("coup|coin|duke|captain|challenge|steal|block", rules, re.IGNORECASE)
    dealt = play(game, "T", "S", "P", "Q")
    assert game.observation(dealt, 0).splitlines()[1:4] == [
        "player 1 (you): 2 points, 2 face down",
        "player 2: 2 points, 2 face down",
        "Your cards: S and T.",
    ]
    assert game.secrets(dealt, 0) == {"P and Q"}
    asked = game.apply(dealt, {0: game.parse_action(dealt, 0, "take player 2")})
    assert game.observation(asked, 1).endswith("Player 1 claims R for: take 2. Doubt or accept?")
    proven = play(game, "R", "S", "P", "Q", "take 2", "doubt")
    assert game.observation(proven, 0).endswith(
        "Your claim is answered with doubt, and you have the R. Reveal or admit?"
    )
    assert game.parse_action(proven, 0, "Reveal r") == load("coup").parse_action(proven, 0, "show captain")
    swapped = play(game, "T", "S", "P", "Q", "swap", "accept", "R", "R")
    assert game.parse_action(swapped, 0, "retain T and R") == load("coup").parse_action(swapped, 0, "keep captain duke")
    with pytest.raises(Illegal):
        game.parse_action(dealt, 0, "accept")
    turned = load('coup(num_players=2, framing={"order": "reversed"})')
    assert turned.observation(play(turned, *["duke"] * 3, "captain", "foreign aid"), 1).endswith(
        "Player 1: foreign aid. Allow or block (claiming duke)?"
    )


def test_holdem_can_be_told_without_poker():
    game = worded("texas_holdem", {**suited("texas_holdem"), "order": "reversed"})
    assert not re.search("poker|hold'em|chip|blind|button|flop|river|raise|fold|all-in", game.rules_text(0))
    dealt = play(game, "kraken-s", "kraken-d", "lion-h", "mouse-c")
    assert game.observation(dealt, 0) == (
        "Deal 1 of 3. Marker: player 1 (you); small share: player 1 (you); large share: player 2.\n"
        "Your cards: kraken-s kraken-d. Table: none yet.\n"
        "Pot: 30. Shells: player 1 (you) 990 + 10 put in, player 2 980 + 20 put in.\n"
        "You choose hoist to any whole amount from 40 to 1000 (1000 is all you have), follow (costs 10) or moor."
    )
    assert game.secrets(dealt, 0) == {"lion-h mouse-c"}
    assert game.parse_action(dealt, 0, "Hoist to 60 shells") == "raise to 60"
    assert game.parse_action(dealt, 0, "follow") == "call"
    with pytest.raises(Unparsable):
        game.parse_action(dealt, 0, "all in")
    raised = game.apply(dealt, {0: "raise to 60"})
    assert "Round 1: player 1 hoist to 60" in game.observation(raised, 1)
    left = game.apply(raised, {1: "fold"})
    assert "Deal 1 is over (marker: player 1)." in game.observation(left, 1)
    assert "Shells after it: player 1 1020, player 2 (you) 980." in game.observation(left, 1)


def test_questions_about_cards_name_them():
    game = worded("kuhn_poker", {"ranks": "animals"})
    dealt = play(game, "mouse", "fox")
    assert game.questions(dealt, 0)[0].options == ("mouse", "hare", "fox")
    assert game.truth(dealt, dealt, 0, "card_of_player_2") == "fox"


@pytest.mark.parametrize("words", [{"actions": "story"}, {"unit": "story"}])
def test_words_of_a_story_need_a_story(words: dict[str, str]):
    with pytest.raises(ValidationError, match="words of a story need a story"):
        worded("kuhn_poker", words)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
@pytest.mark.parametrize("language", ["plain", "letters", *cards.STORIES])
def test_names_are_words_of_their_own(vocabulary: cards.Vocabulary, language: str):
    names = cards.Names(vocabulary.given, getattr(vocabulary, language))
    assert len({name.lower() for name in names.names}) == len(vocabulary.given)
    assert not set(names.names) & set(vocabulary.given)
    assert [names.given(names.of(word)) for word in vocabulary.given] == list(vocabulary.given)
    assert not set(names.names) & set("\n".join(story.text for story in cards.STORIES.values()).split())


@pytest.mark.parametrize("ranks", ["numbers", "letters", "animals"])
def test_thirteen_ranks_have_names(ranks: cards.Ranks):
    names = cards.rank_names(cards.CardFraming(ranks=ranks), "23456789TJQKA")
    assert len(set(names)) == 13


@pytest.mark.parametrize(
    ("bot", "spec"),
    [
        ("poker_rules", "kuhn_poker"),
        ("poker_rules", 'leduc_poker(betting="blinds")'),
        ("dice_counter", "liars_dice(dice=2)"),
        ("one_up", "goofspiel"),
        ("hold_at", "pig"),
        ("coup_rules", "coup"),
        ("holdem_rules(samples=5)", "texas_holdem"),
        ("coup_liar", "coup(num_players=5)"),
        ("push_fold_chart", "push_fold"),
        ("equilibrium(iterations=20)", "kuhn_poker"),
    ],
)
async def test_scripted_players_play_alike_under_every_framing(bot: str, spec: str):
    for seed in range(5):
        agents = [build_agent(bot)] * load(spec).num_players
        plain, framed = [await match(each.spec, agents, seed) for each in (load(spec), worded(spec, suited(spec)))]
        assert plain[0] == framed[0]


@pytest.mark.parametrize("bot", ["tit_for_tat", "grim", "defector"])
async def test_classics_play_alike_under_every_framing(bot: str):
    words = {"labels": "story", "order": "reversed", "story": "shops"}
    agents = [build_agent(bot), build_agent("suspicious_tit_for_tat")]
    for spec in ("prisoners_dilemma(rounds=5)", "prisoners_dilemma(noise=0.2, rounds=5)"):
        plain, framed = [await match(each.spec, agents, 7) for each in (load(spec), worded(spec, words))]
        assert plain[1] == framed[1]
        assert load(spec).returns(plain[0]) == worded(spec, words).returns(framed[0])


def test_a_dilemma_can_have_the_words_of_matrix_games():
    game = worded("prisoners_dilemma(rounds=1)", {"labels": "story", "story": "shops", "unit": "story"})
    assert "thousand dollars of profit" in game.rules_text(0)
    end = play(game, ["discount", "full price"])
    assert game.returns(end) == (0, 5)
    with pytest.raises(ValidationError, match="words of a story need a story"):
        worded("prisoners_dilemma", {"labels": "story"})
