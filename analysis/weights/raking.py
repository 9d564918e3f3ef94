"""Weights whose sums are the totals of the register; knows no answer to a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.engine import ratio
from analysis.estimates.sample import Column, weights_of
from analysis.package import AnalysisError
from analysis.weights.diagnosis import (
    UNREACHABLE,
    UNSETTLED,
    Bounds,
    Finding,
    RakingError,
    findings,
    repaired,
    unequal,
)
from analysis.weights.kish import kish, light
from analysis.weights.margins import Groups, Margin, Margins, read

Floats = npt.NDArray[np.float64]

# Multiples of the mean beyond which one person would speak for too many.
TRIM = (0.3, 3.0)
# A trimmed weighting may miss a margin by this share of the population, and says so.
MOST_MISSED = 0.01
# No weight of a sound survey is cut by more; beyond it numbers would leave their range.
_CUT = (1e-50, 1e50)
# What no register of residents knows.
NOT_CORRECTED = ("language", "migration", "household")


@dataclass(frozen=True)
class Raking:
    """Weights and what they cost.

    Attributes
    ----------
    weights : Series
        One weight per person, aligned with the table; they add up to the
        population.
    deff, n_eff : float
        Kish's design effect, and the size of sample that is left.
    max_ratio : float
        Largest weight by the mean weight.
    achieved : DataFrame
        Index ``variable, category``; ``n`` (persons), ``unweighted`` (with the
        start weights), ``target``, ``weighted``, ``missed`` (0 … 1).
    rounds : int
        How often all margins were gone through.
    """

    weights: pd.Series
    deff: float
    n_eff: float
    max_ratio: float
    achieved: pd.DataFrame
    rounds: int

    @property
    def light(self) -> str:
        """Traffic light of the design effect."""
        return light(self.deff)

    @property
    def missed(self) -> float:
        """Largest difference between a margin and what it should be (0 … 1)."""
        return float(self.achieved["missed"].abs().max())


def rake(
    responses: pd.DataFrame,
    margins: Margins,
    *,
    start: Column | None = None,
    bounds: Bounds = None,
    tolerance: float = 1e-8,
    max_rounds: int = 500,
) -> Raking:
    """Weight persons until every margin is that of the register.

    Parameters
    ----------
    responses : DataFrame
        One row per person, one column per variable of the margins.
    margins : DataFrame or mapping
        Columns ``variable, category, population`` as in margins.csv, or
        variable → category → population.
    start : str or Series, optional
        Weights to begin with, such as those of an unequal selection.
    bounds : (low, high), optional
        Smallest and largest weight as multiples of the mean; `TRIM` is usual.
    tolerance : float
        Largest relative distance of any margin at the end.
    max_rounds : int
        How often to go through all margins at most.

    Returns
    -------
    Raking
        Weights, design effect, and the margins that were reached. With bounds, a
        margin may be missed by up to a hundredth of the population.

    Raises
    ------
    RakingError
        For a category nobody answered in (or nobody lives in), totals that
        differ, a bound out of reach, or when the rounds do not settle; with the
        reason and the merges that cure it.
    AnalysisError
        For margins or weights that are not numbers, or a missing column.

    Notes
    -----
    For each variable in turn, w ← w · N_c / Σ_c w, until all sums stand still;
    after each round weights beyond the bounds are set to them, and what was cut is
    given back before the next round (Dykstra). The weights are then those of all
    within the bounds that reach the margins and stay nearest to the start, with the
    least Σ w log(w / start), in whatever order the margins stand. Whoever gave no
    answer to a variable keeps the weight there, and the others of the variable
    are brought to the proportions of the register.

    References
    ----------
    W. E. Deming and F. F. Stephan (1940), Annals of Mathematical Statistics 11,
    427-444. J.-C. Deville, C.-E. Särndal and O. Sautory (1993), JASA 88,
    1013-1020. H. H. Bauschke and A. S. Lewis (2000), Optimization 48, 409-427
    (bounds).

    Examples
    --------
    >>> table = pd.DataFrame({"sex": ["f", "f", "m"], "age": ["1", "2", "2"]})
    >>> people = {"sex": {"f": 50, "m": 50}, "age": {"1": 30, "2": 70}}
    >>> rake(table, people).weights.round(6).tolist()
    [30.0, 20.0, 50.0]
    >>> rake(table, people | {"age": {"1": 30, "2": 60, "3": 10}})
    Traceback (most recent call last):
    analysis.weights.diagnosis.RakingError: Nobody of age '3' answered (10 in the
    register).
    Take together age: 2 + 3.
    """
    _check(bounds, tolerance, max_rounds)
    first = np.ones(len(responses)) if start is None else weights_of(responses, start)
    if not first.sum() > 0:
        message = "Nobody has a weight above 0, so there is nothing to weight."
        raise AnalysisError(message)
    plan = _Plan(read(responses, margins), first, bounds, tolerance, max_rounds)
    found = findings(plan.margins, first, plan.persons, bounds)
    if found:
        raise RakingError(found, _cure(plan))
    fit = plan.fitted()
    if not fit.is_reached:
        raise RakingError([_unreached(plan, fit)], _cure(plan))
    return _told(responses.index, plan, fit)


def _check(bounds: Bounds, tolerance: float, max_rounds: int) -> None:
    message = ""
    if bounds is not None and not 0 <= bounds[0] < 1 < bounds[1]:
        message = "The bounds must lie below and above 1, the mean."
    elif not tolerance > 0 or max_rounds < 1:
        message = "Raking needs a tolerance above 0 and at least one round."
    if message:
        raise AnalysisError(message)


@dataclass(frozen=True, slots=True)
class _Fit:
    weights: Floats
    rounds: int
    is_reached: bool
    worst: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Margins to reach and where to begin."""

    margins: tuple[Margin, ...]
    start: Floats
    bounds: Bounds
    tolerance: float
    max_rounds: int

    @property
    def persons(self) -> Floats:
        """1 for every person who can be weighted at all."""
        return (self.start > 0).astype(np.float64)

    @property
    def total(self) -> float:
        """People of the register."""
        return float(self.margins[0].population.sum()) if self.margins else 1.0

    def fitted(self) -> _Fit:
        """Go through the margins until they stand still."""
        weights = self.start * (self.total / self.start.sum())
        cut, (rounds, missed) = np.ones_like(weights), (0, self._missed(weights))
        while rounds < self.max_rounds and self._largest(missed) > self.tolerance:
            for margin in self.margins:
                weights = weights * self._factors(margin, weights)
            # What a bound took away is given back before the next cut: so the weights
            # end nearest to the start, whatever the order of the margins.
            free = weights * cut
            weights = self._bounded(free)
            cut = np.clip(ratio(free, weights, empty=1.0), *_CUT)
            missed = self._missed(weights)
            rounds += 1
        if self.bounds is not None:
            weights = self._to_total(weights)
            missed = self._missed(weights)
        is_reached = self._largest(missed) <= self.tolerance
        if not is_reached and self.bounds is not None:
            off = [
                np.abs(lost) * margin.population / margin.population.sum()
                for lost, margin in zip(missed, self.margins, strict=True)
            ]
            is_reached = self._largest(off) <= MOST_MISSED
        return _Fit(weights, rounds, is_reached, self._worst(missed))

    def _missed(self, weights: Floats) -> list[Floats]:
        """Relative distance of every margin."""
        return [1 / self._by_category(m, weights) - 1 for m in self.margins]

    def _by_category(self, margin: Margin, weights: Floats) -> Floats:
        """What each category must be multiplied with."""
        sums = margin.counted(weights)
        # Whoever gave no answer keeps their part of the total.
        known = self.total * sums.sum() / weights.sum()
        target = margin.population * (known / margin.population.sum())
        # A category that neither side has is never looked up.
        return ratio(target, sums, empty=1.0)

    def _factors(self, margin: Margin, weights: Floats) -> Floats:
        return np.append(self._by_category(margin, weights), 1.0)[margin.codes]

    def _largest(self, missed: list[Floats]) -> float:
        return max((float(np.abs(lost).max(initial=0)) for lost in missed), default=0.0)

    def _worst(self, missed: list[Floats]) -> tuple[int, int]:
        """Variable and category furthest off; one that loses least is preferred."""
        if not missed:
            return 0, 0
        off = [float(np.abs(lost).max(initial=0)) > self.tolerance for lost in missed]
        has_room = [len(margin.labels) > 2 for margin in self.margins]
        order = sorted(
            range(len(missed)),
            key=lambda at: (
                not (off[at] and has_room[at]),
                -np.abs(missed[at]).max(initial=0),
            ),
        )
        return order[0], int(np.abs(missed[order[0]]).argmax())

    def _bounded(self, weights: Floats) -> Floats:
        if self.bounds is None:
            return weights
        mean = self.total / self.persons.sum()
        low, high = (bound * mean for bound in self.bounds)
        return np.where(self.start > 0, np.clip(weights, low, high), 0.0)

    def _to_total(self, weights: Floats) -> Floats:
        """Scale to the total without leaving the bounds: halving finds by how much."""
        low, high = -2.0, 2.0
        for _ in range(60):
            middle = (low + high) / 2
            is_less = self._bounded(weights * np.exp(middle)).sum() < self.total
            low, high = (middle, high) if is_less else (low, middle)
        return self._bounded(weights * np.exp((low + high) / 2))

    def merged(self, groups: Mapping[int, Sequence[Sequence[int]]]) -> _Plan:
        """The same with categories taken together; whole variables fall away."""
        margins = [
            margin.merged(groups[at]) if at in groups else margin
            for at, margin in enumerate(self.margins)
        ]
        kept = tuple(margin for margin in margins if len(margin.labels) > 1)
        return _Plan(kept, self.start, self.bounds, self.tolerance, self.max_rounds)


