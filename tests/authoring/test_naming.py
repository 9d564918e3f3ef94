"""Names of our own for what strangers named otherwise."""

from __future__ import annotations

import time

import pytest

from survey.authoring.naming import Naming
from survey.questionnaire.rules.rule import is_usable_name


@pytest.mark.parametrize(
    ("original", "name"),
    [
        ("q1", "q1"),
        ("Größe (cm)", "groesse_cm"),
        ("a__b", "a_b"),
        ("Année d’arrivée", "annee_d_arrivee"),
        ("نعم", "q"),
        ("É" * 60, "e" * 40),
        ("language", "language_2"),
    ],
)
def test_a_name_becomes_usable(original, name):
    assert Naming().name(original) == name


def test_the_same_name_gets_the_same_and_another_its_own():
    naming = Naming()
    assert [naming.name("Q 1"), naming.name("Q 1")] == ["q_1", "q_1"]
    assert [naming.name("q-1"), naming.another("q 1")] == ["q_1_2", "q_1_3"]
    assert naming.name("q_1_3") == "q_1_3_2"


def test_thousands_of_namesakes_are_named_quickly():
    naming, before = Naming(), time.process_time()
    names = [naming.another("x" * 50) for _ in range(20_000)]
    assert time.process_time() - before < 5
    assert len(set(names)) == len(names)
    assert all(map(is_usable_name, names))
