"""The daily act of a survey: release, sweep, renew the number that is shown.

Knows which hour it is for the town and nothing about who sends answers: no
sender can bring it about or put it off.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from survey.storage import schedule
from survey.storage import urn as store
from survey.storage.drafts import KEPT_DAYS, Drafts
from survey.urn.correction import correct_unanswered
from survey.urn.desk import Desk
from survey.urn.errors import SurveyClosed
from survey.urn.invariant import received
from survey.urn.release import Released, let_go
from survey.urn.turn import Turn


def day_of(now: datetime, hour: int) -> date:
    """The day whose hour has passed last, in the town's own time."""
    return (now.astimezone() - timedelta(hours=hour)).date()


def is_due(now: datetime, *, hour: int, done_on: date | None) -> bool:
    """Whether the survey's hour has passed since the last daily act.

    Never at the first look, which only begins to count; and a clock that was
    ahead and is put right does not stop the acts to come.
    """
    if done_on is None:
        return False
    day = day_of(now, hour)
    return done_on < day


def act(desk: Desk, now: datetime) -> Released | None:
    """Do the daily act if it is due; ``None`` when it was not."""
    released = None
    with desk.turn() as turn:
        plan = _plan(turn)
        day = day_of(now, plan.hour)
        if plan.state != "open" or plan.done_on == day:
            return None
        if is_due(now, hour=plan.hour, done_on=plan.done_on):
            released = let_go(turn, today=_today(now))
            _sweep(turn, day)
        note(turn, day)
    if released:
        _tidy(desk, released)
    return released


def release_now(desk: Desk, now: datetime) -> Released:
    """Release at the office's word, in place of today's daily act."""
    with desk.turn() as turn:
        released = let_go(turn, today=_today(now))
        note(turn, day_of(now, _plan(turn).hour))
    _tidy(desk, released)
    return released


def correct_now(desk: Desk, now: datetime) -> bool:
    """Put a correction in force at once while nobody has answered."""
    with desk.turn() as turn:
        return correct_unanswered(turn, today=_today(now))


def _today(now: datetime) -> date:
    return now.astimezone().date()


def _tidy(desk: Desk, released: Released) -> None:
    if released.n or released.is_corrected:
        desk.truncate_log()


def looks_due(desk: Desk, now: datetime) -> bool:
    """Whether it is worth taking the lane for the daily act."""
    plan = schedule.plan(desk.connection(), desk.where.survey)
    if plan is None or plan.state != "open":
        return False
    return plan.done_on != day_of(now, plan.hour)


def _plan(turn: Turn) -> schedule.Plan:
    plan = schedule.plan(turn.connection, turn.where.survey)
    if plan is None:
        raise SurveyClosed(f"there is no survey {turn.where.survey}")
    return plan


def _sweep(turn: Turn, day: date) -> None:
    """Drafts first: a mark has to outlive every draft it stands for."""
    Drafts(turn.where.drafts).sweep_if_due(day)
    if day.toordinal() % KEPT_DAYS == 0:
        store.sweep_sent(turn.connection, turn.where.survey, turn.where.lane)


def note(turn: Turn, day: date) -> None:
    """Note the day and renew the number of received answers, in tens."""
    schedule.note(
        turn.connection,
        turn.where.survey,
        done_on=day,
        received=received(turn.row),
    )
    turn.is_changed = True
