from __future__ import annotations

from collections import Counter

import pytest

from survey.urn import mixing


def test_shuffling_keeps_everybody():
    assert sorted(mixing.shuffled(range(500))) == list(range(500))
    assert mixing.shuffled([]) == []


def test_every_order_is_equally_likely():
    # 6 orders, 6,000 draws: each 1,000 with a standard deviation of 29
    seen = Counter(tuple(mixing.shuffled("abc")) for _ in range(6000))
    assert len(seen) == 6
    assert all(abs(count - 1000) < 145 for count in seen.values())


@pytest.mark.parametrize(
    ("n", "stays", "moves"), [(0, 0, 0), (99, 99, 0), (100, 100, 0), (101, 10, 91)]
)
def test_all_but_k_move_when_the_hot_part_holds_more_than_ten_k(
    n: int, stays: int, moves: int
):
    hot, cold = mixing.spill(list(range(n)), 10)
    assert (len(hot), len(cold)) == (stays, moves)
    assert sorted(hot + cold) == list(range(n))


@pytest.mark.parametrize(
    ("n", "stays", "leaves"), [(0, 0, 0), (19, 19, 0), (20, 10, 10), (300, 10, 290)]
)
def test_a_release_needs_two_k_and_keeps_k(n: int, stays: int, leaves: int):
    stay, leave = mixing.release(list(range(n)), 10)
    assert (len(stay), len(leave)) == (stays, leaves)
    assert sorted(stay + leave) == list(range(n))
