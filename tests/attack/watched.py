"""Runs many small attacks in child processes that cannot take more than they may.

Each attack is a seed; the child makes its input, tries it and says what is wrong.
Time is that of the processor, so a loaded machine is slow, not guilty; what
does not even answer is ended by the parent.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
import signal
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

context = multiprocessing.get_context("forkserver")
PROCESSES = 2
PATIENCE = 120  # real seconds in which a child says anything at all


class Attack(NamedTuple):
    """What is made of a seed, and who judges it in words; none when all is well."""

    made: Callable[[int], Any]
    judged: Callable[[Any], str]
    seconds: float = 2.0
    megabytes: int = 300


class Hanging(BaseException):
    """Raised inside an attack whose time is over; nobody catches it by accident."""


def complaints(attack: Attack, seeds: Sequence[int]) -> list[str]:
    """Everything that went wrong, each with its seed."""
    shares = [list(seeds[part::PROCESSES]) for part in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as threads:
        found = threads.map(partial(_watched, attack), shares)
        return [words for share in found for words in share]


def _watched(attack: Attack, seeds: list[int]) -> list[str]:
    found: list[str] = []
    while seeds:
        seeds = _in_one_child(attack, seeds, found)
    return found


def _in_one_child(attack: Attack, seeds: list[int], found: list[str]) -> list[int]:
    """Try seeds until the child ends; those that are left."""
    ours, theirs = context.Pipe()
    child = context.Process(target=_tried, args=(theirs, attack, seeds), daemon=True)
    child.start()
    theirs.close()
    try:
        for place, seed in enumerate(seeds, start=1):
            words = _said(ours)
            if words:
                found.append(f"seed {seed}: {words}")
            if words in (SILENT, DEAD):
                return seeds[place:]
        return []
    finally:
        child.kill()
        child.join()
        ours.close()


SILENT, DEAD = "it does not even answer", "the child died of it"


def _said(pipe: Connection) -> str:
    if not pipe.poll(PATIENCE):
        return SILENT
    try:
        return str(pipe.recv())
    except EOFError:
        return DEAD


def _tried(pipe: Connection, attack: Attack, seeds: list[int]) -> None:
    """What a child does: one report for each seed."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hanging

    with contextlib.suppress(Exception):
        attack.judged(
            attack.made(seeds[0])
        )  # what is loaded once is no one attack's memory
    signal.signal(signal.SIGPROF, stop)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + attack.megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for seed in seeds:
        pipe.send(_judged(attack, attack.made(seed)))


def _judged(attack: Attack, case: Any) -> str:
    signal.setitimer(signal.ITIMER_PROF, attack.seconds)
    try:
        return attack.judged(case)
    except Hanging:
        return f"it took over {attack.seconds} seconds"
    except MemoryError:
        return f"it took over {attack.megabytes} MB"
    except Exception:
        return traceback.format_exc(limit=-4)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
