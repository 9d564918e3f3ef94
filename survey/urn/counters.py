"""Counts how many began and which pages were reached, in this process's memory.

They reach the database only after a release, and only those of several people at
once, so that no count can be laid beside a single answer: which pages somebody met
tells what they answered. What a crash takes with it is lost, and that is meant.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

STARTED = "started"
LEAST_STARTED = 10
"""So many people have begun in this process before anything of it is told."""


class Counters:
    """Counters of one process; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._period: int | None = None

    def add(self, name: str) -> None:
        """Count one more under this name."""
        with self._lock:
            self._counts[name] += 1

    def due(self, period: int) -> Mapping[str, int]:
        """Everything counted so far if there was a release since the last time.

        Counts of fewer people let this release pass and wait for the next.
        """
        with self._lock:
            if self._period is None or self._is_few():
                self._period = period
            return dict(self._counts) if period != self._period else {}

    def everything(self) -> Mapping[str, int]:
        """Everything counted so far, for the process that closes the survey."""
        with self._lock:
            return {} if self._is_few() else dict(self._counts)

    def _is_few(self) -> bool:
        return self._counts[STARTED] < LEAST_STARTED

    def settled(self, counts: Mapping[str, int], period: int | None) -> None:
        """Take off what was stored durably."""
        with self._lock:
            self._counts.subtract(counts)
            self._counts += Counter()
            self._period = period
