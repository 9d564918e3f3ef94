"""`survey serve` as a process, with everything it writes kept in files."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from survey.settings import Settings
from tests.ports import free_port
from tests.rules.sources import ROOT

COMMAND = "from survey.cli import main; main()"
PATIENCE = 30
# what a service manager does: descriptor 3, and the number of the process
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.argv[2], sys.argv[2:])
"""


def until(
    condition: Callable[[], object], process: subprocess.Popen[bytes], what: str
) -> None:
    """Wait until a process outside this one has come so far; it may end meanwhile."""
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, f"waited in vain for: {what}"
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)


@dataclass
class Server:
    """A running server: its base address, process and what it has written."""

    base: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def log(self) -> str:
        """Everything it has written so far, to wherever a journal would look."""
        files = (self.folder / "stdout", self.folder / "stderr")
        return "".join(file.read_text() for file in files)

    def workers(self) -> list[int]:
        """Process ids of the workers that were started, in order."""
        return [
            int(pid) for pid in re.findall(r"Booting worker with pid: (\d+)", self.log)
        ]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@contextmanager
def serving(
    settings: Settings, *options: str, at: Path | None = None, program: str = COMMAND
) -> Iterator[Server]:
    """A server of an instance as long as it is needed.

    With ``at`` it is handed an open socket of the file system, as systemd does.
    """
    folder = settings.instance.parent / f"served-{time.monotonic_ns()}"
    folder.mkdir()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("SURVEY_")},
        "SURVEY_INSTANCE": str(settings.instance),
        "PYTHONPATH": str(ROOT),
    }
    port = free_port()
    command = [sys.executable, "-c", program, "serve", "--port", str(port), *options]
    base = f"http://127.0.0.1:{port}" if at is None else f"unix:{at}"
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = _start(command, environment, at, stdout=out, stderr=err)
    server = Server(base, process, folder)
    try:
        until(lambda: _is_up(server), process, "the server to answer")
        yield server
    finally:
        server.stop()


def _is_up(server: Server) -> bool:
    from tests.serving.client import Client

    assert server.process.poll() is None, server.log
    try:
        return Client(server.base).get("/health").status_code == 200
    except OSError:
        return False


def _start(
    command: list[str], environment: dict[str, str], at: Path | None, **files: object
) -> subprocess.Popen[bytes]:
    if at is None:
        return subprocess.Popen(command, env=environment, cwd=ROOT, **files)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(at))
        listening.listen()
        number = str(listening.fileno())
        return subprocess.Popen(
            [sys.executable, "-c", HAND_OVER, number, *command],
            env=environment,
            cwd=ROOT,
            pass_fds=[listening.fileno()],
            **files,
        )
