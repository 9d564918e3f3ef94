"""An open round claims nothing about people who did not take part."""

from __future__ import annotations

import pytest

from analysis.disclosure import Secured, Statement
from analysis.report import compose
from analysis.report.terms import legend, notes
from tests.report import example
from tests.report.forbidden import claims
from tests.report.saying import LANGUAGES

SPEAKS_OF = ("took part", "answered", "published", "singled out")


def texts(contents, language):
    yield from contents.texts(language)["summary"]
    yield from contents.texts(language)["how_to_read"]
    yield contents.texts(language)["base"]
    for chart in contents.charts:
        if chart.language != language:
            continue
        yield from (chart.words.headline, chart.words.subtitle, chart.words.base_line)
        yield chart.alternative
        yield from chart.notes
        yield from chart.display.columns
        for head, cells in chart.display.rows:
            yield head
            yield from cells


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_no_text_of_an_open_round_uses_a_word_of_certainty(open_round, language):
    for text in texts(open_round, language):
        assert not claims(text, language.code)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_the_scan_finds_such_words_in_a_sample(sample, language):
    assert [text for text in texts(sample, language) if claims(text, language.code)]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_no_word_of_an_open_chart_claims_certainty(language):
    said = legend(language, is_open=True)
    needs_ranges = {"interval", "box"}  # asked for only where there are ranges
    for key in said.keys() - needs_ranges:
        assert not claims(said[key], language.code), key
    for key, note in notes(language).items():
        if key != "ranges":
            assert not claims(note, language.code), key


def test_every_headline_of_an_open_round_speaks_of_those_who_took_part(open_round):
    for chart in open_round.charts:
        if chart.language.code == "en":
            said = chart.words.headline
            assert any(words in said for words in SPEAKS_OF), said


def test_no_table_of_an_open_round_has_a_range(open_round):
    for chart in open_round.charts:
        cells = [cell for _, row in chart.display.rows for cell in row]
        assert not [cell for cell in cells if "[" in cell]


def test_a_sample_that_nobody_answered_by_invitation_is_told_as_an_open_round():
    about = example.about("random")
    contents = compose(example.publication("open"), about, LANGUAGES)
    assert contents.about.design == "open"
    assert contents.as_json()["design"] == "open"
    for language in LANGUAGES:
        for text in texts(contents, language):
            assert not claims(text, language.code)


def test_a_secured_difference_of_an_open_round_holds_among_those_who_took_part():
    publication = example.publication("open")
    groups = publication.table("q13-by-d3")
    assert isinstance(groups.secured[0], Secured)
    contents = compose(publication, example.about("open"), LANGUAGES)
    said = contents.chart("q13-by-d3", LANGUAGES[1]).words.headline
    assert said.endswith("than the others who took part")


def test_undecided_fields_of_an_open_round_are_called_undecidable(open_round):
    table = open_round.chart("priority-matrix", LANGUAGES[1])
    kinds = {each.kind for each in table.protected.statements}
    assert kinds == {Statement("quadrant", "", "").kind}
    assert "not decidable" in {row[-1] for _, row in table.display.rows}
