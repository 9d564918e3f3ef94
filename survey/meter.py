"""What the processes of a server count, in memory they share.

Knows no request. Nothing here can be laid beside a single answer: how long pages took
is told of the day before and only of a thousand requests or more, everything else
counts the machine and its faults.
"""

from __future__ import annotations

import mmap
import os
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds up to which a request falls into a class; the last class has no end."""
CLASSES = len(BOUNDS) + 1
QUANTILES = (0.5, 0.95, 0.99)
FEWEST = 1000
"""With fewer requests on a day nothing is told about that day."""

_PID, _STARTS, _FAULTS, _HELD, _DAY = range(5)
_TODAY = _DAY + 1
_YESTERDAY = _TODAY + CLASSES
_FIELDS = _YESTERDAY + CLASSES


@dataclass(frozen=True, slots=True)
class Counted:
    """What all processes together have counted."""

    pids: tuple[int, ...]
    starts: int
    faults: int
    held: int
    yesterday: tuple[int, ...]

    def quantile(self, share: float) -> float | None:
        """Seconds within which that share of yesterday's requests was answered.

        ``None`` when there were too few; infinite beyond the last bound.
        """
        total = sum(self.yesterday)
        if total < FEWEST:
            return None
        seen = 0
        for bound, count in zip((*BOUNDS, float("inf")), self.yesterday, strict=True):
            seen += count
            if seen >= share * total:
                return bound
        return float("inf")


class Meter:
    """One row of numbers per process; made before the server forks.

    Each process writes its own row and reads all of them, so no lock crosses
    processes; a number read while it changes is of either moment.
    """

    def __init__(self, rows: int = 1, *, today: Callable[[], date]) -> None:
        self._map = mmap.mmap(-1, rows * _FIELDS * 8)
        self._cells = memoryview(self._map).cast("q")
        self._rows = rows
        self._today = today
        self._row = 0
        self._lock = threading.Lock()

    def free_row(self, taken: set[int]) -> int:
        """A row that no living process uses, for the next one."""
        return next(row for row in range(self._rows) if row not in taken)

    def start(self, row: int) -> None:
        """Count into this row from now on; called in the new process."""
        self._row = row
        self._put(_PID, os.getpid())
        self._add(_STARTS)

    def ended(self, row: int) -> None:
        """The process of that row is gone; what it counted stays."""
        self._cells[row * _FIELDS + _PID] = 0

    def request(self, seconds: float) -> None:
        """Count a request by how long it took, of whatever page."""
        today = self._today().toordinal()
        with self._lock:
            self._turn(today)
            self._add(_TODAY + bisect_left(BOUNDS, seconds))

    def fault(self) -> None:
        """Count a fault of the program or its stores."""
        with self._lock:
            self._add(_FAULTS)

    def held(self) -> None:
        """Count a line of the log that was held back."""
        with self._lock:
            self._add(_HELD)

    def counted(self) -> Counted:
        """The numbers of all processes together."""
        rows = [self._read(row) for row in range(self._rows)]
        today = self._today().toordinal()
        yesterdays = [_yesterday(row, today) for row in rows]
        return Counted(
            pids=tuple(row[_PID] for row in rows if row[_PID]),
            starts=sum(row[_STARTS] for row in rows),
            faults=sum(row[_FAULTS] for row in rows),
            held=sum(row[_HELD] for row in rows),
            yesterday=tuple(map(sum, zip(*yesterdays, strict=True))),
        )

    def _turn(self, today: int) -> None:
        """Put the numbers of a day aside when the first request of another comes."""
        if self._cells[self._row * _FIELDS + _DAY] == today:
            return
        mine = self._read(self._row)
        aside = _yesterday(mine, today)
        for place, count in enumerate(aside):
            self._put(_YESTERDAY + place, count)
            self._put(_TODAY + place, 0)
        self._put(_DAY, today)

    def _read(self, row: int) -> list[int]:
        return list(self._cells[row * _FIELDS : (row + 1) * _FIELDS])

    def _put(self, field: int, value: int) -> None:
        self._cells[self._row * _FIELDS + field] = value

    def _add(self, field: int) -> None:
        self._cells[self._row * _FIELDS + field] += 1


def _yesterday(row: list[int], today: int) -> list[int]:
    """What a row holds of the day before today, whenever it was last written."""
    if row[_DAY] == today:
        return row[_YESTERDAY:_FIELDS]
    if row[_DAY] == today - 1:
        return row[_TODAY:_YESTERDAY]
    return [0] * CLASSES


def used(pids: tuple[int, ...]) -> tuple[int, int]:
    """Memory in whole MiB and processor time in whole minutes of these processes.

    Coarse on purpose: the seconds of a processor show when somebody is served.
    """
    page = os.sysconf("SC_PAGE_SIZE")
    tick = os.sysconf("SC_CLK_TCK")
    memory = sum(fields[1] for pid in pids for fields in _numbers(pid, "statm"))
    spent = sum(sum(fields[11:13]) for pid in pids for fields in _numbers(pid, "stat"))
    return memory * page >> 20, spent // tick // 60


def _numbers(pid: int, name: str) -> Iterator[list[int]]:
    """The numbers of a file the kernel keeps about a process, if it still lives."""
    try:
        with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:  # noqa: PTH123
            text = file.read()
    except OSError:
        return
    words = text.rpartition(")")[2].split()
    yield [int(word) if word.lstrip("-").isdecimal() else 0 for word in words]
