"""Joint counts are fitted as a log-linear model of another program is (statsmodels)."""

from __future__ import annotations

from itertools import combinations, product

import numpy
import pytest
import statsmodels.api

from survey.questionnaire.register.exposure import exposure
from survey.questionnaire.register.population import Population
from survey.questionnaire.register.table import Register, RegisterError

NAMES = ("a", "b", "c")
LEVELS = {"a": "xyz", "b": "uv", "c": "rst"}
APART = {name: {level: level for level in levels} for name, levels in LEVELS.items()}


def town(rng):
    """People by three answers that go together."""
    cells = list(product(*LEVELS.values()))
    table = {cell: int(rng.integers(1, 60)) for cell in cells}
    table["x", "u", "r"] += 200
    table["z", "v", "t"] += 150
    return table


def registered(table, pairs):
    """What a register tells of them: each answer, and some pairs."""
    total = sum(table.values())
    margins = {
        name: {level: _sum(table, {at: level}) for level in LEVELS[name]}
        for at, name in enumerate(NAMES)
    }
    joints = {
        (NAMES[one], NAMES[two]): {
            (p, q): _sum(table, {one: p, two: q})
            for p in LEVELS[NAMES[one]]
            for q in LEVELS[NAMES[two]]
        }
        for one, two in pairs
    }
    return Register(total, margins, joints)


def _sum(table, wanted):
    return sum(
        people
        for cell, people in table.items()
        if all(cell[at] == level for at, level in wanted.items())
    )


def modelled(table, pairs):
    """Fitted values of a Poisson regression with these pairs as interactions."""
    cells = list(table)
    columns = [numpy.ones(len(cells))]

    def dummies(at):
        levels = LEVELS[NAMES[at]][1:]
        return [numpy.array([c[at] == level for c in cells], float) for level in levels]

    for at in range(3):
        columns += dummies(at)
    for one, two in pairs:
        columns += [p * q for p in dummies(one) for q in dummies(two)]
    people = numpy.array(list(table.values()), float)
    family = statsmodels.api.families.Poisson()
    model = statsmodels.api.GLM(people, numpy.column_stack(columns), family=family)
    return model.fit(tol=1e-12, maxiter=200).fittedvalues


@pytest.mark.parametrize("known", range(4))
def test_joint_counts_are_fitted_like_a_log_linear_model(known, rng):
    table = town(rng)
    pairs = list(combinations(range(3), 2))[:known]
    population = Population(registered(table, pairs))
    cells = population.cells(NAMES, APART)
    found = sorted(cell.expected for cell in cells)
    assert found == pytest.approx(sorted(modelled(table, pairs)), rel=1e-4)
    assert sum(cell.share for cell in cells) == pytest.approx(1)


def test_no_more_can_be_in_a_cell_than_the_register_counts(rng):
    population = Population(registered(town(rng), [(0, 1)]))
    joint = population.register.joints["a", "b"]
    margin = population.register.margins["c"]
    bounds = {min(n, m) for n in joint.values() for m in margin.values()}
    cells = population.cells(NAMES, APART)
    assert {cell.at_most for cell in cells} <= bounds
    assert all(cell.expected <= cell.at_most for cell in cells)


def test_a_known_pair_is_counted_and_not_estimated():
    margins = {"a": {"x": 50, "y": 50}, "b": {"u": 50, "v": 50}}
    joint = {("x", "u"): 49, ("x", "v"): 1, ("y", "u"): 1, ("y", "v"): 49}
    register = Register(100, margins, {("a", "b"): joint})
    grouping = {"a": {"x": "x", "y": "y"}, "b": {"u": "u", "v": "v"}}
    found = exposure(Population(register).cells(("a", "b"), grouping))
    assert found.unique == pytest.approx(0.02)
    assert found.under_five == pytest.approx(0.02)


def test_joint_counts_that_contradict_each_other_are_refused():
    # a = b and b = c, but a is never c
    margins = {name: {"0": 50, "1": 50} for name in NAMES}
    same = {("0", "0"): 50, ("1", "1"): 50}
    other = {("0", "1"): 50, ("1", "0"): 50}
    joints = {("a", "b"): same, ("b", "c"): same, ("a", "c"): other}
    with pytest.raises(RegisterError, match="contradict"):
        Population(Register(100, margins, joints))


def test_too_many_joint_counts_are_refused_before_they_are_fitted():
    margins = {f"v{at}": {str(n): 10 for n in range(10)} for at in range(5)}
    joints = {
        (f"v{at}", f"v{at + 1}"): {(str(n), str(n)): 10 for n in range(10)}
        for at in range(4)
    }
    with pytest.raises(RegisterError, match="100000 combinations"):
        Population(Register(100, margins, joints))
