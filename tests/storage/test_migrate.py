from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from survey.storage import migrate, tables
from survey.storage.engine import connect, reading
from tests.urn import town


def test_a_migrated_database_has_exactly_the_described_tables(engine: sa.Engine):
    with reading(engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_migrated_and_described_tables_are_created_by_the_same_words(
    engine: sa.Engine, tmp_path: Path
):
    """WITHOUT ROWID and the checks are not seen by the comparison above."""
    described = sa.create_engine(f"sqlite:///{tmp_path / 'described.sqlite'}")
    tables.metadata.create_all(described)
    statement = sa.text(
        "SELECT name, sql FROM sqlite_schema WHERE name <> 'alembic_version'"
        " AND sql IS NOT NULL"
    )
    with described.connect() as one, reading(engine) as other:
        assert words(one.execute(statement)) == words(other.execute(statement))
    described.dispose()


def words(rows: sa.CursorResult[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: sorted(sql.replace(",", " ").split()) for name, sql in rows}


def test_migrating_twice_changes_nothing(place: town.Place):
    before = town.ask(place, "SELECT name, sql FROM sqlite_schema ORDER BY name")
    migrate.migrate(place)
    assert before == town.ask(
        place, "SELECT name, sql FROM sqlite_schema ORDER BY name"
    )


def test_a_database_is_current_only_after_its_migration(tmp_path: Path):
    place = town.Place(tmp_path, tmp_path / "keys")
    assert not migrate.is_current(place)
    engine = connect(place)
    with reading(engine) as connection:
        connection.scalar(sa.text("SELECT 1"))
    engine.dispose()
    assert not migrate.is_current(place)
    migrate.migrate(place)
    assert migrate.is_current(place)


def test_migrations_are_numbered_without_a_gap():
    config = Config()
    config.set_main_option("script_location", "survey.storage:migrations")
    script = ScriptDirectory.from_config(config)
    numbers = sorted(revision.revision for revision in script.walk_revisions())
    assert numbers == [f"{at:04d}" for at in range(1, len(numbers) + 1)]
    assert script.get_current_head() == numbers[-1] == migrate.NEWEST


def test_a_migration_that_fails_leaves_no_half_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Python's sqlite3 opens no transaction for DDL; ours is opened by hand."""
    place = town.Place(tmp_path, tmp_path / "keys")
    engine = connect(place)
    with engine.begin() as connection:
        # the last table of the first migration is in the way
        connection.execute(sa.text("CREATE TABLE counters (x TEXT)"))
    engine.dispose()
    with pytest.raises(sa.exc.OperationalError):
        migrate.migrate(place)
    found = town.ask(place, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    assert {name for (name,) in found} <= {"counters", "alembic_version"}


def test_rows_survive_being_migrated_again(place: town.Place):
    town.open_survey(place)
    migrate.migrate(place)
    assert town.ask(place, "SELECT slug, state FROM surveys") == [("village", "open")]
