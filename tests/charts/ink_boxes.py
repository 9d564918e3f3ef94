"""Where the ink of every text of a sheet really is, measured by its outlines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from analysis.charts.fonts import properties, start
from analysis.charts.sheet import Box, Label, Sheet


def ink_of(label: Label) -> Iterator[Box]:
    """The extent of each line's outlines on the paper."""
    block = label.block
    for line, (x, y) in zip(block.lines, label.lines, strict=True):
        left, right, foot, top = (
            part * block.size for part in extent(line.text, block.weight)
        )
        yield Box(x + left, y - top, right - left, top - foot)


@lru_cache(8192)
def extent(text: str, weight: int) -> tuple[float, float, float, float]:
    """Left, right, lower and upper end of a text's outlines, in em."""
    start()
    from matplotlib.textpath import text_to_path

    corners, _ = text_to_path.get_text_path(properties(weight, 100.0), text)
    points = np.array([each for each in corners if any(each)]) / 100
    return (
        points[:, 0].min(),
        points[:, 0].max(),
        points[:, 1].min(),
        points[:, 1].max(),
    )


def collisions(sheet: Sheet) -> list[tuple[str, str]]:
    """Pairs of lines of text whose ink overlaps."""
    inked = [(label.block.text, box) for label in sheet.labels for box in ink_of(label)]
    inked.sort(key=lambda each: each[1].top)
    found = []
    for place, (text, box) in enumerate(inked):
        for other_text, other in inked[place + 1 :]:
            if other.top > box.bottom:
                break
            if box.meets(other):
                found.append((text, other_text))
    return found


def outside(sheet: Sheet) -> list[str]:
    """Texts that leave the paper."""
    return [
        label.block.text
        for label in sheet.labels
        for box in ink_of(label)
        if box.left < 0
        or box.top < 0
        or box.right > sheet.width
        or box.bottom > sheet.height
    ]
