"""Points in words: who gave anything, the middle, the middle half."""

import pytest

from analysis.package import Item
from tests.disclosure.examples import Sheet
from tests.report.saying import LANGUAGES, shown

BUDGET = Item("q9", "points", role="points", options=("park", "bus"))
POINTS = ("points_low", "points_middle", "points_high")


def chart(design="random", sign="", language=LANGUAGES[1]):
    sheet = Sheet("q9", design)
    limits = {"low": 0.55, "high": 0.65} if design == "random" else {}
    for option, share, middle in (("park", 0.6, (10, 20, 30)), ("bus", 0.4, (0, 0, 5))):
        n = round(share * 400)
        sheet.add("q9", "share", category=option, n=n, base=400, share=share, **limits)
        for name, value in zip(POINTS, middle, strict=True):
            told = {"sign": sign} if sign else {"share": float(value), "base": 400}
            sheet.add("q9", name, category=option, **told)
    table = sheet.protected("dots", ("q9",), base=400)
    return shown(table, BUDGET, language=language)


def test_the_table_says_who_gave_and_how_much():
    found = chart().display
    assert found.columns == (
        "Answer",
        "Share",
        "Range of uncertainty",
        "Median of points",
        "Middle half of points",
        "Answers",
    )
    assert dict(found.rows) == {
        "park": ("60%", "55%–65%", "20", "10–30", "240"),
        "bus": ("40%", "55%–65%", "0", "0–5", "160"),
    }


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("random", "60% gave points to “park”"),
        ("open", "Of those who took part, 60% gave points to “park”"),
    ],
)
def test_the_headline_says_who_gave_anything(design, said):
    assert chart(design).words.headline == said


def test_the_note_explains_the_columns():
    assert any(note.startswith("Share: whoever gave it") for note in chart().notes)


def test_too_few_answers_have_words_instead_of_points():
    assert dict(chart(sign="few").display.rows)["park"][2:4] == (
        "too few cases to say",
        "",
    )
