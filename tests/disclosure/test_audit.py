"""The gate attacks its own figures before anybody else does."""

from types import SimpleNamespace

import pytest

from analysis.disclosure import Policy
from analysis.disclosure.audit import audit, to_withhold
from analysis.disclosure.counts import OPTIONS, Key, Population, Row
from analysis.disclosure.released import release

POLICY = Policy()
CATEGORIES = ("a", "b", "c", "d")


def row(counts, item="q", variable="", group="", **more):
    cells = {("share", code): n for code, n in zip(CATEGORIES, counts, strict=False)}
    return Row(Key(item, variable, group), sum(counts), cells, **more)


def test_counts_whose_rounding_errors_all_point_one_way_are_held_back():
    # Published as 0, 0, 0, 5 of 15: only 2, 2, 2, 7 of 13 explain that.
    assert audit([row((2, 2, 2, 7))], Population(40), POLICY) == {Key("q")}
    # The same the other way: 3, 3, 3, 8 are published as 5, 5, 5, 10 of 15.
    assert audit([row((3, 3, 3, 8))], Population(40), POLICY) == {Key("q")}


@pytest.mark.parametrize("counts", [(2, 2, 3, 7), (1, 2, 2, 7), (12, 12, 22, 17)])
def test_other_counts_are_not(counts):
    assert audit([row(counts)], Population(80), POLICY) == frozenset()


def test_when_groups_give_a_cell_away_the_item_is_not_shown_by_that_variable():
    # Category a: 2 + 2 + 2 + 2 of 8, published as 0, 0, 0, 0 of 10.
    groups = [row((2, 20), variable="v", group=group) for group in "wxyz"]
    rows = [row((8, 80)), *groups]
    population = Population(88, {"v": dict.fromkeys("wxyz", 22)}, frozenset({"v"}))
    held = audit(rows, population, POLICY)
    assert held == {Key("q", "v", group) for group in "wxyz"}


def test_people_without_a_group_may_be_the_way_out():
    groups = [row((2, 20), variable="v", group=group) for group in "wxyz"]
    rows = [row((11, 90)), *groups]
    population = Population(101, {"v": dict.fromkeys("wxyz", 22)})
    assert audit(rows, population, POLICY) == frozenset()


def test_other_variables_of_the_item_stay():
    groups = [row((2, 20), variable="v", group=group) for group in "wxyz"]
    others = [row((4, 40), variable="u", group=group) for group in "mn"]
    rows = [row((8, 80)), *groups, *others]
    sizes = {"v": dict.fromkeys("wxyz", 22), "u": dict.fromkeys("mn", 44)}
    held = audit(rows, Population(88, sizes, frozenset({"u", "v"})), POLICY)
    assert {key.variable for key in held} == {"v"}


def test_several_answers_of_one_person_do_not_add_up_and_stay():
    several = Row(Key("q"), 13, row((2, 2, 2, 7)).cells, shape=OPTIONS)
    assert audit([several], Population(40), POLICY) == frozenset()


def test_rows_that_are_held_back_anyway_are_not_looked_at_again():
    held = audit([row((2, 2, 2, 7))], Population(40), POLICY, withheld=[Key("q")])
    assert held == {Key("q")}


def test_the_number_of_missing_answers_counts_too():
    # 10 people, of whom 8 answered: 8 + 2 are published as 10, 0, 10 and could be
    # 12 people, 8 to 10 answers and 0 to 2 without one.
    asked = row((4, 6), missing={"-2": 2})
    assert audit([asked], Population(12), POLICY) == frozenset()


def test_what_cannot_be_shown_to_be_safe_is_held_back(monkeypatch):
    gave_up = SimpleNamespace(x=None)
    monkeypatch.setattr("analysis.disclosure.programme.milp", lambda *_, **__: gave_up)
    assert audit([row((1, 2, 2, 7))], Population(80), POLICY) == {Key("q")}


def test_a_hidden_row_that_is_still_given_away_takes_others_of_its_item_along():
    whole, hidden = release(row((40, 40)), POLICY), Key("q", "v", "w")
    few = release(row((9, 9), variable="u", group="m"), POLICY)
    many = [release(row((9, 9), variable="v", group=group), POLICY) for group in "xy"]
    other = release(row((40, 40), item="p"), POLICY)
    rows = [whole, few, *many, other]
    released = {said.key: said for said in rows}
    assert to_withhold([hidden], released) == {many[0].key, many[1].key}
    del released[many[0].key], released[many[1].key]
    assert to_withhold([Key("q")], released) == {Key("q")}
    released[Key("q")] = release(row((4, 4)), POLICY)
    assert to_withhold([Key("q")], released) == {few.key}
    del released[few.key]
    assert to_withhold([Key("q")], released) == frozenset()
