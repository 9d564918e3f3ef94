"""Agreement bars: how opinion is spread, one bar per statement, drawn to its own sum.

Knows only protected figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, in_order, read, shown
from analysis.charts.frame import (
    UNKNOWN,
    WITHHELD,
    Entry,
    dotted,
    legend,
    letters,
    swatch,
    upright,
)
from analysis.charts.sheet import END, Box, Look, Sheet
from analysis.charts.text import Block
from analysis.charts.words import Words
from analysis.disclosure import Protected

THICK, NUMBER = 32.0, 15.0
COLUMN_GAP, CUT, PAD = 14.0, 2.0, 3.5
ROW_GAP = 18.0
DONT_KNOW = "-3"
MARK = Look(edge=style.INK, thickness=1.5, layer=4)
HALO = Look(edge=style.WHITE, thickness=4.5, layer=3)
LEADER = Look(edge=style.RULE, thickness=1, layer=1)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand: the bar, the net, the column of "don't know"."""

    bar: float
    unit: float
    net: float
    net_width: float
    unknown: float
    unknown_width: float


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of the scale: its code and how it is painted."""

    category: str
    look: Look


def draw(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """Lay the bars out below ``y``; where they end."""
    figures = read(protected)
    steps = _steps(figures, favourable_first="reversed" not in protected.notes)
    if not steps:
        return y
    columns = _columns(sheet, figures, words)
    y = legend(sheet, y, _entries(figures, steps, words))
    y = _heads(sheet, columns, words, y)
    for item in protected.items:
        if len(protected.items) > 1:
            block = sheet.type(style.BODY).fit(words.item(item), style.WIDTH)
            sheet.write(block, 0, y)
            y += block.height + 5
        y = _row(sheet, protected, words, _Row(figures, item, steps, columns), y)
        y += ROW_GAP
    return y - ROW_GAP / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """What one bar is drawn from."""

    figures: Figures
    item: str
    steps: tuple[Step, ...]
    columns: Columns


def _row(
    sheet: Sheet, protected: Protected, words: Words, row: _Row, y: float
) -> float:
    parts = [
        (step, figure)
        for step in row.steps
        if (figure := row.figures.one("share", item=row.item, category=step.category))
    ]
    if any(figure.part for _, figure in parts):
        below = _bar(sheet, words, row, parts, y)
    else:
        below = _withheld(sheet, words, protected, row, y)
    _net(sheet, words, row, y)
    _dont_know(sheet, words, row, y)
    return below


def _bar(
    sheet: Sheet,
    words: Words,
    row: _Row,
    parts: list[tuple[Step, Figure]],
    y: float,
) -> float:
    """Paint the segments; numbers inside where they fit, else below."""
    columns = row.columns
    x = 0.0
    beside: list[tuple[float, Block]] = []
    for step, figure in parts:
        length = figure.part * columns.unit
        if not length:
            continue
        box = Box(x, y, max(length - CUT, 1.0), THICK)
        sheet.rectangle(box, step.look)
        number = sheet.number(shown(figure, words, sheet.language), NUMBER)
        if not _inside(sheet, number, box, step):
            beside.append((x + box.width / 2, number))
        x += length
    if abs(x - columns.unit) > 0.005 * columns.unit:
        for look in (HALO, MARK):
            sheet.line(columns.unit, y - 4, columns.unit, y + THICK + 4, look)
    return _beside(sheet, columns, beside, y + THICK)


def _inside(sheet: Sheet, number: Block, box: Box, step: Step) -> bool:
    """Write a number into its segment if it fits and can be read there."""
    ground = step.look.fill
    ink = style.ink_on(ground)
    if number.width + 2 * PAD > box.width:
        return False
    if style.contrast(ink, ground) < style.READABLE:
        return False
    middle, height = box.left + box.width / 2, NUMBER + 4
    if step.look.hatch[0]:
        width = number.width + 8
        plate = Box(middle - width / 2, box.top + (THICK - height) / 2, width, height)
        sheet.rectangle(plate, Look(ground, layer=2))
    sheet.figure(number, middle, box.top + THICK / 2, colour=ink)
    return True


def _beside(
    sheet: Sheet, columns: Columns, numbers: list[tuple[float, Block]], y: float
) -> float:
    """Write numbers that did not fit below their segments, pushed apart."""
    if not numbers:
        return y
    widths = [number.width for _, number in numbers]
    places = spread([x for x, _ in numbers], widths, columns.bar, gap=6)
    for (x, number), place in zip(numbers, places, strict=True):
        sheet.line(x, y + 1, place, y + 7, LEADER)
        sheet.figure(number, place, y + 8 + NUMBER / 2)
    return y + 8 + NUMBER


def spread(
    places: list[float], widths: list[float], room: float, *, gap: float
) -> list[float]:
    """Move middles of labels apart, keeping their order, within 0…``room``."""
    moved: list[float] = []
    edge = 0.0
    for place, width in zip(places, widths, strict=True):
        moved.append(max(place, edge + width / 2))
        edge = moved[-1] + width / 2 + gap
    edge = room
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], edge - widths[at] / 2)
        edge = moved[at] - widths[at] / 2 - gap
    return moved


def _withheld(
    sheet: Sheet, words: Words, protected: Protected, row: _Row, y: float
) -> float:
    """Say in words what cannot be shown: protected, too few, a large majority."""
    majority = [
        statement.value
        for statement in protected.statements
        if (statement.kind, statement.item) == ("majority", row.item)
    ]
    signs = [each.sign for each in row.figures.of("share", item=row.item) if each.sign]
    width = row.columns.unit
    if majority:
        text = words.say("majority") % {"answer": words.category(majority[0])}
    else:
        text = words.say(f"sign.{signs[0]}" if signs else "sign.few")
    block = sheet.type(style.SMALL).fit(text, width - 4 * PAD)
    height = max(THICK, block.height + 2 * PAD)
    if not majority and "protected" in signs:
        sheet.rectangle(Box(0, y, width - CUT, height), WITHHELD)
        plate = Box(PAD, y + (height - block.height) / 2, block.width + 2 * PAD, 0)
        sheet.rectangle(
            Box(plate.left, plate.top, plate.width, block.height),
            Look(style.WHITE, layer=2),
        )
    x = 0.0 if majority else 2 * PAD
    sheet.write(block, x, y + (height - block.height) / 2)
    return y + height


def _net(sheet: Sheet, words: Words, row: _Row, y: float) -> None:
    figure = row.figures.one("net", item=row.item)
    if figure is None or figure.sign or figure.share is None:
        return
    columns = row.columns
    number = sheet.number(sheet.language.signed(figure.share * 100), NUMBER)
    end = columns.net + columns.net_width
    sheet.figure(number, end, y + THICK / 2, align=END)


def _dont_know(sheet: Sheet, words: Words, row: _Row, y: float) -> None:
    figure = row.figures.one("missing", item=row.item, category=DONT_KNOW)
    if figure is None or figure.sign or figure.n is None:
        return
    columns = row.columns
    box = Box(columns.unknown, y, columns.unknown_width, THICK)
    sheet.rectangle(box, UNKNOWN)
    dotted(sheet, box)
    number = sheet.number(shown(figure, words, sheet.language), NUMBER)
    middle, width = box.left + box.width / 2, number.width + 8
    plate = Box(middle - width / 2, y + 6, width, THICK - 12)
    sheet.rectangle(plate, Look(style.WHITE, layer=3))
    sheet.figure(number, middle, y + THICK / 2)


def _steps(figures: Figures, *, favourable_first: bool) -> tuple[Step, ...]:
    codes = in_order(figures.of("share"), lambda row: row.category)
    colours = style.scale_colours(len(codes))
    painted = []
    for place, colour in enumerate(colours):
        unfavourable = place < (len(codes) - 1) / 2
        hatch = style.hatch_of(colour, unfavourable=unfavourable)
        painted.append(Look(colour, hatch=hatch))
    if favourable_first:
        painted.reverse()
    return tuple(Step(*pair) for pair in zip(codes, painted, strict=True))


def _columns(sheet: Sheet, figures: Figures, words: Words) -> Columns:
    """Give each column the width its words and numbers need; the bar has the rest."""
    head = sheet.type(style.SMALL)
    has_net = bool(figures.of("net"))
    has_unknown = bool(figures.of("missing", category=DONT_KNOW))
    net_width = unknown_width = 0.0
    if has_net:
        number = sheet.number(sheet.language.signed(-100), NUMBER).width
        net_width = max(number, min(80, head.width(words.say("net"))))
        net_width = max(net_width, head.narrowest(words.say("net")))
    if has_unknown:
        text = words.category(DONT_KNOW)
        widest = max(head.width(word) for word in text.split())
        unknown_width = max(64.0, min(96.0, widest), head.narrowest(text))
    bar = style.WIDTH
    for width in (net_width, unknown_width):
        bar -= width + COLUMN_GAP if width else 0
    longest = max(
        (
            sum(row.part for row in figures.of("share", item=item))
            for item in in_order(figures.rows, lambda row: row.item)
        ),
        default=1.0,
    )
    net = bar + COLUMN_GAP
    after = net + net_width + COLUMN_GAP if net_width else net
    return Columns(bar, bar / max(1.0, longest), net, net_width, after, unknown_width)


def _heads(sheet: Sheet, columns: Columns, words: Words, y: float) -> float:
    """Write the heads of the columns, standing on one line."""
    heads: list[tuple[Block, float, str]] = []
    kind = sheet.type(style.SMALL)
    if columns.net_width:
        block = kind.balanced(words.say("net"), columns.net_width)
        heads.append((block, columns.net + columns.net_width, END))
    if columns.unknown_width:
        block = kind.balanced(words.category(DONT_KNOW), columns.unknown_width)
        heads.append((block, columns.unknown + columns.unknown_width / 2, "centre"))
    if not heads:
        return y
    height = max(block.height for block, _, _ in heads)
    for block, x, align in heads:
        sheet.write(block, x, y + height - block.height, align=align)
    return y + height + 6


def _entries(
    figures: Figures, steps: tuple[Step, ...], words: Words
) -> tuple[Entry, ...]:
    """What the legend explains: every answer, and every sign that is used."""
    entries = [
        Entry(swatch(step.look), words.category(step.category)) for step in steps
    ]
    sums = (
        sum(row.part for row in figures.of("share", item=item))
        for item in in_order(figures.of("share"), lambda row: row.item)
    )
    if any(total and abs(total - 1) > 0.005 for total in sums):
        entries.append(Entry(upright(MARK), words.say("mark")))
    signs = {row.sign for row in figures.of("share")}
    if "uncertain" in signs:
        entries.append(Entry(letters("( )"), words.say("sign.uncertain")))
    return tuple(entries)
