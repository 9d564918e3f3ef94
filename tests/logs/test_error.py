"""A log tells where an error happened, and nothing of what it says."""

from __future__ import annotations

import sqlite3

from survey.logs import kind_of, kinds_of, place_of, places

CANARY = "Nachtigallenweg"


def caught(act):
    try:
        act()
    except Exception as error:
        return error
    raise AssertionError("nothing went wrong")


def typed_wrongly():
    answer = CANARY
    return int(answer)


def nested():
    try:
        typed_wrongly()
    except ValueError as error:
        raise RuntimeError(f"while reading {CANARY}") from error


def test_kind_and_places_are_told_without_words_and_values():
    told = places(caught(nested))
    assert told.startswith("RuntimeError\n  tests/logs/test_error.py:")
    assert " nested\ncaused by ValueError\n" in told
    assert told.endswith(" typed_wrongly")
    assert CANARY not in told


def test_a_database_names_its_reason_and_quotes_no_row():
    def twice():
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (word TEXT PRIMARY KEY)")
        for _ in range(2):
            connection.execute("INSERT INTO t VALUES (?)", (CANARY,))

    error = caught(twice)
    assert kind_of(error) == "IntegrityError SQLITE_CONSTRAINT_PRIMARYKEY"


def test_a_full_disk_can_be_told_from_a_locked_file():
    error = OSError(28, "no space", f"/home/{CANARY}")
    assert kind_of(error) == "OSError 28"


def test_the_causes_stand_in_one_line():
    assert kinds_of(caught(nested)) == "RuntimeError from ValueError"


def test_a_code_that_is_no_code_of_a_library_is_left_out():
    error = ValueError()
    error.errno = "1234567812345670"
    assert kind_of(error) == "ValueError"


def test_causes_that_go_in_a_circle_end():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert kinds_of(one) == "ValueError from KeyError"


def test_a_path_keeps_its_last_parts():
    assert place_of(f"/home/{CANARY}/survey/urn/lane.py", 7) == "survey/urn/lane.py:7"
    assert place_of(rf"C:\{CANARY}\survey\urn\lane.py", 7) == "survey/urn/lane.py:7"


def test_deep_recursion_is_told_in_forty_lines():
    def deeper():
        deeper()

    lines = places(caught(deeper)).splitlines()
    assert len(lines) == 42
    assert "more …" in lines[21]
