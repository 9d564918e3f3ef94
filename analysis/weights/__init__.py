"""Weights that make the answers resemble the register; knows no opinion."""

from analysis.weights.diagnosis import (
    EMPTY,
    UNEQUAL,
    UNREACHABLE,
    UNSETTLED,
    RakingError,
)
from analysis.weights.effect import beside
from analysis.weights.kish import kish, light
from analysis.weights.margins import merge
from analysis.weights.raking import NOT_CORRECTED, TRIM, Raking, rake

__all__ = [
    "EMPTY",
    "NOT_CORRECTED",
    "TRIM",
    "UNEQUAL",
    "UNREACHABLE",
    "UNSETTLED",
    "Raking",
    "RakingError",
    "beside",
    "kish",
    "light",
    "merge",
    "rake",
]
