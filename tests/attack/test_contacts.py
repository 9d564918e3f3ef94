"""Contacts come right after answers: copies of all files still link none to any.

The thief copies every file outside the folder of the keys after every single
answer and every single contact, and gets the office's list of contacts in the end.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from survey.urn import Urn
from survey.urn.contact import SLOT, Contact
from survey.urn.contact_box import ContactBox, Noted
from tests.attack import children, linking
from tests.attack.test_forensics import Burgled, K
from tests.attack.test_seizure import opens
from tests.attack.thief import copied
from tests.urn import town
from tests.urn.test_contact_box import TODAY, UNTIL, offer

PEOPLE = 120
STEPS = ["row", "key-written", "sealed", "committed", "destroyed"]
CRASHES = [(step, before) for step in STEPS for before in (0, 3)]
CRASHES += [("begun", 0), ("recovered", 3)]
WORDS = [
    word.encode(encoding)
    for word in ("kanarie", "Zaunk")
    for encoding in ("utf-8", "utf-16-le")
]


def contact(person: int) -> Contact:
    return Contact(f"kanarie{person}@example.org", ("raffle",), f"Zaunkönig {person}")


def person_of(found: Contact) -> int:
    return int(found.reach.removeprefix("kanarie").partition("@")[0])


class Reached(Burgled):
    """A town whose people leave a contact right after they have sent."""

    def __init__(self, folder: Path, people: int) -> None:
        super().__init__(folder, people)
        offer(self.place)
        self.box = ContactBox(self.place, town.SLUG)
        self.chance = random.Random(people)
        self.listed: list[int] = []
        self.held: set[str] = set()

    def look(self) -> None:
        files = copied(self.place.instance)
        self.thief.look(files)
        for name, data in files.items():
            if any(word in data for word in WORDS):
                self.held.add(name)

    def live(self) -> None:
        for number in range(1, PEOPLE + 1):
            self.send()
            self.look()
            if self.chance.random() < 2 / 3:
                added = self.box.add(contact(self._order[number - 1]), today=TODAY)
                assert added is Noted.NOTED
                self.look()
            if number % 30 == 0:
                self.urn.release()
                self.look()
        self.close()
        self.listed = [person_of(one) for one in self.box.opened(today=TODAY)]
        self.look()
        assert self.held == set()


def reached(folder: Path) -> Reached:
    """A town that was watched to the end, its list in the thief's hands."""
    burgled = Reached(folder, PEOPLE)
    burgled.live()
    return burgled


def beside(listed: Sequence[int], answers: Sequence[int]) -> dict[str, dict[int, int]]:
    """Ways of laying the office's list beside the rows of answers.

    The thief is even told which rows are of those who left a contact.
    """
    ways = {
        "order of the list": list(listed),
        "order of the words": sorted(listed, key=str),
        "order of a hash": sorted(
            listed, key=lambda one: hashlib.sha256(str(one).encode()).digest()
        ),
    }
    found = {}
    for name, people in ways.items():
        found[name] = dict(zip(people, answers, strict=True))
        found[f"{name}, backwards"] = dict(
            zip(people, list(reversed(answers)), strict=True)
        )
    return found


