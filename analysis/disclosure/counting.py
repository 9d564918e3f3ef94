"""Counts of every chart from the typed responses. Must not know what may be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.codebook import Item
from analysis.disclosure.answered import Answered, Groups
from analysis.disclosure.counts import OPTIONS, PARTS, Cell, Key, Row
from analysis.engine import tabulate
from analysis.responses import answers, indicator_columns, no_answer, option_columns

Codes = npt.NDArray[np.integer]
Counts = npt.NDArray[np.int64]

# In the order in which they are printed. Who was not asked (-1) or stopped before (-5)
# says nothing about the question.
SAID_NOTHING = ("-3", "-4", "-2")


def count_item(item: Item, data: Answered, variable: str = "") -> Iterator[Row]:
    """Count one item for everybody, or for each shown group of a variable."""
    responses = data.rows(variable)
    groups = _everybody(len(responses))
    if variable:
        groups = data.groups[variable]
    base, cells = _cells(item, responses, groups)
    merged = data.merges.get(item.name, {})
    covers = _covers(item, responses)
    is_scale = item.is_ordinal and len(item.columns) == 1 and not merged
    for place, group in enumerate(groups.names):
        yield Row(
            key=Key(item.name, variable, group),
            base=int(base[place]),
            cells=_shown({cell: int(n[place]) for cell, n in cells.items()}, merged),
            shape=PARTS if len(item.columns) == 1 else OPTIONS,
            missing={} if variable else _missing(item, responses),
            scale=item.low_to_high[::-1] if is_scale else (),
            apart=group in groups.apart,
            counts_everybody=item.kind == "pick",
            covers=covers,
        )


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


def _cells(
    item: Item, responses: pd.DataFrame, groups: Groups
) -> tuple[Counts, dict[Cell, Counts]]:
    if item.kind == "rank":
        return _places(item, responses, groups)
    if len(item.columns) > 1:
        return _options(item, responses, groups)
    found = answers(responses, item.name)
    counted = _tabulate(found.codes, len(found.categories), groups)
    position = {str(code): place for place, code in enumerate(found.categories)}
    cells = {("share", code): counted[:, position[code]] for code in item.options}
    return counted.sum(axis=1), cells


def _options(
    item: Item, responses: pd.DataFrame, groups: Groups
) -> tuple[Counts, dict[Cell, Counts]]:
    base = "saw" if item.kind == "pick" else "answered"
    options, chosen = indicator_columns(responses, item.name, base=base)
    columns = {
        option: _tabulate(np.ascontiguousarray(chosen[:, place]), 2, groups)
        for place, option in enumerate(options)
    }
    cells = {("share", option): columns[option][:, 1] for option in item.options}
    return next(iter(columns.values())).sum(axis=1), cells


def _places(
    item: Item, responses: pd.DataFrame, groups: Groups
) -> tuple[Counts, dict[Cell, Counts]]:
    """Count who put each option first, and who ranked it at all."""
    columns = option_columns(responses, item.name)
    places = ranks(item, responses)
    has_ranked = (places > 0).any(axis=1)
    codes = np.where(places == 1, 2, (places > 0).astype(np.int8))
    codes[~has_ranked] = -1
    cells: dict[Cell, Counts] = {}
    base = np.zeros(len(groups.names), dtype=np.int64)
    for place, option in enumerate(columns):
        counted = _tabulate(np.ascontiguousarray(codes[:, place]), 3, groups)
        cells["first", option] = counted[:, 2]
        cells["ranked", option] = counted[:, 1] + counted[:, 2]
        base = counted.sum(axis=1)
    return base, cells


def _covers(item: Item, responses: pd.DataFrame) -> bool:
    """Whether everybody who answered chose something, or put one option first."""
    if item.kind == "rank":
        places = ranks(item, responses)
        firsts = (places == 1).sum(axis=1)[(places > 0).any(axis=1)]
        return bool((firsts == 1).all())
    if len(item.columns) == 1 or item.kind == "pick":
        return False
    _, chosen = indicator_columns(responses, item.name)
    return bool((chosen != 0).any(axis=1).all())


def ranks(item: Item, responses: pd.DataFrame) -> npt.NDArray[np.int16]:
    """Return the place each person gave each option; 0 where none."""
    columns = [
        pd.to_numeric(responses[name].astype("str"), errors="coerce").to_numpy(float)
        for name in item.columns
    ]
    places = np.nan_to_num(np.stack(columns, axis=1)).clip(min=0)
    found: npt.NDArray[np.int16] = places.astype(np.int16)
    return found


def _tabulate(codes: Codes, categories: int, groups: Groups) -> Counts:
    size = len(groups.names)
    sums = tabulate(codes, categories, groups=groups.codes, group_count=size)
    return sums.n[0, :size]


def _missing(item: Item, responses: pd.DataFrame) -> dict[str, int]:
    counted = no_answer(responses, item.name)
    return {code: int(counted[code]) for code in SAID_NOTHING}


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
