"""Leader and follower who look one step ahead."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import numpy as np

from agents.base import DecisionRequest
from agents.bots.base import Bot, game_of
from games.matrix.stackelberg import FOLLOWER, LEADER, Stackelberg, StackelbergState, Tickets
from games.matrix.stages import payoff_arrays
from games.solvers.sequences import FloatArray


class Committer(Bot):
    """As the leader makes the best commitment, as the follower the best reply; ties go as the leader likes.

    Conitzer and Sandholm, Computing the optimal strategy to commit to, EC 2006, on the lotteries that the game has.
    """

    plays = ("stackelberg",)
    title: ClassVar[str] = "Commits to what is best against a best reply, and replies best"

    def choose(self, request: DecisionRequest) -> str:
        game, state = game_of(request.game), request.information_key
        assert isinstance(game, Stackelberg), "the one game it plays"
        assert isinstance(state, StackelbergState), "the game has perfect information"
        if state.tickets is None:
            return game.action_to_text(state, LEADER, best_commitment(game))
        return game.action_to_text(state, FOLLOWER, best_reply(game, state.tickets))


@lru_cache(maxsize=64)
def best_commitment(game: Stackelberg) -> Tickets:
    """The first of the commitments that are best for a leader whose follower replies best."""
    leader, _ = payoff_arrays(game.stage)
    options = [tickets for tickets in game.legal_actions(game.initial_state(), LEADER) if isinstance(tickets, tuple)]
    return max(options, key=lambda tickets: round(_expected(leader, tickets)[best_reply(game, tickets)], 9))


def best_reply(game: Stackelberg, tickets: Tickets) -> int:
    """The follower's best action; of equally good ones the best for the leader."""
    own, other = (np.round(_expected(payoffs, tickets), 9) for payoffs in reversed(payoff_arrays(game.stage)))
    return max(range(len(own)), key=lambda action: (own[action], other[action]))


def _expected(payoffs: FloatArray, tickets: Tickets) -> FloatArray:
    """Expected payoffs of a seat for each reply to a lottery."""
    return np.asarray(np.array(tickets) @ payoffs / sum(tickets))
