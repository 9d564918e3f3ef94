"""One description of what is stored: schema, pages and docs/privacy.md agree."""

from __future__ import annotations

import re
import sqlite3

import pytest

import document_storage
from survey.respond import stored
from survey.storage.drafts import Drafts
from survey.storage.engine import database

LINE = re.compile(r"`(\w+)`: ([\w, ]+) \|")


def described(page: str) -> dict[str, list[str]]:
    """Tables and columns as the page names them."""
    page = page.partition(document_storage.BEGIN)[2].partition(document_storage.END)[0]
    return {table: columns.split(", ") for table, columns in LINE.findall(page)}


def columns_of(path) -> dict[str, list[str]]:
    """Tables and columns as the database itself has them."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' ORDER BY m.name, c.cid"
    ).fetchall()
    connection.close()
    tables: dict[str, list[str]] = {}
    for table, column in found:
        tables.setdefault(table, []).append(column)
    return tables


def test_the_page_names_every_table_and_column_there_is(settings, tmp_path):
    page = document_storage.PAGE.read_text(encoding="utf-8")
    kept = columns_of(database(settings))
    del kept["alembic_version"]
    drafts = Drafts(tmp_path / "drafts.sqlite")
    drafts.save(b"id", b"box")
    drafts.close()
    found = columns_of(tmp_path / "drafts.sqlite")
    assert found["drafts_a"] == found["drafts_b"]
    assert described(page) == {**kept, "drafts": found["drafts_a"]}


def test_the_page_is_as_it_would_be_written_now():
    page = document_storage.PAGE.read_text(encoding="utf-8")
    assert document_storage.renewed(page) == page, "run: make stored"


def test_the_page_uses_the_words_residents_read():
    page = document_storage.PAGE.read_text(encoding="utf-8")
    for what, until in stored.WORDS.values():
        assert f"| {what} |" in page
        assert f"| {until} |" in page


def test_a_table_without_words_is_noticed(monkeypatch):
    monkeypatch.delitem(stored.OFFICE, "deletions")
    with pytest.raises(stored.Unspoken, match="deletions"):
        stored.check()
