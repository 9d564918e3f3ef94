"""Shares, intervals and summaries of answers; knows no chart and no disclosure."""

from analysis.estimates.change import most_changed
from analysis.estimates.intervals import effective_size, interval
from analysis.estimates.options import multiple
from analysis.estimates.scale import agreement, summary
from analysis.estimates.spending import gini, points
from analysis.estimates.table import shares

__all__ = [
    "agreement",
    "effective_size",
    "gini",
    "interval",
    "most_changed",
    "multiple",
    "points",
    "shares",
    "summary",
]
