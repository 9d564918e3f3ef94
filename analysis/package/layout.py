"""How typed answers lie in one file of small codes; must not know a codebook.

Mark, length of the header, its SHA-256, the header (JSON), then column after
column, each filled up with zeros to whole blocks.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.integer]

# Another layout is another number; files of other numbers are made anew.
LAYOUT = 1
MARK = b"VIELCOL\n"
START = struct.Struct("<8sQ32s")
BLOCK = 4096
# Names and categories: far more than any questionnaire has, and nothing to fear.
LONGEST_HEADER = 64 << 20
# As pandas keeps them: int8 up to 121 answers, which is every scale and list.
TYPES = ("int8", "int16", "int32")


@dataclass(frozen=True, slots=True)
class Described:
    """One column of the file: what its codes stand for, and where they lie."""

    name: str
    type: str
    categories: tuple[str, ...]
    is_ordered: bool
    total: int
    start: int = 0


def write(
    file: BinaryIO, package: str, table: pd.DataFrame, excluded: Mapping[str, int]
) -> None:
    """Write the columns of a typed table; ``ValueError`` when they cannot be kept."""
    columns = [_column(str(name), table[name]) for name in table.columns]
    header = {
        "layout": LAYOUT,
        "package": package,
        "rows": len(table),
        "excluded": dict(excluded),
        "columns": [column for column, _ in columns],
    }
    text = json.dumps(header, ensure_ascii=True).encode()
    if len(text) > LONGEST_HEADER:
        raise ValueError(package)
    file.write(START.pack(MARK, len(text), hashlib.sha256(text).digest()))
    file.write(text)
    file.write(bytes(-(START.size + len(text)) % BLOCK))
    for _, codes in columns:
        file.write(codes.data)
        file.write(bytes(-codes.nbytes % BLOCK))


def _column(name: str, cells: pd.Series) -> tuple[dict[str, Any], Codes]:
    if not isinstance(cells.dtype, pd.CategoricalDtype):
        raise ValueError(name)
    codes = np.ascontiguousarray(cells.cat.codes.to_numpy())
    if codes.dtype.name not in TYPES or (codes < 0).any():
        raise ValueError(name)
    described = {
        "name": name,
        "type": codes.dtype.name,
        "categories": [str(code) for code in cells.cat.categories],
        "ordered": bool(cells.cat.ordered),
        "total": _total_of(codes),
    }
    return described, codes


def read_header(file: BinaryIO) -> tuple[dict[str, Any], int]:
    """What the file says of itself, and where its columns begin."""
    mark, length, digest = START.unpack(_exactly(file, START.size))
    if mark != MARK or length > LONGEST_HEADER:
        raise ValueError(mark)
    text = _exactly(file, length)
    if hashlib.sha256(text).digest() != digest:
        raise ValueError(mark)
    header: dict[str, Any] = json.loads(text)
    start = START.size + length
    return header, start + -start % BLOCK


def _exactly(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise ValueError(size)
    return content


def describe(
    columns: list[dict[str, Any]], rows: int, start: int
) -> dict[str, Described]:
    """The columns a header names, with their places; ``ValueError`` when none can."""
    found: dict[str, Described] = {}
    for one in columns:
        if one["type"] not in TYPES or one["name"] in found:
            raise ValueError(one)
        categories = tuple(map(str, one["categories"]))
        if len(set(categories)) != len(categories):
            raise ValueError(one)
        name, is_ordered = str(one["name"]), one["ordered"] is True
        total = whole(one["total"])
        found[name] = Described(name, one["type"], categories, is_ordered, total, start)
        start += size_of(one["type"], rows)
    return found


def whole(value: object) -> int:
    """A count as a file states it; ``ValueError`` when it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(value)
    return value


def size_of(type_: str, rows: int) -> int:
    """Bytes of a column with what fills up its last block."""
    size = rows * np.dtype(type_).itemsize
    return size + -size % BLOCK


def _total_of(codes: Codes) -> int:
    """The checksum of a column that is not written yet."""
    data = codes.view(np.uint8)
    full = len(data) - len(data) % BLOCK
    last = np.zeros(size_of("int8", len(data) - full), dtype=np.uint8)
    last[: len(data) - full] = data[full:]
    return fingerprint(len(codes), data[:full].view("<u8"), last.view("<u8"))


def fingerprint(rows: int, *words: npt.NDArray[np.uint64]) -> int:
    """Checksum of blocks: sums of each, and a checksum of the sums.

    Against accidents: a whole column costs as long as reading it. (Whoever forges a
    file could forge the package as well.)
    """
    found = rows & 0xFFFFFFFF
    for part in words:
        sums = part.reshape(-1, BLOCK // 8).sum(axis=1, dtype=np.uint64)
        found = zlib.crc32(sums.tobytes(), found)
    return found
