"""Faults of released programs that change results, each with where it was seen, and that they are not ours.

Seen in ZeroSumEval as released by its authors in March 2025 (arXiv:2504.12562), unless a test says otherwise. The file
or page of that program is named with each fault.
"""

from __future__ import annotations

import numpy as np
import pytest

from arena.config import RunConfig, parse_config
from arena.match import play_match
from arena.ratings.bradley_terry import strengths, to_ratings
from arena.records import Outcome, Policy
from arena.schedule import schedule
from arena.tournament import prepare
from games.board.chess import Chess
from games.cards.leduc_poker import LeducPoker
from games.cards.liars_dice import LIAR, LiarsDice
from games.core import CHANCE, REFEREE, Illegal
from games.puzzles.math_quiz import MathQuiz
from games.puzzles.pyjail import JailState, Pyjail
from games.talk.debate import Debate, DebateState
from games.talk.gandalf import INFILTRATOR, SENTINEL, Gandalf
from games.verdict import Verdict
from tests.arena.players import Saying, make_match

FLAGS = ("0" * 24, "f" * 24)
SOLUTION = "open_sesame_by_the_defender"


# -- pyjail -----------------------------------------------------------------------------------------------


def jail_at_the_attack(game: Pyjail) -> JailState:
    """The defender has solved its jail at the first try."""
    state = game.apply(game.initial_state(), {0: "def jail(user_input: str) -> str:\n    return ''"})
    state = game.apply(game.apply(state, {CHANCE: FLAGS[0]}), {0: SOLUTION})
    return game.apply(game.apply(state, {REFEREE: Verdict("ok", FLAGS[0], "")}), {CHANCE: FLAGS[1]})


def test_the_attacker_reads_neither_the_defenders_solution_nor_the_flag_it_got_out() -> None:
    """games/pyjail: the winning self-solve is written into the history after the history was cleared."""
    game = Pyjail()
    state = jail_at_the_attack(game)
    read = f"{game.rules_text(1)}\n{game.observation(state, 1)}\n{game.information_state(state, 1)}"
    assert not [secret for secret in (SOLUTION, *FLAGS) if secret in read]


def test_the_attacker_has_all_its_attacks() -> None:
    """games/pyjail: the self-solve counts as one of the attacker's five tries."""
    game = Pyjail.of(max_attacks=5)
    state, attacks = jail_at_the_attack(game), 0
    while game.to_move(state) == (1,):
        state = game.apply(game.apply(state, {1: "no"}), {REFEREE: Verdict("ok", "closed", "")})
        attacks += 1
    assert attacks == 5


def test_a_defender_who_cannot_open_its_own_jail_loses() -> None:
    """games/pyjail: it ties, so that an impossible jail costs nothing; with compat="zerosumeval" it does here too."""
    returns = []
    for game in (Pyjail.of(max_attacks=1), Pyjail.of(max_attacks=1, compat="zerosumeval")):
        state = game.apply(game.initial_state(), {0: "def jail(user_input: str) -> str:\n    return ''"})
        state = game.apply(game.apply(state, {CHANCE: FLAGS[0]}), {0: "?"})
        returns.append(game.returns(game.apply(state, {REFEREE: Verdict("ok", "closed", "")})))
    assert returns == [(-1, 1), (0, 0)]


# -- talk -------------------------------------------------------------------------------------------------


def debate_with(*rulings: str) -> tuple[Debate, DebateState]:
    game = Debate.of(motion="Tea is better than soup.", jurors=len(rulings))
    state = game.initial_state()
    while REFEREE not in (seats := game.to_move(state)):
        state = game.apply(state, dict.fromkeys(seats, "words"))
    for ruling in rulings:
        state = game.apply(state, {REFEREE: ruling})
    return game, state


@pytest.mark.parametrize("rulings", [("tie/tie",), ("first/second", "second/first", "tie/tie"), ("first/first",) * 3])
def test_a_debate_that_nobody_won_is_a_draw(rulings: tuple[str, ...]) -> None:
    """games/debate: equal sums of marks give the side against the motion 1 and the side for it 0."""
    game, state = debate_with(*rulings)
    assert game.to_move(state) == ()
    assert game.returns(state) == (0, 0)
    assert "draw" in game.outcome_text(state)


def test_every_message_of_the_infiltrator_is_answered_and_its_own_words_reveal_nothing() -> None:
    """games/gandalf: the cap on messages counts the greeting, so that the infiltrator's last one stays unanswered."""
    game = Gandalf.of(turns=3, guesses=0)
    state, speakers = game.apply(game.initial_state(), {CHANCE: "pumpkin"}), []
    while seats := game.to_move(state):
        speakers.append(seats[0])
        words = "Is it pumpkin?" if seats[0] == INFILTRATOR else f"I say nothing of it, {len(speakers)}."
        state = game.apply(state, {seats[0]: words})
    assert speakers == [INFILTRATOR, SENTINEL] * 3
    assert game.returns(state) == (1, -1)


def test_whoever_judges_a_secret_is_the_referee_of_the_run_and_stands_in_the_record() -> None:
    """games/gandalf: the option that names the judge is not passed on, and a fixed model judges every match."""
    settings = config(games=['gandalf(judge="jury")'], agents=["secret_keeper", "random"], referee="stub_jury")
    assert {header.referee for header in schedule(settings, prepare(settings).fixtures)} == {"stub_jury"}


# -- puzzles and dice -------------------------------------------------------------------------------------


