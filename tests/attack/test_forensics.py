"""What copies of the files tell about who sent what: nothing but chance.

Chance exceeds three standard deviations once in a while; a way of guessing
counts as successful when it does so in two towns made independently.
"""

from __future__ import annotations

import json
import random
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from survey.urn import Urn
from tests.attack.thief import Guess, Thief, copied, hits, successes
from tests.urn import town

POOL = 20
RELEASE_HOUR = 12
"""Of the test: the daily act is done at the first look after the hour."""


def live(
    place: town.Place,
    persons: int,
    *,
    release_every: int,
    look_every: int = 1,
    with_codes: bool = True,
) -> dict[str, Guess]:
    """People send one after the other while the thief copies the files."""
    urn = Urn(place, town.SLUG, clock=town.Clock())
    urn.act_if_due()
    codes = urn.issue(persons) if with_codes else []
    thief = Thief()
    for person in range(persons):
        if with_codes:
            mark, kind = urn.admission(codes[person]), "code"
        else:
            mark, kind = urn.admission_of_draft(b"d", person), "draft"
        urn.send(town.ballot(person), mark, kind)
        if person % look_every == 0:
            thief.look(copied(place.instance))
        if person % release_every == release_every - 1:
            urn.release()
            thief.look(copied(place.instance))
    urn.close()
    thief.look(copied(place.instance))
    rows = town.numbers(urn)
    urn.stop()
    assert sorted(rows) == list(range(persons))
    return thief.guesses(rows)


def towns(folder: Path, count: int) -> list[town.Place]:
    places = []
    for number in range(count):
        place = town.found(folder / str(number))
        town.open_survey(place, k=10)
        places.append(place)
    return places


@pytest.mark.parametrize("with_codes", [True, False])
def test_copies_after_every_answer_link_no_better_than_chance(
    tmp_path: Path, with_codes: bool
):
    found = [
        successes(live(place, 80, release_every=20, with_codes=with_codes), 80, POOL)
        for place in towns(tmp_path, 2)
    ]
    assert found[0] & found[1] == set()


@pytest.mark.slow
@pytest.mark.parametrize(("release_every", "look_every"), [(20, 1), (60, 1), (60, 4)])
def test_many_copies_link_no_better_than_chance(
    tmp_path: Path, release_every: int, look_every: int
):
    found = [
        successes(
            live(place, 600, release_every=release_every, look_every=look_every),
            600,
            POOL,
        )
        for place in towns(tmp_path, 2)
    ]
    assert found[0] & found[1] == set()


def backups(place: town.Place, *, days: int, a_day: float, looks: int) -> Thief:
    """Backups at fixed hours of people arriving at random, with a daily release."""
    rng = random.Random(f"{days} {a_day} {looks}")
    clock = town.Clock(town.OPENED_AT.replace(hour=RELEASE_HOUR))
    urn, thief, person = Urn(place, town.SLUG, clock=clock), Thief(), 0
    urn.act_if_due()
    for _ in range(days):
        for _ in range(looks):
            clock.now += timedelta(hours=24 / looks)
            arrived = sum(rng.random() < a_day / looks / 4 for _ in range(4))
            for _ in range(arrived):
                mark = urn.admission_of_draft(b"d", person)
                urn.send(town.ballot(person), mark, "draft")
                person += 1
            if clock.now.hour == RELEASE_HOUR:
                urn.act_if_due()
            if arrived:
                thief.look(copied(place.instance))
    urn.close()
    thief.look(copied(place.instance))
    thief.rows = town.numbers(urn)
    urn.stop()
    return thief


@pytest.mark.parametrize(
    ("a_day", "looks", "days"),
    [
        pytest.param(8, 24, 12),
        pytest.param(8, 24, 90, marks=pytest.mark.slow),
        pytest.param(2, 24, 300, marks=pytest.mark.slow),
        pytest.param(8, 1, 200, marks=pytest.mark.slow),
    ],
)
def test_a_series_of_backups_links_no_better_than_chance(
    tmp_path: Path, a_day: float, looks: int, days: int
):
    found = []
    for place in towns(tmp_path, 2):
        thief = backups(place, days=days, a_day=a_day, looks=looks)
        persons = len(thief.rows)
        found.append(successes(thief.guesses(thief.rows), persons, POOL))
    assert found[0] & found[1] == set()


def test_the_thief_links_everybody_where_answers_are_kept_the_usual_way(
    tmp_path: Path,
):
    """To show that he can: an ordinary table with random text keys."""
    connection = sqlite3.connect(tmp_path / "survey.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, answers TEXT)")
    thief = Thief()
    for person in range(120):
        connection.execute(
            "INSERT INTO answers VALUES (hex(randomblob(16)), ?)",
            (json.dumps({"q01": f"n{person}"}),),
        )
        thief.look(copied(tmp_path))
    rows = connection.execute("SELECT answers FROM answers ORDER BY rowid").fetchall()
    connection.close()
    guesses = thief.guesses([int(json.loads(one)["q01"][1:]) for (one,) in rows])
    assert hits(guesses["order of rows"]) == 120
    assert hits(guesses["first seen"]) == 120
    assert "offset in the file" in successes(guesses, 120, POOL)


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
