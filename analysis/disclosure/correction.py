"""What is said of the weights themselves. Must not know a weight of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

APPLIED = "applied"
OPEN_ROUND = "open"  # open participation: nothing to weight towards
NO_TOTALS = "no_totals"  # the package holds no totals of a register
IMPOSSIBLE = "impossible"  # no weights reach the totals

STATES = (APPLIED, OPEN_ROUND, NO_TOTALS, IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Total:
    """Groups that are weighted together: what the register and the weights say.

    ``target`` and ``weighted`` are shares of everybody whose group is known, in whole
    percent.
    """

    variable: str
    groups: tuple[str, ...]
    target: float
    weighted: float

    @property
    def is_missed(self) -> bool:
        """Whether the weights, kept within bounds, miss the total visibly."""
        return self.target != self.weighted


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that the weights moved: published without and with them."""

    item: str
    statistic: str
    category: str
    share: float
    weighted: float


@dataclass(frozen=True, slots=True)
class Correction:
    """Whether and how a survey was weighted, as it may be told.

    ``deff`` and ``most`` are rounded upwards, ``least`` downwards; weights are
    multiples of the mean. ``blank`` counts, rounded, whose group of a variable is not
    known. ``reasons`` (constants of `analysis.weights`) and ``merges`` say of totals
    that cannot be reached why, and what to take together; of the variables in
    ``whole`` that means to weight without them. ``unused`` names variables of the
    totals that are no shown question about people.
    """

    state: str
    variables: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    deff: float = 1.0
    n_eff: int = 0
    light: str = ""
    least: float = 1.0
    most: float = 1.0
    totals: tuple[Total, ...] = ()
    blank: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    merges: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()

    @property
    def is_applied(self) -> bool:
        """Whether there are weighted figures."""
        return self.state == APPLIED
