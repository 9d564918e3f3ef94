"""Counts and shares as they are published. Must not know whose counts they are."""

from __future__ import annotations

from analysis.disclosure.policy import Thresholds


def rounded(count: int, thresholds: Thresholds) -> int:
    """Round a count to the nearest multiple of the rounding base.

    The base is odd, so there are no ties: with 5, what is published as 10 was
    8, 9, 10, 11 or 12. Negative counts (a net) round the same way.
    """
    base = thresholds.rounding_base
    return base * ((count + base // 2) // base)


def step(base: int, thresholds: Thresholds) -> float:
    """Return the step in which shares of a published base are said."""
    if base < thresholds.coarse_share_below:
        return thresholds.coarse_share_step
    return thresholds.share_step


def share(part: int, base: int, thresholds: Thresholds) -> float:
    """Return published part by published base, in the step of the base.

    Computed in whole numbers, so that a half always rounds away from zero.
    """
    per_step = round(1 / step(base, thresholds))
    steps = (2 * abs(part) * per_step + base) // (2 * base)
    return (steps if part >= 0 else -steps) / per_step


def stepped(value: float, base: int, thresholds: Thresholds) -> float:
    """Return a value computed from published shares, in the step of the base."""
    per_step = round(1 / step(base, thresholds))
    return round(value * per_step) / per_step
