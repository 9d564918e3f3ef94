"""What the gate's attack on its own figures costs, in programmes over everything.

A survey of 200 questions and 60 answers; the measure is one integer programme over
all inequalities at once, solved in the same run. Processor time.
"""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np
import pytest

from analysis.codebook import Item
from analysis.disclosure import Policy, publication
from analysis.disclosure.answered import answered
from analysis.disclosure.attack import Attack
from analysis.disclosure.audit import truth_of
from analysis.disclosure.released import release
from analysis.disclosure.system import published_people, system_of
from tests.attack.towns import DISTRICT, town
from tests.disclosure.literal import LiteralAttack
from tests.disclosure.surveys import ITEMS, SCALE

pytestmark = pytest.mark.bench

ASKED = (
    *(
        Item(f"q{number}", "single", options=SCALE[: 2 + number % 4])
        for number in range(200)
    ),
    *(item for item in ITEMS if item.role == "demographic"),
    DISTRICT,
)
MOST_PROGRAMMES = 60


def attacked():
    """The inequalities of a survey before anything is held back, and the truth."""
    survey = town(60, 1, items=ASKED)
    data = answered(survey, Policy.of(survey))
    policy, population = data.policy, data.population
    tables = publication.tables_of(
        data, publication.survey_of(data), seed=1, resamples=1
    )
    rows = {row.key: row for table in tables for row in table.rows}
    system = system_of(
        [release(row, policy) for row in rows.values()],
        published_people(population.people, policy),
        population.complete,
        policy,
    )
    return system, truth_of(system, rows, population)


def spent(act):
    before = time.process_time()
    act()
    return time.process_time() - before


def test_two_hundred_questions_are_attacked_for_the_price_of_a_few_programmes():
    system, truth = attacked()
    small = np.flatnonzero((truth >= 1) & (truth <= 4))
    literal = LiteralAttack(system, truth)
    chosen = np.random.default_rng(1).choice(small, 5, replace=False)
    one = statistics.median(
        spent(lambda place=place: literal._extreme(place, 1)) for place in chosen
    )
    ratio = spent(Attack(system, truth).pinned) / one
    sys.stdout.write(
        f"\nattack on {len(small)} small counts: {ratio:.0f} x one programme over all"
        f" {len(system.rows)} inequalities ({2 * len(small)} of them word for word)\n"
    )
    assert ratio < MOST_PROGRAMMES
