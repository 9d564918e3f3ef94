"""Charts of protected tables, the same in every language and every time.

Sees only what the disclosure gate returned; knows no counts and no files.
"""

from __future__ import annotations

from analysis.charts import dots, frame, likert, matrix, participation, ranks, style
from analysis.charts.fonts import start
from analysis.charts.sheet import Sheet
from analysis.charts.words import ChartError, Picture, Words
from analysis.disclosure import Protected
from analysis.language import Language

KINDS = {
    "agreement": likert.draw,
    "dots": dots.draw,
    "groups": dots.draw_groups,
    "matrix": matrix.draw,
    "participation": participation.draw,
    "ranks": ranks.draw,
}


def draw(
    protected: Protected, words: Words, *, language: Language, framed: bool
) -> Picture:
    """Draw a protected table.

    A framed picture carries headline, subtitle, base line and notes and comes as PNG
    too; on pages these are text beside the picture.

    Raises
    ------
    ChartError
        if a word the chart needs is missing, or a letter of it in every font.
    """
    sheet = lay_out(protected, words, language=language, framed=framed)
    start()
    from analysis.charts import ink

    return Picture(
        svg=ink.print_svg(sheet),
        png=ink.print_png(sheet) if framed else None,
        texts=tuple(label.block.text for label in sheet.labels),
    )


def lay_out(
    protected: Protected, words: Words, *, language: Language, framed: bool
) -> Sheet:
    """Place everything a picture shows; nothing is written yet."""
    margin = style.MARGIN_FRAMED if framed else style.MARGIN_PAGE
    sheet = Sheet(language, margin)
    y = frame.top(sheet, words, framed=framed)
    if protected.figures.empty:
        y = frame.sentence(sheet, words.say("nothing"), y)
    else:
        y = KINDS[protected.kind](sheet, protected, words, y)
    frame.bottom(sheet, words, y, framed=framed)
    return sheet


__all__ = ["KINDS", "ChartError", "Picture", "Words", "draw", "lay_out"]
