"""The priority matrix: where to act first, and where that cannot be decided.

Knows only protected figures; the lines are the means of what is published.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from analysis.charts import style
from analysis.charts.fields import (
    HOLLOW,
    RADIUS,
    Field,
    badge,
    read_fields,
    write_list,
)
from analysis.charts.figures import Figure, read
from analysis.charts.frame import Draw, Entry, legend
from analysis.charts.sheet import END, START, Box, Look, Sheet
from analysis.charts.words import Words
from analysis.disclosure import Protected

HEIGHT, POINT, TICK_GAP = 380.0, 3.5, 8.0
STEPS = (0.05, 0.1, 0.2)
MOST_TICKS = 7
CLEAR = 3.0
ACT = "corner.act"

GROUND = Look(edge=style.TRACK, thickness=1)
GRID = Look(edge="#EDEDED", thickness=1)
MEAN = Look(edge=style.INK, thickness=1.4, dash=(5, 4), layer=2)
ERROR = Look(edge="#8FB4D9", thickness=1.4, layer=3)
LEADER = Look(edge=style.INK, thickness=1, layer=4)


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
    fields = read_fields(read(protected), protected)
    if not fields:
        return y
    placed = [field for field in fields if field.is_placed]
    y = legend(sheet, y, _entries(placed, words))
    if placed:
        y = _plot(sheet, placed, words, y) + 22
    return write_list(sheet, fields, words, y)


def _plot(sheet: Sheet, fields: Sequence[Field], words: Words, y: float) -> float:
    """The plane with its means, boxes and numbered points."""
    y = _title(sheet, words.say("importance"), y, align=START)
    y = _corners(sheet, words, (ACT, "corner.keep"), y) + 4
    importance = [field.importance for field in fields]
    satisfaction = [field.satisfaction for field in fields]
    tick = sheet.number(sheet.language.percent(1), style.SMALL, bold=False).width
    left = tick + TICK_GAP
    across = _axis(satisfaction, left, sheet.room - left - 1)
    height = min(HEIGHT, across.length) if sheet.is_narrow else HEIGHT
    plane = Box(left, y, across.length, height)
    up = _axis(importance, plane.bottom, -height)
    sheet.rectangle(plane, GROUND)
    for share in up.ticks():
        line = up.at(share)
        sheet.line(left, line, plane.right, line, GRID)
        middle = min(max(line, plane.top + 6), plane.bottom - 5)
        _tick(sheet, share, left - TICK_GAP, middle)
    _means(sheet, across, up, satisfaction, importance)
    for field in fields:
        _error(sheet, across, up, field)
    _points(sheet, across, up, fields, plane)
    y = _ticks_below(sheet, across, plane.bottom + 6)
    y = _corners(sheet, words, ("corner.watch", "corner.calm"), y) + 4
    return _title(sheet, words.say("satisfaction"), y, align=END)


def _title(sheet: Sheet, text: str, y: float, *, align: str) -> float:
    block = sheet.type(style.BODY, bold=True).fit(text, sheet.room)
    sheet.write(block, sheet.room if align == END else 0, y, align=align)
    return y + block.height + 2


def _corners(sheet: Sheet, words: Words, keys: tuple[str, str], y: float) -> float:
    """Name two corners outside the plane, where no point can stand."""
    kind = sheet.type(style.SMALL)
    room = sheet.room / 2 - style.GAP
    strong = sheet.type(style.SMALL, bold=keys[0] == ACT)
    first = strong.balanced(words.say(keys[0]), room)
    second = kind.balanced(words.say(keys[1]), room)
    height = max(first.height, second.height)
    sheet.write(first, 0, y, colour=style.INK if keys[0] == ACT else style.QUIET)
    sheet.write(second, sheet.room, y, align=END, colour=style.QUIET)
    return y + height


def _tick(sheet: Sheet, share: float, x: float, middle: float) -> None:
    text = sheet.number(sheet.language.percent(share), style.SMALL, bold=False)
    sheet.figure(text, x, middle, align=END, colour=style.QUIET)


def _ticks_below(sheet: Sheet, across: Axis, y: float) -> float:
    """Name the ticks, or every second or third of them where they are too close."""
    ends = across.start, across.start + across.length
    named = []
    for share in across.ticks():
        block = sheet.number(sheet.language.percent(share), style.SMALL, bold=False)
        half = block.width / 2
        middle = min(max(across.at(share), ends[0] + half), ends[1] - half)
        named.append((block, middle))
    for stride in range(1, len(named) + 1):
        chosen = named[::stride]
        if all(
            second - first > (block.width + other.width) / 2 + 6
            for (block, first), (other, second) in pairwise(chosen)
        ):
            break
    for block, middle in chosen:
        sheet.figure(block, middle, y + style.SMALL / 2, colour=style.QUIET)
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
        badge(sheet, field, *place)


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
