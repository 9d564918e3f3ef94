"""Which answers stay, which move on: the mixing itself, without any storage.

What an observer can learn of a release depends on these few lines alone;
tests/attack simulates a flooder against them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

HOT_LIMIT = 10
"""The hot part may hold this many times k answers (100 by default)."""
RELEASE_LIMIT = 2
"""A release needs this many times k answers, and k of them stay behind."""
RANDOM_BYTES = 16


def shuffled(items: Sequence[T]) -> list[T]:
    """The items in an order nobody can know, from the system's generator."""
    noise = os.urandom(RANDOM_BYTES * len(items))
    keys = [
        noise[at * RANDOM_BYTES : (at + 1) * RANDOM_BYTES] for at in range(len(items))
    ]
    return [items[at] for at in sorted(range(len(items)), key=keys.__getitem__)]


def spill(mixed: Sequence[T], k: int) -> tuple[list[T], list[T]]:
    """What stays in the hot part and what moves to a cold one; takes them mixed.

    Nothing is released here: a release that a sender can bring about would
    tell him the answer of whoever came between his own.
    """
    if len(mixed) <= HOT_LIMIT * k:
        return list(mixed), []
    return list(mixed[:k]), list(mixed[k:])


def release(mixed: Sequence[T], k: int, *, settled: int = 0) -> tuple[list[T], list[T]]:
    """What stays in the urn and what is released; takes them mixed.

    ``settled`` as in ``may_correct``; after a release it asks for nothing more
    than the k that stayed behind.
    """
    n = len(mixed)
    if n < RELEASE_LIMIT * k or n - settled < k:
        return list(mixed), []
    return list(mixed[:k]), list(mixed[k:])


def may_correct(n: int, k: int, *, settled: int) -> bool:
    """Whether a line drawn now between answers leaves nobody on a side alone.

    ``n`` answers wait, ``settled`` waited when the last line was drawn: by a
    release or by a correction. Nobody may have come since, or k people.
    """
    return n in (0, settled) or n - settled >= k
