"""One round of visitors to a server: what it costs and how long they wait."""

from __future__ import annotations

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench import servers
from tests.bench.visitor import Visitor


@dataclass
class Round:
    """CPU milliseconds per submission, and what went over the wire.

    ``median`` and ``slowest`` (99 % end within) are seconds of one request.
    """

    cpu: float
    requests: float
    kib: float
    a_second: float
    median: float
    slowest: float


def visit(base: str, start: str, seed: int) -> Visitor:
    """One person from the first page to the thank-you page."""
    visitor = Visitor(base)
    visitor.fill_in(start, random.Random(seed))
    return visitor


def measure(
    base: str, starts: list[str], process: int, seed: int, *, visits: int, clients: int
) -> Round:
    """So many visits by so many people at a time."""
    before, began = servers.cpu_seconds(process), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = list(
            pool.map(
                lambda n: visit(base, starts[n % len(starts)], seed + n), range(visits)
            )
        )
    seconds = time.perf_counter() - began
    spent = 1000 * (servers.cpu_seconds(process) - before)
    waits = sorted(wait for visitor in done for wait in visitor.waits)
    return Round(
        cpu=spent / visits,
        requests=sum(visitor.requests for visitor in done) / visits,
        kib=sum(visitor.bytes for visitor in done) / visits / 1024,
        a_second=visits / seconds,
        median=statistics.median(waits),
        slowest=waits[int(len(waits) * 0.99)],
    )
