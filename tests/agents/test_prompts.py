"""What models read."""

from __future__ import annotations

import pytest

from agents.base import Exchange
from agents.llm.prompts import MOST_LISTED, AnswerMode, messages_for, question_text
from games.board.tic_tac_toe import TicTacToe, TicTacToeState
from games.cards.kuhn_poker import KuhnPoker, KuhnState
from tests.agents.asking import Texts, asked, texts_of

PAST = (Exchange("first view", "4"), Exchange("second view", "5"))


def test_the_whole_prompt_of_a_real_decision():
    game = KuhnPoker()
    state = KuhnState(cards=(1, 2), bets=("check", "bet"))
    past = (Exchange("Your card: Q.\nBetting so far: none.\nChips in the pot: 2.", "check"),)
    system, *chat = messages_for(asked(texts_of(game, state, 0, past)), AnswerMode.TEXT, show_legal_actions=True)
    assert system.role == "system"
    assert system.content.startswith(game.rules_text(0))
    assert system.content.endswith(
        "How to answer: think in writing if you like, then end with one line of this form, and nothing after it:\n"
        "ACTION: your action\n"
        "Only that last line counts. Nobody else sees what you write before it."
    )
    assert [(message.role, message.content) for message in chat] == [
        ("user", "Your card: Q.\nBetting so far: none.\nChips in the pot: 2."),
        ("assistant", "ACTION: check"),
        (
            "user",
            "Your card: Q.\nBetting so far: player 1 (you): check; player 2: bet.\nChips in the pot: 3.\n\n"
            "Legal actions, one per line:\nfold\ncall",
        ),
    ]


def test_instructions_stand_between_the_briefing_and_how_to_answer():
    plain = messages_for(asked(), AnswerMode.TEXT, show_legal_actions=True)
    told = messages_for(asked(), AnswerMode.TEXT, show_legal_actions=True, instructions="Pretend to be desperate.")
    briefing, contract = plain[0].content.split("\n\nHow to answer")
    assert told[0].content == f"{briefing}\n\nPretend to be desperate.\n\nHow to answer{contract}"
    assert told[1:] == plain[1:]


@pytest.mark.parametrize("mode", AnswerMode)
def test_the_chat_alternates_and_ends_with_the_question(mode):
    messages = messages_for(asked(Texts(past=PAST)), mode, show_legal_actions=True)
    assert [message.role for message in messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert all(message.content for message in messages)
    assert messages[2].content == ("ACTION: 4" if mode is AnswerMode.TEXT else '{"action":"4"}')


def test_a_longer_history_begins_with_the_shorter_one():
    short = messages_for(asked(Texts(past=PAST[:1])), AnswerMode.TEXT, show_legal_actions=False)
    long = messages_for(asked(Texts(past=PAST)), AnswerMode.TEXT, show_legal_actions=False)
    assert long[: len(short) - 1] == short[:-1]


def test_legal_actions_are_listed_only_where_they_are_and_if_wanted():
    assert "Legal actions" in question_text(asked(), show_legal_actions=True)
    assert question_text(asked(), show_legal_actions=False) == "It is your turn."
    assert question_text(asked(Texts(legal=None)), show_legal_actions=True) == "It is your turn."
    many = Texts(legal=tuple(map(str, range(MOST_LISTED + 1))))
    assert question_text(asked(many), show_legal_actions=True) == "It is your turn."


def test_a_second_asking_says_what_was_wrong():
    request = asked(attempt=2, feedback="'7' is not legal here", rejected="7")
    assert question_text(request, show_legal_actions=True).endswith(
        "6\n\nYour answer \"7\" was not accepted: '7' is not legal here\nPlease answer again."
    )
    request = asked(attempt=2, feedback="too long", rejected="word " * 999)
    assert len(question_text(request, show_legal_actions=False)) < 300
    request = asked(attempt=2, feedback="Your answer was empty.", rejected="")
    assert "\n\nYour answer was not accepted: Your answer was empty." in question_text(request, show_legal_actions=True)


def test_nobody_s_reasoning_and_no_secret_is_in_a_prompt():
    game = KuhnPoker()
    request = asked(texts_of(game, KuhnState(cards=(0, 2)), 0))
    text = "\n".join(message.content for message in messages_for(request, AnswerMode.TEXT, show_legal_actions=True))
    assert "Your card: J" in text
    assert "Your card: K" not in text


@pytest.mark.parametrize("seat", [0, 1])
def test_prompts_of_our_games_are_ascii(seat):
    game = TicTacToe()
    request = asked(texts_of(game, TicTacToeState(1, 0, 1), seat))
    assert all(message.content.isascii() for message in messages_for(request, AnswerMode.JSON, show_legal_actions=True))
