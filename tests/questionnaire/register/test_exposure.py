"""Shares of people who stand out, held against drawn towns and the known village."""

from __future__ import annotations

import pytest

from survey.questionnaire.register.exposure import exposure
from survey.questionnaire.register.population import Cell, Population
from survey.questionnaire.register.table import Register
from tests.questionnaire.register.towns import APART, VILLAGE, simulated

SETS = [
    ("age",),
    ("language",),
    ("age", "sex"),
    ("age", "immigrated"),
    ("age", "language"),
    ("sex", "language"),
    ("age", "sex", "immigrated"),
    ("age", "sex", "years"),
    ("age", "language", "sex"),
    ("age", "language", "sex", "years"),
    tuple(VILLAGE.margins),
]


def exposed(names, register=VILLAGE, grouping=APART, **how):
    return exposure(Population(register).cells(names, grouping, **how))


@pytest.mark.parametrize("names", SETS, ids="×".join)
def test_the_formula_agrees_with_drawn_towns(names, rng):
    found = exposed(names)
    unique, few = simulated(VILLAGE, names, 400, rng)
    assert found.unique == pytest.approx(unique, abs=0.002)
    assert found.under_five == pytest.approx(few, abs=0.003)


@pytest.mark.parametrize(
    ("names", "unique", "under_five"),
    [
        # a village of 700 as simulated before, with other margins, in percent
        (("age",), 0, 0),
        (("age", "immigrated"), 0, 0),
        (("age", "language"), 2.1, 9.6),
        (("age", "language", "sex"), 4.9, 14.3),
        (("age", "language", "sex", "years"), 9.3, 18.9),
        (tuple(VILLAGE.margins), 23.1, 48.5),
    ],
)
def test_a_village_of_700_looks_as_it_did_before(names, unique, under_five):
    found = exposed(names)
    assert 100 * found.unique == pytest.approx(unique, rel=0.35, abs=0.05)
    assert 100 * found.under_five == pytest.approx(under_five, rel=0.35, abs=0.05)


def test_one_question_is_counted_and_not_estimated():
    people = {"a": 1, "b": 4, "c": 5, "d": 90, "e": 0}
    register = Register(100, {"q": people})
    found = exposed(("q",), register, {"q": {code: code for code in people}})
    assert found.unique == pytest.approx(0.01)
    assert found.under_five == pytest.approx(0.05)


def test_who_is_the_only_one_of_a_category_is_alone_whatever_is_added():
    register = Register(1000, {"a": {"x": 1, "y": 999}, "b": {"u": 500, "v": 500}})
    grouping = {"a": {"x": "x", "y": "y"}, "b": {"u": "u", "v": "v"}}
    found = exposed(("a", "b"), register, grouping)
    assert found.unique == pytest.approx(0.001)
    assert found.under_five == pytest.approx(0.001)


def test_three_of_a_category_are_few_whatever_is_added():
    register = Register(1000, {"a": {"x": 3, "y": 997}, "b": {"u": 500, "v": 500}})
    grouping = {"a": {"x": "x", "y": "y"}, "b": {"u": "u", "v": "v"}}
    found = exposed(("a", "b"), register, grouping)
    # each of the two others differs with probability 1/2: alone with 1/4
    assert found.unique == pytest.approx(0.003 * 0.25)
    assert found.under_five == pytest.approx(0.003)


def test_probabilities_are_those_of_the_binomial():
    # 10 can have it, 2 are expected to: 9 others with probability 1/5
    found = exposure([Cell(1.0, 2.0, 10)])
    assert found.unique == pytest.approx(0.8**9)
    few = 0.8**9 + 9 * 0.2 * 0.8**8 + 36 * 0.04 * 0.8**7 + 84 * 0.008 * 0.8**6
    assert found.under_five == pytest.approx(few)


def test_with_too_many_cells_people_are_drawn_always_the_same():
    names = tuple(VILLAGE.margins)
    exact, drawn = exposed(names), exposed(names, most=900)
    assert drawn == exposed(names, most=900)
    assert drawn.unique == pytest.approx(exact.unique, abs=0.03)
    assert drawn.under_five == pytest.approx(exact.under_five, abs=0.04)


def test_taking_together_is_seen():
    together = {**APART, "language": dict.fromkeys(VILLAGE.margins["language"], "x")}
    assert exposed(("age", "language"), grouping=together) == exposed(("age",))
