"""Thieves of backups, and a survey that is lost in the middle and restored."""

from __future__ import annotations

import base64
import json
import sqlite3
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as generated
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from survey import backup
from survey.storage import retention
from survey.storage.engine import connect, driver
from survey.urn import CodeState, Urn, Verdict
from tests.attack import linking
from tests.attack.test_canaries import WORDS, send
from tests.attack.test_forensics import Burgled, K, at_once
from tests.attack.thief import DATABASE
from tests.backup import keeping
from tests.urn import town

PEOPLE, A_NIGHT = 300, 8
READABLE = """
CREATE TABLE codes (survey TEXT, mark BLOB, used INTEGER);
CREATE TABLE pool (n INTEGER);
CREATE TABLE responses
    (survey TEXT, id BLOB, channel TEXT, language TEXT, answers TEXT);
"""


def stolen(file: Path) -> dict[str, bytes]:
    """A backup as bytes, and as a database of all that the passphrase opens.

    Rows stand in it in the order in which they stand in the backup.
    """
    read = keeping.unpacked(file)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(READABLE)
    waiting = json.loads(read["manifest.json"])["surveys"][town.SLUG]["waiting"]
    connection.execute("INSERT INTO pool VALUES (?)", (waiting,))
    with backup.opened(file) as opened:
        codes = opened.unseal(keeping.WORDS).tables["codes"][1]
        responses = list(opened.rows("responses"))[1:]
    connection.executemany("INSERT INTO codes VALUES (?, ?, ?)", decoded(codes))
    connection.executemany(
        "INSERT INTO responses VALUES (?, ?, ?, ?, ?)", decoded(responses)
    )
    database = connection.serialize()
    connection.close()
    return {**read, DATABASE: database}


