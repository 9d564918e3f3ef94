"""Groups are told apart only by differences that the gate calls secured."""

from __future__ import annotations

import pytest

from analysis.disclosure import Secured
from analysis.package import Item
from tests.disclosure.examples import Sheet
from tests.report.saying import add, by_group, choice, headline, scale, shown

GROUPS = {"young": (0.20, 0.12, 0.28), "old": (0.60, 0.52, 0.68)}
FIVE = scale("very_good", "good", "fair", "bad", "very_bad")
AGES = choice("young", "old", name="d9")


def secured(effect, name="delta", category="", item="q50"):
    return Secured(
        item,
        "young",
        effect,
        0.001,
        group_variable="d9",
        category=category,
        effect_name=name,
    )


def test_ranges_that_lie_apart_claim_nothing_by_themselves():
    assert headline(by_group(GROUPS), FIVE, AGES) == (
        "No secured difference between the groups"
    )


def test_groups_that_took_part_by_themselves_show_no_clear_difference():
    assert headline(by_group(GROUPS, design="open"), FIVE, AGES) == (
        "No clear difference between the groups that took part"
    )


def test_one_group_with_percentages_is_compared_with_nothing():
    one = {"young": (0.20, 0.12, 0.28), "old": None}
    assert headline(by_group(one), FIVE, AGES) == (
        "Too little can be published to compare the groups"
    )


@pytest.mark.parametrize("design", ["random", "census", "open"])
@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (-0.4, "“young” answered less favourably than the others who took part"),
        (0.4, "“young” answered more favourably than the others who took part"),
    ],
)
def test_a_secured_difference_of_a_scale_is_said_by_its_direction(design, effect, said):
    assert (
        headline(by_group(GROUPS, secured(effect), design=design), FIVE, AGES) == said
    )


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (-0.3, "“young” chose “bus” less often than the others who took part"),
        (0.3, "“young” chose “bus” more often than the others who took part"),
    ],
)
def test_a_secured_difference_of_an_option_names_the_option(effect, said):
    found = secured(effect, "difference", "bus")
    table = by_group(GROUPS, found, statistic="share", category="bus")
    assert headline(table, choice("bus", "car", kind="multiple"), AGES) == said


def test_a_secured_difference_of_a_rank_says_ranked_not_chosen():
    found = secured(-0.3, "difference", "bus")
    table = by_group(GROUPS, found, statistic="ranked", category="bus")
    assert headline(table, choice("bus", "car", kind="rank"), AGES) == (
        "“young” ranked “bus” less often than the others who took part"
    )


def test_a_secured_difference_without_an_order_names_no_direction():
    found = secured(0.3, "V")
    table = by_group(GROUPS, found, statistic="share", category="bus")
    assert headline(table, choice("bus", "car"), AGES) == (
        "“young” answered differently from the others who took part"
    )


def test_the_largest_of_several_secured_differences_stands_in_the_headline():
    old = Secured("q50", "old", 0.5, 0.001, group_variable="d9")
    table = by_group(GROUPS, secured(-0.3), old)
    assert headline(table, FIVE, AGES).startswith("“old” answered more favourably")


def test_merged_groups_are_called_by_all_their_names():
    table = by_group({"young": (0.2, 0.1, 0.3), "other": (0.6, 0.5, 0.7)})
    ages = choice("young", "middle", "old", name="d9")
    merges = {"d9": {"young": "young", "middle": "other", "old": "other"}}
    chart = shown(table, FIVE, ages, merges=merges)
    assert chart.display.columns == ("", "young", "middle; old")


def test_the_favourable_answers_are_named_beside_the_figures():
    chart = shown(by_group(GROUPS), FIVE, AGES)
    said = "Share that answered “very good” or “good”"
    assert chart.words.legend["top2"] == said
    assert chart.display.rows[0] == (said, ("20% [12%–28%]", "60% [52%–68%]"))


def test_the_bold_of_a_difference_is_not_called_secured_in_open_participation():
    chart = shown(by_group(GROUPS, secured(0.4), design="open"), FIVE, AGES)
    assert chart.words.legend["secured"] == (
        "bold: clear difference to the others who took part"
    )


def test_a_way_in_nobody_has_words_for_is_called_by_its_name():
    table = by_group({"code": (0.2, 0.1, 0.3), "poster_school": (0.6, 0.5, 0.7)})
    assert shown(table, FIVE, AGES).display.columns == (
        "",
        "with an access code",
        "poster_school",
    )


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            -0.3,
            "“young” answered less favourably on “Housing” than the others who took "
            "part",
        ),
        (
            0.3,
            "“young” answered more favourably on “Housing” than the others who took "
            "part",
        ),
    ],
)
def test_a_row_of_a_battery_is_named_by_its_field_of_action(effect, said):
    names = ("q60_a", "q60_b")
    sheet = Sheet("q60-by-d9", "random")
    for name in names:
        for group, value in GROUPS.items():
            add(sheet, name, "top2", value, group=group, variable="d9")
    table = sheet.protected(
        "groups",
        names,
        group_variable="d9",
        base=400,
        secured=(secured(effect, item="q60_a"),),
    )
    rows = [
        Item(name, "battery", field="Housing", options=("good", "bad"), is_ordinal=True)
        for name in names
    ]
    chart = shown(table, *rows, AGES)
    assert chart.words.headline == said
    assert chart.display.rows[0][0] == "Question q60_a?"


def test_a_rank_that_is_higher_says_so():
    found = secured(0.3, "difference", "bus")
    table = by_group(GROUPS, found, statistic="ranked", category="bus")
    assert headline(table, choice("bus", "car", kind="rank"), AGES) == (
        "“young” ranked “bus” more often than the others who took part"
    )
