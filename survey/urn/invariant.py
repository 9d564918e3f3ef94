"""The one equation that shows whether anything was added to or taken from an urn.

used codes - paper slips + admitted without code + typed paper
    = answers in all boxes + released + lost, over all lanes
"""

from __future__ import annotations

import logging

from survey.storage import codes, lanes, responses, retention
from survey.storage.lanes import Totals
from survey.storage.store import Connection

log = logging.getLogger("survey.urn")


def received(totals: Totals) -> int:
    """How many answers the urn has taken in."""
    return totals.used - totals.slips + totals.admitted + totals.typed


def holds(connection: Connection, survey: str, state: str) -> bool:
    """Whether the equation holds and the tables say the same as the counters.

    After close the list of codes is gone and the frozen counters stand alone.
    Asked within a transaction, so that all of it is of one moment.
    """
    totals = lanes.totals(connection, survey)
    if received(totals) != totals.pooled + totals.released + totals.lost:
        return False
    # deleted by date: the counters stand for answers that are no more
    kept = 0 if retention.has_gone(connection, survey) else totals.released
    if responses.released(connection, survey) != kept:
        return False
    return state == "closed" or codes.counts(connection, survey)[1] == totals.used


def check(connection: Connection, survey: str, state: str) -> bool:
    """Whether it holds; says so in the log when it does not.

    Nothing is stopped by it: answers that are there are no less true because
    others were taken away. Whoever looks at the survey is shown it.
    """
    if holds(connection, survey, state):
        return True
    log.error("the invariant of the urn of %s is broken", survey)
    return False
