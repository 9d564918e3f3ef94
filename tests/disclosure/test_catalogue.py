"""Which tables there are is decided before the data are seen."""

from analysis.codebook import Item
from analysis.disclosure import Policy
from analysis.disclosure.catalogue import catalogue
from analysis.package.contents import codebook_of
from tests.disclosure.surveys import FIELDS, ITEMS, SCALE

POLICY = Policy(groups=("age", "form_language"))


def charts(items=ITEMS, policy=POLICY, fields=FIELDS):
    book = codebook_of(items, fields=fields)
    return {chart.table: chart for chart in catalogue(book, policy)}


def test_every_closed_item_is_in_a_one_way_table_and_text_in_none():
    found = charts()
    one_way = [chart for chart in found.values() if not chart.variable]
    items = {item.name for chart in one_way for item in chart.items}
    assert items == {item.name for item in ITEMS if item.kind != "text"}


def test_each_item_has_the_table_of_its_kind():
    kinds = {name: chart.kind for name, chart in charts().items()}
    assert kinds["participation"] == "participation"
    assert kinds["liking"] == "agreement"
    assert kinds["sat"] == "agreement"
    assert kinds["place"] == "dots"
    assert kinds["help"] == "dots"
    assert kinds["first"] == "dots"
    assert kinds["order"] == "ranks"
    assert kinds["priority-matrix"] == "matrix"
    assert kinds["liking-by-age"] == "groups"


def test_rows_of_a_battery_are_one_table_and_other_batteries_another():
    other = [
        Item(f"trust_{field}", "battery", scale="trust", options=SCALE, is_ordinal=True)
        for field in FIELDS
    ]
    found = charts([*ITEMS, *other])
    assert [item.name for item in found["sat"].items] == ["sat_f1", "sat_f2", "sat_f3"]
    assert len(found["trust"].items) == 3


def test_released_variables_cross_every_item_but_people_and_nothing_else_does():
    found = charts()
    crossed = {
        (chart.table.partition("-by-")[0], chart.variable)
        for chart in found.values()
        if chart.variable
    }
    tables = {"liking", "sat", "place", "help", "first", "order", "worse"}
    assert crossed == {
        (table, variable) for table in tables for variable in POLICY.groups
    }
    assert [item.name for item in found["participation"].items] == ["age", "sex"]


def test_what_some_languages_were_not_asked_is_not_compared_by_language():
    item = Item("pool", "single", options=("indoor", "outdoor"), only_in=("de",))
    found = charts([*ITEMS, item])
    assert "pool-by-age" in found
    assert "pool-by-form_language" not in found
    assert "liking-by-form_language" in found


def test_a_released_variable_describes_people_whatever_its_role():
    policy = Policy(groups=("place",))
    found = charts(policy=policy)
    assert "place" in [item.name for item in found["participation"].items]
    assert "place" not in found


def test_without_a_pick_or_without_ratings_there_is_no_matrix():
    without_pick = [item for item in ITEMS if item.role != "pick"]
    assert "priority-matrix" not in charts(without_pick)
    without_ratings = [item for item in ITEMS if item.role != "satisfaction"]
    assert "priority-matrix" not in charts(without_ratings)


def test_points_have_a_table_of_everybody_and_none_by_groups():
    points = Item("spend", "points", options=FIELDS)
    found = charts([*ITEMS, points])
    assert found["spend"].kind == "dots"
    assert not [name for name in found if name.startswith("spend-by-")]


def test_numbers_and_own_words_are_left_out():
    found = charts([*ITEMS, Item("size", "number"), Item("why", "text")])
    assert not found.keys() & {"size", "why"}


def test_names_of_tables_can_be_names_of_files():
    for name in charts():
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
