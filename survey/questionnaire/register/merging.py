"""Which answers to take together so that nobody stands out, losing as little as may be.

Greedy: of every question the rarest answer is tried with its neighbours, and what
brings most for the information it costs is done, until all limits hold. What turned
out not to be needed is undone at the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey.questionnaire.register.exposure import FEW, Exposure, exposure
from survey.questionnaire.register.population import (
    Categories,
    Grouping,
    Population,
)
from survey.questionnaire.register.questions import Seen
from survey.questionnaire.register.variables import NEVER_ALONE, Variable

MOST_STEPS = 400
MOST_GROUPS = 24  # of one question; more are first brought down to so many
_ROUGH = 1_500  # cells that are enough to choose between two merges
_LITTLE = 1e-9
_LEFT_OUT = 1 / 3  # how readily a whole question is given up

Groups = Mapping[str, tuple[Categories, ...]]


@dataclass(frozen=True, slots=True)
class Merge:
    """Categories whose groups become one; all of them, to leave the question out."""

    variable: str
    joined: Categories


class Plan:
    """Looks for merges; knows the people and the sets that can be seen."""

    def __init__(
        self,
        population: Population,
        variables: Sequence[Variable],
        sets: Sequence[Seen],
    ) -> None:
        self._population = population
        self._margins = population.register.margins
        self._variables = {variable.name: variable for variable in variables}
        self._sets = sets
        self._known: dict[tuple[object, ...], Exposure] = {}

    def unmerged(self) -> Groups:
        """Every category by itself, in the order of the questionnaire."""
        found = {}
        for name, variable in self._variables.items():
            own = variable.categories or _in_order(self._margins[name])
            found[name] = tuple((category,) for category in own)
        return found

    def merges(self) -> list[Merge]:
        """What to take together; empty when nothing is needed or nothing helps."""
        groups = self.unmerged()
        failing = self._failing(self._sets, groups)
        coarse = list(self._coarsened(groups)) if failing else []
        groups = self.applied(coarse)
        done: list[Merge] = []
        while failing and len(done) < MOST_STEPS:
            found = self._best(groups, failing)
            if found is None:
                return [*coarse, *done]
            done.append(found)
            groups = merged(groups, found)
            # taking together never exposes anybody more
            failing = self._failing(failing, groups)
        return [*coarse, *self._needed(coarse, done)]

    def _coarsened(self, groups: Groups) -> Iterator[Merge]:
        """Bands out of very many categories, the rarest first, without looking."""
        for name in groups:
            while len(groups[name]) > MOST_GROUPS:
                merge = next(self._candidates(name, groups[name]), None)
                if merge is None:
                    break
                yield merge
                groups = merged(groups, merge)

    def applied(self, merges: Sequence[Merge]) -> Groups:
        """The groups after these merges."""
        groups = self.unmerged()
        for merge in merges:
            groups = merged(groups, merge)
        return groups

    def exposure(self, seen: Seen, groups: Groups) -> Exposure:
        """How exposed people are by this set of answers."""
        key = (seen, tuple(groups[name] for name in seen.names))
        if key not in self._known:
            grouping = self._grouping(seen, groups)
            self._known[key] = exposure(self._population.cells(seen.names, grouping))
        return self._known[key]

    def _grouping(self, seen: Seen, groups: Groups) -> Grouping:
        found = {}
        for name in seen.names:
            own = {c: group[0] for group in groups[name] for c in group}
            if seen.is_table:
                own = _with_nobody_alone(own, self._margins[name])
            found[name] = own
        return found

    def _failing(self, sets: Sequence[Seen], groups: Groups) -> list[Seen]:
        return [seen for seen in sets if self._excess(seen, groups) > 0]

    def _excess(self, seen: Seen, groups: Groups) -> float:
        return seen.limits.excess(self.exposure(seen, groups))

    def _best(self, groups: Groups, failing: Sequence[Seen]) -> Merge | None:
        """The merge that brings most for what it costs, in the worst set."""
        for seen in sorted(failing, key=lambda seen: -self._excess(seen, groups)):
            strain = self._strain(seen, groups)
            found = [
                (self._worth(seen, groups, merge, strain), -number, merge)
                for number, merge in enumerate(self._all_candidates(seen, groups))
            ]
            if found:
                return max(found)[-1]
        return None

    def _all_candidates(self, seen: Seen, groups: Groups) -> Iterator[Merge]:
        for name in seen.names:
            yield from self._candidates(name, groups[name])

    def _worth(self, seen: Seen, groups: Groups, merge: Merge, strain: float) -> float:
        """Relief for what it costs; a question of many answers misses one least."""
        after = merged(groups, merge)
        relief = max(0.0, strain - self._strain(seen, after))
        cost = self._information(groups, merge) - self._information(after, merge)
        remaining = len(after[merge.variable]) - 1
        return (remaining or _LEFT_OUT) * relief / (cost + _LITTLE)

    def _strain(self, seen: Seen, groups: Groups) -> float:
        """How small the cells are in which people find themselves, on average.

        Goes on falling where all are alone, so that a first step can be chosen.
        """
        grouping = self._grouping(seen, groups)
        cells = self._population.cells(seen.names, grouping, most=_ROUGH)
        return sum(
            cell.share * math.log1p(FEW / cell.expected)
            for cell in cells
            if cell.expected
        )

    def _information(self, groups: Groups, merge: Merge) -> float:
        """What the answers to a question tell, in nats."""
        counts = (
            sum(self._margins[merge.variable][category] for category in group)
            for group in groups[merge.variable]
        )
        shares = (count / self._population.total for count in counts if count)
        return -sum(share * math.log(share) for share in shares)

    def _candidates(self, name: str, groups: tuple[Categories, ...]) -> Iterator[Merge]:
        """Merges of the rarest answer that anybody gives; empty ones cost nothing."""
        variable = self._variables[name]
        counts = [sum(self._margins[name][c] for c in group) for group in groups]
        given = [at for at, count in enumerate(counts) if count]
        if variable.is_fixed or len(given) < 2:
            return
        everything = tuple(category for group in groups for category in group)
        if len(given) == 2 or NEVER_ALONE & set(everything):
            yield Merge(name, everything)
            return
        for touched in _joined(variable, groups, counts, given):
            yield Merge(name, tuple(c for at in touched for c in groups[at]))

    def _all_hold(self, groups: Groups) -> bool:
        """Whether no limit is broken; the largest sets are the likeliest."""
        return not any(self._excess(seen, groups) > 0 for seen in self._sets[::-1])

    def _needed(self, coarse: Sequence[Merge], done: Sequence[Merge]) -> list[Merge]:
        """The merges without those that the others make unnecessary, dearest first."""
        needed = list(done)
        for merge in sorted(done, key=lambda merge: -self._price(merge)):
            without = [other for other in needed if other is not merge]
            if self._all_hold(self.applied([*coarse, *without])):
                needed = without
        return needed

    def _price(self, merge: Merge) -> float:
        """What it would cost by itself."""
        groups = self.unmerged()
        after = self._information(merged(groups, merge), merge)
        return self._information(groups, merge) - after


def _joined(
    variable: Variable,
    groups: tuple[Categories, ...],
    counts: Sequence[int],
    given: Sequence[int],
) -> Iterator[Sequence[int]]:
    """The rarest group that is not empty, with those that it could join."""
    rest = [at for at, group in enumerate(groups) if variable.rest in group]
    own = sorted((at for at in given if at not in rest), key=counts.__getitem__)
    if rest:
        # an empty rest alone would not hide the rarest
        yield (*own[: 1 if rest[0] in given else 2], *rest)
    elif variable.is_ordered:
        place = given.index(own[0])
        for one, two in pairwise(given[max(0, place - 1) : place + 2]):
            yield range(one, two + 1)  # with the empty ones between
    else:
        yield from ((own[0], other) for other in own[1:3])


def merged(groups: Groups, merge: Merge) -> Groups:
    """The groups with those of the joined categories made one."""
    own = groups[merge.variable]
    touched = [group for group in own if set(group) & set(merge.joined)]
    joined = tuple(category for group in touched for category in group)
    result: list[Categories] = []
    for group in own:
        if group not in touched:
            result.append(group)
        elif group is touched[0]:
            result.append(joined)
    return {**groups, merge.variable: tuple(result)}


def _with_nobody_alone(
    own: dict[str, str], margin: Mapping[str, int]
) -> dict[str, str]:
    """As tables show them: an answer that never stands alone joins the largest."""
    counts: dict[str, int] = {}
    for category, group in own.items():
        if category not in NEVER_ALONE:
            counts[group] = counts.get(group, 0) + margin[category]
    if not counts:
        return own
    largest = max(counts, key=counts.__getitem__)
    return {c: largest if c in NEVER_ALONE else group for c, group in own.items()}


def _in_order(margin: Mapping[str, int]) -> list[str]:
    """Numbers by size, days and everything else as the file has them."""
    try:
        return sorted(margin, key=float)
    except ValueError:
        return list(margin)
