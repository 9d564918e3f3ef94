"""What is kept for a browser before and shortly after sending."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from survey.respond import draft
from survey.respond.draft import Receipt, Sent
from survey.respond.drawer import Drawer

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
KEY = bytes(range(32))


class Shelf(dict):
    """A store in memory."""

    def load(self, id_hash):
        return self.get(id_hash)

    def save(self, id_hash, box):
        self[id_hash] = box

    def save_both(self, one, other):
        self.update([one, other])

    def delete(self, id_hash):
        self.pop(id_hash, None)


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def drawer(shelf):
    return Drawer(shelf, KEY, "town")


@pytest.fixture
def filled():
    begun = draft.begin(channel="code", admission=b"m" * 16, now=NOW)
    return replace(
        begun,
        answers={"q02": "rather", "q05": ("f1", "f3"), "q23": "Bänke – مقاعد"},
        reached=("q01", "q02"),
        pending={"q05": {"q05": ("f1", "f2", "f3", "f4")}},
    )


def test_an_empty_drawer_holds_nothing(drawer):
    assert drawer.read() is None


def test_a_draft_comes_back_as_it_was_laid_in(drawer, filled):
    drawer.write(filled)
    assert drawer.read() == filled


def test_two_people_are_never_the_same_person():
    people = {
        draft.begin(channel="link", admission=b"", now=NOW).claim.person
        for _ in range(50)
    }
    assert len(people) == 50


def test_another_browser_or_survey_finds_nothing(shelf, drawer, filled):
    drawer.write(filled)
    assert Drawer(shelf, bytes(32), "town").read() is None
    assert Drawer(shelf, KEY, "village").read() is None


def test_a_box_laid_under_another_place_cannot_be_read(shelf, drawer, filled):
    drawer.write(filled)
    other = Drawer(shelf, bytes(32), "town")
    shelf[other.keys.id_hash] = shelf[drawer.keys.id_hash]
    assert other.read() is None


def test_the_store_sees_neither_words_nor_lengths_nor_key(shelf, drawer, filled):
    drawer.write(draft.begin(channel="link", admission=b"", now=NOW))
    (empty,) = shelf.values()
    drawer.write(filled)
    ((place, box),) = shelf.items()
    assert len(box) == len(empty)
    # long enough that chance does not write them into a ciphertext
    for secret in ("Bänke".encode(), b"answers", b"pending", b"m" * 16, KEY):
        assert secret not in box
        assert secret not in place
    assert drawer.keys.draft_id not in place


def test_after_thirty_minutes_without_a_touch_a_draft_is_idle(filled):
    assert not filled.is_idle(NOW + timedelta(minutes=30))
    assert filled.is_idle(NOW + timedelta(minutes=30, seconds=1))
    touched = replace(filled, touched=NOW + timedelta(minutes=20))
    assert not touched.is_idle(NOW + timedelta(minutes=45))


def test_a_rebuilt_draft_belongs_to_the_same_person_and_is_empty(filled):
    again = draft.rebuild(filled.claim, NOW)
    assert again.claim == filled.claim
    assert (again.answers, again.reached, again.pending) == ({}, (), {})
    assert again.receipt_key != filled.receipt_key


def test_the_receipt_is_found_only_with_its_new_key(shelf, drawer, filled):
    drawer.write(filled)
    settled = drawer.settle(filled, now=NOW, is_certain=True)
    assert settled.key == filled.receipt_key != KEY
    found = settled.read()
    assert isinstance(found, Receipt)
    assert (found.answers, found.reached) == (filled.answers, filled.reached)
    assert drawer.read() == Sent(filled.receipt_key, NOW)


def test_settling_twice_leaves_one_receipt(shelf, drawer, filled):
    drawer.write(filled)
    first = drawer.settle(filled, now=NOW, is_certain=True)
    second = drawer.settle(filled, now=NOW, is_certain=True)
    assert first.key == second.key
    assert len(shelf) == 2


def test_emptying_a_receipt_leaves_nothing_at_all(shelf, drawer, filled):
    drawer.write(filled)
    drawer.settle(filled, now=NOW, is_certain=False).empty()
    assert not shelf


def test_a_receipt_is_over_after_thirty_minutes():
    sent = Sent(KEY, NOW)
    assert not draft.is_over(sent, NOW + timedelta(minutes=30))
    assert draft.is_over(sent, NOW + timedelta(minutes=30, seconds=1))
