"""What PostgreSQL tells about who sent what: xmin, ctid, dump, log; only chance.

The thief may ask everything the server knows and read all its files, has the
list of codes and the key of their marks, and only lacks the keys of the boxes.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from survey.storage.postgres import PostgresStore
from tests import postgres
from tests.attack import linking
from tests.attack.server_thief import ServerThief
from tests.attack.test_forensics import FIRST, MARKER, Burgled, K, unmixed, watched

PEOPLE = 150
Dumped = re.compile(r"n(7\d{7})")


def on_server(folder: Path, people: int, *, release_every: int) -> Burgled:
    return watched(
        folder,
        people,
        release_every=release_every,
        url=postgres.fresh(),
        kind=ServerThief,
    )


@pytest.mark.parametrize("release_every", [25, 75])
def test_the_server_links_no_better_than_chance(tmp_path: Path, release_every: int):
    joined: list[int] = []

    def burgle(folder: Path) -> Burgled:
        burgled = on_server(folder, PEOPLE, release_every=release_every)
        joined.append(len(burgled.thief.joined))
        # a dump has rows as they lie, which is one of the orders he tries
        assert dumped(burgled.place.database_url) == burgled.thief.rows
        return burgled

    linking.check_chance(burgle, tmp_path, k=K)
    assert set(joined) == {0}


def dumped(url: str) -> list[int]:
    program = postgres.binaries() / "pg_dump"
    made = subprocess.run(
        [program, "--data-only", "--table=responses", url],
        check=True,
        capture_output=True,
        text=True,
    )
    return [int(found[1]) for found in Dumped.finditer(made.stdout)]


def test_the_thief_links_everybody_where_nothing_is_mixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    unmixed(monkeypatch)
    burgled = on_server(tmp_path, 100, release_every=25)
    for trace in ("order of ids", "order of rows", "transaction"):
        guess = linking.guesses(burgled.thief)[trace]
        assert linking.hits(guess, burgled.truth).right == 100


def test_the_thief_links_everybody_where_answers_are_kept_the_usual_way(
    tmp_path: Path,
):
    """Random keys, no time anywhere, one transaction for code and answer."""
    connection = PostgresStore(postgres.fresh()).driver()
    for table in (
        "pool (n integer)",
        "codes (mark bytea PRIMARY KEY, used integer NOT NULL)",
        "responses (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), answers text)",
    ):
        connection.execute(f"CREATE TABLE {table}")
    people = 120
    marks = [bytes([person]) for person in range(people)]
    connection.executemany(
        "INSERT INTO codes VALUES (?, 0)", [(mark,) for mark in marks]
    )
    thief, truth = ServerThief(MARKER, marks), {}
    order = random.Random(1).sample(range(people), people)
    for person in order:
        truth[person] = FIRST + people - person
        connection.begin()
        connection.execute("UPDATE codes SET used = 1 WHERE mark = ?", (marks[person],))
        connection.execute(
            "INSERT INTO responses (answers) VALUES (?)",
            (json.dumps({"q01": f"n{truth[person]}"}),),
        )
        connection.commit()
        thief.inspect(connection)
    connection.execute("VACUUM FULL FREEZE")
    thief.inspect(connection)
    connection.close()
    assert thief.joined == truth
    found = linking.guesses(thief)
    for trace in ("transaction, alone", "first place of its bytes"):
        assert linking.hits(found[trace], truth).right == people
