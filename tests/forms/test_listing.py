"""Rows of long lists: written once, and for one person with what they chose."""

from __future__ import annotations

import pytest

from survey.forms import listing
from survey.forms.listing import Listed, Own, Rows

WORDS = {"a": "Äpfel", "b": "Birnen &amp; {Pflaumen}", "c": "Kirschen"}


class Asked:
    """A list that counts how often its words are wanted."""

    def __init__(self, codes, words=WORDS):
        self.wanted = []
        self._words = [words[code] for code in codes]
        self.listed = Listed(tuple(codes), self.words)

    def words(self, start, end):
        self.wanted.append((start, end))
        return self._words[start:end]


@pytest.fixture
def rows():
    pieces = (
        '<i v="',
        Own("code"),
        '"',
        Own("fruit", " on"),
        ">{}",
        Own("label"),
        "</i>",
    )
    return Rows(pieces)


def written(rows, codes, *facts):
    return list(rows.written(Asked(codes).listed, set(facts)))


def test_a_row_has_the_code_and_the_words_of_its_option(rows):
    assert written(rows, "ab") == [
        '<i v="a">{}Äpfel</i>',
        '<i v="b">{}Birnen &amp; {Pflaumen}</i>',
    ]


def test_only_what_was_chosen_is_marked(rows):
    found = written(rows, "abc", "fruit=b", "other=a", "fruit=gone", "shown fruit")
    assert found == [
        '<i v="a">{}Äpfel</i>',
        '<i v="b" on>{}Birnen &amp; {Pflaumen}</i>',
        '<i v="c">{}Kirschen</i>',
    ]


def test_what_one_person_chose_does_not_stay_for_the_next(rows):
    written(rows, "ab", "fruit=a")
    assert written(rows, "ab") == written(rows, "ab", "fruit=c")
    assert " on" not in "".join(written(rows, "ab"))


def test_the_order_is_that_of_the_list(rows):
    assert [row[6] for row in written(rows, "cab")] == ["c", "a", "b"]
    assert [row[6] for row in written(rows, "abc")] == ["a", "b", "c"]


def test_words_are_asked_for_once_and_again_only_for_a_chosen_row(rows):
    asked = Asked("abc")
    for facts in ((), (), ("fruit=b",)):
        rows.written(asked.listed, set(facts))
    assert asked.wanted == [(0, 3), (1, 2)]


def test_no_more_rows_are_kept_than_allowed(rows, monkeypatch):
    monkeypatch.setattr(listing, "MOST_ROWS", 4)
    lists = [Asked(codes) for codes in ("ab", "bc", "ca")]
    for _ in range(2):
        for asked in lists:
            rows.written(asked.listed, set())
    # the third list never fits, so that everything is written again
    assert [len(asked.wanted) for asked in lists] == [2, 2, 2]


def test_without_options_there_is_no_row(rows):
    assert not written(rows, "")
