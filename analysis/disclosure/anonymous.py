"""Which groups the rows of the analysis file may show. Must not know a format.

Rare combinations are emptied; then the gate plays a reader of file and tables, and
empties more until nothing that was emptied can be told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analysis.codebook import Item
from analysis.disclosure.answered import Answered, shown_as
from analysis.disclosure.counting import encode
from analysis.disclosure.counts import Cell, Key, Row
from analysis.disclosure.released import PROTECTED, Released
from analysis.disclosure.restoring import Told, restored
from analysis.disclosure.suppression import EMPTY, suppressed
from analysis.disclosure.system import BOTH
from analysis.package import AnalysisError
from analysis.responses import answers

Codes = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

TOO_FEW = (
    "So few people answered that rows and published tables together would tell who "
    "belongs to which group. There can be no analysis file; use the tables."
)


def group_codes(data: Answered, variables: Sequence[str]) -> Codes:
    """Return the shown group of each row by variable; -1 where there is none."""
    columns = []
    has_outside = len(data.everybody) < len(data.package.responses)
    for variable in variables:
        names, merged = data.groups[variable].names, data.merges[variable]
        found = answers(data.everybody, variable)
        given = [
            shown_as(variable, str(code), merged, has_outside=has_outside)
            for code in found.categories
        ]
        places = [names.index(name) if name in names else EMPTY for name in given]
        columns.append(np.array([*places, EMPTY], dtype=np.int64)[found.codes])
    if not columns:
        return np.zeros((len(data.everybody), 0), dtype=np.int64)
    return np.stack(columns, axis=1)


def anonymous_groups(
    data: Answered,
    variables: Sequence[str],
    said: Mapping[Key, Released],
    items: Sequence[Item],
) -> Codes:
    """Return the groups the file shows: alike in enough rows, and not to be restored.

    Parameters
    ----------
    data : Answered
        The answers, divided into the groups the tables show, in an order that a second
        run repeats whatever the order of the package.
    variables : sequence of str
        Released group variables of the file.
    said : mapping of Key to Released
        Everything the tables say.
    items : sequence of Item
        Items whose answers the file holds.
    """
    true = group_codes(data, variables)
    least = data.policy.thresholds.rows_alike
    shown = suppressed(true, least)
    marks = {item.name: _marks(item, data) for item in items}
    readers = [
        _Reader(
            data, variable, true[:, number], list(_told(variable, data, said, marks))
        )
        for number, variable in enumerate(variables)
    ]
    place = _restoring(readers, shown)
    while place is not None:  # emptying one variable can empty others anew
        if (shown[:, place] < 0).all():
            raise AnalysisError(TOO_FEW)
        shown = _with_more_empty(shown, place, least)
        place = _restoring(readers, shown)
    return shown


def _restoring(readers: Sequence[_Reader], shown: Codes) -> int | None:
    """The first variable of which some group can be told, if there is one."""
    return next(
        (
            place
            for place, reader in enumerate(readers)
            if reader.restores(shown[:, place])
        ),
        None,
    )


class _Reader:
    """Somebody with file and tables who looks for the groups of one variable."""

    def __init__(
        self, data: Answered, variable: str, true: Codes, told: Sequence[Told]
    ) -> None:
        self._own = data.policy.thresholds
        self._complete = variable in data.population.complete
        self._true, self._told = true, told
        self._safe = np.zeros(len(true), dtype=bool)

    def restores(self, shown: Codes) -> bool:
        """Whether some group that the file does not show can be told."""
        is_hidden = (shown < 0) & (self._true >= 0)
        if (shown < 0).sum() > self._own.most_restored or not (
            is_hidden & ~self._safe
        ).any():
            return False
        found = restored(
            self._true,
            shown,
            self._told,
            self._own.rounding_base // 2,
            complete=self._complete,
            safe=self._safe,
        )
        self._safe |= is_hidden & ~found
        return bool(found.any())


def _with_more_empty(shown: Codes, number: int, least: int) -> Codes:
    """Empty one variable in twice as many rows, and what is rare after that.

    The first rows are taken: they stand in an order that nobody can foresee.
    """
    found = shown.copy()
    empty = int((shown[:, number] < 0).sum())
    left = np.flatnonzero(shown[:, number] >= 0)
    found[left[: max(empty, least)], number] = EMPTY
    return suppressed(found, least)


def _marks(item: Item, data: Answered) -> dict[Cell, Marks]:
    """Which rows each count of an item counts; ("base", "") is its base."""
    encoded = encode(item, data.everybody)
    found: dict[Cell, Marks] = {("base", ""): encoded.is_in_base}
    for codes, categories in zip(encoded.columns, encoded.cells, strict=True):
        for place, cells in enumerate(categories):
            for cell in cells:
                inside = codes == place
                found[cell] = found[cell] | inside if cell in found else inside
    return found


def _told(
    variable: str,
    data: Answered,
    said: Mapping[Key, Released],
    marks: Mapping[str, Mapping[Cell, Marks]],
) -> Iterator[Told]:
    everybody = np.ones(len(data.everybody), dtype=bool)
    sizes = said.get(Key(variable))
    for group, name in enumerate(data.groups[variable].names):
        counts = []
        if sizes is not None and ("share", name) in sizes.cells:
            counts.append((everybody, sizes.cells["share", name]))
        for item, inside in marks.items():
            row = said.get(Key(item, variable, name))
            if row is not None and row.status != PROTECTED and row.base is not None:
                counts += _counts(row, inside)
        crossed = list(_crossed(variable, name, data, said))
        least = data.policy.thresholds.group_base
        counts += [(inside, n) for inside, n in crossed if n is not None]
        # a cell that is not shown beside others is of fewer people
        most = [(inside, least - 1) for inside, n in crossed if n is None]
        yield Told(group, tuple(counts), tuple(most))


def _crossed(
    variable: str, group: str, data: Answered, said: Mapping[Key, Released]
) -> Iterator[tuple[Marks, int | None]]:
    """Numbers of people in three groups; the reader is given the two other ones."""
    named = data.policy.three_way
    if variable not in named:
        return
    side = named.index(variable)
    others = [name for name in named if name != variable]
    codes = group_codes(data, others)
    own = [row for key, row in said.items() if key.variable == BOTH.join(named)]
    if all(row.base is None for row in own):
        return  # held back together, whatever their sizes
    for row in own:
        groups = row.key.group.split(BOTH)
        if groups.pop(side) == group:
            places = [
                data.groups[name].names.index(one)
                for name, one in zip(others, groups, strict=True)
            ]
            yield (codes == np.array(places)).all(axis=1), row.base


def _counts(row: Released, inside: Mapping[Cell, Marks]) -> Iterator[tuple[Marks, int]]:
    if row.base is not None:
        yield inside["base", ""], row.base
    for cell, n in row.cells.items():
        yield inside[cell], n
    ends = Row(row.key, 0, {}, scale=row.shape.scale).sums()
    for statistic in ("top2", "bottom2"):
        if statistic in row.sums:
            cells: list[Cell] = [("share", code) for code in ends[statistic]]
            together = np.logical_or.reduce([inside[cell] for cell in cells])
            yield together, row.sums[statistic]
