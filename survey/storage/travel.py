"""Rows on their way into a backup and out of it, the same for every database.

Decides for each table whether it travels; a table nobody decided about stops the
backup. Rows leave one by one in the order of their keys, so that neither deleted
content nor the order in which rows were written travels along.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any

import sqlalchemy as sa

from survey.storage.engine import reading
from survey.storage.tables import (
    codes,
    lanes,
    metadata,
    pool,
    remainders,
    responses,
    surveys,
    urns,
)

ROWS_AT_ONCE = 500
Row = list[Any]


class Way(Enum):
    """How a table travels."""

    OPEN = "in a backup"
    SEALED = "in a backup, under its passphrase"
    SUMMED = "only as sums"
    LEFT_OUT = "in no backup"


WAYS = {
    "questionnaires": Way.OPEN,
    "translations": Way.OPEN,
    "editions": Way.OPEN,
    "surveys": Way.OPEN,
    "survey_editions": Way.OPEN,
    "waiting_editions": Way.OPEN,
    "shapes": Way.OPEN,
    "schedule": Way.OPEN,
    "spares": Way.OPEN,
    "reviews": Way.OPEN,
    "deletions": Way.OPEN,
    "responses": Way.OPEN,
    "comments": Way.OPEN,
    "counters": Way.OPEN,
    "acts": Way.LEFT_OUT,
    "closings": Way.LEFT_OUT,
    "remainders": Way.LEFT_OUT,
    # a second urn: box and key must not exist twice
    "contacts": Way.LEFT_OUT,
    # its marks are made with the code key
    "entered": Way.SEALED,
    "urns": Way.SEALED,
    "codes": Way.SEALED,
    "sent": Way.SEALED,
    # the number of a batch would count what arrived between two backups
    "lanes": Way.SUMMED,
    # without its key a box is of no use, and its key must not exist twice
    "pool": Way.LEFT_OUT,
}
COUNTERS = ("used", "slips", "admitted", "typed", "released", "lost")
"""What of a lane travels, added up over all lanes of a survey."""
NOT_COUNTED = ("survey", "lane", "epoch", "period", "generation", "fence", "settled")
"""What of a lane belongs to its machine and begins anew elsewhere."""


class Undecided(LookupError):
    """A table exists about which nobody decided whether it may travel."""


def tables(way: Way) -> tuple[sa.Table, ...]:
    """The tables that travel this way, parents first. Raises ``Undecided``."""
    undecided = set(metadata.tables) - set(WAYS)
    if undecided:
        raise Undecided(", ".join(sorted(undecided)))
    return tuple(one for one in metadata.sorted_tables if WAYS[one.name] is way)


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the database as it is at this moment, to the end."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with reading(engine.execution_options(**options)) as connection:
        # SQLite takes its view of the data with the first row it reads
        connection.execute(sa.select(surveys.c.slug)).all()
        yield connection


def names(table: sa.Table) -> list[str]:
    """The columns of a table, in the order in which its rows travel."""
    return [column.name for column in table.columns]


def rows(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    """Every row of a table as JSON knows it, sorted by key."""
    statement = sa.select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(statement)
    for row in found:
        yield [_packed(value) for value in row]


def put(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    given: Iterable[Row],
) -> None:
    """Insert rows that have travelled; ``KeyError`` for a column that is none."""
    kinds = [table.c[name].type for name in columns]
    waiting = iter(given)
    while batch := list(islice(waiting, ROWS_AT_ONCE)):
        connection.execute(
            table.insert(),
            [
                {
                    name: _unpacked(kind, value)
                    for name, kind, value in zip(columns, kinds, row, strict=True)
                }
                for row in batch
            ],
        )


def sums(connection: sa.Connection, survey: str) -> dict[str, int] | None:
    """The counters of a survey over all its lanes; ``None`` before its first code."""
    columns = [sa.func.sum(lanes.c[name]) for name in COUNTERS]
    statement = sa.select(sa.func.count(), *columns).where(lanes.c.survey == survey)
    lines, *found = connection.execute(statement).one()
    if not lines:
        return None
    return {name: int(n) for name, n in zip(COUNTERS, found, strict=True)}


def waiting(connection: sa.Connection, survey: str) -> int:
    """How many answers wait in the boxes of a survey."""
    return sum(
        int(
            connection.scalar(
                sa.select(sa.func.sum(table.c.n)).where(table.c.survey == survey)
            )
            or 0
        )
        for table in (pool, remainders)
    )


def issued(connection: sa.Connection, survey: str) -> tuple[int, int]:
    """How many codes exist, and how many of them were used."""
    statement = sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.sum(codes.c.used), 0)
    )
    found = connection.execute(statement.where(codes.c.survey == survey)).one()
    return int(found[0]), int(found[1])


def key_checks(connection: sa.Connection) -> dict[str, bytes]:
    """By survey, the fingerprint of the code key its marks were made with."""
    found = connection.execute(sa.select(urns.c.survey, urns.c.code_check))
    return {survey: bytes(check) for survey, check in found}


def kept(connection: sa.Connection) -> dict[str, str]:
    """Every survey with its state."""
    found = connection.execute(
        sa.select(surveys.c.slug, surveys.c.state).order_by(surveys.c.slug)
    )
    return {str(row.slug): str(row.state) for row in found}


def count_responses(connection: sa.Connection, survey: str) -> int:
    """How many released answers of a survey there are."""
    statement = sa.select(sa.func.count()).where(responses.c.survey == survey)
    return int(connection.scalar(statement) or 0)


def filled(connection: sa.Connection) -> list[str]:
    """Names of the tables that hold a row."""
    found = []
    for name in sorted(set(sa.inspect(connection).get_table_names())):
        table = sa.table(name)
        is_ours = name != "alembic_version"
        statement = sa.select(sa.literal(1)).select_from(table).limit(1)
        if is_ours and connection.execute(statement).first():
            found.append(name)
    return found


def described(connection: sa.Connection) -> sa.MetaData:
    """The tables as they are in this database, of whatever version it is."""
    found = sa.MetaData()
    found.reflect(connection)
    return found


def _packed(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _unpacked(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.types._Binary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.JSON):
        return value
    if not isinstance(value, str | int):
        raise ValueError("a value is neither text nor number")
    return value
