"""The only handler of the server's log: writes what is listed, holds back the rest.

Whoever wants a new line puts it on the list, with what it means to an operator.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

from survey.logs.error import kind_of, places
from survey.logs.lines import HIDDEN, LINES, OURS, Line

HELD_BACK = "a line of %s (%s) was held back"


def _nothing() -> None:
    """Nobody counts what is held back."""


class Gate(logging.Handler):
    """Writes known lines with arguments of their kind; counts what it holds back.

    It has no attribute ``stream``: gunicorn would hand it to the application as a
    way around the list.
    """

    def __init__(self, out: TextIO, *, on_held: Callable[[], None] = _nothing) -> None:
        super().__init__()
        self._out = out
        self.on_held = on_held
        self._known = {(x.logger, x.level, x.text): x for x in LINES}
        self._told: set[tuple[str, str]] = set()
        self._telling = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, or hold it back; never raises and never quotes."""
        try:
            key = (record.name, record.levelname, record.msg)
            line = self._known.get(key) if isinstance(record.msg, str) else None
            if line is None:
                self._hold_back(record.name, record.levelname)
                return
            text = _filled(line, record)
            error = record.exc_info[1] if record.exc_info else None
            if error is not None:
                text += "\n" + places(error)
            self._write(record.levelname, record.name, text)
        except Exception:  # noqa: S110 - logging's own way out prints the record
            pass

    def _hold_back(self, logger: str, level: str) -> None:
        self.on_held()
        with self._telling:
            if (logger, level) in self._told:
                return
            self._told.add((logger, level))
        told = logging.LogRecord(
            OURS, logging.WARNING, "", 0, HELD_BACK, (logger, level), None
        )
        self.emit(told)

    def _write(self, level: str, logger: str, text: str) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        # the lines of one message are set in: none can pass for a message itself
        inset = text.replace("\n", "\n  ")
        self._out.write(f"{now} {level} {logger}: {inset}\n")
        self._out.flush()


def _filled(line: Line, record: logging.LogRecord) -> str:
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    if len(given) != len(line.arguments):
        given = (HIDDEN,) * len(line.arguments)
    shown = tuple(
        kind.shown(kind_of(one) if isinstance(one, BaseException) else str(one))
        for kind, one in zip(line.arguments, given, strict=True)
    )
    return line.text.replace("%d", "%s") % shown if shown else line.text
