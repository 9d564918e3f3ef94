"""What stands around every chart: headline, subtitle, legend, base line, notes.

Knows no figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.sheet import Box, Look, Sheet
from analysis.charts.words import Words

SWATCH = 18.0
KEY_GAP = 7.0
ENTRY_GAP = 20.0
# How thick the dots of a ground are, and how far they stay from its edges.
DOT, EDGE = 1.8, 8.0

Draw = Callable[[Sheet, float, float], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: a symbol around a point, or none, and what it means."""

    draw: Draw | None
    text: str
    bold: bool = False


def top(sheet: Sheet, words: Words, *, framed: bool) -> float:
    """Write headline and subtitle on a framed picture; where the chart begins."""
    y = sheet.margin
    if not framed:
        return y
    for text, size, bold, colour in (
        (words.headline, style.HEADLINE, True, style.INK),
        (words.subtitle, style.BODY, False, style.QUIET),
    ):
        if text:
            block = sheet.type(size, bold=bold).fit(text, sheet.room)
            sheet.write(block, 0, y, colour=colour)
            y += block.height + style.GAP
    return y + style.GAP


def bottom(sheet: Sheet, words: Words, y: float, *, framed: bool) -> None:
    """Write base line and notes on a framed picture, and cut the paper."""
    texts = [text for text in (words.base_line, *words.notes) if text]
    if framed and texts:
        y += 2 * style.GAP
        sheet.line(0, y, sheet.room, y, Look(edge=style.TRACK, thickness=1))
        y += style.GAP
        for text in texts:
            block = sheet.type(style.SMALL).fit(text, sheet.room)
            sheet.write(block, 0, y, colour=style.QUIET)
            y += block.height + style.GAP / 2
    sheet.height = y + sheet.margin


def legend(sheet: Sheet, y: float, entries: Iterable[Entry]) -> float:
    """Write the legend in lines that fill the width; where the chart goes on."""
    x = 0.0
    below = y
    for entry in entries:
        kind = sheet.type(style.SMALL, bold=entry.bold)
        indent = SWATCH + KEY_GAP if entry.draw else 0.0
        block = kind.fit(entry.text, sheet.room - indent)
        if x and x + indent + block.width > sheet.room:
            x, y = 0.0, below
        if entry.draw:
            entry.draw(sheet, x + SWATCH / 2, y + block.leading / 2)
        sheet.write(block, x + indent, y)
        below = max(below, y + block.height + 4)
        x += indent + block.width + ENTRY_GAP
    return below + style.GAP if below > y else y


def sentence(sheet: Sheet, text: str, y: float) -> float:
    """Write a sentence where figures would stand; where the chart goes on."""
    block = sheet.type(style.BODY).fit(text, sheet.room)
    sheet.write(block, 0, y)
    return y + block.height


def swatch(look: Look) -> Draw:
    """A small rectangle as a symbol."""

    def draw(sheet: Sheet, x: float, middle: float) -> None:
        half = SWATCH / 2
        sheet.rectangle(Box(x - half, middle - 7, SWATCH, 14), look)

    return draw


def upright(look: Look) -> Draw:
    """A short upright line as a symbol."""

    def draw(sheet: Sheet, x: float, middle: float) -> None:
        sheet.line(x, middle - 8, x, middle + 8, look)

    return draw


def letters(text: str) -> Draw:
    """A sign, such as a pair of brackets, as a symbol."""

    def draw(sheet: Sheet, x: float, middle: float) -> None:
        sheet.figure(sheet.number(text, style.SMALL), x, middle)

    return draw


def dotted(sheet: Sheet, box: Box, *, layer: int = 2) -> None:
    """Fill a box with fine dots: the ground of "don't know"."""
    look = Look(
        edge=style.RULE, thickness=DOT, dash=(0.01, style.DOT_STEP - 0.01), layer=layer
    )
    rows = max(1, round(box.height / style.DOT_STEP) - 1)
    # Dashes are as long as the line is thick, times their length.
    length = DOT * style.DOT_STEP
    length *= (box.width - EDGE) // length
    start = box.left + (box.width - length) / 2
    for row in range(rows):
        y = box.top + box.height * (row + 1) / (rows + 1)
        sheet.line(start, y, start + length + DOT / 10, y, look)


UNKNOWN = Look(style.WHITE, style.RULE, 1)
WITHHELD = Look(style.WHITE, style.RULE, 1, hatch=("//", "#B0B0B0"))
