"""What the data review changes, told with and without: only of a group that may be."""

import pandas as pd
import pytest

from analysis.disclosure import publish
from analysis.package import Design, Item
from tests.disclosure.surveys import SCALE, answers, package

ITEMS = (
    Item("safe", "single", options=("yes", "partly", "no")),
    Item("liking", "single", scale="liking5", options=SCALE, is_ordinal=True),
    Item("worse", "single", options=("yes", "no"), sensitive=True),
    Item("place", "single", options=("yes", "no")),
    Item("bus", "single", options=("yes", "no")),
)


def rows(people, channel="link", **columns):
    """Answers of so many people: a code for all, or codes in turn."""
    table = {}
    for item in ITEMS:
        codes = columns.get(item.name, item.options)
        table[item.name] = [codes[place % len(codes)] for place in range(people)]
    table |= {"channel": [channel] * people, "form_language": ["de"] * people}
    return pd.DataFrame(table)


def changes(left_out, *, kept=300, design=None, reason="straight"):
    survey = package(
        rows(kept, channel="code" if design else "link"),
        items=ITEMS,
        design=design,
        policy={"k": 10, "group_base": 10, "groups": []},
        excluded={reason: len(left_out)},
        excluded_rows=left_out,
    )
    figures = publish(survey, seed=1, resamples=10).table("participation").figures
    return {
        (row.statistic, row.item, row.category): (int(row.n), int(row.base), row.share)
        for row in figures.itertuples()
        if row.statistic in ("before_review", "after_review")
    }


def test_the_answer_that_moves_most_is_told_with_and_without():
    # 20 rows: 14 and 6 to safe. 300 rows: 100 each. 114 of 320 and 100 of 300.
    found = changes(rows(20, safe=["yes"] * 14 + ["no"] * 6))
    assert found["before_review", "safe", "yes"] == (115, 320, 0.36)
    assert found["after_review", "safe", "yes"] == (100, 300, 0.33)


def test_three_items_at_most_each_with_one_answer():
    skewed = ["yes"] * 16 + ["no"] * 4
    found = changes(rows(20, safe=skewed, place=skewed, bus=skewed, worse=skewed))
    items = [item for statistic, item, _ in found if statistic == "before_review"]
    assert len(items) == 3
    assert len(set(items)) == 3


def test_the_one_without_is_the_figure_of_the_question_itself():
    survey = package(
        rows(300),
        items=ITEMS,
        policy={"k": 10, "group_base": 10, "groups": []},
        excluded={"straight": 20},
        excluded_rows=rows(20, safe=["yes"] * 14 + ["no"] * 6),
    )
    publication = publish(survey, seed=1, resamples=10)
    figures = publication.figures().set_index(["statistic", "item", "category"])
    own = figures.loc[("share", "safe", "yes"), ["n", "base", "share"]]
    after = figures.loc[("after_review", "safe", "yes"), ["n", "base", "share"]]
    assert own.tolist() == after.tolist()


@pytest.mark.parametrize("people", [1, 4, 9])
def test_of_fewer_than_a_group_nothing_is_told(people):
    assert changes(rows(people, safe=["yes", "no"])) == {}


def test_answers_of_nearly_all_of_a_small_group_are_not_told():
    found = changes(rows(20, safe=["yes"], place=["yes"], bus=["yes"]))
    assert not {"safe", "place", "bus"} & {item for _, item, _ in found}


def test_a_sensitive_question_needs_twenty_of_them():
    skewed = ["yes"] * 12 + ["no"] * 3
    assert not any(item == "worse" for _, item, _ in changes(rows(15, worse=skewed)))
    skewed = ["yes"] * 17 + ["no"] * 8
    assert any(item == "worse" for _, item, _ in changes(rows(25, worse=skewed)))


def test_beside_a_sample_only_those_who_were_invited_count():
    design = Design("random", population=9_000, invited=600, channels=("code",))
    skewed = {"safe": ["yes"] * 14 + ["no"] * 6}
    assert changes(rows(20, **skewed), design=design) == {}
    assert changes(rows(20, channel="code", **skewed), design=design)


def test_without_a_review_nothing_is_told():
    figures = publish(package(answers(200, 1)), seed=1, resamples=10).figures()
    assert not figures["statistic"].isin(["before_review", "after_review"]).any()
