"""Why margins cannot be reached, and which categories to take together.

Looks at sums per category only; computes no weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.package import AnalysisError
from analysis.weights.margins import Groups, Margin

Floats = npt.NDArray[np.float64]
Bounds = tuple[float, float] | None

EMPTY = "empty cell"
UNEQUAL = "unequal totals"
UNSETTLED = "no convergence"
UNREACHABLE = "unreachable bound"
# Totals of one register agree to the person; shares may be rounded.
SAME_TOTAL = 1e-6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands in the way: its kind and a sentence."""

    reason: str
    sentence: str


class RakingError(AnalysisError):
    """Margins that no weights can reach.

    Attributes
    ----------
    reason : str
        The first thing in the way: ``empty cell``, ``unequal totals``,
        ``unreachable bound`` or ``no convergence``.
    reasons : tuple of str
        All that were found.
    proposed_merges : dict
        Variable → groups of categories to take together, with which `rake`
        succeeds (`merge` applies them). A group of all categories of a variable
        means: weight without that variable.
    """

    def __init__(self, findings: Sequence[Finding], merges: Mapping[str, Groups]):
        self.reasons = tuple(dict.fromkeys(found.reason for found in findings))
        self.reason = self.reasons[0]
        self.proposed_merges = dict(merges)
        told = [found.sentence for found in findings]
        cures = [
            f"{variable}: {' + '.join(group)}"
            for variable, groups in merges.items()
            for group in groups
        ]
        told.append(f"Take together {'; '.join(cures)}.")
        super().__init__("\n".join(told))


def findings(
    margins: Sequence[Margin], weights: Floats, persons: Floats, bounds: Bounds
) -> tuple[Finding, ...]:
    """Everything that can be told before any weight is computed."""
    found: list[Finding] = []
    for margin in margins:
        found.extend(_empty(margin, margin.counted(weights)))
    for margin, total in unequal(margins):
        sentence = (
            f"The margins of {margin.variable} add up to {margin.population.sum():,g} "
            f"people, those of the others to {total:,g}."
        )
        found.append(Finding(UNEQUAL, sentence))
    for margin in margins:
        found.extend(_beyond(margin, margin.counted(persons), bounds))
    return tuple(found)


def unequal(margins: Sequence[Margin]) -> list[tuple[Margin, float]]:
    """Variables whose total differs from the one that most variables have."""
    totals = np.array([margin.population.sum() for margin in margins])
    is_same = np.abs(totals[:, None] - totals) <= SAME_TOTAL * totals.max()
    usual = float(totals[int(is_same.sum(axis=1).argmax())])
    return [
        (margin, usual)
        for margin, total in zip(margins, totals, strict=True)
        if abs(total - usual) > SAME_TOTAL * totals.max()
    ]


def _empty(margin: Margin, weights: Floats) -> Iterator[Finding]:
    for label, people, weight in zip(
        margin.labels, margin.population, weights, strict=True
    ):
        name = f"{margin.variable} {'+'.join(label)!r}"
        if people > 0 and not weight > 0:
            sentence = f"Nobody of {name} answered ({people:,g} in the register)."
            yield Finding(EMPTY, sentence)
        elif weight > 0 and not people > 0:
            sentence = f"The register has nobody of {name}, but some answered."
            yield Finding(EMPTY, sentence)


def _beyond(margin: Margin, persons: Floats, bounds: Bounds) -> Iterator[Finding]:
    if bounds is None:
        return
    for at, label in enumerate(margin.labels):
        wanted = factor(margin, persons, [at])
        if 0 < wanted < np.inf and not bounds[0] <= wanted <= bounds[1]:
            sentence = (
                f"{margin.variable} {'+'.join(label)!r} needs weights of "
                f"{wanted:.3g} times the mean, beyond {bounds[0]:g} to {bounds[1]:g}."
            )
            yield Finding(UNREACHABLE, sentence)


def factor(margin: Margin, persons: Floats, group: Sequence[int]) -> float:
    """Mean weight that categories need together, as a multiple of the mean."""
    wanted = margin.population[list(group)].sum() / margin.population.sum()
    total = persons.sum()
    got = persons[list(group)].sum() / total if total else 0.0
    if got:
        return float(wanted / got)
    return float("inf") if wanted else float("nan")


def repaired(
    margin: Margin, persons: Floats, bounds: Bounds, *, worst: int | None = None
) -> list[list[int]]:
    """Groups of categories that can be reached; ``worst`` is merged in any case.

    Each unreachable category joins the one beside it (on scales and bands) or any
    other one, whichever brings the weight both need closest to the mean.
    """
    used = [
        [at]
        for at in range(len(margin.labels))
        if margin.population[at] > 0 or persons[at] > 0
    ]
    groups, forced = used, worst
    while len(groups) > 1:
        at = _unreachable(margin, persons, groups, bounds)
        if forced is not None:
            at = next(n for n, group in enumerate(groups) if forced in group)
            forced = None
        if at is None:
            break
        beside = {at - 1, at + 1} if margin.is_ordered else set(range(len(groups)))
        others = sorted((beside - {at}) & set(range(len(groups))))
        best = min(
            others,
            key=lambda other: _distance(margin, persons, groups[at] + groups[other]),
        )
        first, second = sorted((at, best))
        groups[first] = groups[first] + groups[second]
        del groups[second]
    return groups


def _distance(margin: Margin, persons: Floats, group: list[int]) -> tuple[float, float]:
    wanted = factor(margin, persons, group)
    is_known = 0 < wanted < np.inf
    away = abs(float(np.log(wanted))) if is_known else float("inf")
    return away, float(persons[group].sum())


def _unreachable(
    margin: Margin, persons: Floats, groups: list[list[int]], bounds: Bounds
) -> int | None:
    for at, group in enumerate(groups):
        wanted = factor(margin, persons, group)
        is_open = not 0 < wanted < np.inf
        if is_open or (bounds and not bounds[0] <= wanted <= bounds[1]):
            return at
    return None
