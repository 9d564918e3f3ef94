"""One chart before the gate: unrounded counts. Never leaves this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.disclosure.counts import Population, Row, Survey
from analysis.disclosure.quartiles import Quartiles
from analysis.disclosure.stages import Stages

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Unrounded counts of one chart.

    ``pairs`` holds for a rank item how many preferred each option to each other one,
    ``points`` for an item of points the quartiles of each option; ``fields`` names for
    the priority matrix the rated item of each field of action, its first row being the
    question what to do first; ``stages`` belongs to who took part, ``before`` are rows
    as they were before the data review. ``seed`` and ``resamples`` are those of the
    simulation of the matrix.
    """

    name: str
    kind: str
    rows: tuple[Row, ...]
    survey: Survey
    population: Population
    variable: str = ""
    pairs: Mapping[str, Counts] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, Quartiles] = field(default_factory=dict)
    stages: Stages | None = None
    before: tuple[Row, ...] = ()
    seed: int = 1
    resamples: int = 2000
    notes: tuple[str, ...] = ()
