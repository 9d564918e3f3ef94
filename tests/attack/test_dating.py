"""Somebody who can tell from an answer's words which edition it was given to.

No row says it. Suppose that all do, that he saw every Send, every release and every
correction: at each scheduled release he must still have k people for each edition.
Simulated against the rules the urn really uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from survey.urn import mixing

K = 5
Rule = Callable[[int, int], bool]


def may_correct(n: int, settled: int) -> bool:
    return mixing.may_correct(n, K, settled=settled)


@dataclass
class Town:
    """An urn whose every answer names its edition."""

    rule: Rule = may_correct
    edition: int = 0
    settled: int = 0
    waiting: list[int] = field(default_factory=list)
    sent: Counter[int] = field(default_factory=Counter)
    suspects: list[int] = field(default_factory=list)
    corrections: int = 0

    def send(self, people: int) -> None:
        self.waiting += [self.edition] * people
        self.sent[self.edition] += people

    def act(self, *, has_correction: bool) -> None:
        """What the urn does once a day, as in survey/urn/release.py."""
        mixed = mixing.shuffled(self.waiting)
        stay, leave = mixing.release(mixed, K, settled=self.settled)
        if leave:
            self.waiting, self.settled = stay, len(stay)
            self.suspects += [self.sent[edition] for edition in set(leave)]
        if has_correction and self.rule(len(stay), self.settled):
            self.settled = len(stay)
            self.edition += 1
            self.corrections += 1


DAYS = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 2, 3, 7, 20]), st.booleans()),
    max_size=40,
)


@given(DAYS)
def test_everybody_shares_an_edition_with_k_people_at_every_release(
    days: list[tuple[int, bool]],
):
    town = Town()
    for people, has_correction in days:
        town.send(people)
        town.act(has_correction=has_correction)
    assert all(count >= K for count in town.suspects)


@given(st.integers(K, 60))
def test_a_correction_waits_for_k_answers_at_most(people: int):
    """One a day is enough: nothing is blocked for ever."""
    town = Town()
    for _ in range(people):
        town.send(1)
        town.act(has_correction=town.corrections == 0)
    assert town.corrections == 1


def test_a_correction_at_any_time_would_have_left_somebody_alone():
    """The attack the rule prevents, to show that this test can see it."""
    town = Town(rule=lambda n, settled: True)
    town.send(1)
    town.act(has_correction=True)
    for _ in range(60):
        town.send(14)
        town.act(has_correction=False)
    assert min(town.suspects) == 1
