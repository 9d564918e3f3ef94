"""A correction of an open survey takes effect, where that tells nothing of an answer.

No answer knows its edition; but its own words may betray that it was given before
or after the correction. So on either side of such a line stand k people, or nobody.
"""

from __future__ import annotations

from datetime import date

from survey.storage import corrections, lanes
from survey.urn import mixing
from survey.urn.invariant import received
from survey.urn.turn import Turn


def correct(turn: Turn, n: int, *, settled: int, today: date) -> bool:
    """Put the edition that waits in force if the ``n`` answers that wait allow it.

    ``settled`` of them waited when the last line was drawn. The line goes through
    every lane, so the answers of every other lane have to allow it too. Whether
    it was done.
    """
    connection, survey = turn.connection, turn.where.survey
    if not corrections.is_waiting(connection, survey):
        return False
    if not mixing.may_correct(n, turn.row.k, settled=settled):
        return False
    others = [
        one
        for one in lanes.standings(connection, survey)
        if one.lane != turn.where.lane
    ]
    if not all(
        mixing.may_correct(one.n, turn.row.k, settled=one.settled) for one in others
    ):
        return False
    corrections.take_effect(connection, survey, today)
    settle(turn, n)
    for one in others:
        lanes.settle(connection, survey, one.lane, one.n)
    turn.hook("corrected")
    return True


def correct_unanswered(turn: Turn, *, today: date) -> bool:
    """The same outside of any release, as long as nobody has answered."""
    totals = lanes.totals(turn.connection, turn.where.survey)
    return received(totals) == 0 and correct(turn, 0, settled=0, today=today)


def settle(turn: Turn, n: int) -> None:
    """Draw a line: the ``n`` answers that wait now stand on one side of it."""
    lanes.settle(turn.connection, turn.where.survey, turn.where.lane, n)
    turn.is_changed = True
