"""Unique words in an answer are in no file until the answer is released."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from survey.urn import Ballot, Comment, Urn
from tests.urn import town

WORDS = ("Nachtigallenweg", "زقزوق", "Xylophonkurs")
CELL = "canarycell"


def files_with(place: town.Place, word: str) -> list[str]:
    """Files under the instance that hold the word, in any usual encoding."""
    spellings = [
        word.encode("utf-8"),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        ascii(word)[1:-1].encode(),
    ]
    return [
        str(file.relative_to(place.instance))
        for file in Path(place.instance).rglob("*")
        if file.is_file() and any(one in file.read_bytes() for one in spellings)
    ]


def send(urn: Urn, person: int, *, text: str = "", cell: str = "yes") -> None:
    ballot = Ballot(
        {"q01": cell, "q02__a": "1", "q02__b": "0"},
        (Comment("q03", "de", text),) if text else (),
        "code",
        "de",
    )
    urn.send(ballot, urn.admission_of_draft(b"canary", person), "draft")


def test_words_of_an_answer_are_in_no_file_until_its_release(
    urn: Urn, place: town.Place, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    send(urn, 0, text=" ".join(WORDS), cell=CELL)
    for person in range(1, 70):
        send(urn, person)
        if person % 10 == 1:
            assert [files_with(place, word) for word in (*WORDS, CELL)] == [[]] * 4
    assert not any(word in caplog.text for word in (*WORDS, CELL))
    urn.close()
    assert all(files_with(place, word) for word in (*WORDS, CELL))


def test_answers_kept_back_by_a_release_stay_unreadable(urn: Urn, place: town.Place):
    for person in range(30):
        send(urn, person, text=f"Kanarienwort{person:02d}x")
    urn.release()
    released = {row["text"] for row in urn.comments()}
    kept = {f"Kanarienwort{person:02d}x" for person in range(30)} - released
    assert len(kept) == 5
    assert [files_with(place, word) for word in sorted(kept)] == [[]] * 5


def test_an_error_while_storing_names_no_answer(
    place: town.Place, caplog: pytest.LogCaptureFixture
):
    def broken(step: str) -> None:
        if step == "sealed":
            raise RuntimeError(f"unexpected {WORDS[0]}")

    caplog.set_level(logging.DEBUG)
    urn = Urn(place, town.SLUG, hooks=broken, clock=town.Clock())
    send(urn, 0, text=WORDS[0])
    urn.stop()
    assert "RuntimeError" in caplog.text
    assert WORDS[0] not in caplog.text


def test_destroyed_answers_leave_no_word(urn: Urn, place: town.Place):
    for person in range(3):
        send(urn, person, text=WORDS[0])
    urn.close("destroy")
    urn.stop()
    assert files_with(place, WORDS[0]) == []
