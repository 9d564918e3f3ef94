"""Thresholds of the gate for one survey. Must not know any answer."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.package import AnalysisError, Package

SYSTEM_VARIABLES = ("form_language", "channel")

_THREE = 3

# Raising one of these only ever hides more.
_BASES = ("group_base", "sensitive_base", "survey_base")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The values of ``disclosure.toml``; their reasons stand beside them there."""

    rounding_base: int
    share_step: float
    coarse_share_step: float
    coarse_share_below: int
    group_base: int
    group_base_lowest: int
    group_base_highest: int
    sensitive_base: int
    survey_base: int
    share_base: int
    widest_interval: float
    never_alone: tuple[str, ...]
    majority_above: float
    majority_below_base: int
    difference_p: float
    difference_delta: float
    difference_v: float
    difference_base: int
    expected_count: int
    confidence: float
    large_fraction: float
    gap_correlation: float
    nonresponse_above: float
    rows_alike: int
    emptied_above: float
    most_restored: int
    interim_first: int
    interim_step: int
    three_way_people: int


@cache
def thresholds() -> Thresholds:
    """Read ``disclosure.toml``; every threshold must be there and no other."""
    text = files("analysis.disclosure").joinpath("disclosure.toml").read_text("utf-8")
    values = tomllib.loads(text)
    known = {entry.name for entry in fields(Thresholds)}
    if values.keys() != known:
        odd = ", ".join(sorted(values.keys() ^ known))
        message = f"disclosure.toml must hold exactly the known thresholds; see: {odd}."
        raise AnalysisError(message)
    return Thresholds(**values | {"never_alone": tuple(values["never_alone"])})


@dataclass(frozen=True, slots=True)
class Policy:
    """What one survey may publish.

    ``groups`` are the released group variables; ``sensitive`` the items with a base
    of their own; ``strata`` maps variable and group to the size of the population,
    where a register knows it; ``three_way`` the three variables by which people are
    counted together, in the order of ``groups``, or none.
    """

    thresholds: Thresholds = field(default_factory=thresholds)
    groups: tuple[str, ...] = ()
    three_way: tuple[str, ...] = ()
    sensitive: frozenset[str] = frozenset()
    strata: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Policy:
        """Return the policy that was frozen when the survey opened."""
        stated = package.policy
        book = package.codebook
        single = {item.name for item in book.items if len(item.columns) == 1}
        named = [name for name in stated.get("groups", ()) if name in single]
        sensitive = {item.name for item in book.items if item.sensitive}
        sensitive |= set(stated.get("sensitive", ()))
        policy = cls(
            groups=tuple(dict.fromkeys((*named, *SYSTEM_VARIABLES))),
            three_way=_three_way(stated.get("three_way", ()), named, sensitive),
            sensitive=frozenset(sensitive),
            strata=_populations(stated.get("strata", {})),
        )
        return policy._opened_with(stated)

    def _opened_with(self, stated: Mapping[str, Any]) -> Policy:
        """Take over the bases that were chosen before the survey opened."""
        own = self.thresholds
        base = stated.get("group_base", own.group_base)
        base = min(max(int(base), own.group_base_lowest), own.group_base_highest)
        k = max(int(stated.get("k", 0)), own.survey_base)
        chosen = replace(
            own,
            group_base=base,
            sensitive_base=max(
                own.sensitive_base, base, int(stated.get("sensitive_base", 0))
            ),
            survey_base=max(k, base),
        )
        return replace(self, thresholds=chosen)

    def raised(self, **bases: int) -> Policy:
        """Return the same policy with higher bases; refuse lower ones.

        Raises
        ------
        AnalysisError
            When a setting is unknown or lower than it was.
        """
        changed = self.thresholds
        for name, value in bases.items():
            if name not in _BASES:
                message = f"Only {', '.join(_BASES)} can be raised, not {name!r}."
                raise AnalysisError(message)
            if value < getattr(changed, name):
                message = f"{name} can only be raised once a survey is open."
                raise AnalysisError(message)
            changed = replace(changed, **{name: value})  # type: ignore[arg-type]  # the names above are of int fields
        return replace(self, thresholds=changed)

    def base_of(self, item: str) -> int:
        """Return how many unrounded answers to an item a group must have."""
        if item in self.sensitive:
            return self.thresholds.sensitive_base
        return self.thresholds.group_base

    def population_of(self, variable: str, codes: tuple[str, ...]) -> int | None:
        """Return how many people live in a group, ``None`` where nobody counted."""
        known = self.strata.get(variable, {})
        if not codes or any(code not in known for code in codes):
            return None
        return sum(known[code] for code in codes)


def _three_way(
    stated: object, groups: Sequence[str], sensitive: Collection[str]
) -> tuple[str, ...]:
    """Check which three variables were named; an error for anything but three."""
    named = list(stated) if isinstance(stated, list | tuple) else [stated]
    if not named:
        return ()
    found = tuple(name for name in dict.fromkeys(groups) if name in named)
    if not len(found) == len(named) == _THREE or set(found) & set(sensitive):
        message = (
            "policy.json: three_way names three different group variables that are "
            "not sensitive, or none. Correct it, or write []."
        )
        raise AnalysisError(message)
    return found


def _populations(strata: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        variable: {
            code: int(sizes["population"])
            for code, sizes in codes.items()
            if sizes.get("population")
        }
        for variable, codes in strata.items()
    }
