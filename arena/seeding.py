"""Named streams of randomness, derived by hashing, so that results depend neither on order nor on concurrency."""

from __future__ import annotations

import random
from hashlib import blake2b
from typing import Final

_BITS: Final = 63


def derive_seed(seed: int, *names: str | int) -> int:
    """A 63-bit seed for the stream that these names lead to.

    >>> derive_seed(1, "deal", 0) == derive_seed(1, "deal", 0) != derive_seed(1, "deal", 1)
    True
    """
    path = "\x1f".join(str(name) for name in (seed, *names))
    return int.from_bytes(blake2b(path.encode(), digest_size=8).digest(), "big") >> (64 - _BITS)


def stream(seed: int, *names: str | int) -> random.Random:
    """The random stream that these names lead to."""
    return random.Random(derive_seed(seed, *names))
