"""A track from 0 to 100 % on which a share and its interval stand.

Knows one figure at a time, no tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure
from analysis.charts.sheet import END, START, Look, Sheet

RADIUS, HOLLOW_RADIUS, CAP = 6.5, 4.0, 5.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
NAMED = (0.0, 0.5, 1.0)
TRACK = Look(edge=style.TRACK, thickness=5)
TICK = Look(edge=style.WHITE, thickness=1.5, layer=2)
STEM = Look(edge=style.SEQUENTIAL[2], thickness=5, layer=3)
WHISKER_HALO = Look(edge=style.WHITE, thickness=5, layer=4)
WHISKER = Look(edge=style.INK, thickness=1.8, layer=5)
DOT = Look(style.ACTION, style.WHITE, 1.2, layer=6)
HOLLOW = Look(style.WHITE, style.INK, 1.8, layer=7)
AIM = Look(edge=style.INK, thickness=2.4, layer=5)


@dataclass(frozen=True, slots=True)
class Track:
    """Where 0 % and 100 % are."""

    start: float
    end: float

    def at(self, share: float) -> float:
        """The place of a share; never beyond the ends."""
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def axis(sheet: Sheet, track: Track, y: float) -> float:
    """Write 0, 50 and 100 % above the tracks; where the tracks begin."""
    kind = sheet.type(style.SMALL)
    for share in NAMED:
        align = {0.0: START, 1.0: END}.get(share, "centre")
        text = sheet.language.isolate(sheet.language.percent(share))
        sheet.write(
            kind.line(text), track.at(share), y, align=align, colour=style.QUIET
        )
    return y + kind.leading + 5


def plot(sheet: Sheet, track: Track, figure: Figure, middle: float) -> None:
    """Paint track, share and, where it is published, its interval."""
    sheet.line(track.start, middle, track.end, middle, TRACK)
    for share in TICKS[1:-1]:
        sheet.line(track.at(share), middle - 3, track.at(share), middle + 3, TICK)
    if figure.share is None:
        return
    x = track.at(figure.share)
    sheet.line(track.start, middle, x, middle, STEM)
    if figure.low is not None and figure.high is not None:
        whisker(sheet, track.at(figure.low), track.at(figure.high), middle)
    sheet.dot(x, middle, RADIUS, DOT)
    if figure.weighted_share is not None:
        weighted_symbol(sheet, track.at(figure.weighted_share), middle)


def weighted_symbol(sheet: Sheet, x: float, middle: float) -> None:
    """A weighted share: a hollow dot, seen on the full one as well as beside it."""
    sheet.dot(x, middle, HOLLOW_RADIUS, HOLLOW)


def register_symbol(sheet: Sheet, x: float, middle: float) -> None:
    """The share of the register: a stroke across the track."""
    for look in (WHISKER_HALO, AIM):
        sheet.line(x, middle - RADIUS - 3, x, middle + RADIUS + 3, look)


def whisker(sheet: Sheet, low: float, high: float, middle: float) -> None:
    """Draw an interval as a line with feet."""
    for look in (WHISKER_HALO, WHISKER):
        sheet.line(low, middle, high, middle, look)
        for x in (low, high):
            sheet.line(x, middle - CAP, x, middle + CAP, look)


def interval_symbol(sheet: Sheet, x: float, middle: float) -> None:
    """The interval in a legend."""
    whisker(sheet, x - 8, x + 8, middle)
