"""What one process keeps of an urn: writer, code key, shape and readers.

Made anew after a fork, because neither threads nor SQLite's locks survive one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import datetime

from survey.storage import codes as code_store
from survey.storage import schedule, shapes
from survey.storage.connections import Connections
from survey.storage.policy import grouped
from survey.storage.shapes import Shape
from survey.storage.store import Connection
from survey.urn import keys
from survey.urn.counters import Counters
from survey.urn.desk import Desk
from survey.urn.errors import KeyMissing
from survey.urn.turn import Hook, Where
from survey.urn.writer import Writer


class Process:
    """The urn's state in this process; started lazily, safe for threads."""

    def __init__(self, where: Where, hook: Hook, clock: Callable[[], datetime]) -> None:
        self.pid = os.getpid()
        self.counters = Counters()
        self._where = where
        self._hook = hook
        self._clock = clock
        self._lock = threading.Lock()
        self._readers = Connections(where.store.driver)
        self._writer: Writer | None = None
        self._key: bytes | None = None
        self._form: Form | None = None

    def desk(self) -> Desk:
        """A desk for one act outside the queue; the caller closes it."""
        return Desk(self._where, hook=self._hook)

    def writer(self) -> Writer:
        """The writer thread, started with the first answer."""
        if self._writer is None:
            with self._lock:
                if self._writer is None:
                    self._writer = Writer(self.desk, self.counters, self._clock)
        return self._writer

    def stop(self) -> None:
        """End the writer after it stored what waits, and forget the key."""
        with self._lock:
            writer, self._writer, self._key = self._writer, None, None
        if writer is not None:
            writer.stop()
        self._readers.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for reading, for the length of a ``with`` block."""
        return self._readers.lent()

    def code_key(self) -> bytes:
        """The code key, read once; sets up the urn if need be.

        Raises ``KeyMissing`` if it is not the key the marks were made with, and
        ``SurveyClosed`` when there is none because it was destroyed.
        """
        if self._key is None:
            with closing(self.desk()) as desk:
                desk.set_up()
                desk.check_not_closed()
                check = code_store.key_check(desk.connection(), self._where.survey)
            key = keys.read_key(self._where.code_file)
            if check != keys.fingerprint(key):
                raise KeyMissing(
                    f"the code key of {self._where.survey} is not the right one"
                )
            self._key = key
        return self._key

    def form(self) -> Form | None:
        """What an answer has to look like; ``None`` before the survey opened."""
        if self._form is None:
            survey = self._where.survey
            with self.reading() as connection:
                found = shapes.read(connection, survey)
                groups = schedule.language_groups(connection, survey)
            if not found:
                return None
            self._form = Form(len(found) - 1, found[-1], groups)
        return self._form


class Form:
    """Shape in force and the form languages that may be told apart."""

    def __init__(self, number: int, shape: Shape, languages: tuple[str, ...]) -> None:
        self.number = number
        self.shape = shape
        self._languages = languages

    def grouped(self, language: str) -> str:
        """The language as the privacy profile allows it to be stored."""
        return grouped(language, self._languages)
