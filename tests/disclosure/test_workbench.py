"""Any question by one or two released group variables, by the rules of the report."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import Item
from analysis.disclosure import Workbench, publish
from analysis.disclosure.attack import Attack
from analysis.package import AnalysisError, Design
from tests.disclosure.surveys import ITEMS, SCALE, answers, package

LANGUAGES = {"de": 0.7, "ar": 0.2, "tr": 0.1}


@pytest.fixture(scope="module")
def survey():
    return package(answers(400, 3, languages=LANGUAGES))


@pytest.fixture(scope="module")
def bench(survey):
    return Workbench(survey)


def test_points_are_told_of_everybody_only():
    budget = Item("budget", "points", options=("park", "bus"))
    table = answers(100, 3, languages=LANGUAGES)
    table["budget__park"], table["budget__bus"] = "60", "40"
    bench = Workbench(package(table, items=(*ITEMS, budget)))
    with pytest.raises(AnalysisError, match="of everybody only"):
        bench.table("budget", ["age"])


def test_by_one_variable_the_figures_are_those_of_the_report(survey, bench):
    publication = publish(survey, seed=1, resamples=10)
    for item in ("liking", "help", "first", "order", "worse"):
        for variable in bench.variables:
            own = bench.table(item, [variable]).figures
            table = publication.table(f"{item}-by-{variable}").figures
            assert own.equals(table)


def test_by_two_variables_every_count_is_rounded_and_every_base_large_enough(
    survey, bench
):
    table = bench.table("liking", ["sex", "age"])
    assert table.table == "liking-by-age-sex"
    figures = table.figures
    assert (figures["n"].dropna() % 5 == 0).all()
    assert (figures["base"].dropna() >= 10).all()
    responses = survey.responses.astype("str")
    merged = responses["sex"].replace({"diverse": "other"})
    for row in figures.itertuples():
        age, sex = row.group.split("*")
        inside = responses[(responses["age"] == age) & (merged == sex)]
        answered = inside["liking"].isin(SCALE).sum()
        if row.sign != "protected":
            assert answered >= 10
            assert abs(row.base - answered) <= 2


def test_the_order_of_the_variables_and_of_the_questions_changes_nothing(survey):
    one, other = Workbench(survey), Workbench(survey)
    first = one.table("liking", ["age", "sex"])
    other.table("help", ["sex", "form_language"])
    other.table("liking", ["form_language", "age"])
    assert other.table("liking", ["sex", "age"]).figures.equals(first.figures)


def test_sensitive_questions_keep_their_larger_base(bench):
    figures = bench.table("worse", ["age", "sex"]).figures
    assert (figures["base"].dropna() >= 20).all()


@pytest.mark.parametrize(
    ("item", "by", "reason"),
    [
        ("liking", [], "Choose one or two"),
        ("liking", ["age", "age"], "Choose one or two"),
        ("liking", ["age", "sex", "form_language"], "Choose one or two"),
        ("liking", ["place"], "Choose one or two"),
        ("age", ["sex"], "no question"),
        ("idea", ["sex"], "no question"),
        ("nothing", ["sex"], "no question"),
    ],
)
def test_any_other_table_is_refused_before_anything_is_counted(bench, item, by, reason):
    with pytest.raises(AnalysisError, match=reason):
        bench.table(item, by)


def test_a_question_of_one_language_is_not_compared_by_language():
    items = (*ITEMS, Item("course", "single", options=("a", "b"), only_in=("de",)))
    bench = Workbench(
        package(answers(300, 2, items=items, languages=LANGUAGES), items=items)
    )
    with pytest.raises(AnalysisError, match="not asked in every language"):
        bench.table("course", ["form_language", "age"])
    assert bench.table("course", ["age", "sex"]).items == ("course",)


def test_too_few_answers_make_no_workbench():
    with pytest.raises(AnalysisError, match="fewer than 10"):
        Workbench(package(answers(9, 1)))


@pytest.mark.parametrize("beside", [0, 60])
def test_what_the_workbench_takes_a_reader_to_know_is_true(beside, monkeypatch):
    """With a sample, people who came by an open link are nobody of everybody."""
    seen = []

    class Watched(Attack):
        def __init__(self, system, truth, shared=None):
            values = system.matrix() @ truth
            seen.append(
                (values >= np.array(system.low) - 1e-9).all()
                and (values <= np.array(system.high) + 1e-9).all()
            )
            super().__init__(system, truth, shared)

    monkeypatch.setattr("analysis.disclosure.workbench.Attack", Watched)
    came = [answers(120, 1, channel="code"), answers(80, 2, channel="paper")]
    if beside:
        came.append(answers(beside, 3))
    design = Design("random", channels=("code", "paper", "link"), population=9000)
    bench = Workbench(package(pd.concat(came, ignore_index=True), design=design))
    assert "channel" in bench.variables
    for item in ("help", "order"):
        bench.table(item, ["age", "channel"])
    assert seen
    assert all(seen)
