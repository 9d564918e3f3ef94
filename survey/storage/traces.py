"""Makes sure that what was deleted is in no file of the database any more.

Knows no table. What a disk or a file system keeps behind its own back cannot be
seen from here; docs/operators.md says what that means.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from survey.storage.engine import Settings, connect, database, driver

ENDINGS = ("", "-wal", "-shm", "-journal")


def settle(settings: Settings, *, rewrite: bool = False) -> bool:
    """Let the log run out; ``rewrite`` writes the database anew before.

    ``False`` when the log is in use and could not be emptied.
    """
    if settings.database_url:
        _rewrite_server(settings)
        return True
    with closing(driver(database(settings))) as connection:
        if rewrite:
            connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def found(settings: Settings, traces: Sequence[bytes]) -> list[str]:
    """Names of the files in which one of these is found; searches every byte."""
    if settings.database_url:
        return []
    path = database(settings)
    files = [path.with_name(path.name + ending) for ending in ENDINGS]
    return [file.name for file in files if _holds(file, traces)]


def can_be_searched(settings: Settings) -> bool:
    """Whether the database's files are here; those of a server are not."""
    return not settings.database_url


def _holds(path: Path, traces: Sequence[bytes]) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return False
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_of,
    ):
        return any(bytes_of.find(trace) >= 0 for trace in traces)


def _rewrite_server(settings: Settings) -> None:
    """A deleted row stays in its page until the table is written anew."""
    engine = connect(settings)
    try:
        alone = engine.execution_options(isolation_level="AUTOCOMMIT")
        with alone.connect() as connection:
            connection.exec_driver_sql("VACUUM FULL responses")
            connection.exec_driver_sql("VACUUM FULL comments")
    finally:
        engine.dispose()
