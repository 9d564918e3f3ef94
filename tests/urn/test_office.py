from __future__ import annotations

from datetime import date

import pytest

from survey.urn import CodeState, Urn, Verdict
from survey.urn.errors import CeilingReached, CodesCollide, SurveyClosed
from tests.urn import town
from tests.urn.test_release import fill

TODAY = date(2026, 5, 2)


@town.BOTH
def test_only_marks_of_codes_are_kept(urn: Urn, place: town.Place):
    codes = urn.issue(50)
    content = b"".join(
        file.read_bytes() for file in place.instance.rglob("*") if file.is_file()
    )
    assert not any(code.encode() in content for code in codes)
    assert town.ask(place, "SELECT count(*), sum(used) FROM codes") == [(50, 0)]


def test_more_codes_leave_the_earlier_ones_as_they_were(urn: Urn):
    first = urn.issue(5)
    urn.send(town.ballot(1), urn.admission(first[0]), "code")
    second = urn.issue(5)
    assert urn.state_of(first[0]) is CodeState.USED
    assert all(urn.state_of(code) is CodeState.FREE for code in first[1:] + second)
    assert urn.status().issued == 10


def test_the_list_is_laid_out_in_the_order_of_its_marks(urn: Urn, place: town.Place):
    for _ in range(3):
        urn.issue(800)
    pages = [
        page
        for (page,) in town.ask(
            place,
            "SELECT pageno FROM dbstat WHERE name = 'codes' AND pagetype = 'leaf'"
            " ORDER BY path",
        )
    ]
    assert len(pages) > 3
    assert pages == sorted(pages)


@town.BOTH
def test_a_slip_from_an_envelope_uses_its_code_without_an_answer(
    urn: Urn, place: town.Place
):
    codes = urn.issue(4)
    urn.send(town.ballot(1), urn.admission(codes[0]), "code")
    slips = urn.use_slips([codes[0], codes[1], codes[1], codes[2], "4711"])
    assert slips.counted == 2
    assert slips.already_used == (codes[0], codes[1])
    assert slips.unknown == ("4711",)
    assert urn.state_of(codes[1]) is CodeState.USED
    assert urn.send(town.ballot(2), urn.admission(codes[2]), "code") is Verdict.ALREADY
    assert urn.status().holds
    assert town.ask(place, "SELECT used, slips FROM lanes") == [(3, 2)]


def test_slips_that_are_all_unknown_change_nothing(urn: Urn):
    urn.issue(1)
    assert urn.use_slips(["", "x"]).counted == 0
    assert urn.status().holds


def test_codes_on_paper_become_valid_all_or_none(urn: Urn):
    (held,) = urn.issue(1)
    fresh = "4539148803436467"
    with pytest.raises(CodesCollide):
        urn.register([fresh, held])
    assert urn.state_of(fresh) is CodeState.UNKNOWN
    urn.register([fresh])
    assert urn.state_of(fresh) is CodeState.FREE


def test_making_codes_valid_once_more_changes_nothing(urn: Urn):
    codes = urn.issue(3)
    urn.send(town.ballot(1), urn.admission(codes[0]), "code")
    urn.register(codes, again=True)
    assert urn.state_of(codes[0]) is CodeState.USED
    assert urn.status().issued == 3
    assert urn.status().holds


@town.BOTH
def test_spare_codes_are_counted_by_reason_and_end_at_the_ceiling(urn: Urn):
    code = urn.spare("letter lost", today=TODAY, ceiling=2)
    urn.spare("moved", today=TODAY, ceiling=2)
    assert urn.state_of(code) is CodeState.FREE
    with pytest.raises(CeilingReached):
        urn.spare("moved", today=TODAY, ceiling=2)
    urn.spare("moved", today=date(2026, 5, 3), ceiling=2)
    assert urn.status().spares == {"letter lost": 1, "moved": 2}


def test_a_closed_survey_issues_no_codes(urn: Urn):
    fill(urn, 5)
    urn.close()
    with pytest.raises(SurveyClosed):
        urn.issue(1)
    with pytest.raises(SurveyClosed):
        urn.spare("lost", today=TODAY)


def test_the_invariant_notices_answers_that_were_taken_away(
    urn: Urn, place: town.Place
):
    fill(urn, 10)
    assert urn.status().holds
    urn.release()
    assert urn.status().holds
    tamper(place, "DELETE FROM responses WHERE id = (SELECT min(id) FROM responses)")
    assert not urn.status().holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pool SET n = n + 1",
        "DELETE FROM pool",
        "UPDATE codes SET used = 0",
        "UPDATE codes SET used = 1",
        "UPDATE lanes SET released = 1",
    ],
)
@town.BOTH
def test_the_invariant_notices_tampering(urn: Urn, place: town.Place, statement: str):
    codes = urn.issue(8)
    urn.send_many(
        [(town.ballot(i), urn.admission(code)) for i, code in enumerate(codes[:6])],
        "code",
    )
    tamper(place, statement)
    assert not urn.status().holds


def tamper(place: town.Place, statement: str) -> None:
    connection = place.store.driver()
    connection.execute(statement)
    connection.close()
