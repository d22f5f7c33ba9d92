from __future__ import annotations

import random
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from games.core import CHANCE, REFEREE, Game, Seat
from games.info import ActionKind, Chance, Dynamics, GameInfo, Information, RefereeKind, Utility
from games.plugins import PluginError
from games.referee import RefereeRequest
from games.registry import load
from games.transforms.repeated import CONTINUE, STOP, HorizonParams, Repeated, RepeatedGame
from games.transforms.wrapper import told_of
from tests.games.joint_play import ends, play

COOPERATION = ("cooperate", "cooperate")


class Log(NamedTuple):
    moves: tuple[str, ...] = ()


class Everything(Game[Log, str]):
    """A stage with a node of every kind: chance, both seats at once, open text of seat 0, and a referee."""

    info = GameInfo(
        name="everything",
        version=3,
        title="Everything",
        summary="One node of every kind.",
        family="tests",
        dynamics=Dynamics.MIXED,
        chance=Chance.SAMPLED,
        information=Information.IMPERFECT,
        utility=Utility.CONSTANT_SUM,
        actions=ActionKind.MIXED,
        referee=RefereeKind.JURY,
        roles=("author", "reader"),
    )
    movers: tuple[tuple[Seat, ...], ...] = ((CHANCE,), (0, 1), (0,), (REFEREE,), ())

    def initial_state(self) -> Log:
        return Log()

    def to_move(self, state: Log) -> tuple[Seat, ...]:
        return self.movers[len(state.moves)]

    def legal_actions(self, state: Log, seat: Seat) -> tuple[str, ...] | None:
        return None if self.to_move(state) == (0,) else ("yes", "no")

    def apply(self, state: Log, actions: Mapping[Seat, str]) -> Log:
        return Log((*state.moves, "+".join(actions[seat] for seat in sorted(actions))))

    def returns(self, state: Log) -> tuple[float, ...]:
        return (float(len(state.moves)), 4.0 - len(state.moves))

    def utility_bounds(self) -> tuple[float, float]:
        return 0.0, 4.0

    def max_turns(self) -> int:
        return 4

    def observation(self, state: Log, seat: Seat) -> str:
        return f"{len(state.moves)} turns, seat {seat}"

    def information_state(self, state: Log, seat: Seat) -> tuple[int, Seat]:
        return len(state.moves), seat

    def sample_chance(self, state: Log, rng: random.Random) -> str:
        return f"drawn {rng.random():.3f}"

    def referee_request(self, state: Log) -> RefereeRequest:
        return RefereeRequest(RefereeKind.JURY, juror=7)

    def parse_action(self, state: Log, seat: Seat, text: str) -> str:
        return f"{seat}:{text}"

    def action_to_text(self, state: Log, seat: Seat, action: str) -> str:
        return action.removeprefix(f"{seat}:")

    def example_actions(self, state: Log, seat: Seat) -> tuple[str, ...]:
        return ("words",)

    def secrets(self, state: Log, seat: Seat) -> frozenset[str]:
        return frozenset({f"secret {len(state.moves)}"})


class RepeatedEverything(RepeatedGame):
    info = Repeated.info

    def make_stage(self) -> Everything:
        return Everything()


class Monologue(Everything):
    movers = ((CHANCE,), (0,), (0,), (REFEREE,), ())


class RepeatedMonologue(RepeatedEverything):
    def make_stage(self) -> Monologue:
        return Monologue()


def test_every_kind_of_node_passes_through() -> None:
    game = RepeatedEverything.of(rounds=2)
    one_round = ("x", ("yes", "no"), "hello", "yes")
    seen = [play(game, *one_round, *one_round[:turn]) for turn in range(4)]
    assert [game.to_move(state) for state in seen] == [(CHANCE,), (0, 1), (0,), (REFEREE,)]
    assert game.sample_chance(seen[0], random.Random(0)) == "drawn 0.844"
    assert game.legal_actions(seen[1], 1) == ("yes", "no")
    assert game.legal_actions(seen[2], 0) is None
    assert game.example_actions(seen[2], 0) == ("words",)
    assert game.referee_request(seen[3]).juror == 7
    assert game.secrets(seen[3], 0) == {"secret 3"}
    assert seen[3].past[0].moves == ("-1:x", "0:yes+1:no", "0:hello", "-2:yes")
    assert game.to_move(play(game, *one_round, *one_round)) == ()


