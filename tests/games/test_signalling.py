from __future__ import annotations

import pytest

from games.core import Unparsable
from games.economic.signalling import RECEIVER, SENDER, Signalling
from games.economic.signals import TABLES
from games.info import Utility
from tests.games.joint_play import play

GAME = Signalling()


@pytest.mark.parametrize(
    ("turns", "gains"),
    [(("weak", "beer", "fight"), (0, 1)), (("weak", "beer", "leave"), (2, 0)), (("weak", "quiche", "fight"), (1, 1)),
     (("weak", "quiche", "leave"), (3, 0)), (("surly", "beer", "fight"), (1, 0)), (("surly", "beer", "leave"), (3, 1)),
     (("surly", "quiche", "fight"), (0, 0)), (("surly", "quiche", "leave"), (2, 1))],
)  # fmt: skip
def test_breakfasts_pay_as_in_cho_and_kreps(turns: tuple[str, ...], gains: tuple[float, float]) -> None:
    assert GAME.returns(play(GAME, *turns)) == gains


def test_the_receiver_learns_the_type_only_at_the_end() -> None:
    weak, surly = (play(GAME, kind, "beer") for kind in ("weak", "surly"))
    assert GAME.observation(weak, RECEIVER) == GAME.observation(surly, RECEIVER)
    assert GAME.information_state(weak, RECEIVER) == GAME.information_state(surly, RECEIVER)
    assert GAME.observation(weak, SENDER) != GAME.observation(surly, SENDER)
    assert "The sender's type was weak." in GAME.observation(play(GAME, "weak", "beer", "leave"), RECEIVER)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_tables_are_complete(table: str) -> None:
    found = TABLES[table]
    assert sum(found.prior) == pytest.approx(1)
    assert len(found.types) == len(found.prior) == len(found.payoffs)
    for rows in found.payoffs:
        assert len(rows) == len(found.messages)
        assert all(len(cells) == len(found.actions) for cells in rows)


def test_interests_are_told_by_the_table() -> None:
    kinds = {table: Signalling.of(table=table).info.utility for table in TABLES}
    assert kinds["lamps"] is kinds["lamps_three"] is Utility.COMMON_PAYOFF
    assert kinds["hiding"] is Utility.ZERO_SUM
    assert kinds["beer_quiche"] is kinds["education"] is kinds["salesman"] is Utility.GENERAL_SUM


def test_other_words_are_refused() -> None:
    with pytest.raises(Unparsable, match="beer, quiche"):
        GAME.parse_action(play(GAME, "weak"), SENDER, "leave")
