"""Rows of a backup enter an empty database, and its urns begin anew.

Inside the one transaction of its caller. Knows no file and no key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from survey.storage import travel
from survey.storage.travel import Row, Way

MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class Begun:
    """The urn of a survey as it begins anew.

    ``counters`` as at the backup, with what waited then added to ``lost``; ``check``
    is the fingerprint of the code key, or ``None`` for a closed survey. ``strangers``
    codes count as used whose marks are not known any more.
    """

    counters: Mapping[str, int]
    check: bytes | None
    strangers: int = 0


class Arrival:
    """The tables of an empty database, of whatever version it is."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._tables = travel.described(connection)

    def order(self, names: Iterable[str]) -> list[str]:
        """These tables, parents first; ``KeyError`` for one that is none."""
        given = set(names)
        for name in given - set(self._tables.tables):
            raise KeyError(name)
        return [one.name for one in self._tables.sorted_tables if one.name in given]

    def put(self, name: str, rows: Iterator[Row]) -> None:
        """All rows of a table; the first line names the columns."""
        columns = next(rows)
        travel.put(self._connection, self._tables.tables[name], columns, rows)

    def put_sealed(
        self, name: str, columns: Sequence[str], rows: Iterable[Row], of: set[str]
    ) -> None:
        """Rows of the surveys ``of`` whose code key is there, and no others."""
        if travel.WAYS.get(name) is not Way.SEALED or name == "urns":
            return
        at = columns.index("survey")
        mine = (row for row in rows if row[at] in of)
        travel.put(self._connection, self._tables.tables[name], columns, mine)

    def begin(self, survey: str, lane: str, begun: Begun) -> None:
        """One lane with empty boxes, on the machine that restores."""
        values: dict[str, Any] = {"survey": survey, "lane": lane}
        values |= {"epoch": 0, "period": 0, **begun.counters}
        self._insert("lanes", [values])
        if begun.check is not None:
            self._insert("urns", [{"survey": survey, "code_check": begun.check}])
        marks = sorted(os.urandom(MARK_BYTES) for _ in range(begun.strangers))
        self._insert(
            "codes", [{"survey": survey, "mark": mark, "used": 1} for mark in marks]
        )

    def _insert(self, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(self._tables.tables[name].insert(), rows)
