"""Every kind of chart, in every language and design, says all that it has to say."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.report.saying import LANGUAGES

KINDS = {"agreement", "dots", "groups", "matrix", "participation", "ranks"}
DIGITS = re.compile(r"\d+")
# What writes a number in one language and not in another.
MARKS = dict.fromkeys(map(ord, ".,\u00a0\u202f\u2066\u2067\u2068\u2069"))


def numbers(text: str) -> list[str]:
    return DIGITS.findall(text.translate(MARKS))


def test_every_kind_is_there_in_every_language(contents):
    for language in LANGUAGES:
        kinds = {c.protected.kind for c in contents.charts if c.language == language}
        assert kinds == KINDS


def test_every_chart_has_headline_subtitle_base_line_and_a_table(contents):
    for chart in contents.charts:
        words = chart.words
        assert words.headline, chart.protected.table
        assert words.subtitle
        assert words.base_line
        assert chart.display.rows
        assert chart.svg.endswith(f"{chart.protected.table}.{chart.language.code}.svg")
        assert chart.png.endswith(f"{chart.protected.table}.{chart.language.code}.png")


def test_every_row_has_a_cell_under_every_head(contents):
    for chart in contents.charts:
        for head, cells in chart.display.rows:
            assert head
            assert len(cells) == len(chart.display.columns) - 1


def test_an_alternative_text_says_kind_and_finding_and_where_the_figures_are(contents):
    for chart in contents.charts:
        assert chart.words.headline in chart.alternative
        assert len(chart.alternative) > len(chart.words.headline) + 10
        assert len(chart.alternative) < 400


def test_every_language_says_the_same_numbers(contents):
    for chart in contents.charts:
        english = contents.chart(chart.protected.table, LANGUAGES[1])
        pairs = zip(chart.display.rows, english.display.rows, strict=True)
        for (_, cells), (_, expected) in pairs:
            assert [numbers(c) for c in cells] == [numbers(c) for c in expected]
        if chart.protected.kind != "groups":
            found = sorted(numbers(chart.words.headline))
            assert found == sorted(numbers(english.words.headline))


def test_nothing_is_left_in_english(contents):
    for name in {chart.protected.table for chart in contents.charts}:
        english = contents.chart(name, LANGUAGES[1])
        for language in (LANGUAGES[0], LANGUAGES[2]):
            chart = contents.chart(name, language)
            assert chart.words.headline != english.words.headline
            assert chart.words.base_line != english.words.base_line
            assert chart.alternative != english.alternative
            assert not set(chart.notes) & set(english.notes)


def test_every_isolate_that_is_opened_is_closed(contents):
    for chart in contents.charts:
        cells = [cell for _, row in chart.display.rows for cell in row]
        texts = (chart.words.headline, chart.words.base_line, chart.alternative)
        for text in (*cells, *texts, *chart.notes):
            depth = 0
            for letter in text:
                name = unicodedata.name(letter, "")
                depth += name.endswith("ISOLATE") and not name.startswith("POP")
                depth -= name == "POP DIRECTIONAL ISOLATE"
                assert depth >= 0
            assert depth == 0


def test_signs_are_always_words(contents):
    for chart in contents.charts:
        for _, cells in chart.display.rows:
            assert not {".", "/", "x", "–", "( )"} & set(cells)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_base_line_tells_base_design_rate_days_and_source(sample, language):
    line = sample.chart("q14", language).words.base_line
    facts = line.split(" · ")
    assert len(facts) == 5
    assert numbers(facts[0]) == ["535"]
    assert numbers(facts[1]) == ["800", "46000"]
    assert numbers(facts[2]) == ["75"]
    assert {"2026", "1", "30"} <= set(numbers(facts[3]))


def test_days_in_words_keep_their_own_direction_and_stay_on_one_line(sample):
    arabic = sample.chart("q14", LANGUAGES[2]).words.base_line
    assert "\u20681\u00a0سبتمبر\u00a02026\u2069" in arabic
    german = sample.chart("q14", LANGUAGES[0]).words.base_line
    assert "1.\u00a0September\u00a02026" in german


def test_an_open_round_names_no_response_rate(open_round):
    line = open_round.chart("q14", LANGUAGES[1]).words.base_line
    assert line.split(" · ")[1] == "open participation, not a random sample"
    assert len(line.split(" · ")) == 4
