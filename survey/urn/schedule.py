"""The daily act of a survey: release, sweep, renew the number that is shown.

Knows which hour it is for the town and nothing about who sends answers: no
sender can bring it about or put it off.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta

from survey.storage import lanes, schedule
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
    """Do the lane's daily act if it is due; ``None`` when it was not.

    What concerns the whole survey is done by the first lane of the day.
    """
    released = None
    with desk.turn() as turn:
        plan = _plan(turn)
        day = day_of(now, plan.hour)
        if plan.state != "open" or plan.done_on == day:
            return None
        is_first = plan.shown_on != day
        if is_due(now, hour=plan.hour, done_on=plan.done_on):
            released = let_go(turn, today=_today(now))
            if is_first:
                _sweep(turn, day)
        note(turn, day)
        if is_first:
            show(turn, day)
    if released:
        _tidy(desk, released)
    return released


def release_now(desk: Desk, now: datetime) -> Released:
    """Release at the office's word, in place of today's daily act."""
    with desk.turn() as turn:
        released = let_go(turn, today=_today(now))
        day = day_of(now, _plan(turn).hour)
        note(turn, day)
        show(turn, day)
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
        desk.tidy()


def looks_due(desk: Desk, now: datetime) -> bool:
    """Whether it is worth taking the lane for the daily act."""
    plan = schedule.plan(desk.connection(), desk.where.survey, desk.where.lane)
    if plan is None or plan.state != "open":
        return False
    return plan.done_on != day_of(now, plan.hour)


def _plan(turn: Turn) -> schedule.Plan:
    plan = schedule.plan(turn.connection, turn.where.survey, turn.where.lane)
    if plan is None:
        raise SurveyClosed(f"there is no survey {turn.where.survey}")
    return plan


def _sweep(turn: Turn, day: date) -> None:
    """Drafts first: a mark has to outlive every draft it stands for."""
    with closing(Drafts(turn.where.drafts)) as drafts:
        drafts.sweep_if_due(day)
    if day.toordinal() % KEPT_DAYS == 0:
        store.sweep_sent(turn.connection, turn.where.survey)


def note(turn: Turn, day: date) -> None:
    """Note that this lane's act of the day is done."""
    where = turn.where
    schedule.note(turn.connection, where.survey, where.lane, done_on=day)
    turn.is_changed = True


def show(turn: Turn, day: date) -> None:
    """Renew the number of received answers of all lanes, in tens."""
    number = received(lanes.totals(turn.connection, turn.where.survey))
    schedule.show(turn.connection, turn.where.survey, done_on=day, received=number)
    turn.is_changed = True
