"""What real child processes do in the crash tests, until they are killed.

What a child was told by the urn it notes in a file with one write per line,
which survives its own death.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from survey.urn import Urn, Verdict
from tests.urn import town

context = multiprocessing.get_context("forkserver")


def start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """Start a child process that knows the urn already."""
    context.set_forkserver_preload([__name__])
    child = context.Process(target=work, args=arguments)
    child.start()
    return child


def killed_at(step: str, occurrence: int = 1) -> Callable[[str], None]:
    """A hook that kills its own process at a step."""
    seen = 0

    def hook(at: str) -> None:
        nonlocal seen
        seen += at == step
        if at == step and seen == occurrence:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def stopped_at(step: str) -> Callable[[str], None]:
    """A hook that stops its own process once: alive, holding what it holds."""
    left = [step]

    def hook(at: str) -> None:
        if at in left:
            left.clear()
            # to this very thread, or it would run on until another one stops it
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)

    return hook


def note(file: Path, line: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def noted(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def act(
    place: town.Place, step: str, act_name: str, argument: object, told: Path
) -> None:
    """Do one act with the urn and be killed at the step; note the outcome."""
    urn = Urn(place, town.SLUG, hooks=killed_at(step), clock=town.Clock())
    outcome = ACTS[act_name](urn, argument)
    note(told, outcome)
    urn.stop()


def send_and_stop(place: town.Place, step: str, code: str, told: Path) -> None:
    """Send one answer, be stopped on the way, and note the verdict once awake."""
    urn = Urn(place, town.SLUG, hooks=stopped_at(step), clock=town.Clock())
    note(told, _send(urn, code))
    urn.stop()


def _send(urn: Urn, code: str) -> str:
    number = 1000 + int(code) % 1000
    return urn.send(town.ballot(number), urn.admission(code), "code").value


ACTS: dict[str, Callable[[Urn, object], str]] = {
    "send": lambda urn, code: _send(urn, str(code)),
    "release": lambda urn, _: str(urn.release().n),
    "close": lambda urn, _: urn.close().outcome.value,
    "hand over": lambda urn, _: str(urn.hand_over()),
    "issue": lambda urn, _: str(len(urn.issue(3))),
}


def send_until_killed(
    place: town.Place, codes: Sequence[str], numbers: Sequence[int], told: Path
) -> None:
    """Send every code from several threads, pressing Send again when told so."""
    urn = Urn(place, town.SLUG, clock=town.Clock())
    waiting = list(zip(codes, numbers, strict=True))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                code, number = waiting.pop()
            verdict = Verdict.TRY_AGAIN
            while verdict is Verdict.TRY_AGAIN:
                verdict = urn.send(town.ballot(number), urn.admission(code), "code")
            note(told, f"{number} {verdict.value}")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    urn.stop()
