"""Counts of every chart from the typed responses. Must not know what may be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Item
from analysis.disclosure.answered import CHANNEL, Answered, Groups
from analysis.disclosure.counts import OPTIONS, PARTS, Cell, Key, Row
from analysis.disclosure.routing import never_asked
from analysis.engine import Column, crosstabs
from analysis.responses import answers, coded, indicator_columns, no_answer

Codes = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]

# In the order in which they are printed. Who was not asked (-1) or stopped before (-5)
# says nothing about the question.
SAID_NOTHING = ("-3", "-4", "-2")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The answers to one item as small integers.

    Each column has its categories, and for each of them the cells it counts in; any
    other code is no answer. The base is everybody with a category in the first column.
    """

    columns: tuple[Codes, ...]
    cells: tuple[tuple[tuple[Cell, ...], ...], ...]
    missing: Mapping[str, int]
    covers: bool = False

    @property
    def is_in_base(self) -> npt.NDArray[np.bool_]:
        """Which rows the base counts."""
        inside = (self.columns[0] >= 0) & (self.columns[0] < len(self.cells[0]))
        return np.asarray(inside, dtype=np.bool_)


class Counter:
    """Counts the items of a survey; each item is read once for all its tables."""

    def __init__(self, data: Answered) -> None:
        self._data = data
        self._read: dict[tuple[str, bool], Encoded] = {}

    def count(self, item: Item, variable: str = "") -> Iterator[Row]:
        """Count one item for everybody, or for each shown group of a variable."""
        data = self._data
        groups = _everybody(len(data.everybody))
        if variable:
            groups = data.groups[variable]
        encoded = self._encoded(item, has_everybody=variable == CHANNEL)
        base, cells = _tabulated(encoded, groups)
        # In the order of the questionnaire; a typed scale runs from low to high.
        order = sorted(cells, key=lambda cell: (item.options.index(cell[1]), cell))
        merged = data.merges.get(item.name, {})
        unasked = never_asked(item, variable, data.merges.get(variable, {}))
        is_scale = item.is_ordinal and len(item.columns) == 1 and not merged
        for place, group in enumerate(groups.names):
            counted = {cell: int(cells[cell][place]) for cell in order}
            yield Row(
                key=Key(item.name, variable, group),
                base=int(base[place]),
                cells=_shown(counted, merged),
                shape=PARTS if len(item.columns) == 1 else OPTIONS,
                missing={} if variable else encoded.missing,
                scale=item.low_to_high[::-1] if is_scale else (),
                apart=group in groups.apart,
                counts_everybody=item.kind == "pick",
                covers=encoded.covers,
                # Whoever answered all the same, such as on paper, is a small group.
                never_asked=group in unasked and not base[place],
            )

    def _encoded(self, item: Item, *, has_everybody: bool) -> Encoded:
        key = item.name, has_everybody
        if key not in self._read:
            variable = CHANNEL if has_everybody else ""
            self._read[key] = encode(item, self._data.rows(variable))
        return self._read[key]


def encode(item: Item, responses: pd.DataFrame) -> Encoded:
    """Read the answers to one item."""
    counted = no_answer(responses, item.name)
    missing = {code: int(counted[code]) for code in SAID_NOTHING}
    if item.kind == "rank":
        return _places(item, responses, missing)
    if item.kind == "points":
        return _gifts(item, responses, missing)
    if len(item.columns) > 1:
        return _options(item, responses, missing)
    found = coded(responses, item.name)
    cells = tuple((("share", str(code)),) for code in found.categories)
    return Encoded((found.codes,), (cells,), missing)


def count_system(variable: str, data: Answered) -> Row:
    """Count the groups of a variable that is no item: channel, form language."""
    sizes = data.population.sizes[variable]
    return Row(
        key=Key(variable),
        base=data.population.people,
        cells={("share", name): size for name, size in sizes.items()},
        shape=PARTS if variable in data.population.complete else OPTIONS,
    )


def _everybody(people: int) -> Groups:
    return Groups(("",), np.zeros(people, dtype=np.int8))


