"""Somebody with many codes of his own, looking for one other person's answer.

Simulated against the mixing the urn really uses. He recognises his own
answers in every release; whoever remains may be the victim.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from survey.urn import mixing

K = 10
VICTIM = "victim"


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
