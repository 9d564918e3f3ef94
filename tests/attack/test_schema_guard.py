"""No table a resident touches may be able to hold an order or a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest

from survey.storage.drafts import Drafts
from survey.urn import Urn
from survey.urn.contact import Contact
from survey.urn.contact_box import ContactBox
from tests.urn import town
from tests.urn.test_contact_box import TODAY, offer
from tests.urn.test_release import fill

ADMINISTRATIVE = {
    "acts",
    "alembic_version",
    "deletions",
    "editions",
    "entered",
    "questionnaires",
    "reviews",
    "schedule",
    "shapes",
    "spares",
    "survey_editions",
    "surveys",
    "translations",
    "waiting_editions",
}
"""Tables only the office writes; everything else is touched by residents."""
DATE_LIKE = re.compile(r"date|time|day|_on$|_at$|stamp|created|updated|when", re.I)
COUNTING = re.compile(r"^(id|seq|number|position|rank|nr|no|order)$", re.I)
LINKING = re.compile(r"^(response|comment|code|mark|draft|person|respondent)", re.I)


@pytest.fixture
def connection(place: town.Place) -> Iterator[sqlite3.Connection]:
    connection = place.store.driver()
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> dict[str, bool]:
    """Names of the tables with whether each is WITHOUT ROWID."""
    rows = connection.execute("PRAGMA table_list").fetchall()
    return {
        name: bool(without_rowid)
        for _, name, kind, _, without_rowid, _ in rows
        if kind == "table" and not name.startswith("sqlite_")
    }


def touched(connection: sqlite3.Connection) -> list[str]:
    return sorted(set(tables(connection)) - ADMINISTRATIVE)


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, int]]:
    rows = connection.execute(
        "SELECT name, type, pk FROM pragma_table_info(?)", (table,)
    )
    return rows.fetchall()


def test_the_guard_knows_every_table_a_resident_touches(
    connection: sqlite3.Connection,
):
    assert touched(connection) == [
        "closings",
        "codes",
        "comments",
        "contacts",
        "counters",
        "lanes",
        "pool",
        "remainders",
        "responses",
        "sent",
        "urns",
    ]


def test_a_residents_whole_journey_changes_no_other_table(
    urn: Urn, connection: sqlite3.Connection
):
    (code,) = urn.issue(1)
    before = contents(connection)
    urn.count("started")
    urn.send(town.ballot(1, text="idea"), urn.admission(code), "code")
    fill(urn, 12)
    after = contents(connection)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= set(touched(connection)) | {"acts", "schedule"}


def test_who_wants_to_be_reached_changes_nothing_but_the_second_urn(
    place: town.Place, connection: sqlite3.Connection
):
    offer(place)
    before = contents(connection)
    box = ContactBox(place, town.SLUG)
    box.add(Contact("a@example.org", ("raffle",)), today=TODAY)
    after = contents(connection)
    assert {name for name in after if after[name] != before[name]} == {"contacts"}


def contents(connection: sqlite3.Connection) -> dict[str, list[object]]:
    return {
        name: connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        for name in tables(connection)
    }


def test_no_table_a_resident_touches_has_a_rowid(connection: sqlite3.Connection):
    kinds = tables(connection)
    assert [name for name in touched(connection) if not kinds[name]] == []


def test_no_table_a_resident_touches_has_a_counting_key(
    connection: sqlite3.Connection,
):
    for table in touched(connection):
        for name, kind, is_key in columns(connection, table):
            if is_key:
                assert kind in ("TEXT", "BLOB"), f"{table}.{name}"
            if name != "id" or kind != "BLOB":
                assert not COUNTING.search(name), f"{table}.{name}"


def test_no_table_a_resident_touches_has_a_time(connection: sqlite3.Connection):
    for table in touched(connection):
        for name, kind, _ in columns(connection, table):
            assert not DATE_LIKE.search(name), f"{table}.{name}"
            assert kind in ("TEXT", "BLOB", "INTEGER"), f"{table}.{name}"


def test_nothing_a_resident_touches_refers_to_another_table(
    connection: sqlite3.Connection,
):
    for table in touched(connection):
        found = connection.execute(
            "SELECT * FROM pragma_foreign_key_list(?)", (table,)
        ).fetchall()
        assert found == [], table


def test_responses_and_comments_share_no_column_that_could_join_them(
    connection: sqlite3.Connection,
):
    responses = {name for name, _, _ in columns(connection, "responses")}
    comments = {name for name, _, _ in columns(connection, "comments")}
    assert responses & comments == {"survey", "id"}
    for table in ("responses", "comments"):
        for name, _, _ in columns(connection, table):
            assert not LINKING.search(name), f"{table}.{name}"


def test_no_trigger_view_or_index_keeps_what_the_tables_forget(
    connection: sqlite3.Connection,
):
    rows = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'table'"
    ).fetchall()
    assert rows == []


def test_the_store_of_drafts_has_neither_rowid_nor_time(place: town.Place):
    path = place.instance / "drafts.sqlite"
    drafts = Drafts(path)
    drafts.save(b"id", b"box")
    drafts.close()
    connection = sqlite3.connect(path)
    assert tables(connection) == {"drafts_a": True, "drafts_b": True}
    for table in ("drafts_a", "drafts_b"):
        assert columns(connection, table) == [("id", "BLOB", 1), ("box", "BLOB", 0)]
    connection.close()


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_overwrites_what_it_deletes(
    connection: sqlite3.Connection, pragma: str, expected: object
):
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (expected,)
