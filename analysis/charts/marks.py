"""The entries of a legend that explain intervals and signs, if a chart has them.

Knows single figures, no tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts.figures import Figure
from analysis.charts.frame import Entry, letters
from analysis.charts.scale import interval_symbol, weighted_symbol
from analysis.charts.words import Words


def mark_entries(rows: Sequence[Figure], words: Words) -> list[Entry]:
    """What has to be explained of these figures; the other signs stand as words."""
    entries = []
    if any(row.has_interval for row in rows):
        entries.append(Entry(interval_symbol, words.say("interval")))
    if any(row.weighted_share is not None for row in rows):
        entries.append(Entry(weighted_symbol, words.say("weighted")))
    if any(row.is_uncertain for row in rows):
        entries.append(Entry(letters("( )"), words.say("sign.uncertain")))
    return entries
