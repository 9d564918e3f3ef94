"""A process that holds the lane is stopped, not dead: others wait, and say so."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from survey.storage import store
from survey.urn import CodeState, Urn, Verdict, desk
from survey.urn.lane import Lane
from survey.urn.turn import STEPS
from tests import visits
from tests.attack import children
from tests.attack.test_trouble import check_the_urn_goes_on
from tests.urn import town

SENDING = [
    step for step in STEPS if step not in ("corrected", "settling", "period-key")
]
PATIENCE = 0.1


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline of a tenth of a second instead of five."""
    monkeypatch.setattr(store, "PATIENCE_SECONDS", PATIENCE)
    monkeypatch.setattr(desk, "Lane", partial(Lane, patience=PATIENCE))


def wait_until_stopped(child: BaseProcess) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        if state[0] == "T":
            return
        time.sleep(0.002)
    raise AssertionError("the child was not stopped")


@pytest.mark.parametrize("step", SENDING)
def test_nothing_is_lost_or_doubled_by_a_holder_stopped_at(
    urn: Urn, place: town.Place, tmp_path: Path, hurried: None, step: str
):
    urn.act_if_due()
    mine, theirs = urn.issue(2)
    told = tmp_path / "told"
    child = children.start(children.send_and_stop, place, step, theirs, told)
    wait_until_stopped(child)
    try:
        mark = urn.admission(mine)
        assert urn.send(town.ballot(1), mark, "code") is Verdict.TRY_AGAIN
        assert urn.state_of(mine) is CodeState.FREE
        # whoever was stopped presses Send again, at another process
        again = urn.send(town.ballot(2), urn.admission(theirs), "code")
        assert again is Verdict.TRY_AGAIN
    finally:
        os.kill(child.pid or 0, signal.SIGCONT)
        child.join(20)
    assert children.noted(told) == ["stored"]
    assert urn.send(town.ballot(1), mark, "code") is Verdict.STORED
    assert urn.send(town.ballot(2), urn.admission(theirs), "code") is Verdict.ALREADY
    check_the_urn_goes_on(urn, [1, 1000 + int(theirs) % 1000])


def test_people_read_that_they_may_press_send_again(
    publish, app, settings, hurried: None
):
    publish("zusammenleben")
    client = app.test_client()
    response = visits.respond(client, {}, slug="zusammenleben", until="review")
    with Lane(settings.keys_dir, "main").taken():
        refused = visits.post(client, visits.read(response), "send")
    assert refused.status_code == 422
    assert "press Send again" in refused.get_data(as_text=True)
    thanks = visits.post(client, visits.read(refused), "send")
    assert visits.read(thanks).kind == "thanks"
