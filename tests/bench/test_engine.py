"""Weighted cross-tables of ten million answers: ours, chunked bincount, DuckDB.

40 items by 12 languages, five answers and five kinds of none, weights of every person.
All read their own file, in processes of their own, taking turns; processor time.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys

import pytest

from tests.bench import crosstables

pytestmark = pytest.mark.bench

ROWS, ROUNDS = 10_000_000, 3
SIZES = tuple(10**power for power in range(3, 8))
LONGEST_SECONDS = 600
MIB = 1 << 20


@pytest.fixture
def folder(tmp_path):
    """Room for a gigabyte, which nobody keeps after the test."""
    yield tmp_path
    shutil.rmtree(tmp_path)


def counted(way, folder, rows):
    """What a process of its own says it took, and what it counted."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.crosstables", way, str(folder), str(rows)],
        stdout=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        timeout=LONGEST_SECONDS,
        check=True,
    )
    return json.loads(done.stdout)


def alternating(ways, folder, rows):
    found = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way in ways:
            found[way].append(counted(way, folder, rows))
    return found


def median(runs, figure):
    return statistics.median(run[figure] for run in runs)


def highest(runs):
    """MiB that were resident at once, in the run that took most."""
    return max(run["peak"] for run in runs) / MIB


def test_ten_million_answers_cost_what_bare_bincount_costs(folder, record_property):
    crosstables.write(folder, ROWS)
    codes = crosstables.codes_size(ROWS)
    runs = alternating(tuple(crosstables.WAYS), folder, ROWS)
    bare, clock = (median(runs["bincount"], figure) for figure in ("cpu", "seconds"))
    for way, own in runs.items():
        cpu, seconds = median(own, "cpu"), median(own, "seconds")
        record_property(
            "measured",
            f"{way}: {cpu:.2f} s CPU, {cpu / bare:.2f} x bincount, "
            f"{seconds / clock:.2f} x by the clock; peak {highest(own):.0f} MiB "
            f"(codes {codes / MIB:.0f})",
        )
        for run in own:
            assert run["table"] == pytest.approx(runs["bincount"][0]["table"], rel=1e-9)
    for way in ("ours", "ours with squares"):
        assert median(runs[way], "cpu") <= 1.5 * bare
        assert highest(runs[way]) <= codes / MIB + 100


def test_the_cost_grows_with_the_answers_and_not_faster(folder, record_property):
    costs = {}
    for rows in SIZES:
        place = folder / str(rows)
        place.mkdir()
        crosstables.write(place, rows)
        costs[rows] = median(alternating(("ours",), place, rows)["ours"], "cpu")
        said = f"{rows}: {costs[rows]:.4f} s, {1e9 * costs[rows] / rows / 40:.2f} ns"
        record_property("measured", f"{said} for each answer")
    # Tenfold answers: tenfold cost, with room for what a busy machine adds.
    assert costs[SIZES[-1]] <= 15 * costs[SIZES[-2]]
    assert costs[SIZES[-2]] <= 15 * costs[SIZES[-3]]
    # An item block of ten million answers: less than a second.
    assert costs[SIZES[-1]] / crosstables.ITEMS <= 1
