from __future__ import annotations

from pathlib import Path

import pytest

from survey import paper
from tests.paper.examples import edition, stack

HEADER = "sheet;child;place;wait;idea\n"


@pytest.fixture
def compared(tmp_path: Path):
    def compared(one: str, other: str) -> list[tuple[object, ...]]:
        columns = paper.columns_of(edition("skip_logic"))
        first = stack(tmp_path, HEADER + one)
        second = stack(tmp_path, HEADER + other, file="second.csv")
        found = paper.differences(first, second, columns)
        return [tuple(difference) for difference in found]

    return compared


def test_equal_sheets_do_not_differ_whatever_their_order(compared):
    one, other = "1;no;;;\n2;yes;yes;;x\n", "2;YES;yes;;x\n1; no;;;\n"
    assert compared(one, other) == []


def test_a_difference_is_named_by_sheet_and_column(compared):
    assert compared("1;no;;;\n2;yes;yes;;\n", "1;no;;;\n2;yes;no;;\n") == [
        ("2", 3, 3, "place", "yes", "no")
    ]


def test_sheets_without_numbers_are_compared_in_their_order(compared):
    assert compared(";no;;;\n;yes;;;\n", ";no;;;\n;no;;;\n") == [
        ("", 3, 3, "child", "yes", "no")
    ]


def test_a_sheet_that_only_one_has_typed_is_named(compared):
    assert compared("1;no;;;\n2;no;;;\n", "2;no;;;\n3;no;;;\n") == [
        ("1", 2, 0, "", "", ""),
        ("3", 0, 3, "", "", ""),
    ]
    assert compared(";no;;;\n;no;;;\n", ";no;;;\n") == [("", 3, 0, "", "", "")]


def test_own_words_may_differ_in_signs_and_capitals_only(compared):
    assert compared("1;no;;;Mehr Bänke!\n", "1;no;;;mehr  bänke\n") == []
    (found,) = compared("1;no;;;Mehr Bänke\n", "1;no;;;Mehr Bäume\n")
    assert found[3:] == ("idea", "Mehr Bänke", "Mehr Bäume")


def test_codes_of_one_cell_may_stand_in_any_order(tmp_path: Path):
    columns = paper.columns_of(edition("pick_and_rank"))
    header = "first;order__1;order__2;order__3;order\n"
    one = stack(tmp_path, header + "f1 f2;;;;\n", name="pick_and_rank")
    two = stack(tmp_path, header + "f2 f1;;;;\n", name="pick_and_rank")
    assert list(paper.differences(one, two, columns)) == []
