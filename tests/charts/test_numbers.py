"""What a picture prints is what the protected table says, and nothing else."""

from __future__ import annotations

import pytest

from analysis.charts import draw, lay_out
from analysis.charts.fonts import start
from tests.charts.examples import ARABIC, ENGLISH, GERMAN, words
from tests.charts.reading import comments, numbers, plain
from tests.disclosure import examples as tables

SHARES = {
    "share",
    "top2",
    "importance",
    "satisfaction",
    "response_rate",
}
NBSP = "\N{NO-BREAK SPACE}"
AXES = {"0", "50", "100"}


def percent(share: float, code: str) -> str:
    return f"{round(share * 100)}{NBSP if code == 'de' else ''}%"


def published(page) -> set[str]:
    """Every way a figure of the table may be written, put together by hand."""
    code = page.language.code
    found = set()
    for row in page.table.figures.to_dict("records"):
        share, n = row["share"], row["n"]
        if isinstance(share, float) and share == share:
            if row["statistic"] in SHARES:
                found.add(percent(share, code))
            elif row["statistic"] == "net":
                points = round(share * 100)
                sign = "" if points == 0 else "+" if points > 0 else "\N{MINUS SIGN}"
                found.add(f"{sign}{abs(points)}")
            else:
                found.add(str(round(share)))
        if n is not None and n == n:
            found |= {str(int(n)), f"({int(n)})"}
    return found


def test_every_number_on_a_picture_is_a_published_figure(page):
    code = page.language.code
    allowed = published(page) | {f"{axis}{NBSP}%" for axis in AXES}
    allowed |= {f"{axis}%" for axis in AXES} | {"( )"}
    if page.table.kind == "matrix":
        allowed |= {percent(step / 100, code) for step in range(0, 101, 5)}
        allowed |= {str(number) for number in range(1, 10)}
    if page.table.kind == "ranks":
        allowed |= {
            f"{low}\N{EN DASH}{high}" for low in range(1, 10) for high in range(1, 10)
        }
    shown = numbers(comments(page.picture.svg))
    assert shown
    assert set(shown) <= allowed


def test_every_text_stands_whole_in_the_file(case):
    sheet = case.sheet
    said = [label.block.text.strip() for label in sheet.labels]
    start()
    from analysis.charts import ink

    assert comments(ink.print_svg(sheet)) == said


def drawn(table, language, *, framed=False):
    picture = draw(table, words(language), language=language, framed=framed)
    return [plain(text) for text in comments(picture.svg)]


@pytest.mark.parametrize("framed", [True, False])
def test_agreement_prints_the_parts_of_a_bar_in_the_order_asked(framed):
    texts = drawn(tables.agreement(), ENGLISH, framed=framed)
    at = texts.index("Language and education")
    row = texts[at + 1 : texts.index("Work and economy")]
    below = [] if framed else ["Net", "Don’t know"]
    assert sorted(row) == sorted(
        ["13%", "32%", "25%", "19%", "12%", "+14", "60", *below]
    )
    assert [text for text in row if text.endswith("%")][:3] == ["13%", "32%", "25%"]


def test_agreement_keeps_the_order_of_the_statements():
    texts = drawn(tables.agreement(), GERMAN)
    labels = [words(GERMAN).items[item] for item in tables.agreement().items]
    assert [text for text in texts if text in labels] == labels


@pytest.mark.parametrize("framed", [True, False])
def test_a_small_base_shows_counts_in_brackets_and_no_percent(framed):
    texts = drawn(tables.agreement(), GERMAN, framed=framed)
    at = texts.index("Vereine, Kultur, Sport und Religion")
    row = texts[at + 1 : texts.index("Mobilität und öffentliche Plätze")]
    below = [] if framed else ["kann ich nicht beurteilen"]
    assert row == ["(5)", "(10)", "(5)", "(5)", *below, "480"]


def test_what_is_withheld_is_said_in_words():
    texts = drawn(tables.agreement(), GERMAN)
    at = texts.index("Mobilität und öffentliche Plätze")
    assert texts[at + 1] == "geschützt, zu wenige Antworten"
    assert texts[-3:] == [
        "Eine große Mehrheit antwortete: sehr zufrieden",
        "kann ich nicht beurteilen",
        "485",
    ]


def test_a_matrix_on_a_page_says_both_shares_below_each_field():
    texts = drawn(tables.matrix(), ENGLISH)
    at = texts.index("Language and education")
    row = texts[at + 1 : at + 5]
    assert row == ["Importance", "42%", "Satisfaction", "44%"]


def test_zero_has_no_sign_and_percent_is_written_as_the_language_does():
    assert f"0{NBSP}%" in drawn(tables.multiple(), GERMAN)
    assert "0%" in drawn(tables.multiple(), ENGLISH)
    assert "58%" in drawn(tables.multiple(), ARABIC)


def test_numbers_of_a_right_to_left_chart_are_isolated():
    sheet = lay_out(tables.agreement(), words(ARABIC), language=ARABIC, framed=False)
    shown = [label.block.text for label in sheet.labels if numbers([label.block.text])]
    assert shown
    assert all(text[0] == "\u2066" and text[-1] == "\u2069" for text in shown)


@pytest.mark.parametrize("framed", [True, False])
def test_only_the_framed_picture_carries_headline_subtitle_and_base_line(framed):
    said = words(GERMAN)
    picture = draw(tables.dots(), said, language=GERMAN, framed=framed)
    for text in (said.headline, said.subtitle, said.base_line, *said.notes):
        assert (text in picture.texts) is framed
