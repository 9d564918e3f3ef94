"""The second urn: kept sealed, opened after the close, gone on its day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from survey.storage.engine import driver
from survey.storage.errors import StoreUnavailable
from survey.urn import Urn, contact_box
from survey.urn.contact import Contact
from survey.urn.contact_box import ContactBox, Noted, StillSealed, delete_due
from survey.urn.errors import KeyMissing
from survey.urn.lane import Lane
from tests.urn import town

TODAY = date(2026, 5, 2)
UNTIL = date(2026, 7, 31)


def offer(place: town.Place, until: date = UNTIL) -> None:
    """Ask people of the open survey whether they want to be reached."""
    connection = driver(place.database)
    connection.execute(
        """UPDATE surveys SET contact_for = '["workshop", "raffle"]',"""
        " contact_until = ?",
        (until.isoformat(),),
    )
    connection.close()


def person(number: int) -> Contact:
    return Contact(f"person{number}@example.org", ("workshop",), f"Person {number}")


@pytest.fixture
def box(place: town.Place) -> ContactBox:
    offer(place)
    return ContactBox(place, town.SLUG)


def add(box: ContactBox, *numbers: int) -> None:
    for number in numbers:
        assert box.add(person(number), today=TODAY) is Noted.NOTED


def keys_of(box: ContactBox) -> list[bool]:
    """Which slots of the key file hold anything."""
    data = box.key_file.read_bytes()
    return [any(data[at : at + 4096]) for at in (0, 4096, 8192)]


def test_everybody_is_in_it_once_the_survey_is_closed(box: ContactBox, urn: Urn):
    add(box, *range(7))
    urn.issue(1)
    urn.close()
    found = box.opened(today=TODAY)
    assert sorted(found, key=str) == sorted(map(person, range(7)), key=str)
    assert box.opened(today=TODAY) != []


def test_nobody_opens_it_before(box: ContactBox):
    add(box, 1)
    with pytest.raises(StillSealed, match="is open"):
        box.opened(today=TODAY)
    with pytest.raises(StillSealed, match="close it first"):
        box.delete(today=TODAY)
    assert box.count() == 1


def test_closing_the_survey_leaves_the_box_and_its_keys(box: ContactBox, urn: Urn):
    add(box, 1, 2)
    urn.issue(1)
    urn.close()
    assert len(box.opened(today=TODAY)) == 2


def test_the_same_person_twice_is_one_entry(box: ContactBox):
    add(box, 1, 1, 2)
    assert box.count() == 2


def test_one_key_opens_the_box_and_the_last_one_is_destroyed(box: ContactBox):
    for number in range(4):
        add(box, number)
        assert keys_of(box) == [number % 2 == 1, number % 2 == 0, False]


def test_keys_are_readable_for_their_owner_alone(box: ContactBox):
    add(box, 1)
    assert box.key_file.stat().st_mode & 0o777 == 0o600


def test_nothing_is_taken_where_nothing_is_offered(place: town.Place):
    box = ContactBox(place, town.SLUG)
    assert box.add(person(1), today=TODAY) is Noted.CLOSED
    assert box.count() == 0
    assert not box.key_file.exists()


def test_nothing_is_taken_after_close_or_after_its_day(
    box: ContactBox, urn: Urn, place: town.Place
):
    assert box.add(person(1), today=UNTIL) is Noted.NOTED
    assert box.add(person(2), today=UNTIL + timedelta(days=1)) is Noted.CLOSED
    urn.issue(1)
    urn.close()
    assert box.add(person(3), today=TODAY) is Noted.CLOSED


def test_a_flood_ends_somewhere(box: ContactBox, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(contact_box, "MOST", 2)
    add(box, 1, 2)
    assert box.add(person(3), today=TODAY) is Noted.CLOSED
    assert box.add(person(2), today=TODAY) is Noted.NOTED


def test_deleted_contacts_are_gone_with_their_keys(
    box: ContactBox, urn: Urn, place: town.Place
):
    add(box, 1, 2, 3)
    urn.issue(1)
    urn.close()
    assert box.delete(today=TODAY) == 3
    assert not box.key_file.exists()
    assert town.ask(place, "SELECT count(*) FROM contacts") == [(0,)]
    assert town.ask(place, "SELECT contact_for FROM surveys") == [(None,)]
    assert box.opened(today=TODAY) == []
    assert box.delete(today=TODAY) == 0


def test_on_the_day_after_nobody_gets_them_any_more(
    box: ContactBox, urn: Urn, place: town.Place
):
    add(box, 1)
    urn.issue(1)
    urn.close()
    assert len(box.opened(today=UNTIL)) == 1
    assert box.opened(today=UNTIL + timedelta(days=1)) == []
    assert town.ask(place, "SELECT count(*) FROM contacts") == [(0,)]


def test_what_is_due_is_deleted_whether_the_survey_is_closed_or_not(
    box: ContactBox, place: town.Place
):
    add(box, 1)
    assert delete_due(place, today=UNTIL) == []
    assert delete_due(place, today=UNTIL + timedelta(days=1)) == [town.SLUG]
    assert delete_due(place, today=UNTIL + timedelta(days=1)) == []
    assert not box.key_file.exists()


def test_a_box_without_its_key_takes_nothing_and_destroys_nothing(
    box: ContactBox, place: town.Place
):
    add(box, 1)
    kept = box.key_file.read_bytes()
    box.key_file.unlink()
    assert box.add(person(2), today=TODAY) is Noted.TRY_AGAIN
    box.key_file.write_bytes(kept)
    box.key_file.chmod(0o600)
    add(box, 2)
    assert box.count() == 2


def test_a_box_with_keys_of_another_time_stays_shut(box: ContactBox, urn: Urn):
    add(box, 1)
    kept = box.key_file.read_bytes()
    add(box, 2, 3, 4)
    box.key_file.write_bytes(kept)
    assert box.add(person(5), today=TODAY) is Noted.TRY_AGAIN
    urn.issue(1)
    urn.close()
    with pytest.raises(KeyMissing):
        box.opened(today=TODAY)


def test_a_box_that_was_changed_does_not_open(
    box: ContactBox, urn: Urn, place: town.Place
):
    add(box, 1, 2)
    urn.issue(1)
    urn.close()
    connection = driver(place.database)
    connection.execute("UPDATE contacts SET n = 1")
    connection.close()
    with pytest.raises(KeyMissing, match="tampered"):
        box.opened(today=TODAY)


def test_a_store_out_of_reach_means_try_again(place: town.Place, tmp_path: Path):
    gone = town.Place(tmp_path / "gone", tmp_path / "keys")
    box = ContactBox(gone, town.SLUG)
    assert box.add(person(1), today=TODAY) is Noted.TRY_AGAIN
    with pytest.raises(StoreUnavailable):
        box.count()


def test_the_lane_of_the_answers_is_never_taken(
    box: ContactBox, urn: Urn, place: town.Place
):
    """A long queue at one urn keeps nobody waiting at the other."""
    urn.issue(1)
    with Lane(box.key_file.parent, place.lane).taken():
        assert box.add(person(1), today=TODAY) is Noted.NOTED


def test_what_lies_on_another_machine_is_named_and_deleted_all_the_same(
    box: ContactBox, urn: Urn, place: town.Place
):
    add(box, 1)
    connection = driver(place.database)
    connection.execute(
        "INSERT INTO contacts (survey, lane, epoch, salt, n, box)"
        " SELECT survey, 'second', epoch, salt, n, box FROM contacts"
    )
    connection.close()
    assert (box.count(), box.elsewhere()) == (2, ("second",))
    urn.issue(1)
    urn.close()
    assert box.opened(today=TODAY) == [person(1)]
    assert delete_due(place, today=UNTIL + timedelta(days=1)) == [town.SLUG]
    assert box.count() == 0
