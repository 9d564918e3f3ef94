"""Typed answers that stay on the disk until somebody counts them.

A cache and nothing else: a file that is damaged, cut short, of an older layout or
made by somebody else is no file. Must not know a codebook.
"""

from __future__ import annotations

import mmap
import os
import stat
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np

from analysis.package.codes import NO_ANSWER
from analysis.package.layout import (
    LAYOUT,
    Codes,
    Described,
    describe,
    fingerprint,
    read_header,
    size_of,
    whole,
)
from analysis.package.problems import AnalysisError


class Columns:
    """The columns of one file, which stay on the disk until somebody counts them.

    Sent to another process it is opened there by its path.
    """

    def __init__(self, path: Path, package: str, file: BinaryIO) -> None:
        """Map an open file; ``ValueError`` when anything is not as it was written."""
        self.path, self.package = path, package
        header, start = read_header(file)
        if header["layout"] != LAYOUT or header["package"] != package:
            raise ValueError(path)
        self.rows = whole(header["rows"])
        self.excluded: Mapping[str, int] = MappingProxyType(
            {str(reason): whole(n) for reason, n in header["excluded"].items()}
        )
        self.described = describe(header["columns"], self.rows, start)
        ends = [
            one.start + size_of(one.type, self.rows) for one in self.described.values()
        ]
        if os.fstat(file.fileno()).st_size != max(ends, default=start):
            raise ValueError(path)
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        for one in self.described.values():
            self._check(one)
            self.release()

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as a path."""
        return opened, (self.path, self.package)

    def codes(self, name: str) -> Codes:
        """Codes of a column, which nobody can change."""
        one = self.described[name]
        return np.frombuffer(self._map, one.type, count=self.rows, offset=one.start)

    def answers(self, name: str) -> int:
        """How many categories of a column are answers; no answer stands behind.

        Raises
        ------
        AnalysisError
            When the column is none of an item that is counted.
        """
        none = [code in NO_ANSWER for code in self.described[name].categories]
        if none != sorted(none):
            message = f"The column {name!r} is of no item that is counted."
            raise AnalysisError(message)
        return none.count(False)

    def release(self) -> None:
        """Give back the memory of what was looked at; it is read again on demand."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _check(self, one: Described) -> None:
        codes = self.codes(one.name)
        # Read as unsigned, a code below 0 is beyond every category.
        largest = codes.view(f"u{codes.itemsize}").max(initial=0)
        is_known = largest < len(one.categories) or not self.rows
        words = size_of(one.type, self.rows) // 8
        blocks = np.frombuffer(self._map, "<u8", count=words, offset=one.start)
        if not is_known or one.total != fingerprint(self.rows, blocks):
            raise ValueError(self.path)


def read(path: Path, package: str) -> Columns | None:
    """The columns kept of a package; None when there is no sound file of it."""
    # Not to hang at a pipe somebody left there, nor to follow a link.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return Columns(path, package, file)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


@lru_cache(maxsize=4)
def opened(path: Path, package: str) -> Columns:
    """The same for a worker, which has nothing else to count from.

    Raises
    ------
    AnalysisError
        When this machine does not see the file.
    """
    found = read(path, package)
    if found is None:
        message = (
            f"{path} is not here or not whole. Every worker must see the folder of "
            "the package under the same path."
        )
        raise AnalysisError(message)
    return found
