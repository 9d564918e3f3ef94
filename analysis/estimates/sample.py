"""Weights, strata, clusters and population of a sample; knows no question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.package import AnalysisError
from analysis.responses import aligned, answers

Codes = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Column: TypeAlias = str | pd.Series
Population: TypeAlias = None | int | float | Mapping[object, float] | pd.Series

_SMALLEST_WEIGHT = 1e-12


@dataclass(frozen=True, slots=True)
class Sample:
    """How the persons of a table were drawn.

    ``fraction`` is the share of each stratum that is in the table (0 when the
    population is unknown); ``population`` its size over all strata.
    """

    weights: Floats | None
    strata: Codes | None
    strata_count: int
    clusters: Codes | None
    cluster_count: int
    fraction: Floats
    population: float | None
    rows: int

    @property
    def is_simple(self) -> bool:
        """Whether everybody counts the same and was drawn alone."""
        return self.weights is None and self.strata is None and self.clusters is None


def sample_of(
    responses: pd.DataFrame,
    *,
    weights: Column | None = None,
    strata: Column | None = None,
    clusters: Column | None = None,
    population: Population = None,
) -> Sample:
    """Read the design of a sample from its columns.

    Without weights, a population per stratum gives every person the weight
    N_h / n_h of the stratum.
    """
    if isinstance(population, pd.Series):
        population = population.to_dict()
    stratum, labels = _coded(responses, strata, "strata")
    cluster, names = _coded(responses, clusters, "clusters")
    rows = len(responses)
    sizes = np.bincount(stratum, minlength=len(labels)) if stratum is not None else None
    weight = None if weights is None else weights_of(responses, weights)
    totals = _totals(population, labels, sizes, rows)
    if totals is None:
        fraction = np.zeros(max(len(labels), 1))
    elif isinstance(population, Mapping) and sizes is not None:
        fraction = sizes / totals
        if weight is None:
            per_person = totals / np.maximum(sizes, 1)
            weight = per_person[stratum]
    else:
        fraction = np.full(max(len(labels), 1), rows / totals.sum())
    if cluster is not None and stratum is not None:
        cluster, count = _nested(cluster, stratum)
    else:
        count = len(names)
    return Sample(
        weights=weight,
        strata=stratum,
        strata_count=max(len(labels), 1),
        clusters=cluster,
        cluster_count=count,
        fraction=fraction,
        population=None if totals is None else float(totals.sum()),
        rows=rows,
    )


def _coded(
    responses: pd.DataFrame, column: Column | None, role: str
) -> tuple[Codes | None, tuple[object, ...]]:
    if column is None:
        return None, ()
    found = answers(responses, column)
    if not found.is_valid.all():
        message = f"Every person needs a value in the column of {role}."
        raise AnalysisError(message)
    return found.codes, found.categories


def weights_of(responses: pd.DataFrame, column: Column) -> Floats:
    """Weights as numbers, one per person of the table.

    Raises
    ------
    AnalysisError
        When some are missing, not numbers or below 0; it says how many.

    Examples
    --------
    >>> weights_of(pd.DataFrame({"w": ["1.5", "0"]}), "w").tolist()
    [1.5, 0.0]
    """
    given = pd.to_numeric(aligned(responses, column), errors="coerce")
    values: Floats = given.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = int((~np.isfinite(values) | (values < 0)).sum())
    if wrong:
        message = (
            f"Every weight must be a number of at least 0; {wrong} of {len(values)} "
            "are not. Leave these persons out, or weight anew with all of them."
        )
        raise AnalysisError(message)
    # Beside the largest they count nothing, and their squares are no numbers.
    return np.where(values > values.max(initial=0.0) * _SMALLEST_WEIGHT, values, 0.0)


def _totals(
    population: Population,
    labels: tuple[object, ...],
    sizes: npt.NDArray[np.int64] | None,
    rows: int,
) -> Floats | None:
    if population is None:
        return None
    if not isinstance(population, Mapping):
        totals, drawn = np.array([_size(population)]), np.array([rows])
    elif sizes is None:
        message = "A population per stratum needs the column of strata."
        raise AnalysisError(message)
    else:
        missing = [label for label in labels if label not in population]
        if missing:
            message = f"The population of these strata is missing: {missing}."
            raise AnalysisError(message)
        totals, drawn = np.array([_size(population[label]) for label in labels]), sizes
    if (totals < drawn).any():
        message = "There cannot be more persons than the population holds."
        raise AnalysisError(message)
    return totals


def _size(given: object) -> float:
    """Size of a population: a number above 0."""
    if not isinstance(given, Real) or not 0 < float(given) < np.inf:
        message = f"A population must be a number of people, not {given!r}."
        raise AnalysisError(message)
    return float(given)


def _nested(clusters: Codes, strata: Codes) -> tuple[Codes, int]:
    """Number clusters anew, so that one never lies in two strata."""
    pairs = np.stack([strata, clusters], axis=1)
    unique, place = np.unique(pairs, axis=0, return_inverse=True)
    return place.reshape(-1), len(unique)
