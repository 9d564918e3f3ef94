from __future__ import annotations

import pytest

from survey.urn import Urn, batch
from survey.urn.ballot import encode
from survey.urn.batch import Admission, Member, Verdict
from survey.urn.desk import Desk
from survey.urn.errors import LaneBusy
from tests.urn import town


@pytest.fixture
def desk(urn: Urn):
    desk = urn._mine().desk()
    yield desk
    desk.close()


def member(number: int, mark: bytes, admission: Admission = Admission.CODE) -> Member:
    shape = town.Shape(town.COLUMNS, town.SLOT)
    return Member(encode(town.ballot(number), 0, shape), mark, admission)


def take(desk: Desk, members: list[Member], more: list[Member] | None = None):
    waiting = more or []
    batch.take(desk, members, lambda most: waiting[:most], lambda period: {})
    return [one.verdict for one in members]


def test_each_member_of_a_batch_gets_its_own_verdict(urn: Urn, desk: Desk):
    free, used = urn.issue(2)
    urn.send(town.ballot(1), urn.admission(used), "code")
    members = [
        member(2, urn.admission(free)),
        member(3, urn.admission(free)),
        member(4, urn.admission(used)),
        member(5, b"no code of ours!"),
        member(6, b"a draft's mark..", Admission.DRAFT),
        member(7, b"a draft's mark..", Admission.DRAFT),
    ]
    assert [verdict.value for verdict in take(desk, members)] == [
        "stored",
        "already",
        "already",
        "unknown",
        "stored",
        "already",
    ]
    assert urn.status().holds
    urn.close("destroy")


def test_of_two_with_one_code_the_first_in_the_queue_is_kept(urn: Urn, desk: Desk):
    codes = urn.issue(6)
    marks = [urn.admission(code) for code in codes]
    take(desk, [member(i, mark) for i, mark in enumerate(marks)])
    twice = urn.admission(urn.issue(1)[0])
    take(desk, [member(100, twice), member(200, twice)])
    urn.close()
    assert 100 in town.numbers(urn)
    assert 200 not in town.numbers(urn)


def test_who_arrives_while_the_lane_is_waited_for_joins_the_batch(
    urn: Urn, desk: Desk, place: town.Place
):
    marks = [urn.admission_of_draft(b"d", i) for i in range(3)]
    members = [member(0, marks[0], Admission.DRAFT)]
    later = [member(i, marks[i], Admission.DRAFT) for i in (1, 2)]
    assert take(desk, members, later) == [Verdict.STORED] * 3
    assert town.ask(place, "SELECT epoch FROM lanes") == [(1,)]


def test_a_batch_of_refused_members_changes_nothing(
    urn: Urn, desk: Desk, place: town.Place
):
    urn.issue(1)
    keys = (place.keys_dir / "village.main.pool").read_bytes()
    assert take(desk, [member(1, bytes(16))]) == [Verdict.UNKNOWN]
    assert town.ask(place, "SELECT epoch FROM lanes") == [(0,)]
    assert (place.keys_dir / "village.main.pool").read_bytes() == keys


def test_when_a_batch_fails_nobody_in_it_is_told_anything_else(
    urn: Urn, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    def busy(most: int) -> list[Member]:
        raise LaneBusy("too late")

    free = urn.admission(urn.issue(1)[0])
    members = [member(1, free), member(2, b"no code of ours!")]
    with pytest.raises(LaneBusy):
        batch.take(desk, members, busy, lambda period: {})
    assert [one.verdict for one in members] == [Verdict.TRY_AGAIN] * 2
