"""Partial sums every table is built from: counted by part, combined, finished.

Sums of parts add up to the sums of the whole, so any executor that can map gives
the same figures as one machine. Knows no interval and no test.
"""

from analysis.engine.cells import Column, Division, Sums
from analysis.engine.kept import Kept, kept
from analysis.engine.parts import Mapper, Part, crosstabs
from analysis.engine.tables import cluster_sums, ratio, tabulate

__all__ = [
    "Column",
    "Division",
    "Kept",
    "Mapper",
    "Part",
    "Sums",
    "cluster_sums",
    "crosstabs",
    "kept",
    "ratio",
    "tabulate",
]
