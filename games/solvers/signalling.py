"""Perfect Bayesian equilibria of finite signalling games, in pure strategies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from games.solvers.sequences import FloatArray

_TOLERANCE: Final = 1e-9


class SignallingEquilibrium(NamedTuple):
    """A perfect Bayesian equilibrium in pure strategies.

    Attributes:
        messages: the sender's message by type.
        actions: the receiver's action by message, also after messages that are never sent.
        sender_values: what the sender gets, by type.
        sender_value: what it expects before its type is drawn.
        receiver_value: what the receiver expects.
        intuitive: whether it passes the intuitive criterion.
    """

    messages: tuple[int, ...]
    actions: tuple[int, ...]
    sender_values: tuple[float, ...]
    sender_value: float
    receiver_value: float
    intuitive: bool


def signalling_equilibria(prior: FloatArray, sender: FloatArray, receiver: FloatArray) -> list[SignallingEquilibrium]:
    """Every perfect Bayesian equilibrium in pure strategies.

    After a message that is never sent the receiver may hold any belief, one for all types that could have sent it.

    Cho and Kreps, Signaling games and stable equilibria, 1987.

    Args:
        prior: probability of each type; shape (types,).
        sender: the sender's payoffs; shape (types, messages, actions).
        receiver: the receiver's payoffs, of the same shape.
    """
    kinds, sent = sender.shape[:2]
    found = []
    for messages in product(range(sent), repeat=kinds):
        replies = [_replies(prior, receiver[:, message], np.array(messages) == message) for message in range(sent)]
        for actions in product(*replies):
            values = sender[:, np.arange(sent), actions]
            own = values[np.arange(kinds), messages]
            if (own >= values.max(axis=1) - _TOLERANCE).all():
                gains = receiver[np.arange(kinds), messages, np.array(actions)[list(messages)]]
                found.append(
                    SignallingEquilibrium(
                        messages=messages,
                        actions=actions,
                        sender_values=tuple(own.tolist()),
                        sender_value=float(prior @ own),
                        receiver_value=float(prior @ gains),
                        intuitive=_is_intuitive(own, messages, sender, receiver),
                    )
                )
    return found


def _replies(prior: FloatArray, receiver: FloatArray, senders: FloatArray) -> list[int]:
    """Best actions after a message that these types send; after one that none sends, best for some belief."""
    if senders.any():
        values = np.where(senders, prior, 0.0) @ receiver
        return np.flatnonzero(values >= values.max() - _TOLERANCE).tolist()
    return _rational(receiver, range(len(receiver)))


def _rational(receiver: FloatArray, kinds: Sequence[int]) -> list[int]:
    """The actions that are best for some belief over these types; `receiver` has shape (types, actions)."""
    return [action for action in range(receiver.shape[1]) if _best_somewhere(receiver[list(kinds)], action)]


def _best_somewhere(receiver: FloatArray, action: int) -> bool:
    """Whether some belief makes an action best, by a linear programme."""
    from scipy.optimize import linprog

    kinds = len(receiver)
    result = linprog(
        c=np.zeros(kinds),
        A_ub=(receiver - receiver[:, [action]]).T,
        b_ub=np.full(receiver.shape[1], _TOLERANCE),
        A_eq=np.ones((1, kinds)),
        b_eq=[1.0],
        bounds=[(0, 1)] * kinds,
    )
    return bool(result.success)


def _is_intuitive(own: FloatArray, messages: Sequence[int], sender: FloatArray, receiver: FloatArray) -> bool:
    """Whether no type could gain for sure by a message that only it, or its like, could want to send.

    A type could not want to send a message with which every answer to some belief gives it less than it gets. If the
    receiver does not believe in such types, no type may be better off than it is, whatever the answer then is.
    """
    for message in set(range(sender.shape[1])) - set(messages):
        payoffs = sender[:, message]
        tempted = _tempted(own, payoffs, _rational(receiver[:, message], range(len(own))))
        if not tempted:
            continue
        answers = _rational(receiver[:, message], tempted)
        if any(payoffs[kind, answers].min() > own[kind] + _TOLERANCE for kind in tempted):
            return False
    return True


def _tempted(own: FloatArray, payoffs: FloatArray, answers: Sequence[int]) -> list[int]:
    """The types to which some of these answers would give at least what they get."""
    return [kind for kind in range(len(own)) if payoffs[kind, list(answers)].max() >= own[kind] - _TOLERANCE]
