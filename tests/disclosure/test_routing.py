"""Who is never asked is read from the condition, before anybody answered."""

import pytest

from analysis.disclosure import publish
from analysis.disclosure.routing import never_asked
from analysis.package import Item
from tests.disclosure.surveys import answers, package

SHOWN = {"self": "self", "parents": "other", "no": "no", "abroad": "other"}


@pytest.mark.parametrize(
    ("condition", "groups"),
    [
        ("${d3} = 'self'", {"no", "other"}),
        ('${d3} = "self" or ${d3} = "no"', {"other"}),
        ("${d3} = 'self' or ${d3} = 'abroad'", {"no"}),
        ("", set()),
        ("${d3} != 'no'", set()),
        ("${d3} = 'self' and ${q1} = 'yes'", set()),
        ("${d3} = 'self' or ${q1} = 'yes'", set()),
        ("not(${d3} = 'self')", set()),
        ("selected(${d3}, 'self')", set()),
        ("${q1} = 'yes'", set()),
        ("${d3} = 'self' or", set()),
    ],
)
def test_only_a_plain_list_of_groups_is_judged(condition, groups):
    item = Item("q", "single", shown_if=condition)
    assert never_asked(item, "d3", SHOWN) == groups


def survey(condition, *, routed):
    course = Item("course", "single", options=("good", "bad"), shown_if=condition)
    age = Item("age", "single", role="demographic", options=("young", "middle", "old"))
    people = answers(600, 5, items=(age, course), empty=0.0, languages={"de": 1.0})
    if routed:
        people.loc[people["age"] != "young", "course"] = "-1"
    return package(
        people,
        items=(course, age),
        policy={"k": 10, "group_base": 10, "groups": ["age"]},
    )


def signs(package_):
    table = publish(package_, seed=1, resamples=10).table("course-by-age")
    rows = table.figures[table.figures["statistic"] == "share"]
    return table, {row.group: row.sign for row in rows.itertuples()}


def test_a_group_that_was_not_asked_cannot_occur():
    table, found = signs(survey("${age} = 'young'", routed=True))
    assert found == {"young": "", "middle": "impossible", "old": "impossible"}
    assert "impossible" in table.notes
    assert "protected" not in table.notes


def test_without_a_condition_an_empty_group_is_withheld_like_a_small_one():
    table, found = signs(survey("", routed=True))
    assert found["middle"] == "protected"
    assert "impossible" not in table.notes


def test_whoever_answered_all_the_same_is_counted():
    _, found = signs(survey("${age} = 'young'", routed=False))
    assert "impossible" not in found.values()
