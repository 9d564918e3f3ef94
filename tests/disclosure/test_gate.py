"""The gate itself: one table at a time, and nothing unrounded behind a figure."""

from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis.disclosure import Policy, protect, publish
from analysis.disclosure.answered import answered
from analysis.disclosure.counts import Key, Population, Row, Survey
from analysis.disclosure.gate import draw_up
from analysis.disclosure.publication import said_of, survey_of, tables_of
from analysis.disclosure.table import Table
from analysis.package import Design
from tests.disclosure.surveys import answers, package

SAMPLE = Design("random", population=9_000, invited=900, channels=("code",))
SCALE = ("a", "b", "c", "d", "e")


@pytest.fixture(name="counted", scope="module")
def fixture_counted():
    survey = package(answers(160, 5, channel="code"), design=SAMPLE)
    data = answered(survey, Policy.of(survey))
    tables = tuple(tables_of(data, survey_of(data), seed=1, resamples=30))
    return data, tables, said_of(tables, data)


def test_figures_follow_from_rounded_counts_alone(counted):
    data, tables, said = counted
    for table in tables:
        blank = tuple(replace(row, base=0, cells={}, missing={}) for row in table.rows)
        told = draw_up(table, said, (), data.policy)
        again = draw_up(replace(table, rows=blank), said, (), data.policy)
        expect_equal(told.figures, again.figures)
        assert told.statements == again.statements
        assert told.notes == again.notes


def test_a_table_on_its_own_has_the_figures_of_the_publication(counted):
    data, tables, _ = counted
    publication = publish(data.package, seed=1, resamples=30)
    same = 0
    for table in tables:
        if table.kind in ("participation", "matrix"):
            continue
        alone = protect(table, data.policy)
        whole = publication.table(table.name)
        if (alone.figures["sign"] == whole.figures["sign"]).all():
            expect_equal(alone.figures, whole.figures)
            same += 1
    assert same > 20


def test_a_single_table_is_attacked_too():
    cells = {("share", code): n for code, n in zip("abcd", (2, 2, 2, 7), strict=True)}
    survey = Survey("town", "1", Design("open"))
    table = Table("q", "dots", (Row(Key("q"), 13, cells),), survey, Population(40))
    assert set(protect(table, Policy()).figures["sign"]) == {"protected"}


def of_scale(counts, *, design="random", missing=None):
    cells = {("share", code): n for code, n in zip(SCALE, counts, strict=True)}
    row = Row(Key("q"), sum(counts), cells, scale=SCALE, missing=missing or {})
    survey = Survey("town", "1", Design(design))
    table = Table("q", "agreement", (row,), survey, Population(2_000))
    found = protect(table, Policy())
    return found, found.figures.set_index(["statistic", "category"])


def test_a_base_of_ten_to_twenty_nine_has_counts_without_percentages():
    table, figures = of_scale((6, 8, 4, 2, 1))
    assert figures.loc[("share", "a"), "n"] == 5
    assert figures.loc[("share", "a"), "sign"] == "uncertain"
    assert figures.loc[("top2", ""), "sign"] == "few"
    assert figures[["share", "low", "high"]].isna().all(axis=None)
    assert "uncertain" in table.notes
    assert table.statements == ()


def test_a_too_wide_interval_takes_the_percentages_of_the_row():
    table, figures = of_scale((16, 8, 4, 2, 1))
    assert figures["base"].dropna().unique().tolist() == [30]
    assert figures.loc["share", "sign"].eq("uncertain").all()
    assert table.statements == ()
    _, of_open = of_scale((16, 8, 4, 2, 1), design="open")
    assert of_open.loc[("share", "a"), "share"] == 0.5
    assert of_open.loc[("share", "a"), "sign"] == ""


def test_a_median_is_said_only_if_the_figures_decide_it():
    decided, _ = of_scale((100, 120, 400, 120, 100))
    assert [(said.kind, said.value) for said in decided.statements] == [("median", "c")]
    open_question, _ = of_scale((199, 199, 1, 199, 199))
    assert open_question.statements == ()


def test_an_observed_zero_is_a_zero_without_a_sign():
    _, figures = of_scale((50, 60, 40, 2, 0))
    assert figures.loc[("share", "e"), "n"] == 0
    assert figures.loc[("share", "e"), "share"] == 0
    assert figures.loc[("share", "e"), "sign"] == ""
    assert figures.loc[("share", "e"), "low"] == 0


def test_a_large_majority_is_a_statement_and_its_figures_are_withheld():
    table, figures = of_scale((24, 1, 0, 0, 0), missing={"-2": 14})
    assert [(said.kind, said.value) for said in table.statements] == [("majority", "a")]
    assert figures.loc["share", "sign"].eq("protected").all()
    assert figures.loc["share", "base"].eq(25).all()
    assert figures.loc[("missing", "-2"), "n"] == 15
    assert {"homogeneous", "protected", "nonresponse_over_20"} <= set(table.notes)


def test_net_and_ends_have_intervals_that_hold_them():
    _, figures = of_scale((100, 120, 400, 220, 100))
    for statistic in ("top2", "bottom2", "net"):
        figure = figures.loc[(statistic, "")]
        assert figure["low"] < figure["share"] < figure["high"]
    assert figures.loc[("net", ""), "n"] == -100
    assert figures.loc[("net", ""), "share"] == -0.11


def test_a_scale_that_begins_with_its_unfavourable_end_is_marked():
    from analysis.codebook import Item

    item = Item(
        "worse",
        "single",
        scale="frequency4",
        options=("often", "sometimes", "rarely", "never"),
        reversed=True,
        is_ordinal=True,
    )
    responses = answers(120, 4, items=(item,), empty=0.0)
    responses["worse"] = (
        ["often"] * 60 + ["sometimes"] * 30 + ["rarely"] * 20 + ["never"] * 10
    )
    table = publish(package(responses, items=(item,)), seed=1).table("worse")
    assert "reversed" in table.notes
    figures = table.figures.set_index(["statistic", "category"])
    assert figures.loc[("top2", ""), "n"] == 30
    assert figures.loc[("bottom2", ""), "n"] == 90
    assert table.figures["category"].tolist()[:4] == list(item.options)


def test_answers_stand_in_the_order_of_the_questionnaire():
    publication = publish(package(answers(120, 4, empty=0.0)), seed=1)
    order = {
        "liking": [("share", code) for code in ("very", "rather", "partly")],
        "place": [("share", code) for code in ("yes", "partly", "no")],
        "help": [("share", code) for code in ("course", "online", "talk")],
        "order": [("first", "f1"), ("ranked", "f1"), ("first", "f2")],
    }
    for name, expected in order.items():
        figures = publication.table(name).figures
        found = zip(figures["statistic"], figures["category"], strict=True)
        assert list(found)[:3] == expected
