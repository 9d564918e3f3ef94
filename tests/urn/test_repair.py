from __future__ import annotations

import shutil

import pytest

from survey.storage.errors import StoreUnavailable
from survey.urn import CodeState, Urn, Verdict
from tests.urn import town
from tests.urn.test_release import fill


@pytest.fixture
def full(urn: Urn) -> list[str]:
    """Codes of an urn with 7 used and 3 free ones."""
    codes = urn.issue(10)
    urn.send_many(
        [(town.ballot(i), urn.admission(code)) for i, code in enumerate(codes[:7])],
        "code",
    )
    return codes


def test_nothing_is_to_be_repaired_while_every_key_is_there(urn: Urn, full: list[str]):
    found = urn.repair()
    assert (found.lost_answers, found.spare_codes, found.is_done) == (0, 0, False)
    assert urn.status().key_problem == ""


def test_a_lost_pool_key_is_said_before_anything_is_given_up(
    urn: Urn, place: town.Place, full: list[str]
):
    (place.keys_dir / "village.main.pool").unlink()
    mark = urn.admission(full[8])
    assert urn.send(town.ballot(8), mark, "code") is Verdict.TRY_AGAIN
    assert "missing" in urn.status().key_problem
    found = urn.repair()
    assert (found.lost_answers, found.spare_codes, found.is_done) == (7, 7, False)
    assert town.ask(place, "SELECT n FROM pool") == [(7,)]


@town.BOTH
def test_after_the_repair_the_urn_takes_answers_again(
    urn: Urn, place: town.Place, full: list[str]
):
    (place.keys_dir / "village.main.pool").unlink()
    assert urn.repair(accept_loss=True).is_done
    assert urn.state_of(full[8]) is CodeState.FREE
    assert urn.send(town.ballot(8), urn.admission(full[8]), "code") is Verdict.STORED
    assert urn.status().holds
    assert town.ask(place, "SELECT lost FROM lanes") == [(7,)]
    fill(urn, 20, start=20)
    urn.close()
    assert sorted(town.numbers(urn)) == [8, *range(20, 40)]


@town.BOTH
def test_a_repair_keeps_every_answer_that_still_opens(urn: Urn, place: town.Place):
    fill(urn, 120)
    cold = sum(n for (n,) in town.ask(place, "SELECT n FROM pool WHERE part <> 'hot'"))
    file = place.keys_dir / "village.main.pool"
    file.write_bytes(file.read_bytes()[: 2 * 4096] + bytes(4096))
    assert urn.repair().lost_answers == cold > 0
    urn.repair(accept_loss=True)
    assert urn.status().holds
    assert urn.status().key_problem == ""
    urn.close()
    assert len(set(town.numbers(urn))) == 120 - cold


@town.BOTH
def test_a_lost_code_key_costs_the_codes_that_were_not_used(
    urn: Urn, place: town.Place, full: list[str]
):
    (place.keys_dir / "village.code").unlink()
    found = urn.repair(accept_loss=True)
    assert (found.lost_answers, found.lost_codes, found.spare_codes) == (0, 3, 3)
    assert urn.state_of(full[9]) is CodeState.UNKNOWN
    (new,) = urn.issue(1)
    assert urn.send(town.ballot(9), urn.admission(new), "code") is Verdict.STORED
    assert urn.status().holds


def test_an_older_copy_of_the_database_destroys_no_key(
    urn: Urn, place: town.Place, full: list[str]
):
    urn.stop()
    copy = place.instance / "copy.sqlite"
    shutil.copy(place.database, copy)
    fill(urn, 3, start=50)
    urn.stop()
    newest = place.instance / "newest.sqlite"
    shutil.copy(place.database, newest)
    keys_before = (place.keys_dir / "village.main.pool").read_bytes()
    shutil.copy(copy, place.database)
    mark = urn.admission_of_draft(b"x", 1)
    assert urn.send(town.ballot(60), mark, "draft") is Verdict.TRY_AGAIN
    assert "belong" in urn.status().key_problem
    urn.stop()
    assert (place.keys_dir / "village.main.pool").read_bytes() == keys_before
    shutil.copy(newest, place.database)
    assert urn.send(town.ballot(60), mark, "draft") is Verdict.STORED
    urn.close()
    assert len(town.numbers(urn)) == 11


def test_a_tampered_box_is_noticed_at_release(
    urn: Urn, place: town.Place, full: list[str]
):
    fill(urn, 10, start=20)
    connection = place.store.driver()
    connection.execute("UPDATE pool SET n = n - 1")
    connection.close()
    with pytest.raises(StoreUnavailable, match="tampered"):
        urn.release()
