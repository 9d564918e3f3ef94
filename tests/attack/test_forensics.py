"""What copies of the files tell about who sent what: nothing but chance.

The thief holds every file outside the folder of keys, the list of codes and even
the key of their marks. Against urns with one protection taken out he wins, so he can.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from survey.urn import Urn, box, mixing, release
from tests.attack import linking
from tests.attack.thief import Thief, copied
from tests.urn import town

K = 10
PEOPLE = 300
FIRST = 70_000_000
MARKER = re.compile(r"n(7\d{7})")
"""An answer nobody else gave, and which occurs by chance in no random bytes."""
RELEASE_HOUR = 12
"""Of the test: the daily act is done at the first look after the hour."""


class Burgled:
    """A town whose people send with codes while a thief copies the files."""

    def __init__(
        self,
        folder: Path,
        people: int,
        *,
        clock: town.Clock | None = None,
        url: str = "",
        kind: type[Thief] = Thief,
    ):
        self.place = town.found(folder, url)
        town.open_survey(self.place, k=K)
        self.clock = clock or town.Clock()
        self.urn = Urn(self.place, town.SLUG, clock=self.clock)
        self.urn.act_if_due()
        self.codes = self.urn.issue(people)
        key = (self.place.keys_dir / "village.code").read_bytes()
        self.thief = kind.with_codes(MARKER, self.codes, key)
        self._order = random.Random(str(folder)).sample(range(people), people)
        self.truth = dict(
            enumerate(
                random.Random(people).sample(range(FIRST, FIRST + people), people)
            )
        )
        self.sent = 0

    def send(self) -> None:
        """The next person sends; who that is and what they say is no order."""
        person = self._order[self.sent]
        mark = self.urn.admission(self.codes[person])
        self.urn.send(town.ballot(self.truth[person]), mark, "code")
        self.sent += 1

    def look(self) -> None:
        self.thief.visit(self.place)

    def close(self) -> None:
        self.urn.close()
        self.look()
        answers = sorted(self.thief.rows)
        self.urn.stop()
        assert answers == sorted(self.truth[one] for one in self._order[: self.sent])
        assert {one for one, _ in self.thief.senders} == set(self._order[: self.sent])


def watched(
    folder: Path,
    people: int,
    *,
    release_every: int,
    look_every: int = 1,
    **more: Any,
) -> Burgled:
    """People send one after the other, with a copy taken every so often."""
    burgled = Burgled(folder, people, **more)
    for number in range(1, people + 1):
        burgled.send()
        if number % look_every == 0:
            burgled.look()
        if number % release_every == 0:
            burgled.urn.release()
            burgled.look()
    burgled.close()
    return burgled


def backed_up(folder: Path, *, days: int, a_day: float, looks: int) -> Burgled:
    """Backups at fixed hours of people arriving at random, with a daily release."""
    rng = random.Random(f"{days} {a_day} {looks}")
    clock = town.Clock(town.OPENED_AT.replace(hour=RELEASE_HOUR))
    burgled = Burgled(folder, round(days * a_day * 2), clock=clock)
    for _ in range(days):
        for _ in range(looks):
            clock.now += timedelta(hours=24 / looks)
            arrived = sum(rng.random() < a_day / looks / 4 for _ in range(4))
            for _ in range(arrived):
                burgled.send()
            if clock.now.hour == RELEASE_HOUR:
                burgled.urn.act_if_due()
            if arrived:
                burgled.look()
    burgled.close()
    return burgled


@pytest.mark.parametrize("release_every", [25, 150])
def test_copies_after_every_answer_link_no_better_than_chance(
    tmp_path: Path, release_every: int
):
    burgle = partial(watched, people=PEOPLE, release_every=release_every)
    linking.check_chance(burgle, tmp_path, k=K)


@pytest.mark.slow
@pytest.mark.parametrize(("release_every", "look_every"), [(20, 1), (60, 1), (60, 4)])
def test_many_copies_link_no_better_than_chance(
    tmp_path: Path, release_every: int, look_every: int
):
    burgle = partial(
        watched, people=900, release_every=release_every, look_every=look_every
    )
    linking.check_chance(burgle, tmp_path, k=K)


@pytest.mark.parametrize(
    ("a_day", "looks", "days"),
    [
        pytest.param(8, 24, 12),
        pytest.param(8, 24, 40, marks=pytest.mark.slow),
        pytest.param(2, 24, 150, marks=pytest.mark.slow),
        pytest.param(8, 1, 40),
    ],
)
def test_a_series_of_backups_links_no_better_than_chance(
    tmp_path: Path, a_day: float, looks: int, days: int
):
    burgle = partial(backed_up, days=days, a_day=a_day, looks=looks)
    linking.check_chance(burgle, tmp_path, k=K)


def unsealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers lie in the pool as they are."""
    kept: dict[bytes, list[bytes]] = {}

    def seal(key: bytes, place: object, slots: list[bytes]) -> tuple[bytes, bytes]:
        plain = b"".join(slots)
        kept[plain] = list(slots)
        return bytes(32), plain

    monkeypatch.setattr(box, "seal", seal)
    monkeypatch.setattr(box, "unseal", lambda key, place, salt, plain: kept[plain])


def unmixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealed, but taken out in the order it was put in, with counted ids."""
    numbers = count(1)
    monkeypatch.setattr(mixing, "shuffled", list)
    monkeypatch.setattr(mixing, "release", lambda mixed, k, **how: ([], mixed))
    monkeypatch.setattr(release, "_id", lambda: next(numbers).to_bytes(16, "big"))


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealed and mixed, but let go whenever somebody asks, nothing kept back."""
    monkeypatch.setattr(mixing, "release", lambda mixed, k, **how: ([], mixed))


@pytest.mark.parametrize(
    ("weaken", "release_every", "trace"),
    [
        (unsealed, 25, "first copy with its bytes, alone"),
        (unmixed, 25, "order of ids"),
        (at_once, 1, "first copy with its bytes"),
    ],
)
def test_the_thief_links_everybody_where_one_protection_is_left_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    weaken: Callable[[pytest.MonkeyPatch], None],
    release_every: int,
    trace: str,
):
    weaken(monkeypatch)
    burgled = watched(tmp_path, 100, release_every=release_every)
    guess = linking.guesses(burgled.thief)[trace]
    assert linking.hits(guess, burgled.truth).right == 100
    if weaken is at_once:
        assert linking.surest(burgled.thief) == 1


def test_the_thief_links_everybody_where_answers_are_kept_the_usual_way(
    tmp_path: Path,
):
    """An ordinary table with random text keys, and codes that are ticked off."""
    folder = tmp_path / "usual"
    folder.mkdir()
    connection = sqlite3.connect(folder / "survey.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE pool (n INTEGER)")
    connection.execute("CREATE TABLE codes (mark BLOB, used INTEGER)")
    connection.execute("CREATE TABLE responses (id TEXT PRIMARY KEY, answers TEXT)")
    people = 120
    marks = [bytes([person]) for person in range(people)]
    thief, truth = Thief(MARKER, marks), {}
    for person in random.Random(1).sample(range(people), people):
        truth[person] = FIRST + people - person
        connection.execute("INSERT INTO codes VALUES (?, 1)", (marks[person],))
        connection.execute(
            "INSERT INTO responses VALUES (hex(randomblob(16)), ?)",
            (json.dumps({"q01": f"n{truth[person]}"}),),
        )
        thief.look(copied(folder))
    connection.close()
    found = linking.guesses(thief)
    for trace in ("order of rows, alone", "first copy with its bytes, alone"):
        assert linking.hits(found[trace], truth).right == people


def test_two_boxes_one_after_the_other_have_no_block_in_common(
    urn: Urn, place: town.Place
):
    boxes: list[bytes] = []
    for person in range(12):
        urn.send(town.ballot(person), urn.admission_of_draft(b"d", person), "draft")
        ((box,),) = town.ask(place, "SELECT box FROM pool")
        boxes.append(box)
    for one, two in zip(boxes, boxes[1:], strict=False):
        blocks = {one[at : at + 8] for at in range(len(one) - 7)}
        assert not any(two[at : at + 8] in blocks for at in range(len(two) - 7))


def test_the_length_of_a_box_tells_only_how_many_answers_are_in_it(
    urn: Urn, place: town.Place
):
    sizes = []
    for person, text in enumerate(["", "x" * 100, "", "y" * 50]):
        mark = urn.admission_of_draft(b"d", person)
        urn.send(town.ballot(person, text=text), mark, "draft")
        sizes += town.ask(place, "SELECT length(box), n FROM pool")
    assert [n for _, n in sizes] == [1, 2, 3, 4]
    assert {size - n * town.SLOT for size, n in sizes} == {12 + 4 + 16}
