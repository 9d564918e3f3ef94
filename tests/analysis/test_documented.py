"""Every public function of the statistics says its formula, its source, an example."""

import inspect

import pandas as pd
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


def test_tables_begin_with_the_columns_that_other_programs_rely_on():
    table = pd.DataFrame(
        {"q": [1, 2, 4, 5] * 9, "m__a": [0, 1] * 18, "g": list("xy") * 18}
    )
    boxes = pd.DataFrame(
        {"ballot": [1, 1], "count": [3, 3], "alternative": ["a", "b"], "rank": [1, 2]}
    )
    wanted = {
        "n base share se low high df": estimates.shares(table, "q"),
        "n top2 top2_low top2_high bottom2": estimates.summary(table, "q"),
        "cases base share low high": estimates.multiple(table, "m"),
        "test statistic p p_holm effect effect_name secured": compare.groups(
            table, ["q"], "g"
        ),
        "rank beats": ranking.schulze(boxes),
        "score total rank": ranking.borda(boxes),
    }
    for names, found in wanted.items():
        assert found.columns[: len(names.split())].tolist() == names.split()
    indices = [found.index.names for found in wanted.values()]
    assert indices == [
        ["group", "category"],
        ["group"],
        ["option"],
        ["item"],
        ["alternative"],
        ["alternative"],
    ]
    waves = compare.waves(table, table, ["q"])
    assert waves.index.name == "item"
    assert {"difference", "low", "high", "p_holm", "secured"} <= set(waves.columns)
    assert waves["secured"].dtype == bool
