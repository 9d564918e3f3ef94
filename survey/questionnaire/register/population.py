"""How many people are expected in every combination of answers, from register totals.

Joint counts are fitted by iterative proportional fitting (Deming & Stephan, 1940,
Annals of Mathematical Statistics 11, 427-444), begun with independence: what the
register does not say about two variables is taken to be unrelated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from survey.questionnaire.problem import Problem
from survey.questionnaire.register.table import Pair, Register, RegisterError

MOST_FITTED = 5_000  # combinations of variables that joint counts tie together
MOST_ROUNDS = 200
CLOSE = 1e-6  # of a person
TOLERATED = 0.5  # of a person: larger deviations mean that counts contradict
MOST_CELLS = 10_000  # looked at one by one; beyond, so many people are drawn

Categories = tuple[str, ...]
Grouping = Mapping[str, Mapping[str, str]]
"""Variable → category → the name of the group it is taken into."""


class Cell(NamedTuple):
    """People of one combination: a share of all, or how often one was drawn.

    ``expected`` is how many there are on average; ``at_most`` the smallest count
    the register gives for a part of the combination: no more can be in it.
    """

    share: float
    expected: float
    at_most: int


Share = tuple[float, int]
"""Of a combination: the share of all people who have it, and how many can."""


def _both(one: Share, other: Share) -> Share:
    """Of two unrelated combinations together."""
    return one[0] * other[0], one[1] if one[1] < other[1] else other[1]


def _drawn(parts: Sequence[Sequence[Share]], count: int) -> list[Share]:
    """The combinations of so many people, drawn at random."""
    rng = random.Random(1)  # noqa: S311 - statistics, the same each time
    found: list[Share] | None = None
    for part in parts:
        own = rng.choices(part, [share for share, _ in part], k=count)
        found = list(map(_both, found, own)) if found else own
    return found or []


@dataclass(frozen=True, slots=True)
class _Block:
    """Variables that joint counts tie together, and their fitted counts."""

    names: tuple[str, ...]
    fitted: Mapping[Categories, float]


class Population:
    """The people of a register, as far as its totals tell."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.total = register.total
        self._blocks = tuple(_block(register, names) for names in _tied(register))

    def cells(
        self, names: Sequence[str], grouping: Grouping, *, most: int = MOST_CELLS
    ) -> list[Cell]:
        """Every combination of these variables that anybody can have.

        With more than ``most`` as many people are drawn, from a fixed seed: then each
        cell has the share of one of them.
        """
        parts = [
            self._part(block, names, grouping)
            for block in self._blocks
            if set(block.names) & set(names)
        ]
        if prod(len(part) for part in parts) <= most:
            found = [(1.0, self.total)]
            for part in parts:
                found = [_both(one, other) for one in found for other in part]
            return [self._cell(share, share, bound) for share, bound in found]
        found = _drawn(parts, most)
        return [self._cell(1 / most, share, bound) for share, bound in found]

    def _cell(self, weight: float, share: float, bound: int) -> Cell:
        return Cell(weight, min(share * self.total, bound), bound)

    def _part(
        self, block: _Block, names: Sequence[str], grouping: Grouping
    ) -> list[Share]:
        """Share of all people, and their bound, of each combination in one block."""
        wanted = [name for name in block.names if name in names]
        places = [block.names.index(name) for name in wanted]
        sums: dict[Categories, float] = {}
        for categories, expected in block.fitted.items():
            key = tuple(
                grouping[name][categories[at]]
                for name, at in zip(wanted, places, strict=True)
            )
            sums[key] = sums.get(key, 0.0) + expected
        bound = self._bound(wanted, grouping)
        return [(n / self.total, bound(key)) for key, n in sums.items() if n > 0]

    def _bound(
        self, names: Sequence[str], grouping: Grouping
    ) -> Callable[[Categories], int]:
        """The smallest known count that holds for a combination."""
        known: list[tuple[tuple[int, ...], dict[Categories, int]]] = []
        for at, name in enumerate(names):
            counts: dict[Categories, int] = {}
            for category, people in self.register.margins[name].items():
                key = (grouping[name][category],)
                counts[key] = counts.get(key, 0) + people
            known.append(((at,), counts))
        for one, other in combinations(range(len(names)), 2):
            joint = self.register.joints.get((names[one], names[other]))
            if joint is not None:
                pair = (names[one], names[other])
                known.append(((one, other), _grouped(joint, pair, grouping)))

        def bound(key: Categories) -> int:
            return min(
                counts.get(tuple(key[at] for at in places), 0)
                for places, counts in known
            )

        return bound


def _grouped(
    joint: Mapping[Pair, int], pair: Pair, grouping: Grouping
) -> dict[Categories, int]:
    counts: dict[Categories, int] = {}
    for (one, other), people in joint.items():
        key = (grouping[pair[0]][one], grouping[pair[1]][other])
        counts[key] = counts.get(key, 0) + people
    return counts


def _tied(register: Register) -> list[tuple[str, ...]]:
    """Variables in blocks: those that joint counts lead to from one another."""
    block_of = {name: {name} for name in register.margins}
    for one, other in register.joints:
        joined = block_of[one] | block_of[other]
        block_of.update(dict.fromkeys(joined, joined))
    blocks = [
        tuple(name for name in register.margins if name in block)
        for block in block_of.values()
    ]
    return list(dict.fromkeys(blocks))


def _block(register: Register, names: tuple[str, ...]) -> _Block:
    """Fitted counts of some variables; raises ``RegisterError``."""
    margins = [register.margins[name] for name in names]
    size = prod(len(margin) for margin in margins)
    if len(names) > 1 and size > MOST_FITTED:
        reason = (
            f"The joint counts tie {', '.join(names)} together: {size} combinations."
        )
        remedy = f"Leave joint counts out until there are at most {MOST_FITTED}."
        raise RegisterError([Problem("", "", reason, remedy)])
    total = register.total
    fitted = {
        categories: total
        * prod(
            margin[category] / total
            for margin, category in zip(margins, categories, strict=True)
        )
        for categories in product(*margins)
    }
    joints = {
        (names.index(one), names.index(other)): joint
        for (one, other), joint in register.joints.items()
        if one in names
    }
    _fit(fitted, joints, names)
    return _Block(names, fitted)


def _fit(
    fitted: dict[Categories, float],
    joints: Mapping[tuple[int, int], Mapping[Pair, int]],
    names: tuple[str, ...],
) -> None:
    """Scale the counts until all joint counts agree."""
    for _ in range(MOST_ROUNDS):
        worst = 0.0
        for places, joint in joints.items():
            worst = max(worst, _scale(fitted, places, joint))
        if worst < CLOSE:
            return
    if worst > TOLERATED:
        reason = f"The joint counts of {', '.join(names)} contradict one another."
        remedy = "Look for a pair that is 0 in one table and not in another."
        raise RegisterError([Problem("", "", reason, remedy)])


def _scale(
    fitted: dict[Categories, float],
    places: tuple[int, int],
    joint: Mapping[Pair, int],
) -> float:
    """One step of the fitting; how far the counts were off before it."""
    sums: dict[Pair, float] = {}
    for categories in fitted:
        pair = (categories[places[0]], categories[places[1]])
        sums[pair] = sums.get(pair, 0.0) + fitted[categories]
    for categories in fitted:
        pair = (categories[places[0]], categories[places[1]])
        if sums[pair]:
            fitted[categories] *= joint.get(pair, 0) / sums[pair]
    return max(abs(joint.get(pair, 0) - found) for pair, found in sums.items())
