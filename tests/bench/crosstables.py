"""The same cross-tables three ways, each in a process of its own; what they took.

``python -m tests.bench.crosstables WAY FOLDER ROWS`` prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

ITEMS, LANGUAGES, ANSWERS, KINDS = 40, 12, 5, 5
PACKAGE = "0" * 64
NAMES = [f"q{number:02}" for number in range(ITEMS)]
CHUNK = 1 << 16
CELLS = LANGUAGES * (ANSWERS + KINDS)


def codes_size(rows):
    """Bytes of the codes: 40 items and the language."""
    return (ITEMS + 1) * rows


def write(folder, rows):
    """The answers as our file, as bare codes and as a table of DuckDB."""
    import pandas as pd

    from analysis.package.codes import NO_ANSWER
    from analysis.package.layout import write as keep

    rng = np.random.default_rng(rows)
    often = rng.dirichlet(np.ones(ANSWERS), size=ITEMS) * 0.9
    likely = np.hstack([often, np.full((ITEMS, KINDS), 0.1 / KINDS)])
    answers = [*map(str, range(ANSWERS)), *NO_ANSWER]
    table = {
        name: pd.Categorical.from_codes(drawn(rng, p, rows), answers)
        for name, p in zip(NAMES, likely, strict=True)
    }
    spoken = drawn(rng, np.full(LANGUAGES, 1 / LANGUAGES), rows)
    table["language"] = pd.Categorical.from_codes(
        spoken, [f"l{number:02}" for number in range(LANGUAGES)]
    )
    weights = rng.uniform(0.3, 3.0, rows)
    weights.tofile(folder / "weights")
    with (folder / "columns").open("wb") as file:
        keep(file, PACKAGE, pd.DataFrame(table, copy=False), {})
    for name, column in table.items():
        column.codes.tofile(folder / name)
    stored(folder, {name: column.codes for name, column in table.items()}, weights)


def drawn(rng, likely, rows):
    """Codes at random, a few megabytes of numbers at a time."""
    ends = np.cumsum(likely / likely.sum())[:-1]
    found = np.empty(rows, dtype=np.int8)
    for start in range(0, rows, 1 << 20):
        part = found[start : start + (1 << 20)]
        part[:] = np.searchsorted(ends, rng.random(len(part), dtype=np.float32))
    return found


def stored(folder, columns, weights):
    """A table of DuckDB, filled from the arrays."""
    import duckdb

    with duckdb.connect(str(folder / "duck")) as connection:
        connection.execute("SET threads = 1")
        names = ", ".join(f"{name} TINYINT" for name in columns)
        connection.execute(f"CREATE TABLE answers ({names}, weight DOUBLE)")
        for start in range(0, len(weights), 1 << 20):
            part = slice(start, start + (1 << 20))
            given = {name: codes[part] for name, codes in columns.items()}
            given["weight"] = weights[part]
            connection.register("given", given)
            connection.execute("INSERT INTO answers SELECT * FROM given")
            connection.unregister("given")


def ours(folder, rows):
    """Persons and weights, out of columns that are checked first."""
    return from_columns(folder, squares=False)


def with_squares(folder, rows):
    """The same with squared weights, which errors need."""
    return from_columns(folder, squares=True)


def from_columns(folder, *, squares):
    """Cross-tables of the engine."""
    from analysis.engine import Column, crosstabs, kept
    from analysis.package.columns import read

    def count():
        columns = read(folder / "columns", PACKAGE)
        items = [Column(kept(columns, name), columns.answers(name)) for name in NAMES]
        groups = Column(kept(columns, "language"), LANGUAGES)
        weights = np.fromfile(folder / "weights")
        found = crosstabs(items, groups=groups, weights=weights, squares=squares)
        return np.stack([sums.w[0, :LANGUAGES] for sums in found])

    return count


def bare(folder, rows):
    """Weights alone, by the shortest program: a chunk, an item, one bincount."""
    return chunked(folder, rows, lambda weight: (weight,))


def thrice(folder, rows):
    """The same with all that an error needs: persons, weights, squared weights."""
    return chunked(folder, rows, lambda weight: (weight, None, weight * weight))


def chunked(folder, rows, kinds):
    """Chunks of every item, counted once for each kind of weight."""

    def count():
        items = [np.memmap(folder / name, np.int8, "r") for name in NAMES]
        spoken = np.memmap(folder / "language", np.int8, "r")
        weights = np.fromfile(folder / "weights")
        found = np.zeros((len(kinds(weights[:1])), ITEMS, CELLS))
        for start in range(0, rows, CHUNK):
            part = slice(start, start + CHUNK)
            place = spoken[part].astype(np.int16) * (ANSWERS + KINDS)
            given = kinds(weights[part])
            for number, codes in enumerate(items):
                cells = place + codes[part]
                for kind, weight in enumerate(given):
                    found[kind, number] += np.bincount(cells, weight, CELLS)
        return found[0].reshape(ITEMS, LANGUAGES, -1)[:, :, :ANSWERS]

    return count


def by_duckdb(folder, rows):
    """Weights alone, one grouping for each item."""
    import duckdb

    def count():
        with duckdb.connect(str(folder / "duck"), read_only=True) as connection:
            connection.execute("SET threads = 1")
            return np.stack([grouped(connection, name) for name in NAMES])

    return count


def grouped(connection, name):
    """Weights of one item by language, out of DuckDB."""
    found = np.zeros((LANGUAGES, ANSWERS))
    cells = connection.execute(
        f"SELECT language, {name}, sum(weight) FROM answers "  # noqa: S608 - our names
        f"WHERE {name} < {ANSWERS} GROUP BY ALL"
    )
    for language, code, weight in cells.fetchall():
        found[language, code] = weight
    return found


# Each loads its libraries and gives what is timed: opening, reading and counting.
WAYS = {
    "ours": ours,
    "ours with squares": with_squares,
    "bincount": bare,
    "bincount with squares": thrice,
    "duckdb": by_duckdb,
}


def memory(entry):
    """Bytes this process has or had, as the kernel counts them."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{entry}:"):
            return int(line.split()[1]) << 10
    raise LookupError(entry)


def main(way, folder, rows):
    """Count and tell: seconds, processor time, peak of memory, the tables."""
    count = WAYS[way](Path(folder), int(rows))
    began, spent = time.perf_counter(), time.process_time()
    table = count()
    told = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - spent,
        # The most that was ever resident, mapped pages and libraries included.
        # (``ru_maxrss`` begins with that of the process that started this one.)
        "peak": memory("VmHWM"),
        "table": table.ravel().tolist(),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
