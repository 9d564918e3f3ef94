"""How charts look: colours, sizes, and which ink is readable on which ground.

Knows neither figures nor how anything is drawn.
"""

from __future__ import annotations

from functools import lru_cache

# Beside the margins. A framed picture stays large on a wall; one on a page is shown
# 328 px wide on most telephones, and its type is then as large as the page's.
ROOM_FRAMED, MARGIN_FRAMED = 452.0, 26.0
ROOM_PAGE, MARGIN_PAGE = 292.0, 4.0
PNG_DPI = 200

HEADLINE, BODY, SMALL = 21.0, 16.0, 14.0
GAP = 8.0

WHITE, INK, QUIET, RULE, TRACK = "#FFFFFF", "#1B1B1B", "#4A4A4A", "#767676", "#D9D9D9"
ACTION, ACCENT = "#12436D", "#F46A25"
CATEGORICAL = ("#12436D", "#28A197", "#801650", "#F46A25")
SEQUENTIAL = ("#12436D", "#2073BC", "#6BACE6")
NEGATIVE_STRONG, NEGATIVE, MIDDLE, POSITIVE, POSITIVE_STRONG = (
    "#8C3B00",
    "#E08A3C",
    "#D9D9D9",
    "#5E9BD1",
    "#12436D",
)
DONT_KNOW_EDGE = "#767676"

# WCAG 2.2, success criterion 1.4.3, for text of this size.
READABLE = 4.5

# From the unfavourable to the favourable end.
SCALE = (NEGATIVE_STRONG, NEGATIVE, MIDDLE, POSITIVE, POSITIVE_STRONG)
FEW_STEPS = {
    2: (NEGATIVE_STRONG, POSITIVE_STRONG),
    3: (NEGATIVE, MIDDLE, POSITIVE),
    4: (NEGATIVE_STRONG, NEGATIVE, POSITIVE, POSITIVE_STRONG),
}
DOT_STEP = 6.0


def scale_colours(steps: int) -> tuple[str, ...]:
    """Colours of a scale from its unfavourable to its favourable end."""
    if steps in FEW_STEPS:
        return FEW_STEPS[steps]
    return tuple(_between(place / max(1, steps - 1)) for place in range(steps))


def hatch_of(colour: str, *, unfavourable: bool) -> tuple[str, str]:
    """The hatch of a step: two steps can be the same grey, so one side is hatched."""
    if not unfavourable:
        return ("", "")
    return ("//", NEGATIVE if ink_on(colour) == WHITE else NEGATIVE_STRONG)


@lru_cache
def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` as WCAG defines it, 0…1."""
    red, green, blue = (
        _linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1…21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache
def ink_on(ground: str) -> str:
    """Near-black or white, whichever is easier to read on ``ground``."""
    return max((INK, WHITE), key=lambda ink: contrast(ink, ground))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _between(place: float) -> str:
    """The colour at a place, 0…1, of the five-step scale."""
    first = min(int(place * 4), 3)
    share = place * 4 - first
    parts = (
        (int(SCALE[first][at : at + 2], 16), int(SCALE[first + 1][at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)
