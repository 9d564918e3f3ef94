"""Agreement bars: how opinion is spread, one bar per statement, drawn to its own sum.

Knows only protected figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts import asides, style
from analysis.charts.asides import NUMBER, THICK
from analysis.charts.figures import Figure, Figures, in_order, read, shown
from analysis.charts.frame import WITHHELD, Entry, legend, letters, swatch, upright
from analysis.charts.sheet import Box, Look, Sheet
from analysis.charts.text import Block
from analysis.charts.words import Words
from analysis.disclosure import Protected

CUT, PAD = 2.0, 3.5
ROW_GAP = 18.0
MARK = Look(edge=style.INK, thickness=1.5, layer=4)
HALO = Look(edge=style.WHITE, thickness=4.5, layer=3)
LEADER = Look(edge=style.RULE, thickness=1, layer=1)


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
    columns = asides.columns(sheet, figures, words)
    unit = _unit(figures, columns.bar)
    y = legend(sheet, y, _entries(figures, steps, words))
    y = asides.heads(sheet, columns, words, y)
    for item in protected.items:
        if len(protected.items) > 1:
            block = sheet.type(style.BODY).fit(words.item(item), sheet.room)
            sheet.write(block, 0, y)
            y += block.height + 5
        row = _Row(figures, item, steps, columns, unit)
        y = _row(sheet, protected, words, row, y)
        y += ROW_GAP
    return y - ROW_GAP / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """What one bar is drawn from."""

    figures: Figures
    item: str
    steps: tuple[Step, ...]
    columns: asides.Columns
    unit: float


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
    found = asides.asides(row.figures, row.item)
    return asides.write(sheet, words, row.columns, found, (y, below))


def _bar(
    sheet: Sheet,
    words: Words,
    row: _Row,
    parts: list[tuple[Step, Figure]],
    y: float,
) -> float:
    """Paint the segments; numbers inside where they fit, else below."""
    unit = row.unit
    is_marked = abs(sum(figure.part for _, figure in parts) - 1) > 0.005
    x = 0.0
    beside: list[tuple[float, Block]] = []
    for step, figure in parts:
        length = figure.part * unit
        if not length:
            continue
        box = Box(x, y, max(length - CUT, 1.0), THICK)
        sheet.rectangle(box, step.look)
        number = sheet.number(shown(figure, words, sheet.language), NUMBER)
        free = _beside_mark(box, unit) if is_marked else box
        if not _inside(sheet, number, free, step):
            beside.append((x + box.width / 2, number))
        x += length
    if is_marked:
        for look in (HALO, MARK):
            sheet.line(unit, y - 4, unit, y + THICK + 4, look)
    return _beside(sheet, row.columns.bar, beside, y + THICK)


def _beside_mark(box: Box, mark: float) -> Box:
    """The wider part of a segment before or behind the mark, if it stands there."""
    if not box.left < mark < box.right:
        return box
    if mark - box.left >= box.right - mark:
        return Box(box.left, box.top, mark - box.left, box.height)
    return Box(mark, box.top, box.right - mark, box.height)


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
    sheet: Sheet, bar: float, numbers: list[tuple[float, Block]], y: float
) -> float:
    """Write numbers that did not fit below their segments, pushed apart."""
    if not numbers:
        return y
    widths = [number.width for _, number in numbers]
    places = spread([x for x, _ in numbers], widths, bar, gap=6)
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
    width = row.unit
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


def _unit(figures: Figures, bar: float) -> float:
    """How long 100 % is, so that the longest sum fits the bar."""
    sums = (
        sum(row.part for row in figures.of("share", item=item))
        for item in in_order(figures.rows, lambda row: row.item)
    )
    return bar / max(1.0, *sums)


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
