"""How often wrong codes may be tried before they are slowed down.

An exhausted budget slows wrong codes and never touches a right one: whoever asks
has looked the code up before. Counts per process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from flask import current_app, request

from survey.respond.neighbourhood import Neighbourhoods
from survey.respond.visit import Visit
from survey.settings.checks import is_loopback

# A family or a town-hall desk mistypes a few codes; with 15 random digits even a
# thousand times as many guesses an hour would find nothing in the life of a survey.
WRONG_CODES_AN_HOUR = 30
# all of a town that mistypes on the day the letters arrive
WRONG_CODES_OF_EVERYBODY = 1000
DELAY_SECONDS = 2.0
# So few may wait at once that guessing cannot occupy the worker's threads.
WAITING_AT_ONCE = 2
_EXTENSION = "code budget"


class CodeBudget:
    """Counts wrong codes and slows them down once there are too many."""

    def __init__(
        self,
        allowed: int = WRONG_CODES_AN_HOUR,
        *,
        everybody: int = WRONG_CODES_OF_EVERYBODY,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._neighbourhoods = Neighbourhoods(allowed, everybody=everybody)
        self._sleep = sleep
        self._waiting = threading.BoundedSemaphore(WAITING_AT_ONCE)

    def wrong(self, address: str, now: datetime) -> bool:
        """Count one wrong code; ``False`` when it cannot even be made to wait."""
        if self._neighbourhoods.within(address, now):
            return True
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            self._sleep(DELAY_SECONDS)
        finally:
            self._waiting.release()
        return True

    def is_exhausted(self, address: str, now: datetime) -> bool:
        """Whether wrong codes from there are slowed down by now."""
        return self._neighbourhoods.is_passed(address, now)


def wrong(visit: Visit) -> bool:
    """Count a wrong code of this request; ``False`` when nothing but no is left."""
    return is_free(visit) or _budget().wrong(request.remote_addr or "", visit.now)


def is_exhausted(visit: Visit) -> bool:
    """Whether this request comes from where too many wrong codes came from."""
    if is_free(visit):
        return False
    return _budget().is_exhausted(request.remote_addr or "", visit.now)


def is_free(visit: Visit) -> bool:
    """Whether nothing is counted: a demonstration, on the machine itself."""
    return visit.services.settings.demo and is_loopback(request.remote_addr or "")


def _budget() -> CodeBudget:
    budget: CodeBudget = current_app.extensions.setdefault(_EXTENSION, CodeBudget())
    return budget
