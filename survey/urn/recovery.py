"""Destroys what a process that died between two steps left behind.

Part of every turn, never done without the lane and the locked row; destroys
nothing that a crash of ours cannot have left.
"""

from __future__ import annotations

from survey.storage import urn as store
from survey.storage.errors import StoreUnavailable
from survey.urn.errors import KeyMissing
from survey.urn.keys import PERIOD, Slot
from survey.urn.turn import Turn


def recover(turn: Turn) -> None:
    """Leave the one key of the epoch and the one of the period.

    Raises ``KeyMissing`` when keys and database are not of the same time.
    """
    row, slots = turn.row, turn.slots
    overtaken = slots.read((row.epoch + 1) % 2)
    _check_belonging(turn, overtaken)
    if overtaken is not None:
        if overtaken.number == turn.epoch:
            _fence(turn)
        slots.destroy(overtaken.number % 2)
    period = slots.read(PERIOD)
    if period is None or period.number < row.period:
        slots.write(PERIOD, row.period)
    turn.hook("recovered")


def _check_belonging(turn: Turn, other: Slot | None) -> None:
    """Keys of another time than the database's must not be destroyed.

    A crash leaves the epoch before or after; anything else means that the
    database or the keys come from a copy.
    """
    row, where = turn.row, turn.where
    current = turn.slots.read(row.epoch % 2)
    period = turn.slots.read(PERIOD)
    is_wrong = (
        (current is not None and current.number != row.epoch)
        or (other is not None and abs(other.number - row.epoch) != 1)
        or (period is not None and period.number > row.period)
    )
    if current is None and not is_wrong:
        hot = store.hot_part(turn.connection, where.survey, where.lane)
        is_wrong = hot is not None
    if (period is None or period.number < row.period) and not is_wrong:
        is_wrong = store.has_cold(turn.connection, where.survey, where.lane, row.period)
    if is_wrong:
        raise KeyMissing(
            f"the pool keys of {where.survey} and the database do not belong"
            " together; put back the right files or run: survey repair"
        )


def _fence(turn: Turn) -> None:
    """Make sure that the lost transaction cannot come back.

    After a failed sync its pages may still lie behind the end of the
    write-ahead log, where a later start would find them. A durable write takes
    their place; only then may their key be destroyed.
    """
    store.turn_fence(turn.connection, turn.where.survey, turn.where.lane)
    turn.connection.commit()
    turn.again()
    again = store.lane_row(turn.connection, turn.where.survey, turn.where.lane)
    if again is None or again.epoch != turn.row.epoch:
        raise StoreUnavailable("the lane moved while it was locked")
    turn.row = again
