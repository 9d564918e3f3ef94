from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from survey.urn import Urn, Verdict, batch, writer
from survey.urn import urn as facade
from tests.urn import town
from tests.urn.test_release import fill


class Bell:
    """A hook that rings when a step is reached."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.rang = threading.Event()

    def __call__(self, step: str) -> None:
        if step == self.step:
            self.rang.set()


@pytest.fixture
def _restless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LOOK_SECONDS", 0.01)


@pytest.mark.usefixtures("_restless")
def test_an_idle_writer_releases_when_the_hour_has_passed(
    place: town.Place, moment: town.Clock
):
    bell = Bell("period-key")
    urn = Urn(place, town.SLUG, hooks=bell, clock=moment)
    urn.act_if_due()
    fill(urn, 12)
    moment.now += timedelta(days=1)
    assert bell.rang.wait(10)
    urn.stop()
    assert len(town.numbers(urn)) == 7


@town.BOTH
@pytest.mark.usefixtures("_restless")
def test_an_idle_writer_adds_its_counts_after_a_release(
    place: town.Place, moment: town.Clock
):
    bell = Bell("done")
    urn = Urn(place, town.SLUG, hooks=bell, clock=moment)
    urn.act_if_due()
    fill(urn, 12)
    for _ in range(10):
        urn.count("started")
    bell.rang.clear()
    Urn(place, town.SLUG, clock=moment).release()
    assert bell.rang.wait(10)
    urn.stop()
    assert urn.counts() == {"started": 10}
    assert urn.status().holds


@town.BOTH
def test_a_broken_invariant_is_noticed_at_the_start(
    urn: Urn, place: town.Place, caplog: pytest.LogCaptureFixture
):
    fill(urn, 3)
    urn.stop()
    assert "invariant" not in caplog.text
    connection = place.store.driver()
    connection.execute("UPDATE lanes SET admitted = 4")
    connection.close()
    fill(urn, 1, start=3)
    urn.stop()
    assert "the invariant of the urn of village is broken" in caplog.text


@pytest.mark.parametrize("act", ["release", "close"])
def test_a_broken_invariant_is_noticed_at_release_and_close(
    urn: Urn, place: town.Place, caplog: pytest.LogCaptureFixture, act: str
):
    fill(urn, 12)
    urn.stop()
    connection = place.store.driver()
    connection.execute("UPDATE lanes SET admitted = 11")
    connection.close()
    getattr(urn, act)()
    assert "the invariant of the urn of village is broken" in caplog.text


@town.BOTH
def test_stopping_stores_what_waits(urn: Urn, place: town.Place):
    fill(urn, 3)
    urn.stop()
    urn.stop()
    assert town.ask(place, "SELECT sum(n) FROM pool") == [(3,)]
    fill(urn, 1, start=3)
    assert town.ask(place, "SELECT sum(n) FROM pool") == [(4,)]


@town.BOTH
def test_batches_hold_sixty_four_answers_at_most(
    urn: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    sizes: list[int] = []
    really = batch._verdicts
    monkeypatch.setattr(
        batch,
        "_verdicts",
        lambda turn, members: sizes.append(len(members)) or really(turn, members),
    )
    fill(urn, 200)
    assert sum(sizes) == 200
    assert max(sizes) <= 64
    assert len(sizes) < 20


@pytest.mark.thorough
@pytest.mark.parametrize("place", ["founded_on_server"], indirect=True)
def test_the_boxes_that_were_written_over_take_no_room_for_long(
    urn: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    """Every batch leaves a dead copy of its box on the server, until it is swept."""
    monkeypatch.setattr(writer, "SWEEP_EVERY", 10)
    for number in range(60):
        fill(urn, 1, start=number)
    urn.stop()
    ((pages,),) = town.ask(
        place,
        "SELECT pg_relation_size(reltoastrelid) / 8192 FROM pg_class"
        " WHERE relname = 'pool'",
    )
    # the hot box alone was written 50 times, with up to 13 kB
    assert int(str(pages)) < 60


def test_a_sender_does_not_wait_forever(
    place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(facade, "WAIT_SECONDS", 0.05)
    goes_on = threading.Event()
    urn = Urn(place, town.SLUG, hooks=lambda _: goes_on.wait(10) and None)
    mark = bytes(16)
    assert urn.send(town.ballot(1), mark, "draft") is Verdict.TRY_AGAIN
    goes_on.set()
    urn.stop()
    assert urn.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    urn.stop()


def test_one_writer_serves_all_threads_of_a_process(urn: Urn):
    before = threading.active_count()
    threads = [
        threading.Thread(target=fill, args=(urn, 1), kwargs={"start": number})
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert threading.active_count() == before + 1
