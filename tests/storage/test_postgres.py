"""What is particular to PostgreSQL; the rest is tested on both stores."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from survey.storage import engine as engines
from survey.storage import migrate, server, store, surveys, tables
from survey.storage.engine import check_server, connect, reading, writing
from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.postgres import MISSING, PostgresStore, _driver, said
from tests import postgres
from tests.rules.sources import ROOT
from tests.urn import town

UNLOGGED = {"drafts_a", "drafts_b", "drafts_swept"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> town.Place:
    """Migrated once, for tests that leave nothing behind."""
    return town.found(tmp_path_factory.mktemp("shared"), postgres.fresh())


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT a FROM b WHERE c = ?", b"SELECT a FROM b WHERE c = %s"),
        ("SET a = :one, b = :one", b"SET a = %(one)s, b = %(one)s"),
        ("SET g = (g + 1) % 3 WHERE s = ?", b"SET g = (g + 1) %% 3 WHERE s = %s"),
        ("SELECT a::text WHERE b = :b", b"SELECT a::text WHERE b = %(b)s"),
    ],
)
def test_a_statement_is_said_in_the_drivers_words(statement: str, words: bytes):
    assert said(statement) == words


def test_a_missing_driver_is_one_sentence_with_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    _driver.cache_clear()
    monkeypatch.setitem(sys.modules, "psycopg", None)
    place = town.Place(tmp_path, tmp_path, "postgresql://nowhere/town")
    with pytest.raises(StorageError) as refused:
        migrate.is_current(place)
    assert str(refused.value) == MISSING
    assert "make install-postgres" in MISSING


def test_a_server_out_of_reach_says_so_and_not_the_password(tmp_path: Path):
    url = f"postgresql://town:geheim@/town?host={tmp_path}"
    place = town.Place(tmp_path, tmp_path, url)
    with pytest.raises(StoreUnavailable) as refused:
        migrate.is_current(place)
    assert "geheim" not in str(refused.value)
    assert "geheim" not in repr(PostgresStore(url))


def test_migrated_tables_are_the_described_ones_and_those_of_drafts(
    shared: town.Place,
):
    engine = connect(shared)
    with reading(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = compare_metadata(context, tables.metadata)
    engine.dispose()
    assert {(kind, table.name) for kind, table in found} == {
        ("remove_table", name) for name in UNLOGGED
    }


def test_drafts_are_in_no_log_and_boxes_are_not_compressed(shared: town.Place):
    rows = town.ask(
        shared,
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u'",
    )
    assert {name for (name,) in rows} == UNLOGGED
    external = town.ask(
        shared,
        "SELECT attrelid::regclass::text FROM pg_attribute"
        " WHERE attname = 'box' AND attstorage = 'e' AND attrelid::regclass::text"
        " IN ('pool', 'remainders', 'drafts_a', 'drafts_b') ORDER BY 1",
    )
    assert external == [("drafts_a",), ("drafts_b",), ("pool",), ("remainders",)]


def test_no_table_counts_its_rows_or_notes_a_time(shared: town.Place):
    kinds = town.ask(
        shared,
        "SELECT DISTINCT data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name IN ('codes', 'sent', 'lanes',"
        " 'pool', 'responses', 'comments', 'counters', 'urns', 'remainders',"
        " 'drafts_a', 'drafts_b') ORDER BY 1",
    )
    assert kinds == [("bytea",), ("integer",), ("text",)]
    assert town.ask(shared, "SELECT count(*) FROM pg_sequences") == [(0,)]
    assert town.ask(shared, "SELECT count(*) FROM pg_trigger WHERE tgname !~ '^RI_'")


def test_of_two_who_migrate_at_once_the_second_finds_it_done(tmp_path: Path):
    place = town.Place(tmp_path, tmp_path / "keys", postgres.fresh())
    check_two_migrate(place)


def test_the_same_on_sqlite(tmp_path: Path):
    check_two_migrate(town.Place(tmp_path, tmp_path / "keys"))


def check_two_migrate(place: town.Place) -> None:
    raised: list[BaseException] = []

    def work() -> None:
        try:
            migrate.migrate(place)
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    assert migrate.is_current(place)


def test_what_was_read_inside_a_transaction_is_still_true_when_it_writes(
    shared: town.Place,
):
    engine = connect(shared)
    statement = sa.text("INSERT INTO questionnaires VALUES (:slug, :source)")
    count = sa.text("SELECT count(*) FROM questionnaires")

    def add_one() -> None:
        for _ in range(5):
            with writing(engine) as connection:
                number = connection.scalar(count)
                connection.execute(statement, {"slug": str(number), "source": ""})

    threads = [threading.Thread(target=add_one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert connection.scalar(count) == 15
    engine.dispose()


def test_an_act_of_the_office_waits_for_batches_and_gives_up(
    shared: town.Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.05)
    engine = connect(shared)
    batch = shared.store.driver()
    batch.begin(alone=False)
    with pytest.raises(StoreUnavailable, match="lock timeout"), writing(engine):
        pass
    other = shared.store.driver()
    other.begin(alone=False)
    for connection in (batch, other):
        connection.rollback()
        connection.close()
    with writing(engine):
        pass
    engine.dispose()


def test_a_commit_the_server_undid_is_not_taken_for_one(shared: town.Place):
    connection = shared.store.driver()
    connection.begin()
    with pytest.raises(store.failures()):
        connection.execute("SELECT 1 FROM nowhere")
    with pytest.raises(StoreUnavailable, match="undone"):
        connection.commit()
    connection.close()


def test_what_an_error_quotes_is_not_told(shared: town.Place):
    connection = shared.store.driver()
    insert = "INSERT INTO counters (survey, name, n) VALUES ('s', 'secret', 1)"
    connection.begin()
    connection.execute(insert)
    with (
        pytest.raises(StoreUnavailable, match="duplicate key") as told,
        store.translated(),
    ):
        connection.execute(insert)
    connection.rollback()
    connection.close()
    assert "secret" not in str(told.value)


WRONG = [
    ("synchronous_commit", "off"),
    ("synchronous_commit", "local"),
    ("log_statement", "all"),
    ("log_statement", "mod"),
    ("log_min_duration_statement", "0"),
    ("log_min_duration_sample", "100"),
    ("log_transaction_sample_rate", "0.5"),
    ("log_duration", "on"),
    ("log_parameter_max_length_on_error", "-1"),
    ("debug_print_plan", "on"),
    ("auto_explain.log_min_duration", "0"),
    ("pgaudit.log", "write, read"),
]


def test_a_server_as_it_comes_keeps_its_promises(shared: town.Place):
    check_server(shared)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_setting_that_breaks_a_promise_is_refused_with_the_fix(
    shared: town.Place, name: str, value: str
):
    with pytest.raises(StorageError) as refused:
        check_server(with_options(shared, f"-c {name}={value.replace(' ', '')}"))
    (sentence,) = str(refused.value).splitlines()
    assert sentence.startswith(f"{name} of the database server is ")
    assert f"Fix: ALTER ROLE survey SET {name} = " in sentence


def test_everything_that_is_wrong_is_said_at_once(shared: town.Place):
    options = "-c log_statement=all -c synchronous_commit=off"
    with pytest.raises(StorageError) as refused:
        check_server(with_options(shared, options))
    assert len(str(refused.value).splitlines()) == 2


class Saying:
    """A connection to a server whose settings are as the test says."""

    def __init__(self, **settings: str) -> None:
        self._settings = settings

    def execute(self, statement: str, values: tuple[str, ...] = ()) -> Saying:
        self._row = ("survey",) if not values else (self._settings.get(values[0]),)
        return self

    def fetchone(self) -> tuple[str | None]:
        return self._row


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("fsync", "off", "ALTER SYSTEM SET fsync = 'on' and restart the server"),
        (
            "track_commit_timestamp",
            "on",
            "ALTER SYSTEM SET track_commit_timestamp = 'off' and restart the server",
        ),
        (
            "server_encoding",
            "SQL_ASCII",
            "make the database anew with: CREATE DATABASE … ENCODING 'UTF8'",
        ),
    ],
)
def test_what_no_role_can_set_has_another_fix(name: str, value: str, fix: str):
    (sentence,) = server.faults(Saying(**{name: value}))
    assert sentence.endswith(f"Fix: {fix}")


def test_operators_can_read_of_every_setting_that_is_looked_at():
    text = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert [rule.name for rule in server.RULES if f"`{rule.name}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous_commit", "remote_apply"),
        ("log_statement", "ddl"),
        ("pgaudit.log", "ddl"),
        ("pg_stat_statements.track", "all"),
    ],
)
def test_a_setting_that_breaks_none_is_left_alone(
    shared: town.Place, name: str, value: str
):
    check_server(with_options(shared, f"-c {name}={value}"))


def with_options(place: town.Place, options: str) -> town.Place:
    """The same database with settings of the role, as a server would hold them."""
    url = f"{place.database_url}&options={quote(options)}"
    return town.Place(place.instance, place.keys_dir, url)


def test_a_connection_does_not_cross_a_fork(shared: town.Place):
    import os

    engine = connect(shared)
    assert surveys.all(engine) == ()
    child = os.fork()
    if child == 0:
        os._exit(0 if surveys.all(engine) == () else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert surveys.all(engine) == ()
    engine.dispose()


def test_a_lost_connection_is_replaced(shared: town.Place):
    engine = connect(shared)
    assert surveys.all(engine) == ()
    name = engines.store(shared).url.split("?")[0].rpartition("/")[2]
    postgres.execute(
        postgres.address("postgres"),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608 - ours
        f" WHERE datname = '{name}'",
    )
    assert surveys.all(engine) == ()
    engine.dispose()
