"""Which answers stay, which move on: the mixing itself, without any storage.

What an observer can learn of a release depends on these few lines alone;
tests/attack simulates a flooder against them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")

HOT_LIMIT = 10
"""The hot part may hold this many times k answers (100 by default)."""
RELEASE_LIMIT = 2
"""A release needs this many times k answers of one look; k of them stay behind."""
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


def release(
    mixed: Sequence[T],
    k: int,
    *,
    settled: int = 0,
    look: Callable[[T], Hashable] = lambda one: None,
) -> tuple[list[T], list[T]]:
    """What stays in the urn and what is released; takes them mixed.

    Every look is an urn of its own: of those that 2 k answers share, all but k are
    released, and of the others none. So whoever knows the look of somebody, and who
    came when, still has to do with k rows, and with 2 k people who may be meant.
    ``settled`` as in ``may_correct``; after a release it asks for nothing more
    than the k that stayed behind.
    """
    stay: list[T] = []
    leave: list[T] = []
    if len(mixed) - settled < k:
        return list(mixed), []
    looks = [look(one) for one in mixed]
    n, kept = Counter(looks), Counter[Hashable]()
    for one, its in zip(mixed, looks, strict=True):
        if n[its] < RELEASE_LIMIT * k or kept[its] < k:
            kept[its] += 1
            stay.append(one)
        else:
            leave.append(one)
    return stay, leave


def may_correct(n: int, k: int, *, settled: int) -> bool:
    """Whether a line drawn now between answers leaves nobody on a side alone.

    ``n`` answers wait, ``settled`` waited when the last line was drawn: by a
    release or by a correction. Nobody may have come since, or k people.
    """
    return n in (0, settled) or n - settled >= k
