"""The sentences around charts: what was known, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.report import compose
from tests.disclosure.examples import Sheet
from tests.report import example
from tests.report.saying import ENGLISH, choice, scale, shown


def facts(design="random", **about):
    """The facts of one base line."""
    known = replace(example.about(design), **about)
    publication = example.publication(design)
    chart = compose(publication, known, [ENGLISH]).chart("q14", ENGLISH)
    return chart.words.base_line.split(" · ")


def test_a_sample_of_unknown_size_is_called_a_sample_without_numbers():
    assert facts(population=None)[1] == "random sample"
    assert facts(invited=None)[1] == "random sample"


def answers_by_group(*bases):
    """How many answers a chart by groups names, for groups of these bases."""
    sheet = Sheet("q50", "random")
    for number, base in enumerate(bases):
        sign = {"sign": "protected"} if number == 2 else {"share": 0.4}
        names = {"group": f"g{number}", "variable": "d9"}
        sheet.add("q50", "top2", base=base, **sign, **names)
    table = sheet.protected("groups", ("q50",), group_variable="d9", base=max(bases))
    groups = choice("g0", "g1", "g2", name="d9")
    words = shown(table, scale("good", "bad"), groups).words
    return words.base_line.split(" · ")[0]


def test_a_chart_by_groups_says_how_many_answered_in_each():
    assert answers_by_group(160, 410) == "per group about 160 to 410 answers"
    assert answers_by_group(20, 20) == "per group about 20 answers"


def test_a_protected_group_is_not_among_those_counted():
    assert answers_by_group(160, 410, 10) == "per group about 160 to 410 answers"


def test_a_census_invited_everybody():
    assert facts("census")[1] == "everybody was invited"


def test_one_day_is_one_day_and_unknown_days_are_left_out():
    day = date(2026, 9, 1)
    assert facts(start=day, end=day)[3] == "1\u00a0September\u00a02026"
    assert len(facts(start=None)) == 4


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("random", "A random sample was invited."),
        ("census", "Everybody was invited. The figures assume"),
        ("open", "Open participation, not a random sample"),
    ],
)
def test_every_design_says_what_its_figures_speak_of(design, words):
    contents = compose(example.publication(design), example.about(design), [ENGLISH])
    assert contents.texts(ENGLISH)["base"].startswith(words)


def test_secured_differences_are_explained_only_where_they_exist():
    for design, expected in (("random", 1), ("census", 1), ("open", 0)):
        about = example.about(design)
        contents = compose(example.publication(design), about, [ENGLISH])
        lines = contents.texts(ENGLISH)["how_to_read"]
        assert sum("secured" in line for line in lines) == expected