def test_facts_come_from_the_stage() -> None:
    info = RepeatedEverything.of(rounds=2).info
    assert (info.name, info.roles, info.dynamics, info.referee) == (
        "repeated",
        ("author", "reader"),
        Dynamics.MIXED,
        RefereeKind.JURY,
    )
    assert (info.information, info.actions, info.chance) == (
        Information.IMPERFECT,
        ActionKind.MIXED,
        Chance.SAMPLED,
    )
    assert info.utility is Utility.CONSTANT_SUM
    assert info.version == 3
    assert RepeatedEverything.of(continuation=0.5).info.utility is Utility.GENERAL_SUM


def test_simultaneous_stages_of_perfect_information_stay_perfect() -> None:
    assert Repeated().info.information is Information.PERFECT
    assert Repeated().info.dynamics is Dynamics.SIMULTANEOUS


def test_returns_add_up_and_count_the_round_in_play() -> None:
    game = RepeatedEverything.of(rounds=2)
    one_round = ("x", ("yes", "no"), "hello", "yes")
    assert game.returns(play(game, *one_round)) == (4, 4)
    assert game.returns(play(game, *one_round, "x")) == (5, 3)
    assert game.returns(play(game, *one_round, *one_round)) == (8, 0)


@pytest.mark.parametrize("rounds", [1, 2, 7])
def test_a_fixed_horizon_is_kept_without_chance(rounds: int) -> None:
    game = Repeated.of(rounds=rounds)
    state = play(game, *[COOPERATION] * rounds)
    assert game.to_move(state) == ()
    assert game.returns(state) == (3.0 * rounds, 3.0 * rounds)
    assert game.max_turns() == rounds
    assert game.info.chance is Chance.NONE
    assert game.to_move(play(game, *[COOPERATION] * (rounds - 1))) == (0, 1)


def test_a_random_horizon_is_geometric_and_capped() -> None:
    game = Repeated.of(rounds=4, continuation=0.9)
    lengths = dict.fromkeys(range(1, 5), 0.0)
    waiting = [(game.initial_state(), 1.0)]
    while waiting:
        state, weight = waiting.pop()
        for after, probability in ends(game, game.apply(state, {0: 0, 1: 0})):
            if game.to_move(after):
                waiting.append((after, weight * probability))
            else:
                lengths[len(after.past)] += weight * probability
    assert lengths == pytest.approx({1: 0.1, 2: 0.09, 3: 0.081, 4: 0.729})
    assert game.info.chance is Chance.EXPLICIT
    assert game.max_turns() == 7
    assert game.utility_bounds() == (0.0, 20.0)


def test_continuation_is_drawn_between_rounds_and_read_back() -> None:
    game = Repeated.of(rounds=3, continuation=0.75)
    between = play(game, COOPERATION)
    assert game.to_move(between) == (CHANCE,)
    assert game.chance_outcomes(between) == [(CONTINUE, 0.75), (STOP, 0.25)]
    assert game.parse_action(between, CHANCE, game.action_to_text(between, CHANCE, STOP)) == STOP
    assert game.to_move(play(game, COOPERATION, "stop")) == ()
    assert game.to_move(play(game, COOPERATION, "continue")) == (0, 1)


def test_bounds_with_a_random_horizon_allow_one_round_only() -> None:
    payoffs = [[[2, 1], [2, 1]], [[2, 1], [2, 1]]]
    stage = f"matrix_game(payoffs={payoffs})"
    assert Repeated.of(stage=stage, rounds=5).utility_bounds() == (5, 10)
    assert Repeated.of(stage=stage, rounds=5, continuation=0.5).utility_bounds() == (1, 10)


