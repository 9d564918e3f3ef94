"""Two machines on one database: crashes while closing, and one that stands still."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from survey.storage import store
from survey.storage.errors import StoreUnavailable
from survey.urn import Closed, Outcome, Urn, Verdict
from survey.urn.errors import SurveyClosed
from tests import postgres
from tests.attack import children
from tests.attack.test_stopped_holder import wait_until_stopped
from tests.urn import town
from tests.urn.test_release import fill

ANNOUNCE = ["lane", "row", "recovered", "announced", "committing", "committed"]
HAND_OVER = ["row", "opened", "handed-over", "committing", "committed", "done"]
FLUSH = ["row", "opened", "sealed", "committing", "committed", "destroyed"]


@pytest.fixture
def machines(place: town.Place, moment: town.Clock) -> tuple[town.Place, town.Place]:
    """Two machines with 7 and 60 answers."""
    urn = Urn(place, town.SLUG, clock=moment)
    fill(urn, 7)
    apart = place.beside("b")
    other = Urn(apart, town.SLUG, clock=moment)
    fill(other, 60, start=7)
    urn.stop()
    other.stop()
    return place, apart


def crash(place: town.Place, step: str, act: str, folder: Path) -> None:
    child = children.start(children.act, place, step, act, "", folder / "told")
    child.join(20)
    assert child.exitcode == -signal.SIGKILL


def check_everything_is_there(machines: tuple[town.Place, town.Place]) -> None:
    """Whatever happened before: closing goes on, and nothing is lost or doubled."""
    urn, other = (Urn(place, town.SLUG, clock=town.Clock()) for place in machines)
    for _ in range(3):
        if urn.status().state == "closed":
            break
        urn.close()
        if urn.status().state != "closed":
            other.hand_over()
    for at in (urn, other):
        with pytest.raises(SurveyClosed):
            at.release()
    assert sorted(town.numbers(urn)) == list(range(67))
    assert urn.status().holds
    for place in machines:
        assert not list(place.keys_dir.glob("village.*"))


@town.BOTH
@pytest.mark.parametrize("step", ANNOUNCE)
def test_announcing_survives_a_crash_at(
    step: str, machines: tuple[town.Place, town.Place], tmp_path: Path
):
    crash(machines[0], step, "close", tmp_path)
    check_everything_is_there(machines)


@town.BOTH
@pytest.mark.parametrize("step", HAND_OVER)
def test_handing_over_survives_a_crash_at(
    step: str, machines: tuple[town.Place, town.Place], tmp_path: Path
):
    assert Urn(machines[0], town.SLUG).close().outcome is Outcome.WAITING
    crash(machines[1], step, "hand over", tmp_path)
    check_everything_is_there(machines)


@town.BOTH
@pytest.mark.parametrize("step", FLUSH)
def test_opening_all_lanes_survives_a_crash_at(
    step: str, machines: tuple[town.Place, town.Place], tmp_path: Path
):
    Urn(machines[0], town.SLUG).close()
    Urn(machines[1], town.SLUG).hand_over()
    crash(machines[0], step, "close", tmp_path)
    check_everything_is_there(machines)


@pytest.mark.parametrize("place", ["founded_on_server"], indirect=True)
@pytest.mark.parametrize("step", ["opened", "sealed", "committing"])
def test_a_machine_that_stands_still_stops_no_other(
    step: str,
    place: town.Place,
    urn: Urn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Answers go on beside it; only the office's acts wait, and say so."""
    monkeypatch.setattr(store, "PATIENCE_SECONDS", 0.2)
    mine, theirs = urn.issue(2)
    told = tmp_path / "told"
    apart = place.beside("b")
    other = Urn(apart, town.SLUG, clock=town.Clock())
    for one in (urn, other):
        one.act_if_due()  # or a writer would begin with it, and stop there
    other.stop()
    child = children.start(children.send_and_stop, apart, step, theirs, told)
    wait_until_stopped(child)
    try:
        mark = urn.admission(mine)
        assert urn.send(town.ballot(1), mark, "code") is Verdict.STORED
        # the same person at another machine: their code is held
        again = urn.send(town.ballot(2), urn.admission(theirs), "code")
        assert again is Verdict.TRY_AGAIN
        with pytest.raises(StoreUnavailable):
            urn.release()
    finally:
        os.kill(child.pid or 0, signal.SIGCONT)
        child.join(20)
    assert children.noted(told) == ["stored"]
    assert urn.send(town.ballot(2), urn.admission(theirs), "code") is Verdict.ALREADY
    assert urn.status().holds


@pytest.mark.parametrize("place", ["founded_on_server"], indirect=True)
def test_the_server_frees_itself_of_a_machine_that_stands_still_for_long(
    place: town.Place, urn: Urn, tmp_path: Path
):
    """Its answer was never thanked for; it is told so when it wakes."""
    mine, theirs = urn.issue(2)
    told = tmp_path / "told"
    apart = place.beside("b")
    child = children.start(children.send_and_stop, apart, "sealed", theirs, told)
    wait_until_stopped(child)
    try:
        name = place.database_url.split("?")[0].rpartition("/")[2]
        # what idle_in_transaction_session_timeout does after fifteen seconds
        postgres.execute(
            postgres.address("postgres"),
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608
            f" WHERE datname = '{name}' AND state = 'idle in transaction'",
        )
        assert urn.send(town.ballot(1), urn.admission(mine), "code") is Verdict.STORED
        assert urn.release().n == 0
    finally:
        os.kill(child.pid or 0, signal.SIGCONT)
        child.join(20)
    assert children.noted(told) == ["try again"]
    assert urn.send(town.ballot(2), urn.admission(theirs), "code") is Verdict.STORED
    fill(urn, 8, start=10)
    assert urn.close() == Closed(Outcome.CLOSED, 10)
