"""The watch over attacks notices what it is there for."""

from __future__ import annotations

import os

from tests.attack.watched import Attack, complaints

FINE, HANGING, GREEDY, DYING, RAISING, SAYING = range(6)


def misbehaved(seed):
    if seed == HANGING:
        while True:
            pass
    if seed == GREEDY:
        return f"got {len(bytearray(400 * 2**20))} bytes"
    if seed == DYING:
        os._exit(1)
    if seed == RAISING:
        raise ValueError("a bug")
    return "wrong" if seed == SAYING else ""


def test_what_hangs_takes_too_much_dies_or_raises_is_told_with_its_seed():
    attack = Attack(int, misbehaved, seconds=0.2)
    order = [FINE, FINE, HANGING, GREEDY, DYING, RAISING, FINE, SAYING]
    found = sorted(words.splitlines()[0] for words in complaints(attack, order))
    assert found == [
        "seed 1: it took over 0.2 seconds",
        "seed 2: it took over 300 MB",
        "seed 3: the child died of it",
        "seed 4: Traceback (most recent call last):",
        "seed 5: wrong",
    ]