def winning(burgled: Reached) -> set[str]:
    """Ways that link more people than pure chance, which links one of all of them."""
    theirs = {burgled.truth[person] for person in burgled.listed}
    rows = [answer for answer in burgled.thief.rows if answer in theirs]
    return {
        name
        for name, pairs in beside(burgled.listed, rows).items()
        if sum(burgled.truth[person] == answer for person, answer in pairs.items()) > 4
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Reached:
    """One town for both ways of looking at it; others only in case of doubt."""
    return reached(tmp_path_factory.mktemp("first"))


def test_contacts_help_nobody_who_copies_everything_to_link_codes_to_answers(
    first: Reached, tmp_path: Path
):
    towns = iter([first])
    linking.check_chance(
        lambda folder: next(towns, None) or reached(folder), tmp_path, k=K
    )


def test_the_list_of_contacts_laid_beside_the_answers_links_no_better_than_chance(
    first: Reached, tmp_path: Path
):
    won = winning(first)
    if won:
        won &= winning(reached(tmp_path / "again"))
    assert won == set()


def test_the_thief_links_everybody_where_contacts_are_kept_the_usual_way():
    """To show that he can: answers and contacts in two ordinary tables."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, n INTEGER)")
    connection.execute("CREATE TABLE contacts (id TEXT PRIMARY KEY, n INTEGER)")
    rows = {}
    for table in ("answers", "contacts"):
        statement = f"INSERT INTO {table} VALUES (hex(randomblob(16)), ?)"  # noqa: S608
        for person in range(PEOPLE):
            connection.execute(statement, (person,))
        statement = f"SELECT n FROM {table} ORDER BY rowid"  # noqa: S608 - our words
        rows[table] = [n for (n,) in connection.execute(statement)]
    connection.close()
    pairs = beside(rows["contacts"], rows["answers"])["order of the list"]
    assert all(person == answer for person, answer in pairs.items())


def test_the_list_of_the_office_is_in_no_order(tmp_path: Path):
    """Over 60 contacts the correlation of ranks stays within three sigma, 3/√59."""
    place = town.found(tmp_path)
    town.open_survey(place)
    offer(place)
    box = ContactBox(place, town.SLUG)
    for person in range(60):
        box.add(contact(person), today=TODAY)
    urn = Urn(place, town.SLUG, clock=town.Clock())
    urn.issue(1)
    urn.close()
    urn.stop()
    order = [person_of(one) for one in box.opened(today=TODAY)]
    mean = 29.5
    both = sum((at - mean) * (n - mean) for at, n in enumerate(order))
    assert abs(both / sum((n - mean) ** 2 for n in range(60))) < 3 / 59**0.5


def boxes(place: town.Place) -> list[tuple[str, str, str, int, int, bytes, int, bytes]]:
    rows = town.ask(place, "SELECT epoch, salt, n, box FROM contacts")
    return [
        (town.SLUG, "main", "contacts", epoch, 0, salt, n, sealed)
        for epoch, salt, n, sealed in rows
    ]


def test_the_live_key_opens_no_box_of_an_earlier_copy(place: town.Place):
    offer(place)
    box = ContactBox(place, town.SLUG)
    copies = []
    for person in range(6):
        box.add(contact(person), today=TODAY)
        copies += boxes(place)
    data = box.key_file.read_bytes()
    keys = [data[at + 16 : at + 48] for at in (0, 4096, 8192)]
    opened = [[opens(copy, key) for key in keys].count(True) for copy in copies]
    assert opened == [0, 0, 0, 0, 0, 1]


def test_the_length_of_the_box_tells_only_how_many_are_in_it(place: town.Place):
    offer(place)
    box = ContactBox(place, town.SLUG)
    sizes = []
    for reach, name in (("a@b.example", ""), ("0703112345", "N" * 100)):
        box.add(Contact(reach, ("raffle",), name), today=TODAY)
        sizes += town.ask(place, "SELECT length(box), n FROM contacts")
    assert {size - n * SLOT for size, n in sizes} == {12 + 4 + 16}


def test_deleted_contacts_are_in_no_file(place: town.Place):
    offer(place)
    box = ContactBox(place, town.SLUG)
    box.add(contact(1), today=TODAY)
    ((sealed,),) = town.ask(place, "SELECT box FROM contacts")
    box.delete(today=UNTIL + timedelta(days=1))
    assert isinstance(sealed, bytes)
    held = [
        name for name, data in copied(place.instance).items() if sealed[:64] in data
    ]
    assert held == []


def _act(place: town.Place, step: str, number: int, told: Path) -> None:
    box = ContactBox(place, town.SLUG, hooks=children.killed_at(step))
    children.note(told, box.add(contact(number), today=TODAY).value)


@pytest.mark.parametrize(("step", "before"), CRASHES)
def test_a_contact_survives_a_crash_at(
    step: str, before: int, place: town.Place, tmp_path: Path
):
    offer(place)
    box = ContactBox(place, town.SLUG)
    for number in range(before):
        box.add(contact(number), today=TODAY)
    if step == "recovered":
        # somebody died before, so that there is something to recover from
        run(place, "sealed", 90, tmp_path / "before")
    told = run(place, step, 99, tmp_path / "told")
    assert told == []
    assert box.add(contact(99), today=TODAY) is Noted.NOTED
    assert box.count() == before + 1
    data = box.key_file.read_bytes()
    assert [any(data[:4096]), any(data[4096:8192])].count(True) == 1
    close(place)
    found = sorted(map(person_of, box.opened(today=TODAY)))
    assert found == [*range(before), 99]


def run(place: town.Place, step: str, number: int, told: Path) -> list[str]:
    child = children.start(_act, place, step, number, told)
    child.join(20)
    assert child.exitcode == -signal.SIGKILL
    return children.noted(told)


def close(place: town.Place) -> None:
    urn = Urn(place, town.SLUG, clock=town.Clock())
    urn.issue(1)
    urn.close()
    urn.stop()


def test_a_commit_that_is_lost_is_told_and_can_be_repeated(
    place: town.Place, monkeypatch: pytest.MonkeyPatch
):
    """The disk is full at the worst moment: the key of before is still there."""
    offer(place)
    box = ContactBox(place, town.SLUG)
    box.add(contact(0), today=TODAY)

    def full(step: str) -> None:
        if step == "sealed":
            raise sqlite3.OperationalError("database or disk is full")

    broken = ContactBox(place, town.SLUG, hooks=full)
    assert broken.add(contact(1), today=TODAY) is Noted.TRY_AGAIN
    assert box.add(contact(1), today=TODAY) is Noted.NOTED
    close(place)
    assert sorted(map(person_of, box.opened(today=date(2026, 5, 3)))) == [0, 1]


def test_a_crash_while_deleting_leaves_no_key_behind_the_next_time(
    place: town.Place,
):
    offer(place)
    box = ContactBox(place, town.SLUG)
    box.add(contact(1), today=TODAY)
    shutil.copy(box.key_file, box.key_file.with_suffix(".copy"))
    after = UNTIL + timedelta(days=1)
    box.delete(today=after)
    # as if the process had died between the commit and the key
    box.key_file.with_suffix(".copy").rename(box.key_file)
    box.delete(today=after)
    assert not box.key_file.exists()
