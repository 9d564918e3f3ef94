from __future__ import annotations

import os
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey.storage import engine as engines
from survey.storage import store
from survey.storage.engine import connect, reading, writing
from survey.storage.errors import StorageError, StoreUnavailable
from tests.urn import town


def test_another_kind_of_database_is_refused_with_the_settings_name(
    place: town.Place,
):
    with pytest.raises(StorageError, match="database_url"):
        connect(replace(place, database_url="mysql://town"))


def test_every_connection_has_the_pragmas(engine: sa.Engine):
    with reading(engine) as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "temp_store")
        ]
    assert found == ["wal", 2, 1, 2]


def test_the_driver_never_makes_an_empty_database(tmp_path: Path):
    with pytest.raises(StoreUnavailable):
        engines.driver(tmp_path / "survey.sqlite")
    assert not (tmp_path / "survey.sqlite").exists()


def test_only_its_owner_can_read_the_database_and_its_log(place: town.Place):
    reader = place.store.driver()
    reader.execute("CREATE TABLE x (y TEXT)")
    modes = {
        file.name: stat.S_IMODE(file.stat().st_mode)
        for file in place.instance.glob("survey.sqlite*")
    }
    reader.close()
    assert modes == {
        "survey.sqlite": 0o600,
        "survey.sqlite-wal": 0o600,
        "survey.sqlite-shm": 0o600,
    }


def test_two_writers_wait_for_each_other(engine: sa.Engine):
    """What was read inside a transaction is still true when it writes."""
    statement = sa.text("INSERT INTO questionnaires VALUES (:slug, :source)")
    count = sa.text("SELECT count(*) FROM questionnaires")

    def add_one() -> None:
        for _ in range(10):
            with writing(engine) as connection:
                number = connection.scalar(count)
                connection.execute(statement, {"slug": str(number), "source": ""})

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.scalar(count) == 40


def test_reading_does_not_wait_for_a_writer(engine: sa.Engine, place: town.Place):
    other = place.store.driver()
    other.execute("BEGIN IMMEDIATE")
    with reading(engine) as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM surveys")) == 0
    other.execute("ROLLBACK")
    other.close()


def test_a_locked_database_is_out_of_reach(
    place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.05)
    impatient = connect(place)
    other = place.store.driver()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"), writing(impatient):
        pass
    other.execute("ROLLBACK")
    other.close()
    impatient.dispose()


def test_a_connection_does_not_cross_a_fork(engine: sa.Engine):
    assert made_by(engine) == os.getpid()
    child = os.fork()
    if child == 0:
        os._exit(0 if made_by(engine) == os.getpid() else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert made_by(engine) == os.getpid()


def made_by(engine: sa.Engine) -> int:
    """Process that opened the connection which is lent now."""
    with reading(engine) as connection:
        connection.scalar(sa.text("SELECT count(*) FROM surveys"))
        return int(connection.connection.info["pid"])