def test_bounds_hold_to_the_last_bit() -> None:
    payoffs = [[[0.1, 0.1], [0.1, 0.1]], [[0.1, 0.1], [0.1, 0.1]]]
    game = Repeated.of(stage=f"matrix_game(payoffs={payoffs})", rounds=10)
    low, high = game.utility_bounds()
    assert (low, high) == game.returns(play(game, *[COOPERATION] * 10)) != (1.0, 1.0)


def test_observations_tell_the_new_round_only() -> None:
    game = Repeated.of(rounds=3)
    state = play(game, ("cooperate", "defect"), ("defect", "defect"))
    assert game.observation(state, 0).splitlines() == [
        "Round 2 ended. You played defect, the other played defect: you get 1, the other gets 1.",
        "Your total so far: 1.",
        "Round 3 of 3.",
        "Choose your action: cooperate, defect.",
    ]


def test_a_seat_that_did_not_decide_is_told_all_rounds_since() -> None:
    game = RepeatedMonologue.of(rounds=5)
    one_round = ("x", "yes", "hello", "yes")
    after_two = play(game, *one_round, *one_round)
    assert game.observation(after_two, 1).count("ended") == 2
    assert game.observation(after_two, 0).count("ended") == 1
    within_second = play(game, *one_round, *one_round[:2])
    assert "ended" not in game.observation(within_second, 0), "it was told when it moved in this round"


def test_the_horizon_is_told_only_when_announced() -> None:
    told, untold = (Repeated.of(rounds=37, continuation=0.83, announce_horizon=known) for known in (True, False))
    assert "probability 0.83" in told.rules_text(0)
    assert "limit of 37" in told.rules_text(0)
    assert "Round 1 of at most 37." in told.observation(told.initial_state(), 0)
    texts = untold.rules_text(0) + untold.observation(untold.initial_state(), 0)
    assert "37" not in texts
    assert "0.83" not in texts


def test_the_end_says_how_it_ended() -> None:
    game = Repeated.of(rounds=2)
    state = play(game, COOPERATION, ("defect", "cooperate"))
    assert game.observation(state, 1).splitlines()[-1] == "The game is over; rounds played: 2. Your result: 3."


def test_information_states_hold_the_stages_own() -> None:
    game = Repeated.of(stage="kuhn_poker", rounds=2)
    state = play(game, "J", "Q", "check", "check", "K", "Q")
    view = game.information_state(state, 1)
    assert [past.card for past in view.past] == [1]
    assert view.current.card == 1
    assert view.gains == (1.0,)


def test_where_all_is_seen_in_turn_the_information_state_is_the_state() -> None:
    game = Repeated.of(stage="tic_tac_toe", rounds=2)
    state = play(game, "4", "0")
    assert game.information_state(state, 0) == state


def test_the_stage_is_named_in_one_spelling() -> None:
    assert load("repeated(stage='kuhn_poker(num_players=2)')") == load("repeated(stage='kuhn_poker')")
    game = load('repeated(stage=\'matrix_game(actions=["a", "b"])\', rounds=3)')
    assert load(game.spec) == game
    with pytest.raises(PluginError, match="no_such_game"):
        load("repeated(stage='no_such_game')")


def test_only_short_games_are_called_solvable() -> None:
    assert Repeated.of(rounds=3).info.solvable
    assert not Repeated.of(rounds=10).info.solvable
    assert Repeated.of(stage="tic_tac_toe", rounds=1).info.solvable
    assert not Repeated.of(stage="tic_tac_toe", rounds=2).info.solvable


def test_parameters_of_the_horizon_are_checked() -> None:
    for wrong in ({"rounds": 0}, {"continuation": 0.0}, {"continuation": 1.1}):
        with pytest.raises(ValueError, match="1 validation error"):
            HorizonParams(**wrong)


def test_whoever_acts_is_told_and_nature_never() -> None:
    assert told_of((1, 1, 1), {0: "a", 1: "b", 2: "c"}, 3) == (3, 3, 3)
    assert told_of((1, 1, 1), {1: "b"}, 3) == (1, 3, 1)
    assert told_of((1,), {CHANCE: "six"}, 3) == (1,)
    assert told_of((1,), {0: "a"}, 3) == (3,)
