"""Whom the tables speak of, and in which groups. Must not know what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.design import CODED_CHANNELS, Design, statements
from analysis.disclosure import merges
from analysis.disclosure.catalogue import is_demographic
from analysis.disclosure.counts import Population
from analysis.disclosure.policy import SYSTEM_VARIABLES, Policy
from analysis.engine import tabulate
from analysis.package import Package
from analysis.responses import answers, coded, is_among

Codes = npt.NDArray[np.integer]

CHANNEL = "channel"
# Small open ways in are shown together, but never with people who were invited.
OTHER_OPEN = "other_open"


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of each row: a place in ``names``, or -1.

    ``apart`` are groups that are no part of everybody.
    """

    names: tuple[str, ...]
    codes: Codes
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a survey, divided into the groups its merges allow.

    ``everybody`` are those the tables speak of: with a sample or a census the people
    who were invited. Who came by an open way beside them is counted by channel only.
    ``merges`` names the group each code is shown as; a code it does not name is shown
    as ``other``, so it does not tell which rare languages or channels were met.
    ``excluded_rows`` are those of them whom the data review left out.
    """

    package: Package
    policy: Policy
    design: Design
    everybody: pd.DataFrame
    merges: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, Groups]
    population: Population
    notes: tuple[str, ...] = ()
    excluded_rows: pd.DataFrame = field(default_factory=pd.DataFrame)

    def rows(self, variable: str) -> pd.DataFrame:
        """Return the answers the groups of a variable divide."""
        return self.package.responses if variable == CHANNEL else self.everybody

    @property
    def variables(self) -> tuple[str, ...]:
        """Released group variables with at least two groups to compare."""
        return tuple(
            name
            for name in self.policy.groups
            if name in self.groups and len(self.groups[name].names) > 1
        )

    def is_merged(self, variable: str) -> bool:
        """Whether some groups of a variable are shown together."""
        return not {merges.OTHER, OTHER_OPEN}.isdisjoint(self.groups[variable].names)


def answered(package: Package, policy: Policy) -> Answered:
    """Divide the answers of a package; merges that were frozen are obeyed."""
    responses = package.responses
    design = package.design
    notes: tuple[str, ...] = ()
    is_invited = np.ones(len(responses), dtype=bool)
    excluded_rows = package.excluded_rows
    if statements(design).intervals:
        came = is_among(responses, CHANNEL, CODED_CHANNELS)
        is_invited = came if came.any() else is_invited
        if came.any() and len(excluded_rows):
            excluded_rows = excluded_rows[excluded_rows[CHANNEL].isin(CODED_CHANNELS)]
        if len(responses) and not came.any():
            design, notes = Design("open"), ("no_invited_answers",)
    everybody = responses
    if not is_invited.all():  # else the columns stay mapped from their file
        everybody = responses[is_invited].reset_index(drop=True)
    outside = responses[~is_invited].reset_index(drop=True)
    found = {
        variable: _merge(variable, package, policy, everybody)
        for variable in _variables(package, policy)
    }
    if len(outside):
        found[CHANNEL] |= _merge(CHANNEL, package, policy, outside)
    divided = {
        variable: _groups(variable, found[variable], policy, (everybody, responses))
        for variable in found
    }
    return Answered(
        package=package,
        policy=policy,
        design=design,
        everybody=everybody,
        merges=found,
        groups=divided,
        population=_population(divided, is_invited),
        notes=notes,
        excluded_rows=excluded_rows.reset_index(drop=True),
    )


def shown_as(
    variable: str, code: str, merged: Mapping[str, str], *, has_outside: bool
) -> str:
    """Return the group a code is shown as."""
    is_open = variable == CHANNEL and has_outside and code not in CODED_CHANNELS
    return merged.get(code, OTHER_OPEN if is_open else merges.OTHER)


def _variables(package: Package, policy: Policy) -> list[str]:
    described = [
        item.name for item in package.codebook.items if is_demographic(item, policy)
    ]
    system = [name for name in SYSTEM_VARIABLES if name in package.responses.columns]
    return [*described, *system]


def _merge(
    variable: str, package: Package, policy: Policy, responses: pd.DataFrame
) -> dict[str, str]:
    frozen = package.merges.get(variable)
    if frozen is not None:
        return {str(code): str(shown) for code, shown in frozen.items()}
    merged = merges.merge(
        _sizes(variable, package, responses),
        policy.thresholds.group_base,
        never_alone=policy.thresholds.never_alone,
    )
    if variable in SYSTEM_VARIABLES:
        return {code: shown for code, shown in merged.items() if code == shown}
    return merged


def _sizes(variable: str, package: Package, responses: pd.DataFrame) -> dict[str, int]:
    found = coded(responses, variable)
    counted = _counted(found.codes, len(found.categories))
    sizes = dict(zip(map(str, found.categories), counted.tolist(), strict=True))
    if variable in SYSTEM_VARIABLES:
        return {code: size for code, size in sizes.items() if size}
    options = package.codebook.options(variable)
    return {code: sizes.get(code, 0) for code in options}


def _groups(
    variable: str,
    merged: Mapping[str, str],
    policy: Policy,
    divided: tuple[pd.DataFrame, pd.DataFrame],
) -> Groups:
    """Find the shown group of each row; a group that is too small is none."""
    everybody, responses = divided
    rows = responses if variable == CHANNEL else everybody
    has_outside = len(responses) > len(everybody)
    found = answers(rows, variable)
    given = [
        shown_as(variable, str(code), merged, has_outside=has_outside)
        for code in found.categories
    ]
    names = list(dict.fromkeys([*merged.values(), *given]))
    codes = _look_up([names.index(name) for name in given], found.codes)
    sizes = _counted(codes, len(names))
    least = policy.thresholds.group_base
    kept = [name for name, n in zip(names, sizes, strict=True) if n >= least]
    places = [kept.index(name) if name in kept else -1 for name in names]
    codes = _look_up(places, codes)
    apart = {name for name in kept if has_outside and _is_open(name, merged, variable)}
    return Groups(tuple(kept), codes, frozenset(apart))


def _look_up(places: Sequence[int], codes: Codes) -> Codes:
    """Places of codes, as small as codes are; -1 stays -1."""
    found: Codes = np.array([*places, -1], dtype=np.int16)[codes]
    return found


def _counted(codes: Codes, size: int) -> npt.NDArray[np.int64]:
    """How many rows are in each of some groups."""
    found: npt.NDArray[np.int64] = tabulate(codes, size).n[0, 0]
    return found


def _is_open(name: str, merged: Mapping[str, str], variable: str) -> bool:
    if variable != CHANNEL:
        return False
    return name == OTHER_OPEN or (name in merged and name not in CODED_CHANNELS)


def _population(
    divided: Mapping[str, Groups], is_invited: npt.NDArray[np.bool_]
) -> Population:
    people = int(is_invited.sum())
    sizes, complete = {}, set()
    for variable, groups in divided.items():
        codes = groups.codes
        if variable == CHANNEL:
            codes = codes[is_invited]
        counted = _counted(codes, len(groups.names))
        sizes[variable] = {
            name: int(size)
            for name, size in zip(groups.names, counted, strict=True)
            if name not in groups.apart
        }
        if variable in SYSTEM_VARIABLES and (codes >= 0).all():
            complete.add(variable)
    return Population(people, sizes, frozenset(complete))
