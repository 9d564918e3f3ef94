"""The fields of a matrix: their numbers in circles, and the list that names them.

Knows only protected figures, not the plane on which the circles stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, in_order
from analysis.charts.sheet import END, Look, Sheet
from analysis.charts.text import Block
from analysis.charts.words import Words
from analysis.disclosure import Protected

RADIUS, NUMBER, ROW_GAP, COLUMN_GAP = 12.0, 15.0, 8.0, 14.0
WORD_GAP = 5.0
INDENT = 2 * RADIUS + 10
FILLED = Look(style.ACTION, style.WHITE, 1.5, layer=6)
HOLLOW = Look(style.WHITE, style.ACTION, 2, layer=6)
SHARES = ("importance", "satisfaction")
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of action: its number, its two shares, whether it is decidable."""

    number: int
    code: str
    importance: Figure
    satisfaction: Figure
    is_decided: bool

    @property
    def is_placed(self) -> bool:
        """Whether both shares may be shown."""
        return self.importance.share is not None and self.satisfaction.share is not None

    @property
    def shares(self) -> tuple[Figure, Figure]:
        """Importance and satisfaction."""
        return self.importance, self.satisfaction

    @property
    def look(self) -> Look:
        """Hollow where the uncertainty crosses a line."""
        return FILLED if self.is_decided else HOLLOW


def read_fields(figures: Figures, protected: Protected) -> list[Field]:
    """The fields in their order; one without both figures is not among them."""
    undecided = {
        each.category
        for each in protected.statements
        if (each.kind, each.value) == ("quadrant", "open")
    }
    fields = []
    codes = in_order(figures.of("importance", "satisfaction"), lambda row: row.category)
    for number, code in enumerate(codes, 1):
        importance = figures.of("importance", category=code)
        satisfaction = figures.of("satisfaction", category=code)
        if importance and satisfaction:
            decided = code not in undecided
            fields.append(Field(number, code, importance[0], satisfaction[0], decided))
    return fields


def badge(sheet: Sheet, field: Field, x: float, y: float) -> None:
    """Write the number of a field in its circle."""
    sheet.dot(x, y, RADIUS, field.look)
    number = sheet.number(sheet.language.number(field.number), NUMBER)
    sheet.figure(number, x, y, colour=_ink(field.look))


def _ink(look: Look) -> str:
    return style.WHITE if look.fill == style.ACTION else style.ACTION


def write_list(sheet: Sheet, fields: Sequence[Field], words: Words, y: float) -> float:
    """The fields by number, with both shares beside or below their names."""
    if sheet.is_narrow:
        widest = max(
            _percent(sheet, figure.share or 0.0, style.SMALL).width
            for field in fields
            for figure in field.shares
        )
        for field in fields:
            y = _name(sheet, field, words, sheet.room - INDENT, y)[1]
            y = _shares_below(sheet, field, words, widest, y)
            y = _sign(sheet, field, words, y) + ROW_GAP
        return y - ROW_GAP
    ends, widths = _columns(sheet, words)
    y = _heads(sheet, words, ends, widths, y)
    room = ends[0] - widths[0] - INDENT - COLUMN_GAP
    for field in fields:
        middle, below = _name(sheet, field, words, room, y)
        for figure, end in zip(field.shares, ends, strict=True):
            if figure.share is not None:
                sheet.figure(_percent(sheet, figure.share), end, middle, align=END)
        y = _sign(sheet, field, words, below) + ROW_GAP
    return y - ROW_GAP


def _columns(sheet: Sheet, words: Words) -> tuple[Pair, Pair]:
    """Where the two columns of shares end, and how wide they are."""
    head = sheet.type(style.SMALL)
    number = _percent(sheet, 1).width
    first, second = (
        max(min(110.0, max(head.width(text), number)), head.narrowest(text))
        for text in (words.say("importance"), words.say("satisfaction"))
    )
    return (sheet.room - second - COLUMN_GAP, sheet.room), (first, second)


def _heads(sheet: Sheet, words: Words, ends: Pair, widths: Pair, y: float) -> float:
    head = sheet.type(style.SMALL)
    blocks = [
        head.balanced(words.say(key), width)
        for key, width in zip(SHARES, widths, strict=True)
    ]
    height = max(block.height for block in blocks)
    for block, end in zip(blocks, ends, strict=True):
        foot = y + height - block.height
        sheet.write(block, end, foot, align=END, colour=style.QUIET)
    return y + height + 4


def _name(
    sheet: Sheet, field: Field, words: Words, room: float, y: float
) -> tuple[float, float]:
    """Circle and name; the middle of the line, and where it ends."""
    label = sheet.type(style.BODY).fit(words.category(field.code), room)
    height = max(label.height, 2 * RADIUS + 2)
    middle = y + height / 2
    badge(sheet, field, RADIUS + 1, middle)
    sheet.write(label, INDENT, middle - label.height / 2)
    return middle, y + height


def _shares_below(
    sheet: Sheet, field: Field, words: Words, widest: float, y: float
) -> float:
    """Each share behind its word, on one line where both fit."""
    kind = sheet.type(style.SMALL)
    room = sheet.room - INDENT
    names = [kind.fit(words.say(key), room - widest - WORD_GAP) for key in SHARES]
    widths = [name.width + WORD_GAP + widest for name in names]
    fits = sum(widths) + COLUMN_GAP <= room
    x, below = INDENT, y
    for name, width, figure in zip(names, widths, field.shares, strict=True):
        if figure.share is None:
            continue
        sheet.write(name, x, y, colour=style.QUIET)
        number = _percent(sheet, figure.share, style.SMALL)
        top = y + (name.height - number.height) / 2
        sheet.write(number, x + name.width + WORD_GAP, top)
        below = y + name.height
        x, y = (x + width + COLUMN_GAP, y) if fits else (x, below)
    return below


def _sign(sheet: Sheet, field: Field, words: Words, y: float) -> float:
    """Say why a share is missing; where the line ends."""
    signs = [figure.sign for figure in field.shares if figure.sign]
    if not signs:
        return y
    text = words.say(f"sign.{signs[0]}")
    note = sheet.type(style.SMALL).fit(text, sheet.room - INDENT)
    sheet.write(note, INDENT, y, colour=style.QUIET)
    return y + note.height


def _percent(sheet: Sheet, share: float, size: float = NUMBER) -> Block:
    return sheet.number(sheet.language.percent(share), size)