def _tabulated(encoded: Encoded, groups: Groups) -> tuple[Counts, dict[Cell, Counts]]:
    size = len(groups.names)
    found: dict[Cell, Counts] = {}
    base = np.zeros(size, dtype=np.int64)
    columns = [
        Column(codes, len(categories))
        for codes, categories in zip(encoded.columns, encoded.cells, strict=True)
    ]
    tables = crosstabs(columns, groups=Column(groups.codes, size))
    for number, (sums, categories) in enumerate(
        zip(tables, encoded.cells, strict=True)
    ):
        counted = sums.n[0, :size]
        for place, cells in enumerate(categories):
            for cell in cells:
                found[cell] = found.get(cell, 0) + counted[:, place]
        if not number:
            base = counted.sum(axis=1)
    return base, found


def _options(
    item: Item, responses: pd.DataFrame, missing: Mapping[str, int]
) -> Encoded:
    """Read who chose each option; with a pick, whoever saw it is in the base."""
    is_pick = item.kind == "pick"
    base = "saw" if is_pick else "answered"
    options, chosen = indicator_columns(responses, item.name, base=base)
    place = {option: number for number, option in enumerate(options)}
    columns = [np.ascontiguousarray(chosen[:, place[code]]) for code in item.options]
    cells = tuple(((), (("share", code),)) for code in item.options)
    covers = not is_pick and bool((chosen != 0).any(axis=1).all())
    return Encoded(tuple(columns), cells, missing, covers)


def _gifts(item: Item, responses: pd.DataFrame, missing: Mapping[str, int]) -> Encoded:
    """Read who gave each option at least one point; the base is who gave any."""
    gave = np.zeros((len(responses), len(item.columns)), dtype=np.int8)
    for column, name in enumerate(item.columns):
        given = answers(responses, name)
        is_gift = [float(str(code) or 0) > 0 for code in given.categories]
        gave[:, column] = np.array([*is_gift, False])[given.codes]
    gave[~gave.any(axis=1)] = -1
    columns = [np.ascontiguousarray(column) for column in gave.T]
    cells = tuple(((), (("share", code),)) for code in item.options)
    return Encoded(tuple(columns), cells, missing, covers=True)


def _places(item: Item, responses: pd.DataFrame, missing: Mapping[str, int]) -> Encoded:
    """Read who put each option first, and who ranked it at all."""
    places = ranks(item, responses)
    has_ranked = (places > 0).any(axis=1)
    codes = np.where(places == 1, 2, (places > 0).astype(np.int8))
    codes[~has_ranked] = -1
    columns = [np.ascontiguousarray(column) for column in codes.T]
    cells = tuple(
        ((), (("ranked", code),), (("first", code), ("ranked", code)))
        for code in item.options
    )
    firsts = (places[has_ranked] == 1).sum(axis=1)
    return Encoded(tuple(columns), cells, missing, bool((firsts == 1).all()))


def ranks(item: Item, responses: pd.DataFrame) -> npt.NDArray[np.int16]:
    """Return the place each person gave each option; 0 where none."""
    found: npt.NDArray[np.int16] = np.zeros(
        (len(responses), len(item.columns)), dtype=np.int16
    )
    for column, name in enumerate(item.columns):
        given = answers(responses, name)
        ranked = [int(str(code)) if str(code) else 0 for code in given.categories]
        found[:, column] = np.array([*ranked, 0])[given.codes]
    return found


def _shown(cells: Mapping[Cell, int], merged: Mapping[str, str]) -> dict[Cell, int]:
    """Add up the answers of a demographic item as its merge says."""
    found: dict[Cell, int] = {}
    for (statistic, category), n in cells.items():
        cell = (statistic, merged.get(category, category))
        found[cell] = found.get(cell, 0) + n
    return found


def pairs(item: Item, responses: pd.DataFrame) -> Counts:
    """Count who preferred each option (row) to each other one (column).

    Whatever a person ranked is preferred to what the person did not rank.
    """
    places = ranks(item, responses)
    places = places[(places > 0).any(axis=1)]
    last = len(item.options) + 1
    places[places == 0] = last
    size = places.shape[1]
    found = np.zeros((size, size), dtype=np.int64)
    for option in range(size):
        found[option] = (places[:, [option]] < places).sum(axis=0)
    return found
