"""The net and "don't know" of a bar: columns beside it, or a line below it.

Knows one row of figures at a time, no bars.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, shown
from analysis.charts.frame import UNKNOWN, dotted
from analysis.charts.sheet import END, START, Box, Look, Sheet
from analysis.charts.text import Block
from analysis.charts.words import Words

DONT_KNOW = "-3"
NUMBER, THICK = 15.0, 32.0
COLUMN_GAP, WORD_GAP = 14.0, 7.0
# The line below a bar, and how far it stands from what is above it.
CELL_WIDTH, CELL_HEIGHT, BELOW = 53.0, 24.0, 7.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand: the bar, the net, the column of "don't know".

    Where they stand below the bar, the net has the width of the widest, and "don't
    know" what is left of the line.
    """

    bar: float
    net: float = 0.0
    net_width: float = 0.0
    unknown: float = 0.0
    unknown_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Asides:
    """Net and "don't know" of one bar, as far as they are published."""

    net: Figure | None
    unknown: Figure | None


def asides(figures: Figures, item: str) -> Asides:
    """What is published beside the bar of an item."""
    net = figures.one("net", item=item)
    unknown = figures.one("missing", item=item, category=DONT_KNOW)
    return Asides(
        net if net and not net.sign and net.share is not None else None,
        unknown if unknown and not unknown.sign and unknown.n is not None else None,
    )


def columns(sheet: Sheet, figures: Figures, words: Words) -> Columns:
    """Give each column the width its words and numbers need; the bar has the rest."""
    head = sheet.type(style.SMALL)
    if sheet.is_narrow:
        return _line_below(sheet, figures, words)
    net_width = unknown_width = 0.0
    if figures.of("net"):
        number = sheet.number(sheet.language.signed(-100), NUMBER).width
        net_width = max(number, min(80, head.width(words.say("net"))))
        net_width = max(net_width, head.narrowest(words.say("net")))
    if figures.of("missing", category=DONT_KNOW):
        text = words.category(DONT_KNOW)
        widest = max(head.width(word) for word in text.split())
        unknown_width = max(64.0, min(96.0, widest), head.narrowest(text))
    bar = sheet.room
    for width in (net_width, unknown_width):
        bar -= width + COLUMN_GAP if width else 0
    net = bar + COLUMN_GAP
    after = net + net_width + COLUMN_GAP if net_width else net
    return Columns(bar, net, net_width, after, unknown_width)


def _line_below(sheet: Sheet, figures: Figures, words: Words) -> Columns:
    nets = [_net(sheet, row).width for row in figures.of("net") if not row.sign]
    if not nets:
        return Columns(sheet.room)
    word = sheet.type(style.SMALL).fit(
        words.say("net"), sheet.room - max(nets) - WORD_GAP
    )
    return Columns(sheet.room, net_width=word.width + WORD_GAP + max(nets))


def heads(sheet: Sheet, places: Columns, words: Words, y: float) -> float:
    """Write the heads of the columns, standing on one line."""
    if sheet.is_narrow:
        return y
    found: list[tuple[Block, float, str]] = []
    kind = sheet.type(style.SMALL)
    if places.net_width:
        block = kind.balanced(words.say("net"), places.net_width)
        found.append((block, places.net + places.net_width, END))
    if places.unknown_width:
        block = kind.balanced(words.category(DONT_KNOW), places.unknown_width)
        found.append((block, places.unknown + places.unknown_width / 2, "centre"))
    if not found:
        return y
    height = max(block.height for block, _, _ in found)
    for block, x, align in found:
        sheet.write(block, x, y + height - block.height, align=align)
    return y + height + 6


def write(
    sheet: Sheet,
    words: Words,
    places: Columns,
    found: Asides,
    bar: tuple[float, float],
) -> float:
    """Write them beside or below a bar of this upper and lower end; where they end."""
    top, below = bar
    if sheet.is_narrow:
        return _line(sheet, words, places, found, below)
    if found.net:
        end = places.net + places.net_width
        sheet.figure(_net(sheet, found.net), end, top + THICK / 2, align=END)
    if found.unknown:
        box = Box(places.unknown, top, places.unknown_width, THICK)
        _cell(sheet, _count(sheet, words, found.unknown), box)
    return below


def _line(
    sheet: Sheet, words: Words, places: Columns, found: Asides, y: float
) -> float:
    """The net where reading begins, "don't know" with its cell at the end."""
    if not (found.net or found.unknown):
        return y
    y += BELOW
    if not found.unknown:
        return _net_in_line(sheet, words, found, y, CELL_HEIGHT)
    count = _count(sheet, words, found.unknown)
    width = max(CELL_WIDTH, count.width + 24)
    kind, text = sheet.type(style.SMALL), words.category(DONT_KNOW)
    end = sheet.room - width - WORD_GAP
    room = end - places.net_width - COLUMN_GAP if places.net_width else end
    is_apart = kind.narrowest(text) > room
    word = kind.balanced(text, end if is_apart else room)
    height = max(CELL_HEIGHT, word.height)
    below = _net_in_line(sheet, words, found, y, CELL_HEIGHT if is_apart else height)
    y = below if is_apart else y
    _word(sheet, word, end, y + height / 2, align=END)
    top = y + (height - CELL_HEIGHT) / 2
    _cell(sheet, count, Box(sheet.room - width, top, width, CELL_HEIGHT))
    return y + height


def _net_in_line(
    sheet: Sheet, words: Words, found: Asides, y: float, height: float
) -> float:
    """The net behind its word; where the line ends."""
    if not found.net:
        return y
    kind, number = sheet.type(style.SMALL), _net(sheet, found.net)
    word = kind.fit(words.say("net"), sheet.room - number.width - WORD_GAP)
    height = max(height, word.height)
    _word(sheet, word, 0, y + height / 2, align=START)
    x = word.width + WORD_GAP
    sheet.figure(number, x, y + height / 2, align=START)
    return y + height


def _word(sheet: Sheet, word: Block, x: float, middle: float, *, align: str) -> None:
    """Write words beside a number, on its line where one line holds them."""
    if len(word.lines) == 1:
        sheet.figure(word, x, middle, align=align, colour=style.QUIET)
        return
    top = middle - word.height / 2
    sheet.write(word, x, top, align=align, colour=style.QUIET)


def _net(sheet: Sheet, figure: Figure) -> Block:
    return sheet.number(sheet.language.signed((figure.share or 0.0) * 100), NUMBER)


def _count(sheet: Sheet, words: Words, figure: Figure) -> Block:
    return sheet.number(shown(figure, words, sheet.language), NUMBER)


def _cell(sheet: Sheet, number: Block, box: Box) -> None:
    """A number on dotted ground."""
    sheet.rectangle(box, UNKNOWN)
    dotted(sheet, box)
    middle, width = box.left + box.width / 2, number.width + 8
    height = min(20.0, box.height - 3)
    plate = Box(middle - width / 2, box.top + (box.height - height) / 2, width, height)
    sheet.rectangle(plate, Look(style.WHITE, layer=3))
    sheet.figure(number, middle, box.top + box.height / 2)
