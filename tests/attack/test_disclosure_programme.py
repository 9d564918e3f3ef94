"""A linear programme against everything a survey publishes."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.codebook import Item
from analysis.disclosure import publish
from tests.disclosure import attacker as attackers
from tests.disclosure.attacker import Attacker
from tests.disclosure.surveys import answers, package
from tests.disclosure.truth import true_counts

SKEWED = {"de": 0.72, "ar": 0.12, "tr": 0.08, "ru": 0.05, "ti": 0.03}
MANY = (
    Item("q", "single", options=("a", "b", "c", "d")),
    Item("age", "single", role="demographic", options=("young", "middle", "old")),
)


def attack(survey, *, kind=Attacker):
    publication = publish(survey, seed=1, resamples=20)
    variables = sorted({table.group_variable for table in publication.tables} - {""})
    attacker = kind(survey.codebook).read(publication)
    return attacker, true_counts(survey, publication.merges, variables), publication


@pytest.mark.parametrize(
    ("people", "seed"), [(12, 1), (28, 2), (60, 3), (60, 4), (140, 5), (420, 1)]
)
def test_no_cell_of_one_to_four_is_pinned_by_all_figures_together(people, seed):
    survey = package(answers(people, seed, languages=SKEWED, spread=1.5))
    attacker, true, _ = attack(survey)
    assert attacker.pinned(true) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("people", [28, 60, 140, 300, 420])
def test_no_cell_is_pinned_in_many_surveys(people, seed):
    survey = package(answers(people, 100 + seed, languages=SKEWED, spread=1.5))
    attacker, true, _ = attack(survey)
    assert attacker.pinned(true) == []


@pytest.mark.parametrize(("people", "seed"), [(60, 1), (200, 2)])
def test_what_the_attacker_believes_is_true(people, seed):
    survey = package(answers(people, seed, languages=SKEWED, empty=0.2))
    attacker, true, _ = attack(survey)
    assert attacker.mistakes(true) == []


class Exact(Attacker):
    """Believes that published counts are not rounded."""

    def __init__(self, codebook):
        super().__init__(codebook, reach=0)


def unrounded(monkeypatch):
    """Let the gate publish what it should round, small cells hidden as of old."""
    monkeypatch.setattr("analysis.disclosure.released.rounded", lambda n, _: n)
    monkeypatch.setattr("analysis.disclosure.rounding.rounded", lambda n, _: n)
    monkeypatch.setattr("analysis.disclosure.system.rounded", lambda n, _: n)
    monkeypatch.setattr("analysis.disclosure.stages.rounded", lambda n, _: n)
    monkeypatch.setattr(
        "analysis.disclosure.publication.audit", lambda *_, **__: frozenset()
    )


def test_the_attacker_breaks_a_publication_that_hides_small_cells_but_rounds_nothing(
    monkeypatch,
):
    unrounded(monkeypatch)
    survey = package(answers(60, 3, empty=0.0))
    publication = publish(survey, seed=1, resamples=20)
    for table in publication.tables:
        small = table.figures["n"].between(1, 4).fillna(value=False)
        table.figures.loc[small, "n"] = None
    variables = sorted({table.group_variable for table in publication.tables} - {""})
    true = true_counts(survey, publication.merges, variables)
    pinned = Exact(survey.codebook).read(publication).pinned(true)
    assert len(pinned) >= 10


def test_without_its_own_attack_the_gate_would_give_some_cells_away(monkeypatch):
    monkeypatch.setattr(
        "analysis.disclosure.publication.audit", lambda *_, **__: frozenset()
    )
    responses = answers(40, 1, items=MANY, empty=0.0)
    responses["q"] = ["a"] * 2 + ["b"] * 2 + ["c"] * 2 + ["d"] * 7 + ["-2"] * 27
    survey = package(responses, items=MANY)
    attacker, true, _ = attack(survey)
    assert ("q", "", "", "share", "a") in attacker.pinned(true)


def test_with_its_own_attack_the_gate_holds_that_row_back():
    responses = answers(40, 1, items=MANY, empty=0.0)
    responses["q"] = ["a"] * 2 + ["b"] * 2 + ["c"] * 2 + ["d"] * 7 + ["-2"] * 27
    survey = package(responses, items=MANY)
    attacker, true, publication = attack(survey)
    assert set(publication.table("q").figures["sign"]) == {"protected"}
    assert attacker.pinned(true) == []


@pytest.mark.parametrize(("people", "seed"), [(60, 3), (140, 5)])
def test_whole_people_do_not_help_the_attacker_either(people, seed):
    """An integer programme knows more than a linear one: there are no half people."""
    survey = package(answers(people, seed, languages=SKEWED, spread=1.5))
    attacker, true, _ = attack(survey)
    small = [n for n, count in true.items() if 1 <= count <= 4 and n in attacker.names]
    rng = np.random.default_rng(1)
    for number in rng.choice(len(small), 12, replace=False):
        name = small[int(number)]
        low, high = (_whole(attacker, name, way) for way in (1, -1))
        assert low < high, name


def _whole(attacker, name, way):
    target = np.zeros(len(attacker.names))
    target[attacker.names[name]] = way
    width = len(attacker.names)
    found = milp(
        target,
        constraints=[
            LinearConstraint(
                attackers._matrix(attacker.at_most, width),
                ub=[value for _, value in attacker.at_most],
            ),
            LinearConstraint(
                attackers._matrix(attacker.equal, width),
                lb=[value for _, value in attacker.equal],
                ub=[value for _, value in attacker.equal],
            ),
        ],
        bounds=Bounds(attacker.low, np.minimum(attacker.high, 10_000)),
        integrality=1,
    )
    return round(way * found.fun)
