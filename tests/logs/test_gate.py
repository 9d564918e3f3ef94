"""Only lines of the list leave, with arguments of their kind."""

from __future__ import annotations

import io
import logging
import subprocess
import sys

import pytest

from survey.logs import Gate

ADDRESS, CODE = "198.51.100.77", "1234567812345670"


@pytest.fixture
def out():
    return io.StringIO()


@pytest.fixture
def gate(out):
    return Gate(out)


def record(logger, level, text, *arguments, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(logger, level, "", 0, text, arguments, info)


def test_a_line_of_the_list_is_written(gate, out):
    gate.emit(record("gunicorn.error", 20, "Booting worker with pid: %s", 4711))
    assert out.getvalue().endswith(
        "Z INFO gunicorn.error: Booting worker with pid: 4711\n"
    )


@pytest.mark.parametrize(
    ("logger", "text"),
    [
        ("gunicorn.error", f"Invalid request from ip={ADDRESS}: {CODE}"),
        ("gunicorn.access", f"{ADDRESS} GET /de/zusammenleben/"),
        ("werkzeug", f"{ADDRESS} - - GET /"),
        ("sqlalchemy.engine.Engine", f"INSERT {CODE}"),
        ("survey.urn", f"an answer: {CODE}"),
        ("root", CODE),
    ],
)
def test_a_line_that_is_not_on_the_list_is_told_of_and_not_told(
    gate, out, logger, text
):
    gate.emit(record(logger, 30, text))
    assert f"a line of {logger} (WARNING) was held back" in out.getvalue()
    assert ADDRESS not in out.getvalue()
    assert CODE not in out.getvalue()


def test_what_is_held_back_is_said_once_and_counted_always(out):
    seen = []
    gate = Gate(out, on_held=lambda: seen.append(1))
    for _ in range(3):
        gate.emit(record("gunicorn.error", 30, ADDRESS))
    assert out.getvalue().count("held back") == 1
    assert len(seen) == 3


def test_a_logger_named_after_somebody_is_hidden(gate, out):
    gate.emit(record(f"http://{ADDRESS}/", 30, "x"))
    assert "a line of … (WARNING) was held back" in out.getvalue()


@pytest.mark.parametrize("pid", [CODE, ADDRESS, "12; DROP", None, object()])
def test_an_argument_of_another_kind_is_hidden(gate, out, pid):
    gate.emit(record("gunicorn.error", 20, "Booting worker with pid: %s", pid))
    assert out.getvalue().endswith("Booting worker with pid: …\n")


def test_an_error_is_reduced_to_kind_and_places(gate, out):
    try:
        int(CODE + "x")
    except ValueError as error:
        gate.emit(record("gunicorn.error", 40, "Error handling request", error=error))
    assert "Error handling request\n  ValueError\n" in out.getvalue()
    assert CODE not in out.getvalue()


@pytest.mark.parametrize("arguments", [(), (1, 2)])
def test_a_wrong_number_of_arguments_hides_all(gate, out, arguments):
    gate.emit(record("gunicorn.error", 20, "Booting worker with pid: %s", *arguments))
    assert out.getvalue().endswith("Booting worker with pid: …\n")


def test_an_argument_that_cannot_be_written_stops_nothing(gate, out):
    class Broken:
        def __str__(self):
            raise RuntimeError(CODE)

    gate.emit(record("gunicorn.error", 20, "Booting worker with pid: %s", Broken()))
    assert out.getvalue() == ""


def test_the_gate_offers_no_stream_to_go_around_it(gate):
    assert not hasattr(gate, "stream")


PROGRAM = """
import logging, resource, sys, threading, warnings
from survey.logs import take_over
gate = take_over()
canary = "Nachtigallenweg"
warnings.warn(canary)
logging.getLogger("some.library").error("row %s", canary)
logging.getLogger("survey.urn").error("the invariant of the urn of %s is broken", "job")
print(canary, file=sys.stderr)
def work():
    local = canary
    raise ValueError(canary)
thread = threading.Thread(target=work)
thread.start()
thread.join()
class Late:
    def __del__(self):
        raise KeyError(canary)
Late()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
raise RuntimeError(canary)
"""


def test_nothing_leaves_a_process_but_through_the_gate():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    told = done.stderr
    assert "Nachtigallenweg" not in told + done.stdout
    for line in (
        "WARNING survey.logs: UserWarning at <string>:6\n",
        "WARNING survey.logs: a line of some.library (ERROR) was held back\n",
        "ERROR survey.urn: the invariant of the urn of job is broken\n",
        "WARNING survey.logs: a line of stderr (WARNING) was held back\n",
        "ERROR survey.logs: a thread ended with a fault\n  ValueError\n",
        "ERROR survey.logs: a thread ended with a fault\n  KeyError\n",
        "ERROR survey.logs: a thread ended with a fault\n  RuntimeError\n",
    ):
        assert line in told
    assert told.count("\n") == 7 + told.count("\n  ")
