"""How many answers a second the urn makes durable, beside plain rows.

32 senders, the pool at its spill limit, slots as large as the reference
questionnaire needs; against one-row commits of SQLite in the same minute.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey.storage.shapes import Shape
from survey.urn import Ballot, Comment, Urn, Verdict
from tests.urn import town

SENDERS, ROUNDS, ANSWERS, ROWS = 32, 5, 1000, 400
LEAST_OF_ROWS = 0.5
COLUMNS = tuple(f"q{page:02d}__o{option}" for page in range(23) for option in range(5))
SLOT = 3200
BALLOT = Ballot(
    closed=dict.fromkeys(COLUMNS, "-2"),
    comments=(Comment("q23", "de", "Mehr Bänke am Weg zum Friedhof. " * 8),),
    channel="code",
    form_language="de",
)


def rows_a_second(connection: sqlite3.Connection) -> float:
    """One durable row of the same order of size per commit."""
    began = time.perf_counter()
    for _ in range(ROWS):
        connection.execute("INSERT INTO one VALUES (?, ?)", (os.urandom(16), "x" * 600))
    return ROWS / (time.perf_counter() - began)


def answers_a_second(urn: Urn, marks: list[bytes]) -> tuple[float, list[float]]:
    """Answers a second and how long each sender waited."""

    def send(mark: bytes) -> float:
        began = time.perf_counter()
        assert urn.send(BALLOT, mark, "code") is Verdict.STORED
        return time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        waits = sorted(senders.map(send, marks))
    return len(marks) / (time.perf_counter() - began), waits


@pytest.mark.bench
def test_the_urn_keeps_up_with_half_of_the_plain_rows(tmp_path: Path):
    place = town.found(tmp_path / "instance")
    town.open_survey(place, k=10, shape=Shape(COLUMNS, SLOT))
    urn = Urn(place, town.SLUG)
    rows = sqlite3.connect(tmp_path / "rows.sqlite", isolation_level=None)
    rows.execute("PRAGMA journal_mode=WAL")
    rows.execute("PRAGMA synchronous=FULL")
    rows.execute("CREATE TABLE one (id BLOB PRIMARY KEY, x TEXT) WITHOUT ROWID")
    ratios, spreads = [], []
    for number in range(-1, ROUNDS):
        marks = [urn.admission(code) for code in urn.issue(ANSWERS)]
        before = rows_a_second(rows)
        rate, waits = answers_a_second(urn, marks)
        beside = (before + rows_a_second(rows)) / 2
        if number >= 0:  # the first round fills the pool and warms up
            ratios.append(rate / beside)
            spreads.append(waits[int(len(waits) * 0.99)] / statistics.median(waits))
    urn.stop()
    rows.close()
    ratio, spread = statistics.median(ratios), statistics.median(spreads)
    sys.stdout.write(
        f"\nurn {ratio:.2f} x one-row commits with {SENDERS} senders,"
        f" 99th percentile {spread:.1f} x the median wait\n"
    )
    assert ratio >= LEAST_OF_ROWS
