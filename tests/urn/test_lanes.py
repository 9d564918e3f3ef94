"""Two machines on one database, each with a lane and keys of its own (k = 5)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from survey.storage.errors import StorageError
from survey.urn import Closed, CodeState, Outcome, Released, Urn, Verdict, WhenFew
from survey.urn.errors import KeyMissing, SurveyClosed
from tests.urn import town
from tests.urn.test_release import fill

DAY = timedelta(days=1)


@pytest.fixture
def other(place: town.Place, urn: Urn, moment: town.Clock) -> Iterator[Urn]:
    """The urn on the second machine, begun with a first look of both."""
    urn.act_if_due()
    other = Urn(place.beside("b"), town.SLUG, clock=moment)
    other.act_if_due()
    yield other
    other.stop()


def pools(place: town.Place) -> dict[object, object]:
    return dict(town.ask(place, "SELECT lane, sum(n) FROM pool GROUP BY lane"))


@town.BOTH
def test_a_code_counts_once_whichever_machine_it_is_sent_to(urn: Urn, other: Urn):
    codes = urn.issue(12)
    verdicts: list[Verdict] = []

    def send(at: Urn, code: str) -> None:
        verdicts.append(at.send(town.ballot(1), at.admission(code), "code"))

    threads = [
        threading.Thread(target=send, args=(at, code))
        for code in codes
        for at in (urn, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.value for one in verdicts) == ["already"] * 12 + ["stored"] * 12
    assert urn.status().holds
    assert all(other.state_of(code) is CodeState.USED for code in codes)


@town.BOTH
def test_somebody_without_a_code_counts_once_too(
    urn: Urn, other: Urn, place: town.Place
):
    marks = [urn.admission_of_draft(b"d", person) for person in range(12)]
    verdicts: list[Verdict] = []
    threads = [
        threading.Thread(
            target=lambda at, mark: verdicts.append(
                at.send(town.ballot(1), mark, "draft")
            ),
            args=(at, mark),
        )
        for mark in marks
        for at in (urn, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.value for one in verdicts) == ["already"] * 12 + ["stored"] * 12
    assert sum(map(int, pools(place).values())) == 12


def test_a_machine_without_the_code_key_is_told_to_copy_it(urn: Urn, place: town.Place):
    urn.issue(1)
    apart = place.beside("b")
    (apart.keys_dir / "village.code").unlink()
    with pytest.raises(KeyMissing, match=r"copy the key file village\.code"):
        Urn(apart, town.SLUG).issue(1)
    assert "copy the key file" in Urn(apart, town.SLUG).status().key_problem
    assert urn.status().key_problem == ""


@town.BOTH
def test_k_counts_in_each_lane(urn: Urn, other: Urn):
    fill(urn, 9)
    fill(other, 9, start=9)
    assert urn.release() == Released(0, 9)
    fill(urn, 1, start=18)
    assert urn.release() == Released(5, 5)
    assert other.release() == Released(0, 9)
    assert urn.status().holds
    assert other.status().holds


@town.BOTH
def test_each_lane_has_its_daily_act_and_the_number_is_of_both(
    urn: Urn, other: Urn, moment: town.Clock
):
    fill(urn, 12)
    fill(other, 13, start=12)
    urn.stop()
    other.stop()
    moment.now += DAY
    assert urn.act_if_due() == Released(7, 5)
    assert urn.act_if_due() is None
    assert urn.status().received == 20
    assert other.act_if_due() == Released(8, 5)
    assert other.act_if_due() is None
    assert other.status().received == 20


def test_marks_without_code_age_together(
    urn: Urn, other: Urn, place: town.Place, moment: town.Clock
):
    fill(urn, 1)
    fill(other, 1, start=1)
    for _ in range(8):
        urn.stop()
        other.stop()
        moment.now += DAY
        urn.act_if_due()
        other.act_if_due()
    generations = town.ask(place, "SELECT DISTINCT generation FROM lanes")
    assert generations == [(1,)]
    assert town.ask(place, "SELECT count(*) FROM sent") == [(2,)]


@town.BOTH
def test_a_correction_waits_for_k_answers_in_every_lane(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 12)
    fill(other, 3, start=12)
    town.let_wait(place)
    assert urn.release() == Released(7, 5)
    fill(other, 2, start=15)
    assert other.release() == Released(0, 5, is_corrected=True)
    assert town.in_force(place) == "corrected"
    settled = town.ask(place, "SELECT lane, settled FROM lanes ORDER BY lane")
    assert settled == [("b", 5), ("main", 5)]


@town.BOTH
def test_closing_opens_what_every_lane_hands_over_in_one_go(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 7)
    fill(other, 60, start=7)
    assert urn.close() == Closed(Outcome.WAITING, 0, ("b",))
    assert urn.status().waits_for == ("b",)
    for at in (urn, other):
        late = at.send(town.ballot(99), at.admission_of_draft(b"late", 1), "draft")
        assert late is Verdict.CLOSED
    assert other.hand_over()
    assert not other.hand_over()
    assert urn.status().waits_for == ()
    assert town.numbers(urn) == []
    assert urn.close() == Closed(Outcome.CLOSED, 67)
    assert sorted(town.numbers(other)) == list(range(67))
    assert urn.status().holds
    assert town.ask(place, "SELECT count(*) FROM pool") == [(0,)]
    assert town.ask(place, "SELECT count(*) FROM remainders") == [(0,)]
    check_keys_go(place, other)


def check_keys_go(place: town.Place, other: Urn) -> None:
    """The closing machine's at once, the other's when it sees the survey closed."""
    apart = place.instance / "b"
    assert not list(place.keys_dir.glob("village.*"))
    assert len(list(apart.glob("village.*"))) == 2
    with pytest.raises(SurveyClosed):
        other.release()
    assert not list(apart.glob("village.*"))


def test_an_idle_machine_hands_over_and_later_destroys_its_keys_by_itself(
    urn: Urn, other: Urn, place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    from survey.urn import writer

    monkeypatch.setattr(writer, "LOOK_SECONDS", 0.01)
    fill(urn, 7)
    fill(other, 7, start=7)
    assert urn.close().outcome is Outcome.WAITING
    wait_for(lambda: urn.status().waits_for == ())
    assert urn.close() == Closed(Outcome.CLOSED, 14)
    wait_for(lambda: not list((place.instance / "b").glob("village.*")))


def wait_for(happens) -> None:
    event = threading.Event()
    for _ in range(1000):
        if happens():
            return
        event.wait(0.01)
    raise AssertionError("it did not happen")


def test_a_lane_in_which_nothing_waits_is_not_waited_for(urn: Urn, other: Urn):
    fill(urn, 7)
    assert urn.close() == Closed(Outcome.CLOSED, 7)


def test_k_at_close_counts_over_all_lanes(urn: Urn, other: Urn):
    fill(urn, 3)
    fill(other, 1, start=3)
    assert urn.close() == Closed(Outcome.TOO_FEW, 0)
    fill(other, 1, start=4)  # the survey is open as before
    assert urn.close().outcome is Outcome.WAITING


def test_too_few_answers_of_all_lanes_are_destroyed_unopened(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 3)
    fill(other, 1, start=3)
    assert urn.close(WhenFew.DESTROY) == Closed(Outcome.DESTROYED, 0)
    assert town.ask(place, "SELECT lane, lost FROM lanes ORDER BY lane") == [
        ("b", 1),
        ("main", 3),
    ]
    assert urn.status().holds


@town.BOTH
def test_without_a_machine_that_is_lost_its_answers_are_recorded_as_lost(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 7)
    fill(other, 4, start=7)
    assert urn.close().outcome is Outcome.WAITING
    assert urn.close(without=["b"]) == Closed(Outcome.CLOSED, 7)
    assert town.ask(place, "SELECT lane, released, lost FROM lanes ORDER BY lane") == [
        ("b", 0, 4),
        ("main", 7, 0),
    ]
    assert urn.status().holds


def test_another_machine_takes_over_when_the_closing_one_is_lost(urn: Urn, other: Urn):
    fill(urn, 3)
    fill(other, 6, start=3)
    assert urn.close().outcome is Outcome.WAITING
    with pytest.raises(SurveyClosed, match="--without-lane main"):
        other.close()
    assert other.close(without=["main"]) == Closed(Outcome.CLOSED, 6)
    assert sorted(town.numbers(other)) == list(range(3, 9))


def test_what_was_handed_over_to_a_lost_machine_can_be_handed_over_again(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 7)
    fill(other, 6, start=7)
    urn.close()
    other.hand_over()
    (place.keys_dir / "village.main.closing").unlink()
    assert urn.close() == Closed(Outcome.WAITING, 0, ("b",))
    assert other.hand_over()
    assert urn.close() == Closed(Outcome.CLOSED, 13)


def test_a_lane_that_does_not_exist_is_named(urn: Urn, other: Urn):
    fill(urn, 7)
    for name in ("c", "main"):
        with pytest.raises(StorageError, match=f"no other lane {name}; there is: b"):
            urn.close(without=[name])


def test_what_was_handed_over_is_read_by_nobody_else_and_not_changed_unnoticed(
    urn: Urn, other: Urn, place: town.Place
):
    fill(urn, 7)
    fill(other, 6, start=7)
    urn.close()
    other.hand_over()
    connection = place.store.driver()
    connection.execute("UPDATE remainders SET n = 5")
    assert urn.status().waits_for == ("b",)
    connection.execute("UPDATE remainders SET n = 6, box = zeroblob(length(box))")
    connection.close()
    with pytest.raises(KeyMissing, match="lane b of village"):
        urn.close()


def test_while_a_survey_is_being_closed_the_office_changes_nothing(
    urn: Urn, other: Urn
):
    codes = urn.issue(2)
    fill(urn, 7)
    fill(other, 6, start=7)
    urn.close()
    for act in (
        lambda: urn.issue(1),
        lambda: other.issue(1),
        lambda: other.use_slips(codes),
        lambda: urn.release(),
    ):
        with pytest.raises(SurveyClosed):
            act()


def test_a_repair_concerns_its_own_lane(urn: Urn, other: Urn, place: town.Place):
    fill(urn, 7)
    fill(other, 4, start=7)
    other.stop()
    (place.instance / "b" / "village.b.pool").unlink()
    assert urn.repair().lost_answers == 0
    assert other.repair(accept_loss=True).lost_answers == 4
    assert pools(place) == {"main": 7, "b": 0}
    assert urn.status().holds
