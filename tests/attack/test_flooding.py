"""Somebody with many codes of his own, looking for one other person's answer.

Simulated against the mixing the urn really uses. He recognises his own
answers in every release; whoever remains may be the victim. Answers have looks: he may
fill any one of them with his own, and may know the victim's or not.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from survey.urn import mixing

K = 10
VICTIM = "victim"
ROUNDS = 400


@dataclass
class Town:
    """An urn with a daily release, fed one answer at a time."""

    hot: list[str] = field(default_factory=list)
    cold: list[str] = field(default_factory=list)

    def send(self, answer: str) -> None:
        mixed = mixing.shuffled([*self.hot, answer])
        self.hot, moved = mixing.spill(mixed, K)
        self.cold += moved

    def release(self) -> list[str]:
        mixed = mixing.shuffled(self.hot + self.cold)
        self.hot, released = mixing.release(mixed, K)
        self.cold = [] if released else self.cold
        return released


def chance(released: list[str], honest: list[str]) -> float:
    """How well the flooder does by naming one of the answers not his own."""
    others = [answer for answer in released if answer in honest]
    return 1 / len(others) if VICTIM in others else 0.0


@pytest.mark.parametrize("own", [0, 20, 100, 400])
@pytest.mark.parametrize("neighbours", [9, 19, 60])
def test_flooding_names_a_victim_no_better_than_one_in_the_honest_of_the_period(
    own: int, neighbours: int
):
    rng = random.Random(own * 1000 + neighbours)
    honest = [VICTIM, *(f"n{i}" for i in range(neighbours))]
    rounds = 60
    hits = 0.0
    for _ in range(rounds):
        town_ = Town()
        arriving = honest + [f"own{i}" for i in range(own)]
        rng.shuffle(arriving)
        for answer in arriving:
            town_.send(answer)
        hits += chance(town_.release(), honest)
    bound = 1 / len(honest)
    assert hits / rounds <= bound + 3 * (bound * (1 - bound) / rounds) ** 0.5


@pytest.mark.parametrize("own", [200, 400])
def test_own_answers_right_before_and_after_the_victim_bring_about_no_release(
    own: int,
):
    town_ = Town()
    for i in range(own // 2):
        town_.send(f"own{i}")
    town_.send(VICTIM)
    for i in range(own // 2, own):
        town_.send(f"own{i}")
    assert len(town_.hot) + len(town_.cold) == own + 1
    # the rest of the day's people still come before the release
    for i in range(30):
        town_.send(f"n{i}")
    honest = [VICTIM, *(f"n{i}" for i in range(30))]
    assert chance(town_.release(), honest) <= 1 / 20


def test_a_release_at_a_sender_s_word_would_have_named_the_victim():
    """The attack the spill prevents, to show that this test can see it."""
    hits = 0
    for _ in range(60):
        pool: list[str] = []
        for i in range(200):
            pool.append(VICTIM if i == 100 else f"own{i}")
        pool = mixing.shuffled(pool)
        hits += VICTIM in mixing.release(pool, K)[1]
    assert hits > 45


Person = tuple[str, str]
"""A name and a look."""


def by_look(waiting: list[Person]) -> list[Person]:
    """What is released, as the urn does it."""
    mixed = mixing.shuffled(waiting)
    return mixing.release(mixed, K, look=lambda one: one[1])[1]


def whatever_look(waiting: list[Person]) -> list[Person]:
    """What is released where looks do not count, as it was before."""
    return mixing.release(mixing.shuffled(waiting), K)[1]


def one_look_at_a_time(waiting: list[Person]) -> list[Person]:
    """A naive variant: a look that k answers have is released, whole."""
    looks = Counter(look for _, look in waiting)
    return [one for one in waiting if looks[one[1]] >= K]


def drawn(rng: random.Random, count: int) -> list[Person]:
    """Honest people of a day: two looks are common, two are rare; one is the victim."""
    looks = rng.choices(["a", "b", "c", "d"], (60, 25, 10, 5), k=count)
    return [(VICTIM if i == 0 else f"n{i}", look) for i, look in enumerate(looks)]


def named(released: list[Person], looks: str = "abcd") -> float:
    """How well he does by naming one of those that have a look he looks for."""
    others = [name for name, look in released if look in looks and name[:3] != "own"]
    return 1 / len(others) if VICTIM in others else 0.0


def flooded(honest: list[Person], own: int, looks: str) -> list[Person]:
    """The people of a day, and as many of his own of every look he fills."""
    return honest + [(f"own{look}{i}", look) for look in looks for i in range(own)]


def within(hits: list[float], bound: float) -> bool:
    """Whether the mean is no more than it may be, within 4 sigma: there are many."""
    mean = sum(hits) / len(hits)
    spread = (sum((hit - mean) ** 2 for hit in hits) / len(hits)) ** 0.5
    return mean <= bound + 4 * spread / len(hits) ** 0.5


@pytest.mark.parametrize("filled", ["", "a", "c", "d", "cd", "abcd"])
@pytest.mark.parametrize("own", [40, 200])
@pytest.mark.parametrize("count", [10, 30])
def test_filling_looks_names_a_victim_of_unknown_look_no_better(
    filled: str, own: int, count: int
):
    """If only one look is released, he does not know that it is the victim's."""
    rng = random.Random(f"{filled}{own}{count}")
    hits = []
    for _ in range(ROUNDS):
        released = by_look(flooded(drawn(rng, count), own, filled))
        hits.append(named(released))
    assert within(hits, 1 / count)


@pytest.mark.parametrize("own", [40, 200])
@pytest.mark.parametrize("count", [10, 30])
def test_filling_the_look_of_a_victim_gains_nothing_it_did_not_before(
    own: int, count: int
):
    """He knows the look, from a log or from life, and finds it in the row.

    Then one of the honest of this look is the victim, however answers are let go.
    """
    rng = random.Random(own + count)
    now, before, bound = [], [], []
    for _ in range(ROUNDS):
        honest = drawn(rng, count)
        its = honest[0][1]
        now.append(named(by_look(flooded(honest, own, its)), its))
        before.append(named(whatever_look(flooded(honest, own, "a")), its))
        bound.append(1 / sum(look == its for _, look in honest))
    assert within(now, sum(bound) / ROUNDS)
    assert within(now, sum(before) / ROUNDS)


def test_without_flooding_who_knows_a_rare_look_learns_nothing_at_all():
    """A rare answer waits; where looks do not count it goes, and stands alone."""
    rng = random.Random(5)
    now, before = [], []
    for _ in range(ROUNDS):
        honest = [(VICTIM, "d"), *drawn(rng, 29)[1:]]
        now.append(named(by_look(honest), "d"))
        before.append(named(whatever_look(honest), "d"))
    assert sum(now) == 0
    assert sum(before) / ROUNDS > 0.25


def test_a_look_let_go_whole_as_soon_as_k_have_it_would_have_named_the_victim():
    """The attack that 2 k and k that stay prevent: k - 1 of his own are enough."""
    hits, safe = [], []
    for _ in range(ROUNDS):
        waiting = [(VICTIM, "d"), *((f"own{i}", "d") for i in range(K - 1))]
        hits.append(named(one_look_at_a_time(waiting), "d"))
        safe.append(named(by_look(waiting), "d"))
    assert sum(hits) == ROUNDS
    assert sum(safe) == 0
