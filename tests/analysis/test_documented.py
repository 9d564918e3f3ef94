"""Every public function of the statistics says its formula, its source, an example."""

import inspect

import pytest

from analysis import (
    comments,
    compare,
    estimates,
    fields,
    participation,
    ranking,
    scales,
    weights,
)

FUNCTIONS = (
    estimates.shares,
    estimates.interval,
    estimates.summary,
    estimates.multiple,
    estimates.points,
    estimates.gini,
    estimates.agreement,
    weights.rake,
    weights.kish,
    weights.beside,
    compare.groups,
    compare.against_rest,
    compare.waves,
    compare.languages,
    compare.difference,
    ranking.schulze,
    ranking.borda,
    ranking.rank_intervals,
    fields.priority_matrix,
    scales.alpha,
    participation.rates,
    comments.agreement,
)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__qualname__)
def test_a_public_function_is_documented(function):
    told = inspect.getdoc(function)
    for section in ("Returns", "References", "Examples"):
        assert f"{section}\n{'-' * len(section)}" in told
    has_formula = "Notes\n-----" in told or "layers" in told
    assert has_formula


def test_signatures_are_those_that_other_programs_rely_on():
    wanted = {
        weights.rake: "responses margins start bounds tolerance max_rounds",
        weights.kish: "weights",
        compare.waves: "first second items",
        compare.groups: "responses items by weights",
        estimates.shares: "responses item by weights strata clusters population",
        comments.agreement: "codings level",
        ranking.rank_intervals: "ballots method resamples seed",
    }
    for function, names in wanted.items():
        parameters = inspect.signature(function).parameters
        assert set(names.split()) <= set(parameters), function
