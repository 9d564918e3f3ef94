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


def test_every_look_is_an_urn_of_its_own():
    """Of 40 "+" 30 go, of 20 "-" ten, of 19 "." none; each keeps at least k."""
    mixed = mixing.shuffled(["+"] * 40 + ["-"] * 20 + ["."] * 19)
    stay, leave = mixing.release(mixed, 10, look=lambda one: one)
    assert Counter(leave) == {"+": 30, "-": 10}
    assert Counter(stay) == {"+": 10, "-": 10, ".": 19}


def test_k_people_in_all_must_have_come_since_the_last_line():
    mixed = ["+"] * 40 + ["-"] * 20
    assert mixing.release(mixed, 10, settled=51, look=lambda one: one) == (mixed, [])
    assert mixing.release(mixed, 10, settled=50, look=lambda one: one)[1]


def test_who_of_a_look_stays_is_chance():
    # 20 of a look, 10 leave: each stays in half of 2,000 draws, sigma 22
    kept: Counter[int] = Counter()
    for _ in range(2000):
        mixed = mixing.shuffled(range(40))
        kept.update(mixing.release(mixed, 10, look=lambda one: one % 2)[0])
    assert all(abs(kept[one] - 1000) < 112 for one in range(40))
