"""A reader of weighted shares who knows every weight. Must not know what is drawn.

Weights are no secret: they follow from the register and from how many took part, so a
weighted share is one more inequality about the counts of classes of equal weight. The
reader is given more than is published: the size of every class, and of every group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.codebook import Item
from analysis.disclosure.anonymous import group_codes
from analysis.disclosure.answered import Answered
from analysis.disclosure.attack import SMALL
from analysis.disclosure.audit import truth_of
from analysis.disclosure.counting import SAID_NOTHING, encode
from analysis.disclosure.counts import Cell, Key, Row
from analysis.disclosure.released import Released, release
from analysis.disclosure.rounding import step
from analysis.disclosure.system import (
    BASE,
    NOBODY,
    System,
    published_people,
    system_of,
)
from analysis.disclosure.weighting import CLASSES, Classes
from analysis.disclosure.worlds import People, Worlds

Places = npt.NDArray[np.intp]

# A share that is exactly half way is said upwards or downwards; so much more is room.
_TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Claims:
    """The weighted shares of one question that are to be published, in their step."""

    item: Item
    base: int
    shares: Mapping[Cell, float]


@dataclass(frozen=True, slots=True)
class Known:
    """What is published without weights, and the counts behind it."""

    said: Mapping[Key, Released]
    rows: Mapping[Key, Row]


def gives_away(
    claims: Claims,
    counted: Sequence[Row],
    classes: Classes,
    known: Known,
    data: Answered,
) -> bool:
    """Whether weighted and unweighted figures together pin a count of 1 to 4.

    Parameters
    ----------
    claims : Claims
        Weighted shares of one question.
    counted : sequence of Row
        Unrounded counts of the question in each class.
    classes : Classes
        Classes with their weights, sizes and groups.
    known : Known
        Every published row, and the counts behind it.
    data : Answered
        Groups and rules.
    """
    item, policy = claims.item.name, data.policy
    # Who came by an open way beside a sample has no weight.
    near = {
        key: each
        for key, each in known.said.items()
        if not each.shape.apart
        and (key.item == item or (not key.variable and key.item in data.variables))
    }
    hidden = [release(row, policy, is_withheld=True) for row in counted]
    people = published_people(data.population.people, policy)
    complete = data.population.complete | {CLASSES}
    system = system_of([*near.values(), *hidden], people, complete, policy)
    _bind_classes(system, item, counted, classes, data)
    _bind_shares(system, claims, counted, classes, step(claims.base, policy.thresholds))
    rows = {key: known.rows[key] for key in near} | {row.key: row for row in counted}
    truth = truth_of(system, rows, data.population)
    blocks = _Blocks(claims.item, system, classes, data)
    worlds = Worlds(
        blocks.people(),
        system.matrix(),
        np.array(system.low),
        np.array(system.high),
        truth,
    )
    suspects = [
        place
        for place, unknown in blocks.counts()
        if SMALL.start <= truth[unknown] < SMALL.stop
    ]
    return bool(worlds.told(suspects))


def _bind_classes(
    system: System,
    item: str,
    counted: Sequence[Row],
    classes: Classes,
    data: Answered,
) -> None:
    """No class answers oftener than it has people; together they are the groups."""
    for row, size in zip(counted, classes.sizes, strict=True):
        system.bind({system.place(row.key, BASE): 1.0}, high=float(size))
    cells = (BASE, *counted[0].cells)
    for variable, inside in classes.inside.items():
        for place, group in _groups(data.groups[variable].names):
            whole = Key(item, variable, group)
            if (whole, BASE) not in system.unknowns:
                continue
            parts = [counted[at].key for at in np.flatnonzero(inside == place).tolist()]
            for cell in cells:
                terms = {system.place(part, cell): 1.0 for part in parts}
                terms[system.place(whole, cell)] = -1.0
                system.bind(terms, low=0, high=0)


def _groups(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    yield from enumerate(names)
    yield -1, NOBODY


def _bind_shares(
    system: System,
    claims: Claims,
    counted: Sequence[Row],
    classes: Classes,
    width: float,
) -> None:
    bases = {
        system.place(row.key, BASE): float(weight)
        for row, weight in zip(counted, classes.weights, strict=True)
    }
    for cell, share in claims.shares.items():
        chosen: dict[int, float] = {}
        for row, weight in zip(counted, classes.weights, strict=True):
            for part, factor in row.parts_of(cell).items():
                chosen[system.place(row.key, part)] = factor * float(weight)
        for way in (-1, 1):
            edge = share + way * (width / 2 + _TINY)
            terms = chosen | {place: -edge * w for place, w in bases.items()}
            if way < 0:
                system.bind(terms, low=0)
            else:
                system.bind(terms, high=0)


class _Blocks:
    """The people of a survey as they stand in the unknowns of one question."""

    def __init__(
        self, item: Item, system: System, classes: Classes, data: Answered
    ) -> None:
        self._item, self._data = item, data
        rows = list(dict.fromkeys(k for k, _ in system.unknowns if k.item == item.name))
        self._rows = {key: number for number, key in enumerate(rows)}
        self._cells = list(
            dict.fromkeys(c for k, c in system.unknowns if k.item == item.name)
        )
        self._places = np.full((len(rows), len(self._cells)), -1, dtype=np.intp)
        columns = {cell: number for number, cell in enumerate(self._cells)}
        for (key, cell), place in system.unknowns.items():
            if key.item == item.name:
                self._places[self._rows[key], columns[cell]] = place
        self._classes = classes

    def counts(self) -> Iterator[tuple[tuple[int, int], int]]:
        """Return row and cell of every count that could tell on somebody, its place.

        How many of a class answered is not among them: it is published nowhere and
        follows from the sizes of classes, which the reader was given.
        """
        keys = list(self._rows)
        for row, cell in np.argwhere(self._places >= 0).tolist():
            if keys[row].variable != CLASSES or self._cells[cell] != BASE:
                yield (row, cell), int(self._places[row, cell])

    def people(self) -> People:
        """Return everybody with the rows they are counted in and what they said."""
        given = self._given()
        answers, answer = np.unique(given, axis=0, return_inverse=True)
        return People(self._blocks(), answer.ravel(), answers, self._places)

    def _blocks(self) -> Places:
        data, item = self._data, self._item.name
        variables = [
            name
            for name in data.variables
            if any((k.variable, k.group) == (name, NOBODY) for k in self._rows)
        ]
        columns = [np.full(len(data.everybody), self._rows[Key(item)], dtype=np.intp)]
        codes = group_codes(data, variables)
        for number, variable in enumerate(variables):
            names = (*data.groups[variable].names, NOBODY)
            rows = [self._rows.get(Key(item, variable, name), -1) for name in names]
            columns.append(np.array(rows, dtype=np.intp)[codes[:, number]])
        names = self._classes.groups.names
        rows = [self._rows[Key(item, CLASSES, name)] for name in names]
        columns.append(np.array(rows, dtype=np.intp)[self._classes.groups.codes])
        return np.stack(columns, axis=1)

    def _given(self) -> npt.NDArray[np.int8]:
        """Return for each person the cells they count in."""
        responses, item = self._data.everybody, self._item
        encoded = encode(item, responses)
        found = np.zeros((len(responses), len(self._cells)), dtype=np.int8)
        columns = {cell: number for number, cell in enumerate(self._cells)}
        found[:, columns[BASE]] = encoded.columns[0] >= 0
        for codes, categories in zip(encoded.columns, encoded.cells, strict=True):
            for place, cells in enumerate(categories):
                for cell in cells:
                    found[codes == place, columns[cell]] += 1
        first = responses[item.columns[0]].astype("str").fillna(SAID_NOTHING[-1])
        for code in SAID_NOTHING:
            if ("missing", code) in columns:
                found[:, columns["missing", code]] = (first == code).to_numpy()
        return found
