"""Chameleon: who wins, which clues are legal, what each seat knows and is asked."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from agents.bots.talk import TopicGuesser
from games.beliefs import IDENTITY
from games.core import CHANCE, Illegal, Unparsable
from games.info import Utility
from games.registry import load
from games.words.chameleon import Chameleon, ChameleonState
from games.words.clues import contains, generic_clues
from games.words.topics import TOPICS
from tests.agents.questions import answer

CLUES = ("sweet", "green or blue", "round")


def dealt(game: Chameleon, chameleon: int = 2) -> ChameleonState:
    state = game.initial_state()
    for outcome in ("fruits", "grape", chameleon):
        state = game.apply(state, {CHANCE: outcome})
    return state


def clued(game: Chameleon, chameleon: int = 2) -> ChameleonState:
    state = dealt(game, chameleon)
    while len(seats := game.to_move(state)) == 1:
        state = game.apply(state, {seats[0]: generic_clues(state.clues, 1)[0]})
    return state


def ended(game: Chameleon, votes: tuple[int, ...], guess: str | None = None) -> ChameleonState:
    state = game.apply(clued(game), dict(enumerate(votes)))
    return state if guess is None else game.apply(state, {2: game.parse_action(state, 2, guess)})


# -- words ------------------------------------------------------------------------------------------------


def test_topics_are_many_and_their_words_are_plain_and_unlike_each_other() -> None:
    assert len(TOPICS) >= 40
    assert max(Counter(word for words in TOPICS.values() for word in words).values()) == 1
    for topic, words in TOPICS.items():
        assert len(words) >= 12
        assert all(word.isascii() and word.isalpha() and word.islower() and len(word) >= 4 for word in words)
        assert not [(one, other) for one in words for other in (*words, topic) if one != other and one in other]


def test_no_word_stands_in_the_texts_that_every_seat_reads() -> None:
    words = [word for found in TOPICS.values() for word in found]
    game = Chameleon.of(num_players=8, scoring="magic")
    over = ended(Chameleon(), (2, 2, 0), "lemon")._replace(topic="t", word="w")
    texts = [game.rules_text(0), Chameleon().rules_text(0), *(Chameleon().observation(over, seat) for seat in range(3))]
    assert [word for word in words for text in texts if word in text.lower()] == ["lemon"] * 3
    assert not [word for word in words for clue in generic_clues((), 100) if contains(clue, word)]


# -- outcome ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "guess", "ending", "zero_sum", "magic"),
    [
        ((2, 2, 0), "melon", "caught", (1, 1, -2), (2, 2, 0)),
        ((2, 2, 0), " Grape.", "guessed", (-1, -1, 2), (1, 1, 1)),
        ((1, 0, 0), None, "missed", (-1, -1, 2), (0, 0, 2)),
        ((1, 2, 0), None, "tied", (-1, -1, 2), (1, 1, 1)),
    ],
)
def test_the_four_flags_of_magic_and_their_points(
    votes: tuple[int, ...], guess: str | None, ending: str, zero_sum: tuple[float, ...], magic: tuple[float, ...]
) -> None:
    game = Chameleon()
    state = ended(game, votes, guess)
    assert game.to_move(state) == ()
    assert game.ending(state) == ending
    assert game.returns(state) == zero_sum
    assert Chameleon.of(scoring="magic").returns(state) == magic


@pytest.mark.parametrize("players", [3, 4])
def test_the_chameleon_guesses_just_when_it_is_the_only_top_vote(players: int) -> None:
    game = Chameleon.of(num_players=players)
    state = clued(game)
    for votes in product(*([other for other in range(players) if other != seat] for seat in range(players))):
        after = game.apply(state, dict(enumerate(votes)))
        ranked = Counter(votes).most_common()
        alone = len(ranked) == 1 or ranked[0][1] > ranked[1][1]
        assert (game.to_move(after) == (2,)) == (alone and ranked[0][0] == 2)
        assert sum(game.returns(after)) == 0


def test_utility_kind_follows_the_scoring() -> None:
    assert load("chameleon").info.utility is Utility.ZERO_SUM
    assert load('chameleon(scoring="magic")').info.utility is Utility.GENERAL_SUM


# -- actions ----------------------------------------------------------------------------------------------


def test_who_knows_the_word_may_not_say_it_and_who_does_not_may_hit_on_it() -> None:
    game = Chameleon()
    with pytest.raises(Illegal, match="contains your word"):
        game.parse_action(dealt(game), 0, "GRAPEvine")
    state = game.apply(dealt(game, chameleon=0), {0: game.parse_action(dealt(game, 0), 0, "grape juice")})
    assert game.secrets(state, 0) == frozenset(), "it has said the word itself"


def test_no_clue_may_be_repeated() -> None:
    game = Chameleon()
    state = game.apply(dealt(game), {0: "round and sweet"})
    with pytest.raises(Illegal, match="given before"):
        game.parse_action(state, 1, "Round, and SWEET!")


def test_a_guess_is_one_word() -> None:
    game = Chameleon()
    state = ended(game, (2, 2, 0))
    assert game.to_move(state) == (2,)
    for text in ("", "...", "a grape", "123"):
        with pytest.raises(Unparsable, match="one word"):
            game.parse_action(state, 2, text)
    with pytest.raises(Illegal, match="at most 30"):
        game.parse_action(state, 2, "g" * 31)


def test_a_vote_is_the_name_or_number_of_another_player() -> None:
    game = Chameleon()
    assert game.parse_action(clued(game), 0, "2") == game.parse_action(clued(game), 0, "Player 2") == 1
    with pytest.raises(Illegal):
        game.parse_action(clued(game), 0, "player 1")


# -- information ------------------------------------------------------------------------------------------


def test_the_chameleon_knows_its_role_and_the_topic_but_not_the_word() -> None:
    game = Chameleon()
    state = clued(game)
    assert [game.information_state(state, seat).word for seat in range(3)] == ["grape", "grape", None]
    assert [game.information_state(state, seat).chameleon for seat in range(3)] == [None, None, 2]
    assert game.secrets(state, 2) == {"grape"}
    assert "grape" not in game.observation(state, 2)
    assert "You are the chameleon." in game.observation(state, 2)


def test_others_cannot_tell_who_is_the_chameleon_before_the_vote() -> None:
    game = Chameleon()
    one, other = clued(game, chameleon=1), clued(game, chameleon=2)
    assert game.observation(one, 0) == game.observation(other, 0)
    assert game.information_state(one, 0) == game.information_state(other, 0)


def test_the_last_observation_tells_all() -> None:
    game = Chameleon()
    assert game.observation(ended(game, (2, 2, 0), "melon"), 2).splitlines()[-7:] == [
        "player 1 voted for player 3",
        "player 2 voted for player 3",
        "player 3 voted for player 1",
        'The chameleon\'s guess: "melon"',
        "The chameleon, player 3 (you), was voted out and did not find the word: the others win.",
        "The word was: grape",
        "Your result: -2",
    ]


# -- interviews -------------------------------------------------------------------------------------------


def test_identity_is_asked_before_every_clue_and_suspicion_after_every_clue() -> None:
    game = load('elicited(ask="everyone", game="chameleon")')
    inner, asked = game.inner, []
    state = dealt(inner)
    for clue in (*CLUES, None):
        asked.append([(each.topic, each.viewer) for each in inner.questions(state, 0)])
        assert all(inner.questions(state, seat) for seat in range(3)), "all are asked"
        if clue is not None:
            state = inner.apply(state, {inner.to_move(state)[0]: clue})
    suspicion = [("chameleon", None), ("chameleon", 1), ("chameleon", 2)]
    identity = [(IDENTITY, None)]
    assert asked == [identity, suspicion + identity, suspicion + identity, suspicion]
    assert [inner.truth(state, state, seat, IDENTITY) for seat in (0, 2)] == ["not chameleon", "chameleon"]
    assert inner.truth(state, state, 2, "chameleon") == "player 3"
    assert inner.questions(ended(inner, (2, 2, 0)), 0) == ()


# -- the scripted player ----------------------------------------------------------------------------------


async def test_the_topic_guesser_finds_the_word_that_fits_the_clues_about_letters() -> None:
    game, agent = Chameleon(), TopicGuesser()
    state = dealt(game)
    for clue in ("it starts with g", "it has 5 letters"):
        state = game.apply(state, {game.to_move(state)[0]: clue})
    assert "it " in await answer(agent, game, state, 2)
    caught = ended(game, (2, 2, 0))._replace(clues=("it starts with g", "it has 5 letters", "known"))
    assert await answer(agent, game, caught, 2) == "grape"


async def test_the_topic_guesser_votes_for_and_suspects_who_contradicts_the_word() -> None:
    game, agent = Chameleon(), TopicGuesser()
    state = dealt(game)._replace(clues=("it has 2 vowels", "it has 5 letters", "it starts with m"))
    assert await answer(agent, game, state, 0) == 2
    asked = load('elicited(ask="everyone", game="chameleon")')
    before = asked.initial_state()._replace(inner=state, asked=(0, 1, 2))
    assert await answer(agent, asked, before, 0) == ((0, 20, 80), (20, 0, 80), (50, 50, 0))
