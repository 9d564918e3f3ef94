"""Ranks: what was put first, and between which places it may stand.

Knows only protected figures; ties share a band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.charts import style
from analysis.charts.figures import Figure, in_order, read
from analysis.charts.frame import Entry, legend
from analysis.charts.scale import DOT, RADIUS, TRACK, interval_symbol, whisker
from analysis.charts.sheet import END, Box, Look, Sheet
from analysis.charts.words import Words
from analysis.disclosure import Protected

NUMBER, PLACE = 16.0, 21.0
LINE, ROW_GAP, PAD = 22.0, 12.0, 6.0
BAND = Look("#E9F0F7", layer=0)
TICK = Look(edge=style.WHITE, thickness=1.5, layer=2)
RANGE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Place:
    """One alternative: its place, and the best and worst that are possible."""

    code: str
    rank: Figure
    low: Figure | None
    high: Figure | None


def draw(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """Lay out the order below ``y``; where it ends."""
    places = _places(protected)
    if not places:
        return y
    has_range = any(place.low and place.high for place in places)
    if has_range:
        y = legend(sheet, y, [Entry(interval_symbol, words.say("rank_interval"))])
    start = sheet.number("88", PLACE).width + 14 + RADIUS
    text = _range(sheet, 88, 88)
    end = sheet.room - sheet.number(text, NUMBER).width - 12 - RADIUS
    y = _axis(sheet, words, len(places), (start, end), y)
    ordered = groupby(places, key=lambda place: place.rank.share)
    for _, tied in ordered:
        y = _band(sheet, words, list(tied), len(places), (start, end), y)
    return y - ROW_GAP


def _band(
    sheet: Sheet,
    words: Words,
    tied: Sequence[Place],
    count: int,
    track: tuple[float, float],
    y: float,
) -> float:
    """Alternatives that share a place stand on one ground."""
    top = y - PAD
    for place in tied:
        y = _row(sheet, words, place, count, track, y) + ROW_GAP
    if len(tied) > 1:
        sheet.rectangle(Box(0, top, sheet.room, y - ROW_GAP + PAD - top), BAND)
        y += 2
    return y


def _row(
    sheet: Sheet,
    words: Words,
    place: Place,
    count: int,
    track: tuple[float, float],
    y: float,
) -> float:
    left = track[0] - RADIUS
    label = sheet.type(style.BODY).fit(words.category(place.code), sheet.room - left)
    sheet.write(label, left, y)
    middle = y + label.height + LINE / 2
    if place.rank.share is None:
        sign = words.say(f"sign.{place.rank.sign or 'few'}")
        note = sheet.type(style.SMALL).fit(sign, sheet.room - left)
        sheet.write(note, left, y + label.height)
        return y + label.height + note.height
    rank = sheet.number(sheet.language.number(place.rank.share), PLACE)
    sheet.figure(rank, left - 14, middle, align=END)
    sheet.line(track[0], middle, track[1], middle, TRACK)
    for tick in range(1, count + 1):
        x = _at(tick, count, track)
        sheet.line(x, middle - 3, x, middle + 3, TICK)
    if place.low and place.high and place.low.share and place.high.share:
        low, high = place.low.share, place.high.share
        whisker(sheet, _at(low, count, track), _at(high, count, track), middle)
        between = sheet.number(_range(sheet, low, high), NUMBER, bold=False)
        sheet.figure(between, sheet.room, middle, align=END)
    sheet.dot(_at(place.rank.share, count, track), middle, RADIUS, DOT)
    return middle + LINE / 2


def _axis(
    sheet: Sheet, words: Words, count: int, track: tuple[float, float], y: float
) -> float:
    """Name the first and the last place above the tracks."""
    kind = sheet.type(style.SMALL)
    title = kind.fit(words.say("rank"), sheet.room)
    sheet.write(title, 0, y, colour=style.QUIET)
    y += title.height
    for rank in dict.fromkeys((1, count)):
        number = sheet.number(sheet.language.number(rank), style.SMALL, bold=False)
        x = _at(rank, count, track)
        sheet.figure(number, x, y + LINE / 2, colour=style.QUIET)
    return y + LINE + 2


def _at(rank: float, count: int, track: tuple[float, float]) -> float:
    return track[0] + (rank - 1) / max(1, count - 1) * (track[1] - track[0])


def _range(sheet: Sheet, low: float, high: float) -> str:
    number = sheet.language.number
    return number(low) if low == high else f"{number(low)}{RANGE}{number(high)}"


def _places(protected: Protected) -> list[Place]:
    figures = read(protected)
    places = []
    for code in in_order(figures.of("rank"), lambda row: row.category):
        rank, low, high = (
            next(iter(figures.of(statistic, category=code)), None)
            for statistic in ("rank", "rank_low", "rank_high")
        )
        if rank:
            places.append(Place(code, rank, low, high))
    last = len(places) + 1
    return sorted(places, key=lambda place: place.rank.share or last)
