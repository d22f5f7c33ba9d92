import pytest

from games.cards.kuhn_poker import KuhnPoker
from games.core import CHANCE, Illegal, Unparsable
from tests.games.trees import NodeCounts, information_sets, node_counts, nodes, play

TWO, THREE = KuhnPoker(), KuhnPoker.of(num_players=3)


@pytest.mark.parametrize(
    ("game", "counts", "sets"), [(TWO, NodeCounts(4, 24, 30), 12), (THREE, NodeCounts(17, 288, 312), 48)]
)
def test_the_tree_has_the_known_size(game: KuhnPoker, counts: NodeCounts, sets: int) -> None:
    assert node_counts(game) == counts
    assert len(information_sets(game)) == sets


@pytest.mark.parametrize(
    ("hand", "gains"),
    [
        ("J Q check check", (-1, 1)),
        ("J Q bet fold", (1, -1)),
        ("J Q bet call", (-2, 2)),
        ("K Q check bet fold", (-1, 1)),
        ("K Q check bet call", (2, -2)),
    ],
)
def test_payoffs_for_two(hand: str, gains: tuple[float, float]) -> None:
    state = play(TWO, *hand.split())
    assert TWO.to_move(state) == ()
    assert TWO.returns(state) == gains


@pytest.mark.parametrize(
    ("hand", "gains"),
    [
        ("J Q K check check check", (-1, -1, 2)),
        ("A Q K bet fold fold", (2, -1, -1)),
        ("Q A K check bet call fold", (-1, 3, -2)),
        ("Q J A check check bet call fold", (-2, -1, 3)),
        ("J K Q check check bet fold call", (-1, 3, -2)),
        ("J K A bet call call", (-2, -2, 4)),
    ],
)
def test_payoffs_for_three(hand: str, gains: tuple[float, ...]) -> None:
    state = play(THREE, *hand.split())
    assert THREE.to_move(state) == ()
    assert THREE.returns(state) == gains


def test_every_play_is_zero_sum_within_the_bounds() -> None:
    for game in (TWO, THREE):
        low, high = game.utility_bounds()
        finals = [game.returns(state) for state, seats in nodes(game) if not seats]
        assert {sum(values) for values in finals} == {0.0}
        assert (min(map(min, finals)), max(map(max, finals))) == (low, high)


def test_a_seat_does_not_see_the_other_card() -> None:
    views = {TWO.observation(play(TWO, "Q", card, "check", "bet"), 0) for card in "JK"}
    assert len(views) == 1


def test_texts_are_read_by_case_and_legality() -> None:
    state = play(TWO, "Q", "K", "check")
    assert TWO.parse_action(state, 1, " BET ") == "bet"
    with pytest.raises(Illegal, match="legal: check, bet"):
        TWO.parse_action(state, 1, "call")
    with pytest.raises(Unparsable):
        TWO.parse_action(state, 1, "raise to 3")
    with pytest.raises(Unparsable):
        TWO.parse_action(play(TWO, "Q"), CHANCE, "Q")