def decoded(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows whose second cell is binary."""
    return [[row[0], base64.b64decode(row[1]), *row[2:]] for row in rows]


class Nightly(Burgled):
    """A town of whose life the thief has only the backups, with all their secrets."""

    def look(self) -> None:
        file = self.place.instance.parent / f"{self.place.instance.name}.backup"
        keeping.save(self.place, file)
        self.thief.look(stolen(file))
        file.unlink()


def nights(folder: Path, *, people: int, a_night: int) -> Nightly:
    """So many people a day; every night a release, if there is enough, and a backup."""
    burgled = Nightly(folder, people)
    for number in range(1, people + 1):
        burgled.send()
        if number % a_night == 0:
            burgled.urn.release()
            burgled.look()
    burgled.look()
    burgled.close()
    return burgled


def test_a_series_of_nightly_backups_links_no_better_than_chance(tmp_path: Path):
    burgle = partial(nights, people=PEOPLE, a_night=A_NIGHT)
    linking.check_chance(burgle, tmp_path, k=K)


def test_the_thief_of_backups_wins_where_everything_is_released_every_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """To show that he can: of two people a night he guesses one in two."""
    at_once(monkeypatch)
    burgled = nights(tmp_path / "naive", people=60, a_night=2)
    assert linking.surest(burgled.thief) == 1 / 2
    guess = linking.guesses(burgled.thief)["first copy with its bytes"]
    # chance at 1 / k would link 6 of 60, with three sigma 13
    assert linking.hits(guess, burgled.truth).right > 13


def test_no_two_backups_show_which_codes_were_used_between_them(
    urn: Urn, place: town.Place, tmp_path: Path
):
    codes = urn.issue(30)
    files = []
    for person in range(12):
        urn.send(town.ballot(person), urn.admission(codes[person]), "code")
        keeping.save(place, tmp_path / f"{person}")
        files.append(keeping.unpacked(tmp_path / f"{person}"))
    marks = [bytes(mark) for (mark,) in town.ask(place, "SELECT mark FROM codes")]
    readable = [
        b"".join(content for name, content in one.items() if name != "sealed.bin")
        for one in files
    ]
    for mark in marks:
        spellings = (mark, mark.hex().encode(), base64.b64encode(mark)[:-2])
        assert not any(one in text for one in spellings for text in readable)
    # whoever stays out of the sealed part learns only how many
    assert len({len(one["sealed.bin"]) for one in files}) == 1


def test_words_that_wait_were_deleted_or_not_sent_are_in_no_backup(
    urn: Urn, place: town.Place, tmp_path: Path
):
    drafts = place.instance / "drafts.sqlite"
    drafts.write_bytes(WORDS[1].encode())
    send(urn, 0, text=WORDS[0])
    connection = driver(place.database)
    connection.execute(
        "INSERT INTO comments VALUES ('village', ?, 'q03', 'de', ?)",
        (b"i" * 16, f"{WORDS[2]} " * 40),
    )
    # what is deleted carelessly may stay in a free page of the file …
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("DELETE FROM comments")
    connection.close()
    everything = place.database.read_bytes() + wal(place)
    assert WORDS[2].encode() in everything
    # … and does not travel
    keeping.save(place, tmp_path / "b")
    content = b"".join(keeping.unpacked(tmp_path / "b").values())
    assert [word for word in WORDS if word.encode() in content] == []


def wal(place: town.Place) -> bytes:
    path = place.database.with_name("survey.sqlite-wal")
    return path.read_bytes() if path.exists() else b""


def test_answers_come_in_while_backups_are_made_and_every_one_adds_up(
    urn: Urn, place: town.Place, tmp_path: Path
):
    codes = urn.issue(120)
    verdicts: list[Verdict] = []

    def answer(start: int) -> None:
        for person in range(start, 120, 3):
            mark = urn.admission(codes[person])
            verdicts.append(urn.send(town.ballot(person), mark, "code"))
            if person % 20 == 0:
                urn.release()

    people = [threading.Thread(target=answer, args=(at,)) for at in range(3)]
    for one in people:
        one.start()
    made = 0
    while any(one.is_alive() for one in people) and made < 40:
        keeping.save(place, tmp_path / f"{made}")
        made += 1
    for one in people:
        one.join()
    assert Counter(verdicts) == {Verdict.STORED: 120}
    assert made > 1
    for number in range(made):
        assert adds_up(tmp_path / f"{number}")


def adds_up(file: Path) -> bool:
    """The equation of the urn, from what the backup itself holds."""
    read = keeping.unpacked(file)
    kept = json.loads(read["manifest.json"])["surveys"][town.SLUG]
    counters = kept["counters"]
    responses = len(read["tables/responses.jsonl"].splitlines()) - 1
    with backup.opened(file) as opened:
        _, codes = opened.unseal(keeping.WORDS).tables["codes"]
    used = sum(row[2] for row in codes)
    return (
        counters["used"] == used == kept["used"]
        and counters["released"] == responses
        and used == kept["waiting"] + responses + counters["lost"]
    )


def test_lost_in_the_middle_no_code_gives_two_answers(
    urn: Urn, place: town.Place, tmp_path: Path
):
    """25 before the backup, 15 after it, then everything is lost; all 60 try."""
    codes = urn.issue(60)
    for person in range(25):
        urn.send(town.ballot(person), urn.admission(codes[person]), "code")
    urn.release()
    keeping.save(place, tmp_path / "b")
    for person in range(25, 40):
        urn.send(town.ballot(person), urn.admission(codes[person]), "code")
    urn.release()
    again, restored = keeping.restore(tmp_path / "b", tmp_path / "new")
    other = keeping.urn_of(again)
    before = town.numbers(other)
    verdicts = [
        other.send(town.ballot(1000 + person), other.admission(code), "code")
        for person, code in enumerate(codes)
    ]
    assert verdicts == [Verdict.ALREADY] * 25 + [Verdict.STORED] * 35
    assert other.status().holds
    other.close()
    people = Counter(number % 1000 for number in town.numbers(other))
    other.stop()
    assert set(people.values()) == {1}
    assert len(before) + restored.surveys[0].lost == 25


class Losses(RuleBasedStateMachine):
    """People send, again and again; the town saves, loses everything and restores."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(_folders.pop())
        self.place = town.found(self.folder / "0")
        town.open_survey(self.place)
        self.urn = keeping.urn_of(self.place)
        self.codes = self.urn.issue(24)
        self.first: dict[int, int] = {}
        self.saved: list[tuple[Path, dict[int, int]]] = []
        self.answer = self.losses = 0

    @initialize(people=st.integers(0, 8))
    def begin(self, people: int) -> None:
        for who in range(people):
            self.send(who, 1)
        self.save()

    @rule(who=st.integers(0, 23), times=st.integers(1, 2))
    def send(self, who: int, times: int) -> None:
        for _ in range(times):
            self.answer += 1
            number = self.answer * 100 + who
            mark = self.urn.admission(self.codes[who])
            verdict = self.urn.send(town.ballot(number), mark, "code")
            expected = Verdict.ALREADY if who in self.first else Verdict.STORED
            assert verdict is expected
            self.first.setdefault(who, number)

    @rule(people=st.integers(5, 12))
    def many(self, people: int) -> None:
        for who in range(people):
            self.send(who, 1)

    @rule()
    def release(self) -> None:
        self.urn.release()

    @precondition(lambda self: len(self.saved) < 4)
    @rule()
    def save(self) -> None:
        path = self.folder / f"{len(self.saved)}.backup"
        keeping.save(self.place, path)
        self.saved.append((path, dict(self.first)))

    @precondition(lambda self: self.saved and self.losses < 3)
    @rule(which=st.integers(0, 3))
    def lose(self, which: int) -> None:
        path, first = self.saved[which % len(self.saved)]
        self.urn.stop()
        self.losses += 1
        self.place, _ = keeping.restore(path, self.folder / f"new {self.losses}")
        self.urn = keeping.urn_of(self.place)
        self.first = dict(first)

    @rule()
    def restart(self) -> None:
        self.urn.stop()
        self.urn = keeping.urn_of(self.place)

    @invariant()
    def holds(self) -> None:
        assert self.urn.status().holds
        assert self.urn.status().key_problem == ""

    @invariant()
    def first_answer_wins(self) -> None:
        for number in town.numbers(self.urn):
            assert self.first[number % 100] == number

    @invariant()
    def used_codes_are_those_that_answered(self) -> None:
        used = [self.urn.state_of(code) is CodeState.USED for code in self.codes]
        assert [who for who, is_used in enumerate(used) if is_used] == sorted(
            self.first
        )

    def teardown(self) -> None:
        if not self.losses:
            self.lose(0)  # nobody ends without having lost something
            self.used_codes_are_those_that_answered()
        _losses.append(self.losses)
        self.urn.close("destroy")
        numbers = town.numbers(self.urn)
        self.urn.stop()
        assert len({number % 100 for number in numbers}) == len(numbers)


_folders: list[str] = []
_losses: list[int] = []


def test_whatever_is_saved_lost_and_restored_the_first_answer_wins(
    tmp_path_factory: pytest.TempPathFactory,
):
    examples = 12
    _folders[:] = [str(tmp_path_factory.mktemp("losses")) for _ in range(examples * 60)]
    case = Losses.TestCase
    case.settings = generated(
        generated.get_profile("unhurried"),
        max_examples=examples,
        stateful_step_count=16,
        database=None,
    )
    _losses.clear()
    case().runTest()
    assert len(_losses) >= examples
    assert min(_losses) >= 1


def test_answers_deleted_by_date_are_in_no_later_backup(
    urn: Urn, place: town.Place, tmp_path: Path
):
    for person in range(30):
        send(urn, person, text=f"{WORDS[0]} {'lang ' * 20} {person}")
    urn.close()
    keeping.save(place, tmp_path / "before")
    assert WORDS[0].encode() in b"".join(keeping.unpacked(tmp_path / "before").values())
    engine = connect(place)
    retention.delete(
        engine, town.SLUG, retention.COMMENTS, today=town.OPENED_AT.date(), files=0
    )
    engine.dispose()
    keeping.save(place, tmp_path / "after")
    after = b"".join(keeping.unpacked(tmp_path / "after").values())
    assert WORDS[0].encode() not in after
