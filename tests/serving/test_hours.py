"""The daily act is done on its hour, whether anybody answers or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from survey.urn import Ballot, Urn
from tests import instances
from tests.serving.server import serving, until

SLUG, PEOPLE, K = "single", 25, 10


class Yesterday:
    """A clock a day behind."""

    def __call__(self):
        return datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def answered(settings):
    """A survey whose people answered yesterday, after its hour."""
    day = Yesterday()().date()
    instances.publish(settings, SLUG, day, languages=("de",))
    urn = Urn(settings, SLUG, clock=Yesterday())
    for number in range(PEOPLE):
        mark = urn.admission_of_draft(b"hours", number)
        urn.send(Ballot({"mood": "good"}, (), "link", "de"), mark, "draft")
    urn.act_if_due()
    urn.stop()
    return settings


def released(settings) -> int:
    urn = Urn(settings, SLUG)
    try:
        return len(list(urn.responses()))
    finally:
        urn.stop()


def test_a_server_that_starts_anew_does_what_is_due_though_nobody_answers(answered):
    assert released(answered) == 0
    with serving(answered, "--workers", "2") as server:
        until(lambda: released(answered), server.process, "a release")
    assert released(answered) == PEOPLE - K


def test_the_timer_does_the_same_and_says_nothing(answered, runner_of):
    done = runner_of(answered, "release", "--due")
    assert (done.exit_code, done.output) == (0, "")
    assert released(answered) == PEOPLE - K


def test_the_timer_does_nothing_twice(answered, runner_of):
    for _ in range(2):
        runner_of(answered, "release", "--due", SLUG)
    assert released(answered) == PEOPLE - K


@pytest.fixture
def runner_of():
    """Run a command against an instance."""
    from click.testing import CliRunner

    from survey.cli import survey

    def run(settings, *words):
        environment = {"SURVEY_INSTANCE": str(settings.instance)}
        return CliRunner().invoke(survey, words, env=environment)

    return run
