"""What the views of residents work with: one object per application.

Knows no request; each process has its own, made after the fork.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Lock
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from survey.language import Registry
from survey.logs import kinds_of
from survey.questionnaire.edition import Edition
from survey.settings import Settings
from survey.storage import editions, surveys
from survey.storage.drafts import Drafts
from survey.storage.errors import StorageError, StoreUnavailable
from survey.storage.surveys import Survey
from survey.urn import Urn, contact_box

_log = logging.getLogger(__name__)
EXTENSION = "survey"
# a survey that is opened or closed shows itself after this many seconds at most;
# the urn itself decides at the moment of sending
KEEP_SECONDS = 1.0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Services:
    """Settings, languages, stores and the clock; ``urns`` holds one per survey."""

    settings: Settings
    languages: Registry
    engine: Engine
    drafts: Drafts
    clock: Callable[[], datetime] = _now
    keep_seconds: float = KEEP_SECONDS
    urns: dict[str, Urn] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _swept_on: date | None = None
    _surveys: tuple[float, tuple[Survey, ...]] = field(default=(-1e9, ()))
    _tidied: date | None = None

    def surveys(self) -> tuple[Survey, ...]:
        """All surveys, read at most once per ``keep_seconds``."""
        read_at, kept = self._surveys
        now = time.monotonic()
        if now - read_at > self.keep_seconds:
            self._tidy()
            kept = tuple(surveys.all(self.engine))
            self._surveys = (now, kept)
        return kept

    def _tidy(self) -> None:
        """Once a day: delete the contacts whose day has passed."""
        today = self.today()
        if self._tidied == today:
            return
        try:
            contact_box.delete_due(self.settings, today=today)
        except StorageError as error:
            _log.warning("contacts could not be deleted: %s", kinds_of(error))
        else:
            self._tidied = today

    def survey(self, slug: str) -> Survey | None:
        """The survey of that name, or nothing."""
        return next((one for one in self.surveys() if one.slug == slug), None)

    def edition(self, survey: Survey) -> Edition:
        """What is shown to those who answer the survey; kept by its hash.

        Raises ``LookupError`` for a survey that was never published.
        """
        if survey.edition is None:
            raise LookupError(f"{survey.slug} has no edition yet")
        return editions.edition(self.engine, survey.edition)

    def sweep_drafts(self) -> None:
        """Drop drafts that have had their time, looked after once a day.

        The urn's daily act does so too, but not while nobody sends anything.
        """
        today = self.today()
        if self._swept_on != today:
            self._swept_on = today
            with suppress(StoreUnavailable):
                self.drafts.sweep_if_due(today)

    def today(self) -> date:
        """The day at the place where the instance runs."""
        return day_of(self.clock())

    def takes_answers(self, survey: Survey, today: date | None = None) -> bool:
        """Whether the survey is open and its last day has not passed."""
        if survey.state != "open":
            return False
        return survey.until is None or (today or self.today()) <= survey.until

    def urn(self, slug: str) -> Urn:
        """The urn of a survey; its writer starts with the first answer."""
        with self._lock:
            if slug not in self.urns:
                self.urns[slug] = Urn(self.settings, slug, clock=self.clock)
            return self.urns[slug]


def day_of(moment: datetime) -> date:
    """The day of a moment at the place where the instance runs."""
    return moment.astimezone().date()


def services() -> Services:
    """The services of the application that answers the current request."""
    return cast(Services, current_app.extensions[EXTENSION])
