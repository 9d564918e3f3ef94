"""The one equation that shows whether anything was added to or taken from an urn.

used codes - paper slips + admitted without code + typed paper
    = answers in all boxes + released + lost
"""

from __future__ import annotations

import logging
import sqlite3

from survey.storage import codes, responses, retention
from survey.storage import urn as store
from survey.storage.urn import LaneRow

log = logging.getLogger("survey.urn")


def received(row: LaneRow) -> int:
    """How many answers the urn has taken in."""
    return row.used - row.slips + row.admitted + row.typed


def holds(connection: sqlite3.Connection, survey: str, row: LaneRow) -> bool:
    """Whether the equation holds and the tables say the same as the counters.

    After close the list of codes is gone and the frozen counters stand alone.
    """
    if received(row) != store.pooled(connection, survey) + row.released + row.lost:
        return False
    # deleted by date: the counters stand for answers that are no more
    kept = 0 if retention.has_gone(connection, survey) else row.released
    if responses.released(connection, survey) != kept:
        return False
    return row.state == "closed" or codes.counts(connection, survey)[1] == row.used


def check(connection: sqlite3.Connection, survey: str, row: LaneRow) -> bool:
    """Whether it holds; says so in the log when it does not.

    Nothing is stopped by it: answers that are there are no less true because
    others were taken away. Whoever looks at the survey is shown it.
    """
    if holds(connection, survey, row):
        return True
    log.error("the invariant of the urn of %s is broken", survey)
    return False
