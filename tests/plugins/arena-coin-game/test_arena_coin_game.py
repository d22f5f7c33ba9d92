"""The package's own test: all that an author has to write to have a game checked."""

from collections.abc import Callable

from arena_coin_game import CoinMatching

from games.testing import parametrize_with_checks


@parametrize_with_checks([CoinMatching(), CoinMatching.of(stake=5)])
def test_coin_matching_keeps_the_contract(game: CoinMatching, check: Callable[[CoinMatching], None]) -> None:
    check(game)
