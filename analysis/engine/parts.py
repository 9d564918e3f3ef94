"""A table as parts that anybody may count: one after the other, or many at once.

Must not know who maps. Where a part begins depends on the rows alone and parts
are added in their order, so every executor gives the same last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analysis.engine.cells import Column, Division, Floats, Sums, count
from analysis.engine.kept import Kept

# Rows of one part: 40 MB of codes, a tenth of a second, one message of a cluster.
PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """Some persons and what to count of them: all that a worker needs."""

    columns: tuple[Column, ...]
    division: Division
    weights: Floats | None = None
    squares: bool = True


Counted: TypeAlias = tuple[Sums, ...]
# As the built-in ``map``: the results in the order of the parts.
Mapper: TypeAlias = Callable[
    [Callable[[Part], Counted], Iterable[Part]], Iterable[Counted]
]


def crosstabs(
    columns: Sequence[Column],
    *,
    groups: Column | None = None,
    strata: Column | None = None,
    weights: Floats | None = None,
    squares: bool = True,
    mapper: Mapper = map,
) -> Counted:
    """Sums of every column by stratum and group, in one pass over the persons.

    Parameters
    ----------
    columns : sequence of Column
        The items, all of the same persons.
    groups, strata : Column, optional
        Group (none: counted as nobody's) and stratum of each person.
    weights : ndarray, optional
        One weight per person; without them every person counts once.
    squares : bool
        Whether squared weights are summed as well, which errors need.
    mapper : callable
        Counts the parts: the built-in ``map``, ``Executor.map``, or
        ``analysis.engine.cluster.on(client)``.

    Returns
    -------
    tuple of Sums
        One per column, equal to the last digit whoever counted. The last digit of
        sums of weights can depend on which columns are counted together.

    Examples
    --------
    >>> import numpy as np
    >>> answers = Column(np.array([0, 1, 1, 0], dtype=np.int8), 2)
    >>> groups = Column(np.array([0, 0, 1, -1], dtype=np.int8), 2)
    >>> crosstabs([answers], groups=groups)[0].n.tolist()
    [[[1, 1], [0, 1], [1, 0]]]
    """
    if not columns:
        return ()
    whole = Part(tuple(columns), Division(groups, strata), weights, squares)
    return combine(mapper(count_part, parts(whole)))


def parts(whole: Part) -> Iterator[Part]:
    """The persons by so many, at least one part even of nobody."""
    rows = len(whole.columns[0].codes)
    for start in range(0, max(rows, 1), PART):
        part = slice(start, min(start + PART, rows))
        yield Part(
            tuple(column.rows(part) for column in whole.columns),
            whole.division.rows(part),
            None if whole.weights is None else whole.weights[part],
            whole.squares,
        )


def count_part(part: Part) -> Counted:
    """Count one part; what was mapped for it need not stay in memory."""
    found = count(part.columns, part.division, part.weights, squares=part.squares)
    for column in part.columns:
        if isinstance(column.codes, Kept):
            column.codes.columns.release()
            break
    return found


def combine(counted: Iterable[Counted]) -> Counted:
    """Add up parts in the order in which they come."""
    total: Counted = ()
    for sums in counted:
        total = (
            tuple(one + other for one, other in zip(total, sums, strict=True))
            if total
            else sums
        )
    return total