def _unreached(plan: _Plan, fit: _Fit) -> Finding:
    variable, category = fit.worst
    margin = plan.margins[variable]
    name = f"{margin.variable} {'+'.join(margin.labels[category])!r}"
    if plan.bounds is not None:
        low, high = plan.bounds
        sentence = (
            f"No weights between {low:g} and {high:g} times the mean reach {name} "
            "together with the other margins."
        )
        return Finding(UNREACHABLE, sentence)
    sentence = (
        f"After {fit.rounds} rounds the margins still pull against each other, "
        f"most at {name}."
    )
    return Finding(UNSETTLED, sentence)


def _cure(plan: _Plan) -> dict[str, Groups]:
    """Merges that were tried: with them the margins are reached."""
    odd = {margin.variable for margin, _ in unequal(plan.margins)}
    trial = plan.merged(
        {
            at: [range(len(margin.labels))]
            if margin.variable in odd
            else repaired(margin, margin.counted(plan.persons), plan.bounds)
            for at, margin in enumerate(plan.margins)
        }
    )
    fit = trial.fitted()
    while not fit.is_reached:
        at, worst = fit.worst
        margin = trial.margins[at]
        persons = margin.counted(trial.persons)
        joined = repaired(margin, persons, trial.bounds, worst=worst)
        trial = trial.merged({at: joined})
        fit = trial.fitted()
    kept = {margin.variable: margin.labels for margin in trial.margins}
    merges = {}
    for margin in plan.margins:
        everything = (tuple(label for labels in margin.labels for label in labels),)
        groups = kept.get(margin.variable, everything)
        together = tuple(group for group in groups if len(group) > 1)
        if together:
            merges[margin.variable] = together
    return merges


def _told(index: pd.Index, plan: _Plan, fit: _Fit) -> Raking:
    rows = []
    for margin in plan.margins:
        counted = [
            margin.counted(values)
            for values in (np.ones(len(index)), plan.start, fit.weights)
        ]
        before, after = (sums / sums.sum() for sums in counted[1:])
        target = margin.population / margin.population.sum()
        for at, label in enumerate(margin.labels):
            row = (margin.variable, "+".join(label), int(counted[0][at]))
            rows.append((*row, before[at], target[at], after[at]))
    columns = ["variable", "category", "n", "unweighted", "target", "weighted"]
    achieved = pd.DataFrame(rows, columns=columns).set_index(["variable", "category"])
    achieved["missed"] = achieved["weighted"] - achieved["target"]
    deff, n_eff = kish(fit.weights)
    return Raking(
        weights=pd.Series(fit.weights, index=index, name="weight"),
        deff=deff,
        n_eff=n_eff,
        max_ratio=float(fit.weights.max() / fit.weights.mean()),
        achieved=achieved,
        rounds=fit.rounds,
    )
