"""Makes the gate the only way out of a process: log, warnings, faults, print.

Called once by the command that serves, never at import.
"""

from __future__ import annotations

import io
import logging
import resource
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any, TextIO

from survey.logs.error import place_of
from survey.logs.gate import Gate
from survey.logs.lines import OURS

_log = logging.getLogger(OURS)

# these speak about every request, or quote values, at levels below a warning
LOUD = ("sqlalchemy", "alembic", "werkzeug", "asyncio", "concurrent.futures")


def take_over(
    out: TextIO | None = None, *, on_held: Callable[[], None] = lambda: None
) -> Gate:
    """Let nothing leave this process but through the gate, and no core dump."""
    stream = out or sys.stderr
    gate = Gate(stream, on_held=on_held)
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(gate)
    root.setLevel(logging.WARNING)
    logging.getLogger("survey").setLevel(logging.INFO)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    # a failing handler would otherwise print the record with its arguments
    logging.raiseExceptions = False
    warnings.showwarning = _show_warning
    sys.excepthook = _on_fault
    threading.excepthook = _on_thread_fault
    sys.unraisablehook = _on_unraisable
    sys.stderr = Held(gate)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return gate


class Held(io.TextIOBase):
    """Stands where ``sys.stderr`` was: what is printed there is held back."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def writable(self) -> bool:
        """Whether writing raises no error."""
        return True

    def write(self, text: str) -> int:
        """Hold a text back; a line of its own says so once."""
        if text.strip():
            record = logging.LogRecord("stderr", 30, "", 0, "", None, None)
            self._gate.emit(record)
        return len(text)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _log.warning("%s at %s", category.__name__, place_of(filename, lineno))


def _on_fault(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    _log.error("a thread ended with a fault", exc_info=(kind, error, trace))


def _on_thread_fault(fault: threading.ExceptHookArgs) -> None:
    if fault.exc_value is not None:
        _on_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)


def _on_unraisable(fault: Any) -> None:
    if fault.exc_value is not None:
        _on_fault(fault.exc_type, fault.exc_value, fault.exc_traceback)
