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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from survey.urn import Urn
from survey.urn.contact import SLOT, Contact
from survey.urn.contact_box import ContactBox, Noted
from tests.attack import children
from tests.attack.test_forensics import towns
from tests.attack.test_seizure import opens
from tests.attack.thief import Guess, hits, limit, successes
from tests.urn import town
from tests.urn.test_contact_box import TODAY, UNTIL, offer

PERSONS = 80
POOL = 20
STEPS = ["row", "key-written", "sealed", "committed", "destroyed"]
CRASHES = [(step, before) for step in STEPS for before in (0, 3)]
CRASHES += [("begun", 0), ("recovered", 3)]


def contact(person: int) -> Contact:
    return Contact(f"kanarie{person}@example.org", ("raffle",), f"Zaunkönig {person}")


def person_of(found: Contact) -> int:
    return int(found.reach.removeprefix("kanarie").partition("@")[0])


def copied(instance: Path) -> dict[str, bytes]:
    """Every file outside the folder of the keys."""
    return {
        str(file.relative_to(instance)): file.read_bytes()
        for file in sorted(instance.rglob("*"))
        if file.is_file() and "keys" not in file.relative_to(instance).parts
    }


@dataclass
class Watcher:
    """Who wrote a contact after which answer, and what was readable of either."""

    sent: list[int] = field(default_factory=list)
    readable: set[str] = field(default_factory=set)
    sizes: dict[str, set[int]] = field(default_factory=dict)

    def look(self, files: Mapping[str, bytes]) -> None:
        for name, data in files.items():
            self.sizes.setdefault(name, set()).add(len(data))
            for word in ("kanarie", "Zaunk"):
                for encoding in ("utf-8", "utf-16-le"):
                    if word.encode(encoding) in data:
                        self.readable.add(name)

    def guesses(
        self, contacts: Sequence[int], answers: Sequence[int]
    ) -> dict[str, Guess]:
        """Ways of laying the office's list beside the rows of answers.

        He is even told which rows are of those who left a contact.
        """
        beside = [answer for answer in answers if answer in set(contacts)]
        by_hash = sorted(
            contacts, key=lambda one: hashlib.sha256(str(one).encode()).digest()
        )
        ways = {
            "order of the list": list(contacts),
            "order of sending": [one for one in self.sent if one in set(contacts)],
            "order of the words": sorted(contacts, key=str),
            "order of a hash": by_hash,
        }
        found: dict[str, Guess] = {}
        for name, people in ways.items():
            found[name] = dict(zip(people, beside, strict=True))
            backwards = list(reversed(beside))
            found[f"{name}, backwards"] = dict(zip(people, backwards, strict=True))
        return found


def live(place: town.Place, seed: int) -> dict[str, Guess]:
    """People send, two of three leave a contact at once, the urn releases."""
    offer(place)
    chance = random.Random(seed)
    urn = Urn(place, town.SLUG, clock=town.Clock())
    box = ContactBox(place, town.SLUG)
    urn.act_if_due()
    codes = urn.issue(PERSONS)
    watcher = Watcher()
    for person in range(PERSONS):
        urn.send(town.ballot(person), urn.admission(codes[person]), "code")
        watcher.look(copied(place.instance))
        watcher.sent.append(person)
        if chance.random() < 2 / 3:
            assert box.add(contact(person), today=TODAY) is Noted.NOTED
            watcher.look(copied(place.instance))
        if person % POOL == POOL - 1:
            urn.release()
            watcher.look(copied(place.instance))
    urn.close()
    watcher.look(copied(place.instance))
    contacts = [person_of(one) for one in box.opened(today=TODAY)]
    answers = town.numbers(urn)
    urn.stop()
    watcher.look(copied(place.instance))
    assert watcher.readable == set()
    return watcher.guesses(contacts, answers)


def test_copies_after_every_answer_and_contact_link_no_better_than_chance(
    tmp_path: Path,
):
    found = []
    for seed, place in enumerate(towns(tmp_path, 2)):
        guesses = live(place, seed)
        persons = len(guesses["order of sending"])
        found.append(successes(guesses, persons, POOL))
    assert found[0] & found[1] == set()


def test_the_thief_links_everybody_where_contacts_are_kept_the_usual_way(
    tmp_path: Path,
):
    """To show that he can: answers and contacts in two ordinary tables."""
    connection = sqlite3.connect(tmp_path / "survey.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, n INTEGER)")
    connection.execute("CREATE TABLE contacts (id TEXT PRIMARY KEY, n INTEGER)")
    watcher = Watcher()
    for person in range(PERSONS):
        for table in ("answers", "contacts"):
            statement = f"INSERT INTO {table} VALUES (hex(randomblob(16)), ?)"  # noqa: S608
            connection.execute(statement, (person,))
        watcher.sent.append(person)
    rows = {}
    for table in ("answers", "contacts"):
        statement = f"SELECT n FROM {table} ORDER BY rowid"  # noqa: S608 - our words
        rows[table] = [n for (n,) in connection.execute(statement)]
    connection.close()
    guesses = watcher.guesses(rows["contacts"], rows["answers"])
    assert hits(guesses["order of the list"]) == PERSONS
    assert limit(PERSONS, POOL) < PERSONS / 4


def test_the_list_of_the_office_is_in_no_order(tmp_path: Path):
    """Over 60 contacts the correlation of ranks stays within three sigma, 3/√59."""
    (place,) = towns(tmp_path, 1)
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
        (town.SLUG, "contacts", "contacts", epoch, 0, salt, n, sealed)
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
