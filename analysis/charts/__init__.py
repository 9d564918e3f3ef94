"""Charts of protected tables, the same in every language and every time.

Sees only what the disclosure gate returned; knows no counts and no files.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from analysis.charts import dots, frame, likert, matrix, participation, ranks, style
from analysis.charts.figures import read
from analysis.charts.fonts import start
from analysis.charts.sheet import Sheet
from analysis.charts.words import LEGEND_KEYS, ChartError, Picture, Words
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


def fingerprint(
    protected: Protected, words: Words, *, language: Language, framed: bool
) -> str:
    """What a picture is made of, as 32 hexadecimal digits.

    The same fingerprint means the same bytes, so a picture already drawn may be kept.
    """
    table = (
        protected.table,
        protected.kind,
        protected.items,
        protected.secured,
        protected.statements,
        protected.notes,
        read(protected).rows,
    )
    whole = repr((_workshop(), table, words, language, framed))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


@lru_cache
def _workshop() -> str:
    """The state of everything that draws: this code and matplotlib's version."""
    state = blake2b(version("matplotlib").encode(), digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        state.update(path.read_bytes())
    return state.hexdigest()


def lay_out(
    protected: Protected, words: Words, *, language: Language, framed: bool
) -> Sheet:
    """Place everything a picture shows; nothing is written yet."""
    sheet = (
        Sheet(language, style.ROOM_FRAMED, style.MARGIN_FRAMED)
        if framed
        else Sheet(language, style.ROOM_PAGE, style.MARGIN_PAGE)
    )
    y = frame.top(sheet, words, framed=framed)
    above = len(sheet.labels)
    below = KINDS[protected.kind](sheet, protected, words, y)
    if len(sheet.labels) == above:
        below = frame.sentence(sheet, words.say("nothing"), y)
    y = below
    frame.bottom(sheet, words, y, framed=framed)
    return sheet


__all__ = [
    "KINDS",
    "LEGEND_KEYS",
    "ChartError",
    "Picture",
    "Words",
    "draw",
    "fingerprint",
    "lay_out",
]
