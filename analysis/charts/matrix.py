"""The priority matrix: where to act first, and where that cannot be decided.

Knows only protected figures; the lines are the means of what is published.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, in_order, read
from analysis.charts.frame import Draw, Entry, legend
from analysis.charts.sheet import END, START, Box, Look, Sheet
from analysis.charts.words import Words
from analysis.disclosure import Protected

HEIGHT, RADIUS, POINT = 380.0, 12.0, 3.5
NUMBER, TICK_GAP, ROW_GAP = 15.0, 8.0, 8.0
STEPS = (0.05, 0.1, 0.2)
MOST_TICKS = 7
CLEAR = 3.0
ACT = "corner.act"

GROUND = Look(edge=style.TRACK, thickness=1)
GRID = Look(edge="#EDEDED", thickness=1)
MEAN = Look(edge=style.INK, thickness=1.4, dash=(5, 4), layer=2)
ERROR = Look(edge="#8FB4D9", thickness=1.4, layer=3)
LEADER = Look(edge=style.INK, thickness=1, layer=4)
FILLED = Look(style.ACTION, style.WHITE, 1.5, layer=6)
HOLLOW = Look(style.WHITE, style.ACTION, 2, layer=6)


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
    def look(self) -> Look:
        """Hollow where the uncertainty crosses a line."""
        return FILLED if self.is_decided else HOLLOW


@dataclass(frozen=True, slots=True)
class Axis:
    """A range of shares along a side of the plot, and its ticks."""

    low: float
    high: float
    step: float
    start: float
    length: float

    def at(self, share: float) -> float:
        """The place of a share."""
        return self.start + (share - self.low) / (self.high - self.low) * self.length

    def ticks(self) -> Iterator[float]:
        """The shares that are named."""
        for place in range(round((self.high - self.low) / self.step) + 1):
            yield self.low + place * self.step


def draw(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """Lay out the matrix and its list below ``y``; where they end."""
    fields = _fields(read(protected), protected)
    if not fields:
        return y
    placed = [field for field in fields if field.is_placed]
    y = legend(sheet, y, _entries(placed, words))
    if placed:
        y = _plot(sheet, placed, words, y) + 22
    return _list(sheet, fields, words, y)


def _plot(sheet: Sheet, fields: Sequence[Field], words: Words, y: float) -> float:
    """The plane with its means, boxes and numbered points."""
    y = _title(sheet, words.say("importance"), y, align=START)
    y = _corners(sheet, words, (ACT, "corner.keep"), y) + 4
    importance = [field.importance for field in fields]
    satisfaction = [field.satisfaction for field in fields]
    tick = sheet.number(sheet.language.percent(1), style.SMALL, bold=False).width
    left = tick + TICK_GAP
    across = _axis(satisfaction, left, style.WIDTH - left - 1)
    up = _axis(importance, y + HEIGHT, -HEIGHT)
    sheet.rectangle(Box(left, y, across.length, HEIGHT), GROUND)
    for share in up.ticks():
        height = up.at(share)
        sheet.line(left, height, left + across.length, height, GRID)
        _tick(sheet, share, left - TICK_GAP, min(max(height, y + 6), y + HEIGHT - 5))
    _means(sheet, across, up, satisfaction, importance)
    for field in fields:
        _error(sheet, across, up, field)
    _points(sheet, across, up, fields, Box(left, y, across.length, HEIGHT))
    y += HEIGHT + 6
    y = _ticks_below(sheet, across, y)
    y = _corners(sheet, words, ("corner.watch", "corner.calm"), y) + 4
    return _title(sheet, words.say("satisfaction"), y, align=END)


def _title(sheet: Sheet, text: str, y: float, *, align: str) -> float:
    block = sheet.type(style.BODY, bold=True).fit(text, style.WIDTH)
    sheet.write(block, style.WIDTH if align == END else 0, y, align=align)
    return y + block.height + 2


def _corners(sheet: Sheet, words: Words, keys: tuple[str, str], y: float) -> float:
    """Name two corners outside the plane, where no point can stand."""
    kind = sheet.type(style.SMALL)
    room = style.WIDTH / 2 - style.GAP
    strong = sheet.type(style.SMALL, bold=keys[0] == ACT)
    first = strong.balanced(words.say(keys[0]), room)
    second = kind.balanced(words.say(keys[1]), room)
    height = max(first.height, second.height)
    sheet.write(first, 0, y, colour=style.INK if keys[0] == ACT else style.QUIET)
    sheet.write(second, style.WIDTH, y, align=END, colour=style.QUIET)
    return y + height


def _tick(sheet: Sheet, share: float, x: float, middle: float) -> None:
    text = sheet.number(sheet.language.percent(share), style.SMALL, bold=False)
    sheet.figure(text, x, middle, align=END, colour=style.QUIET)


def _ticks_below(sheet: Sheet, across: Axis, y: float) -> float:
    last = -math.inf
    ends = across.start, across.start + across.length
    for share in across.ticks():
        block = sheet.number(sheet.language.percent(share), style.SMALL, bold=False)
        x = across.at(share)
        x = min(max(x, ends[0] + block.width / 2), ends[1] - block.width / 2)
        if x - block.width / 2 > last + 6:
            sheet.figure(block, x, y + style.SMALL / 2, colour=style.QUIET)
            last = x + block.width / 2
    return y + style.SMALL + 8


def _means(
    sheet: Sheet,
    across: Axis,
    up: Axis,
    satisfaction: Sequence[Figure],
    importance: Sequence[Figure],
) -> None:
    x = across.at(fmean(each.share or 0.0 for each in satisfaction))
    y = up.at(fmean(each.share or 0.0 for each in importance))
    sheet.line(x, up.start + up.length, x, up.start, MEAN)
    sheet.line(across.start, y, across.start + across.length, y, MEAN)


def _error(sheet: Sheet, across: Axis, up: Axis, field: Field) -> None:
    """The box of both intervals; none where the design allows no intervals."""
    wide, high = field.satisfaction, field.importance
    if wide.low is None or wide.high is None or high.low is None or high.high is None:
        return
    x, to_x = across.at(wide.low), across.at(wide.high)
    top, foot = up.at(high.high), up.at(high.low)
    sheet.rectangle(Box(x, top, to_x - x, foot - top), ERROR)


def _points(
    sheet: Sheet, across: Axis, up: Axis, fields: Sequence[Field], plane: Box
) -> None:
    """Numbered circles on their points; crowded ones stand aside on a line."""
    points = {
        field.number: (
            across.at(field.satisfaction.share or 0.0),
            up.at(field.importance.share or 0.0),
        )
        for field in fields
    }
    taken: list[tuple[float, float]] = []
    for field in fields:
        x, y = points[field.number]
        others = [each for number, each in points.items() if number != field.number]
        place = _free_place((x, y), taken, others, plane)
        taken.append(place)
        if place != (x, y):
            sheet.line(x, y, *place, LEADER)
            sheet.dot(x, y, POINT, field.look)
        _badge(sheet, field, *place)


def _free_place(
    point: tuple[float, float],
    taken: Sequence[tuple[float, float]],
    points: Sequence[tuple[float, float]],
    plane: Box,
) -> tuple[float, float]:
    """The nearest place for a circle that covers no other circle and no other point."""
    inner = RADIUS + 1
    for x, y in _around(point):
        inside = (
            plane.left + inner <= x <= plane.right - inner
            and plane.top + inner <= y <= plane.bottom - inner
        )
        apart = all(math.dist((x, y), each) > 2 * RADIUS + CLEAR for each in taken)
        clear = all(math.dist((x, y), each) > RADIUS + POINT + CLEAR for each in points)
        if apart and clear and inside:
            return x, y
    return point


def _around(point: tuple[float, float]) -> Iterator[tuple[float, float]]:
    x, y = point
    yield point
    for ring in range(1, 12):
        for turn in range(24):
            angle = math.tau * turn / 24
            reach = RADIUS + ring * 8
            yield x + reach * math.cos(angle), y + reach * math.sin(angle)


def _badge(sheet: Sheet, field: Field, x: float, y: float) -> None:
    sheet.dot(x, y, RADIUS, field.look)
    number = sheet.number(sheet.language.number(field.number), NUMBER)
    sheet.figure(number, x, y, colour=_ink(field.look))


def _ink(look: Look) -> str:
    return style.WHITE if look.fill == style.ACTION else style.ACTION


def _list(sheet: Sheet, fields: Sequence[Field], words: Words, y: float) -> float:
    """The fields by number, with both shares."""
    head = sheet.type(style.SMALL)
    heads = [words.say("importance"), words.say("satisfaction")]
    number = sheet.number(sheet.language.percent(1), NUMBER).width
    widths = [min(110.0, max(head.width(text), number)) for text in heads]
    widths = [
        max(width, head.narrowest(text))
        for width, text in zip(widths, heads, strict=True)
    ]
    ends = (style.WIDTH - widths[1] - 14, style.WIDTH)
    room = ends[0] - widths[0] - 14 - 2 * RADIUS - 10
    blocks = [
        head.balanced(text, width) for text, width in zip(heads, widths, strict=True)
    ]
    height = max(block.height for block in blocks)
    for block, end in zip(blocks, ends, strict=True):
        foot = y + height - block.height
        sheet.write(block, end, foot, align=END, colour=style.QUIET)
    y += height + 4
    for field in fields:
        y = _entry(sheet, field, words, room, ends, y) + ROW_GAP
    return y - ROW_GAP


def _entry(
    sheet: Sheet,
    field: Field,
    words: Words,
    room: float,
    ends: tuple[float, float],
    y: float,
) -> float:
    label = sheet.type(style.BODY).fit(words.category(field.code), room)
    signs = [each.sign for each in (field.importance, field.satisfaction) if each.sign]
    height = max(label.height, 2 * RADIUS + 2)
    middle = y + height / 2
    _badge(sheet, field, RADIUS + 1, middle)
    x = 2 * RADIUS + 10
    sheet.write(label, x, middle - label.height / 2)
    for figure, end in zip((field.importance, field.satisfaction), ends, strict=True):
        if figure.share is not None:
            number = sheet.number(sheet.language.percent(figure.share), NUMBER)
            sheet.figure(number, end, middle, align=END)
    y += height
    if signs:
        text = words.say(f"sign.{signs[0]}")
        note = sheet.type(style.SMALL).fit(text, style.WIDTH - x)
        sheet.write(note, x, y, colour=style.QUIET)
        y += note.height
    return y


def _fields(figures: Figures, protected: Protected) -> list[Field]:
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


def _axis(figures: Sequence[Figure], start: float, length: float) -> Axis:
    """A range that holds every share and interval, with round ends."""
    values = [
        value
        for each in figures
        for value in (each.low, each.high, each.share)
        if value is not None
    ]
    low, high = max(0.0, min(values) - 0.02), min(1.0, max(values) + 0.02)
    for step in STEPS:
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first <= MOST_TICKS:
            break
    return Axis(first * step, max(last, first + 1) * step, step, start, length)


def _entries(fields: Sequence[Field], words: Words) -> list[Entry]:
    entries = [Entry(_line_symbol, words.say("means"))] if fields else []
    if any(each.importance.has_interval for each in fields):
        entries.append(Entry(_box_symbol, words.say("box")))
    if any(not each.is_decided for each in fields):
        entries.append(Entry(_dot_symbol(HOLLOW), words.say("undecided")))
    return entries


def _line_symbol(sheet: Sheet, x: float, middle: float) -> None:
    sheet.line(x - 9, middle, x + 9, middle, MEAN)


def _box_symbol(sheet: Sheet, x: float, middle: float) -> None:
    sheet.rectangle(Box(x - 8, middle - 6, 16, 12), ERROR)


def _dot_symbol(look: Look) -> Draw:
    def draw(sheet: Sheet, x: float, middle: float) -> None:
        sheet.dot(x, middle, 7, look)

    return draw