def test_a_student_does_not_guess_until_it_is_right() -> None:
    """games/mathquiz: a wrong answer is an invalid move, so that only exhausted attempts lose."""
    game = MathQuiz()
    state = game.apply(game.apply(game.initial_state(), {CHANCE: 42}), {0: "What is 6 * 7?"})
    state = game.apply(game.apply(state, {0: 42}), {1: 41})
    assert game.to_move(state) == ()
    assert game.returns(state) == (1, -1)


def test_a_question_does_not_hold_its_answer() -> None:
    """games/mathquiz: that the target must not stand in the question is asked for, and never checked."""
    game = MathQuiz()
    with pytest.raises(Illegal, match="contains the target"):
        game.parse_action(game.apply(game.initial_state(), {CHANCE: 42}), 0, "How much is 42?")


def test_there_is_no_liar_before_the_first_bid_and_bidding_ends() -> None:
    """games/liars_dice: calling without a bid wins for nobody's bid, and the quantity has no cap."""
    game = LiarsDice()
    state = game.initial_state()
    while game.to_move(state) == (CHANCE,):
        state = game.apply(state, {CHANCE: 1})
    assert LIAR not in (game.legal_actions(state, 0) or ())
    with pytest.raises(Illegal):
        game.parse_action(state, 0, "bid 11 6")


# -- poker ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("betting", ["antes", "blinds"])
def test_equal_hands_split_the_pot_in_poker(betting: str) -> None:
    """games/poker: the first seat of the showdown takes the whole pot on a tie."""
    game = LeducPoker.of(betting=betting)
    state = game.initial_state()
    for card in (0, 1):
        state = game.apply(state, {CHANCE: card})
    while seats := game.to_move(state):
        action = 4 if seats == (CHANCE,) else next(each for each in ("check", "call") if _has(game, state, each))
        state = game.apply(state, {seats[0]: action})
    assert game.returns(state) == (0, 0)


def _has(game: LeducPoker, state: object, action: str) -> bool:
    return action in game.legal_actions(state, game.to_move(state)[0])


def test_nobody_pays_for_a_hand_that_is_not_played() -> None:
    """games/poker: after the last hand another one is dealt, and its blinds come off the final chips."""
    game = LeducPoker.of(betting="blinds")
    state = game.initial_state()
    for card in (0, 5):
        state = game.apply(state, {CHANCE: card})
    (folding,) = game.to_move(state)
    state = game.apply(state, {folding: "fold"})
    assert game.to_move(state) == ()
    assert sum(game.returns(state)) == 0
    assert game.returns(state)[folding] == -1


def test_a_game_of_chess_that_is_cut_off_is_a_draw() -> None:
    """games/chess: an unfinished game scores 0 for both sides, while every other drawn one scores a half."""
    game = Chess.of(max_plies=1)
    state = game.apply(game.initial_state(), {0: game.parse_action(game.initial_state(), 0, "e4")})
    assert game.to_move(state) == ()
    assert game.returns(state) == (0, 0)


# -- matches and ratings ----------------------------------------------------------------------------------


def config(**changes: object) -> RunConfig:
    data = {"games": ["kuhn_poker"], "agents": ["random", "first_legal"], "repeats": 16, **changes}
    return parse_config(data, "test")


async def test_a_good_answer_gives_all_attempts_back() -> None:
    """managers/game_manager: attempts count over the whole match, so that five slips in a long game lose it."""
    slips = (Saying("mumble", "cooperate"), Saying("cooperate"))
    record = await play_match(make_match("prisoners_dilemma(rounds=6)", *slips, policy=Policy(attempts=2)))
    assert record.result.outcome is Outcome.COMPLETED


async def test_a_forfeit_is_the_fault_of_one_seat_and_has_a_reason() -> None:
    """managers/game_pool_manager: exhausted attempts become a score of minus infinity without a word why."""
    record = await play_match(
        make_match("prisoners_dilemma(rounds=6)", Saying("mumble"), Saying("cooperate"), policy=Policy(attempts=2))
    )
    assert record.result.outcome is Outcome.FORFEIT
    assert len(record.turns[-1].decisions[0].attempts) == 2


def test_no_two_matches_of_a_pairing_have_one_name() -> None:
    """managers/game_pool_manager: matches are named by pairing and second; 20 of 32 begun together were overwritten."""
    settings = config()
    headers = list(schedule(settings, prepare(settings).fixtures))
    assert len({header.match_id for header in headers}) == len(headers) == 32


def test_names_of_agents_may_have_any_letters() -> None:
    """managers/game_pool_manager: pairings are read back from folder names split at underscores and `_vs_`."""
    agents = [{"agent": "random", "name": "a_vs_b"}, {"agent": "first_legal", "name": "b_vs_a_vs"}]
    settings = config(agents=agents, repeats=1)
    seated = {tuple(seat.agent for seat in header.seats) for header in schedule(settings, prepare(settings).fixtures)}
    assert seated == {("a_vs_b", "b_vs_a_vs"), ("b_vs_a_vs", "a_vs_b")}


def test_odds_of_ten_to_one_are_400_points() -> None:
    """analysis/calculate_ratings: 100 points are odds of ten to one, a quarter of what readers of Elo take them for."""
    first, second = to_ratings(strengths(np.array([[0.0, 10.0], [1.0, 0.0]]), 0.0, 0.0))
    assert first - second == pytest.approx(400)


def test_whoever_never_lost_has_a_finite_rating() -> None:
    """analysis/calculate_ratings: the fit has no prior, so that a clean record has no finite rating."""
    ratings = to_ratings(strengths(np.array([[0.0, 20.0], [0.0, 0.0]])))
    assert np.isfinite(ratings).all()
    assert ratings[0] > ratings[1]
