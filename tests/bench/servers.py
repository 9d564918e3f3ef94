"""The product and the floor as running servers, and what they cost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import job

BIN = Path(sys.executable).parent
START_SECONDS = 20
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(
    command: list[str], port: int, environment: dict[str, str]
) -> Iterator[int]:
    """A server as long as it is needed; yields its process id."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}")


def cpu_seconds(root: int) -> float:
    """CPU seconds a process and its children have spent so far."""
    spent, children = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(folder.name)
        children.setdefault(int(fields[1]), []).append(number)
        spent[number] = sum(map(int, fields[11:15])) / TICKS
    total, waiting = 0.0, [root]
    while waiting:
        number = waiting.pop()
        total += spent.get(number, 0.0)
        waiting += children.get(number, [])
    return total


def product(
    folder: Path, port: int, *, database_url: str = "", workers: int = 1
) -> tuple[list[str], dict[str, str]]:
    """The product with the reference job open; the command and its environment."""
    folder.mkdir(exist_ok=True)
    environment = {
        "SURVEY_DATABASE_URL": database_url,
        "SURVEY_INSTANCE": str(folder / "instance"),
        "SURVEY_UPSTREAM_LOGS": "none",
        "SURVEY_IMAGE_BACKUPS": "none",
        "SURVEY_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    file = folder / "job.toml"
    file.write_text(job.questionnaire(), encoding="utf-8")
    survey = str(BIN / "survey")
    for words in (
        ["init"],
        ["questionnaire", "import", str(file)],
        ["publish", "job", "--languages", ",".join(job.LANGUAGES)],
        ["open", "job", "--design", "open", "--access", "link"],
    ):
        subprocess.run(
            [survey, *words],
            env={**os.environ, **environment},
            check=True,
            capture_output=True,
            timeout=60,
        )
    command = [survey, "serve", "--port", str(port), "--workers", str(workers)]
    return command, environment


THREADS = ("-w", "1", "-k", "gthread", "--threads", "8")
PROCESSES = ("-w", "2")


def floor(
    folder: Path, port: int, *, how: tuple[str, ...] = THREADS
) -> tuple[list[str], dict[str, str]]:
    """The floor; the command and its environment.

    As threads, like the product, or as two processes that keep no connection.
    """
    entry = folder / "floor_entry.py"
    entry.write_text(
        "from pathlib import Path\n"
        "from tests.bench.floor import create_app\n"
        "app = create_app(Path(__file__).parent)\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    bind = ("-b", f"127.0.0.1:{port}", "floor_entry:app")
    command = [str(BIN / "gunicorn"), *how, *bind]
    return command, {"PYTHONPATH": f"{folder}{os.pathsep}{root}"}
