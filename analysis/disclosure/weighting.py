"""Weights of a survey from the totals of its register. Must not know an opinion.

Whoever is shown in one group counts in one group here too, so that the weights tell
nothing of a group that is too small to be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.design import statements
from analysis.disclosure.answered import Answered, Groups
from analysis.disclosure.correction import (
    APPLIED,
    IMPOSSIBLE,
    NO_TOTALS,
    OPEN_ROUND,
    Correction,
    Total,
)
from analysis.disclosure.policy import SYSTEM_VARIABLES
from analysis.disclosure.rounding import rounded
from analysis.weights import TRIM, Raking, RakingError, light, rake

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Totals = Mapping[str, Mapping[str, float]]

TOGETHER = "+"  # in margins.csv between codes that were taken together
# People with the same groups of all variables weighted by; no variable is called so.
CLASSES = "\x1fclass"
# The effect is said in tenths and the largest weight in halves, both upwards; the
# smallest weight in tenths, downwards: coarser than the counts that are published.
_TENTHS, _HALVES = 10, 2
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Classes:
    """People by all variables of the margins at once, and the weight of each class.

    ``inside`` holds for every variable the shown group of each class, -1 for none;
    ``weights`` have the mean 1 over all people.
    """

    groups: Groups
    weights: Floats
    sizes: Codes
    inside: Mapping[str, Codes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighting:
    """What is published of the weights, and the classes, which never leave."""

    correction: Correction
    classes: Classes | None = None


def weighting(data: Answered) -> Weighting:
    """Weight the answers of a survey by the totals of its register.

    Only where the design speaks of more people than those who took part. Totals that
    no weights can reach stop nothing: the reason and its cure are what comes out.
    """
    margins = data.package.margins
    if not statements(data.design).intervals:
        return Weighting(Correction(OPEN_ROUND))
    listed = list(dict.fromkeys(margins["variable"])) if len(margins) else []
    usable = [name for name in listed if _is_usable(name, data)]
    unused = tuple(name for name in listed if name not in usable)
    totals = {name: _totals(name, data) for name in usable}
    # A variable of one category says no more than the number of people.
    totals = {name: sums for name, sums in totals.items() if len(sums) > 1}
    if not totals:
        return Weighting(Correction(NO_TOTALS, unused=unused))
    return _weighted(data, totals, unused)


def _is_usable(name: str, data: Answered) -> bool:
    """Whether it is a shown question about people, of which the register has some."""
    margins = data.package.margins
    people = margins[margins["variable"] == name]["population"].sum()
    return name in data.groups and name not in SYSTEM_VARIABLES and people > 0


def _weighted(data: Answered, totals: Totals, unused: tuple[str, ...]) -> Weighting:
    table = pd.DataFrame({name: _cells(name, data) for name in totals})
    try:
        raked = rake(table, totals, bounds=TRIM)
    except RakingError as error:
        failed = Correction(
            IMPOSSIBLE,
            variables=tuple(totals),
            unused=unused,
            reasons=error.reasons,
            merges={
                name: tuple(tuple(_names(group)) for group in groups)
                for name, groups in error.proposed_merges.items()
            },
            whole=tuple(
                name
                for name, groups in error.proposed_merges.items()
                if any(set(group) >= set(totals[name]) for group in groups)
            ),
        )
        return Weighting(failed)
    classes = _classes(data, tuple(totals), raked)
    return Weighting(_told(data, raked, tuple(totals), unused), classes)


def _blocks(name: str, data: Answered) -> dict[str, str]:
    """The name under which each shown group is weighted.

    Groups that a total of the register counts together are weighted together.
    """
    merged = data.merges[name]
    margins = data.package.margins
    found = {shown: shown for shown in dict.fromkeys(merged.values())}
    for category in margins[margins["variable"] == name]["category"]:
        shown = dict.fromkeys(merged.get(c, c) for c in category.split(TOGETHER))
        parts = dict.fromkeys(
            part for one in shown for part in found.setdefault(one, one).split(TOGETHER)
        )
        joined = TOGETHER.join(parts)
        found |= {one: joined for one, block in found.items() if _meet(block, joined)}
    return found


def _meet(block: str, joined: str) -> bool:
    return not set(block.split(TOGETHER)).isdisjoint(joined.split(TOGETHER))


def _totals(name: str, data: Answered) -> dict[str, float]:
    """People of the register in each block."""
    blocks, merged = _blocks(name, data), data.merges[name]
    margins = data.package.margins
    found: dict[str, float] = {}
    for row in margins[margins["variable"] == name].itertuples():
        first = str(row.category).split(TOGETHER)[0]
        block = blocks[merged.get(first, first)]
        found[block] = found.get(block, 0.0) + float(row.population)
    return found


def _cells(name: str, data: Answered) -> pd.Series:
    """The block of each person; nothing for a group that is not shown.

    In the order of the register where it has one, so that a proposed merge joins
    neighbours even where a band of age is shown as "other".
    """
    blocks, groups = _blocks(name, data), data.groups[name]
    known = [blocks.get(group, group) for group in groups.names]
    order = list(dict.fromkeys([*_totals(name, data), *known]))
    places = np.array([*map(order.index, known), -1], dtype=np.intp)
    cells = pd.Categorical.from_codes(
        places[groups.codes], categories=order, ordered=_is_ordered(name, data)
    )
    return pd.Series(cells)


def _is_ordered(name: str, data: Answered) -> bool:
    """Whether groups have neighbours: a scale, or bands named by numbers."""
    item = data.package.codebook.item(name)
    return item.is_ordinal or all(
        any(sign.isdigit() for sign in option) for option in item.options
    )


def _names(group: Iterable[str]) -> list[str]:
    return [part for name in group for part in name.split(TOGETHER)]


def _classes(data: Answered, variables: tuple[str, ...], raked: Raking) -> Classes:
    codes = np.stack([data.groups[name].codes for name in variables], axis=1)
    found, first, place, sizes = np.unique(
        codes, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    weights = raked.weights.to_numpy(dtype=np.float64)
    return Classes(
        Groups(tuple(str(number) for number in range(len(found))), place.ravel()),
        weights[first] / weights.mean(),
        sizes.astype(np.int64),
        {name: found[:, at].astype(np.int64) for at, name in enumerate(variables)},
    )


def _told(
    data: Answered, raked: Raking, variables: tuple[str, ...], unused: tuple[str, ...]
) -> Correction:
    own = data.policy.thresholds
    deff = _upwards(raked.deff, _TENTHS)
    people = rounded(data.population.people, own)
    ratios = raked.weights / raked.weights.mean()
    blank = {
        name: rounded(int((data.groups[name].codes < 0).sum()), own)
        for name in variables
    }
    return Correction(
        APPLIED,
        variables=variables,
        unused=unused,
        deff=deff,
        n_eff=own.rounding_base * int(people / deff / own.rounding_base + _TINY),
        light=light(deff),
        least=float(np.floor(float(ratios.min()) * _TENTHS + _TINY) / _TENTHS),
        most=_upwards(float(ratios.max()), _HALVES),
        totals=tuple(_reached(raked)),
        blank={name: n for name, n in blank.items() if n},
    )


def _upwards(value: float, per_one: int) -> float:
    return float(np.ceil(value * per_one - _TINY) / per_one)


def _reached(raked: Raking) -> Iterable[Total]:
    for (variable, category), row in raked.achieved.iterrows():
        yield Total(
            str(variable),
            tuple(_names([str(category)])),
            target=round(float(row["target"]), 2),
            weighted=round(float(row["weighted"]), 2),
        )
