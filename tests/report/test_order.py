"""Where charts stand, and what is said before all of them."""

from __future__ import annotations

import json

import html5lib
import pytest

from analysis.disclosure import Publication, Secured
from analysis.report import Contents, compose, write
from analysis.report.sections import sections
from tests.disclosure.examples import below_minimum
from tests.report import example
from tests.report.saying import (
    ENGLISH,
    LANGUAGES,
    about_of,
    by_group,
    choice,
    scale,
    single,
)

ITEMS = (
    scale("good", "bad", name="q13", field="f5"),
    scale("good", "bad", name="q15", field="f6"),
    choice("young", "old", name="d1"),
    choice("self", "no", name="d3"),
)


def compared() -> Contents:
    """Two questions about fields, each compared by two variables, as the gate does."""
    half = (0.5, 0.4, 0.6)
    names = ("q13", "q15")
    tables = [single({"good": half, "bad": half}, item=name) for name in names]
    for variable, group in (("d1", "young"), ("d3", "self")):
        tables += [by_group({group: half}, item=n, variable=variable) for n in names]
    return compose(Publication(tuple(tables)), about_of(*ITEMS), [ENGLISH])


def test_each_question_is_followed_by_its_comparisons():
    found = {section.id: section.tables for section in compared().sections}
    assert found == {
        "f5": ("q13", "q13-by-d1", "q13-by-d3"),
        "f6": ("q15", "q15-by-d1", "q15-by-d3"),
    }


def test_on_the_page_comparisons_are_folded_below_their_question(tmp_path):
    write(compared(), tmp_path / "report")
    text = (tmp_path / "report" / "en" / "index.html").read_text(encoding="utf-8")
    page = html5lib.parse(text, namespaceHTMLElements=False)
    found = {
        article.attrib["id"]: [
            inner.attrib["id"] for inner in article.findall("details/article")
        ]
        for article in page.iter("article")
    }
    assert found["chart-q13"] == ["chart-q13-by-d1", "chart-q13-by-d3"]
    assert found["chart-q15"] == ["chart-q15-by-d1", "chart-q15-by-d3"]
    assert found["chart-q13-by-d1"] == []


def test_the_parts_of_a_report_stand_in_the_order_a_council_reads():
    found = sections(example.publication(), example.about())
    assert [section.id for section in found] == [
        "participation",
        "fields",
        "f5",
        "f6",
    ]
    assert found[1].tables == ("priority-matrix", "q04", "q06")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_every_part_has_a_title_in_every_language(language):
    about = example.about()
    titles = [
        section.title(about, language)
        for section in sections(example.publication(), about)
    ]
    assert len(set(titles)) == len(titles)
    assert all(titles)


def test_the_summary_begins_with_who_took_part_and_ends_with_differences(sample):
    summary = sample.texts(ENGLISH)["summary"]
    assert summary[0].startswith("About 600 people answered")
    assert summary[1].startswith("More important and less satisfying")
    assert summary[2].startswith("More favourable answers on")
    assert summary[3] == (
        "q13? – Immigration – “immigrated themselves” answered less favourably than "
        "the others who took part"
    )


def test_the_summary_names_at_most_five_differences_the_largest_first():
    names = [f"q{number}" for number in range(7)]
    tables = [
        by_group(
            {"self": (0.4, 0.3, 0.5)},
            Secured(name, "self", 0.2 + place / 10, 0.01, "d3"),
            item=name,
            variable="d3",
        )
        for place, name in enumerate(names)
    ]
    items = [scale("good", "bad", name=name) for name in names]
    about = about_of(*items, choice("self", name="d3"))
    contents = compose(Publication(tuple(tables)), about, [ENGLISH])
    summary = contents.texts(ENGLISH)["summary"]
    assert [line.split(" – ")[0] for line in summary] == [
        f"Question {name}?" for name in ("q6", "q5", "q4", "q3", "q2")
    ]


def test_too_few_answers_are_one_sentence_in_every_language():
    contents = compose(
        Publication((below_minimum(),)), example.about("open"), LANGUAGES
    )
    said = [contents.texts(language)["summary"] for language in LANGUAGES]
    assert said[1] == [
        "Too few people answered: to protect them, no figures are published."
    ]
    assert len({line for [line] in said}) == 3
    assert {chart.svg for chart in contents.charts} == {""}


def test_what_stands_above_all_charts_is_said_once(contents):
    texts = contents.texts(ENGLISH)
    assert texts["base"] not in texts["how_to_read"]


def test_report_json_can_be_read_by_other_programs(contents):
    report = json.loads(json.dumps(contents.as_json(), default=dict))
    assert report["format"] == 1
    assert report["languages"] == ["de", "en", "ar"]
    told = {"title", "summary", "how_to_read", "base", "weighting"}
    assert set(report["texts"]["ar"]) == told
    named = [name for section in report["sections"] for name in section["tables"]]
    assert sorted(named) == sorted(report["tables"])
    table = report["tables"]["q13-by-d3"]
    assert (table["section"], table["kind"]) == ("f5", "groups")
    words = table["languages"]["de"]
    assert set(words) == {
        "headline",
        "subtitle",
        "subtitle_lang",
        "subtitle_dir",
        "base_line",
        "alt",
        "notes",
        "svg",
        "png",
        "columns",
        "rows",
    }
    assert words["svg"] == "pictures/q13-by-d3.de.svg"
