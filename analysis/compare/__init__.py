"""Do groups differ, by how much, how surely? Knows no chart and no wording."""

from analysis.compare.between import waves
from analysis.compare.blocks import (
    MIN_DELTA,
    MIN_SIZE,
    MIN_V,
    SIGNIFICANCE,
    against_rest,
    groups,
    holm,
)
from analysis.compare.languages import languages
from analysis.compare.proportions import difference

__all__ = [
    "MIN_DELTA",
    "MIN_SIZE",
    "MIN_V",
    "SIGNIFICANCE",
    "against_rest",
    "difference",
    "groups",
    "holm",
    "languages",
    "waves",
]
