from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from survey.storage.drafts import Drafts, shelf
from survey.urn import Released, Urn, Verdict
from survey.urn.schedule import day_of, is_due
from tests.urn import test_release, town

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def fill(urn: Urn, count: int, *, start: int = 0) -> None:
    """Send answers and let the writer rest, so that only the test acts."""
    test_release.fill(urn, count, start=start)
    urn.stop()


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("at", "done_on", "due"),
    [
        (datetime(2026, 5, 2, 2, 59, tzinfo=UTC), date(2026, 5, 1), False),
        (datetime(2026, 5, 2, 3, 0, tzinfo=UTC), date(2026, 5, 1), True),
        (datetime(2026, 5, 2, 23, 0, tzinfo=UTC), date(2026, 5, 2), False),
        (datetime(2026, 5, 9, 3, 0, tzinfo=UTC), date(2026, 5, 1), True),
        (datetime(2026, 5, 2, 3, 0, tzinfo=UTC), None, False),
        (datetime(2026, 5, 2, 3, 0, tzinfo=UTC), date(2027, 1, 1), False),
    ],
)
def test_the_daily_act_is_due_once_the_hour_has_passed(
    at: datetime, done_on: date | None, due: bool
):
    assert is_due(at, hour=3, done_on=done_on) is due


def test_the_day_begins_at_the_surveys_hour():
    assert day_of(datetime(2026, 5, 2, 2, 59, tzinfo=UTC), 3) == date(2026, 5, 1)
    assert day_of(datetime(2026, 5, 2, 3, 0, tzinfo=UTC), 3) == date(2026, 5, 2)


def test_the_first_look_releases_nothing(urn: Urn):
    fill(urn, 20)
    assert urn.act_if_due() is None
    assert town.numbers(urn) == []


@town.BOTH
def test_a_day_later_the_answers_are_released_once(urn: Urn, moment: town.Clock):
    urn.act_if_due()
    fill(urn, 20)
    moment.now = NOON + DAY
    assert urn.act_if_due() == Released(n=15, kept=5)
    fill(urn, 20, start=20)
    assert urn.act_if_due() is None
    moment.now = NOON + 2 * DAY
    assert urn.act_if_due() == Released(n=20, kept=5)


@town.BOTH
def test_the_writer_does_the_daily_act_by_itself(urn: Urn, moment: town.Clock):
    urn.act_if_due()
    fill(urn, 20)
    moment.now = NOON + DAY
    fill(urn, 1, start=20)
    # a writer begins with what is due, so the answer that woke it is not among them
    assert len(town.numbers(urn)) == 15
    assert 20 not in town.numbers(urn)


def test_a_clock_that_was_ahead_does_not_stop_later_releases(
    urn: Urn, moment: town.Clock
):
    urn.act_if_due()
    moment.now = NOON + 400 * DAY
    urn.act_if_due()
    fill(urn, 20)
    moment.now = NOON + DAY
    assert urn.act_if_due() is None
    assert town.numbers(urn) == []
    moment.now = NOON + 2 * DAY
    assert urn.act_if_due() == Released(n=15, kept=5)


def test_a_clock_that_jumps_to_and_fro_releases_at_most_once_a_jump(
    urn: Urn, moment: town.Clock
):
    urn.act_if_due()
    fill(urn, 12)
    moment.now = NOON + DAY
    assert urn.act_if_due() == Released(n=7, kept=5)
    fill(urn, 9, start=12)
    moment.now = NOON
    urn.act_if_due()
    moment.now = NOON + DAY
    assert urn.act_if_due() == Released(n=9, kept=5)
    assert len(set(town.numbers(urn))) == 16


@town.BOTH
def test_the_received_number_is_in_tens_and_renewed_by_the_daily_act(
    urn: Urn, moment: town.Clock
):
    urn.act_if_due()
    fill(urn, 27)
    assert urn.status().received == 0
    moment.now = NOON + DAY
    urn.act_if_due()
    assert urn.status().received == 20
    fill(urn, 13, start=27)
    assert urn.status().received == 20
    urn.close()
    assert urn.status().received == 40


@town.BOTH
def test_a_mark_without_code_outlives_every_draft_it_stands_for(
    urn: Urn, place: town.Place, moment: town.Clock
):
    drafts = Drafts(shelf(place))
    urn.act_if_due()
    moment.now = NOON + DAY
    urn.act_if_due()
    drafts.save(b"id", b"box")
    mark = urn.admission_of_draft(b"id", 1)
    urn.send(town.ballot(1), mark, "draft")
    days_with_draft = 0
    for day in range(2, 60):
        moment.now = NOON + day * DAY
        urn.act_if_due()
        if drafts.load(b"id") is not None:
            days_with_draft = day
            assert urn.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    assert 7 <= days_with_draft <= 14
    assert town.ask(place, "SELECT count(*) FROM sent") == [(0,)]
    drafts.close()


def test_a_survey_that_is_not_open_has_no_daily_act(place: town.Place):
    town.open_survey(place, "other", state="published")
    urn = Urn(place, "other", clock=town.Clock())
    assert urn.act_if_due() is None
    assert town.ask(place, "SELECT count(*) FROM schedule") == [(0,)]
