"""What may be shown while people answer: totals, in large steps; never groups."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.disclosure.answered import answered
from analysis.disclosure.gate import draw_up
from analysis.disclosure.policy import Policy
from analysis.disclosure.protected import Publication
from analysis.disclosure.publication import (
    said_of,
    survey_of,
    tables_of,
    told_by_steps,
)
from analysis.package import AnalysisError, Package

KINDS = ("agreement", "dots")
COUNTED = ("share", "first", "ranked")


def interim(package: Package, *, earlier: Sequence[pd.DataFrame] = ()) -> Publication:
    """Publish totals of single questions while people still answer.

    Parameters
    ----------
    package : Package
        The answers so far.
    earlier : sequence of DataFrame
        Figures shown before, in their order.

    Returns
    -------
    Publication
        One-way tables of opinions: no groups, no places, no points, nothing about who
        took part.

    Raises
    ------
    AnalysisError
        Unless it was switched on before the survey opened, there are enough answers,
        and enough came since the last time.
    """
    policy = Policy.of(package)
    data = answered(package, policy)
    _refuse_too_early(package, policy, data.population.people, earlier)
    survey = survey_of(data)
    tables = tuple(
        table
        for table in tables_of(data, survey, seed=1, resamples=1)
        if table.kind in KINDS and not table.variable and not table.points
    )
    said = said_of(tables, data, told_by_steps(tables, data, earlier))
    return Publication(tuple(draw_up(table, said, (), policy) for table in tables))


def _refuse_too_early(
    package: Package, policy: Policy, people: int, earlier: Sequence[pd.DataFrame]
) -> None:
    own = policy.thresholds
    if package.policy.get("interim") is not True:
        raise AnalysisError(
            "Nothing is shown while people answer: it was not switched on before the "
            "survey opened."
        )
    least = own.interim_first
    if earlier:
        # What was shown is rounded; so many may have answered then at most.
        least = _largest_base(earlier) + own.rounding_base // 2 + own.interim_step
    if people < least:
        raise AnalysisError(
            f"Totals are shown from {own.interim_first} answers on, and anew only "
            f"after {own.interim_step} more. There are too few answers so far."
        )


def _largest_base(earlier: Sequence[pd.DataFrame]) -> int:
    bases = [
        figures[figures["statistic"].isin(COUNTED)]["base"].max() for figures in earlier
    ]
    return max((int(base) for base in bases if not pd.isna(base)), default=0)
