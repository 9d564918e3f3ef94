"""What is published of whole surveys, whatever was answered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal as expect_equal

from analysis.disclosure import FIGURE_COLUMNS, KINDS, NOTES, SIGNS, STATISTICS, publish
from analysis.package import Design
from tests.disclosure.attacker import Attacker
from tests.disclosure.surveys import ITEMS, MISSING, answers, package
from tests.disclosure.truth import true_counts

RANDOM = Design("random", population=5_000, invited=800, channels=("code",))
COUNTED = ("share", "first", "ranked", "top2", "bottom2", "net")
PLACES = ("rank", "rank_low", "rank_high")

languages = st.sampled_from(
    [
        {"de": 1.0},
        {"de": 0.98, "ar": 0.02},
        {"de": 0.7, "ar": 0.12, "tr": 0.08, "ru": 0.06, "ti": 0.04},
        {"de": 0.5, "other": 0.5},
    ]
)
surveys = st.builds(
    answers,
    st.integers(0, 500),
    st.integers(0, 10_000),
    languages=languages,
    empty=st.sampled_from([0.0, 0.05, 0.4, 0.97]),
    spread=st.sampled_from([0.05, 0.5, 5.0]),
)


def check_figures(publication, responses):
    """Hold every figure against the rules that need no knowledge of the counts."""
    figures = publication.figures()
    assert list(figures.columns) == list(FIGURE_COLUMNS)
    assert set(figures["sign"]) <= set(SIGNS)
    assert set(figures["statistic"]) <= set(STATISTICS)
    assert figures["figure_id"].is_unique
    assert (figures["n"].dropna() % 5 == 0).all()
    assert (figures["base"].dropna() % 5 == 0).all()
    told = figures[figures["statistic"].isin(COUNTED)]
    small = told["base"].fillna(0) < 30
    assert told.loc[small, ["share", "low", "high"]].isna().all(axis=None)
    said = told[told["share"].notna()]
    step = np.where(said["base"] < 100, 20, 100)
    steps = said["share"].to_numpy(float) * step
    assert np.allclose(steps, np.round(steps))
    withheld = told[told["sign"].isin(["protected", "few"])]
    assert withheld[["n", "share", "low", "high"]].isna().all(axis=None)
    sized = figures[~figures["statistic"].isin([*PLACES, "net"])]
    assert sized["share"].dropna().between(0, 1).all()
    limited = figures.dropna(subset=["low"])
    assert (limited["low"] <= limited["high"]).all()
    for table in publication.tables:
        assert table.kind in KINDS
        assert {note.partition(":")[0] for note in table.notes} <= set(NOTES)


def variables_of(publication):
    return sorted({table.group_variable for table in publication.tables} - {""})


@settings(max_examples=12, deadline=None)
@given(surveys)
def test_a_survey_of_any_size_publishes_only_what_the_rules_allow(responses):
    survey = package(responses)
    publication = publish(survey, seed=1, resamples=50)
    check_figures(publication, responses)
    assert publication.is_below_minimum == (len(responses) < 10)
    true = true_counts(survey, publication.merges, variables_of(publication))
    figures = publication.figures()
    for figure in figures[figures["statistic"].isin(COUNTED)].itertuples():
        where = (figure.item, figure.group_variable, figure.group)
        least = 20 if figure.item == "worse" else 10
        is_said = not (pd.isna(figure.n) and pd.isna(figure.base))
        if is_said and figure.table != "priority-matrix" and figure.item != "channel":
            assert true.get((*where, "base"), len(responses)) >= least
        if not pd.isna(figure.n) and figure.statistic in ("share", "first", "ranked"):
            known = true.get((*where, figure.statistic, figure.category), 0)
            assert abs(known - figure.n) <= 2


@settings(max_examples=6, deadline=None)
@given(surveys)
def test_no_survey_gives_a_small_cell_away(responses):
    survey = package(responses)
    publication = publish(survey, seed=1, resamples=2)
    if publication.is_below_minimum:
        assert len(publication.figures()) == 0
        return
    attacker = Attacker(survey.codebook).read(publication)
    true = true_counts(survey, publication.merges, variables_of(publication))
    assert attacker.pinned(true) == []


@pytest.mark.parametrize("people", [0, 9])
def test_a_survey_under_the_minimum_says_nothing_but_that(people):
    publication = publish(package(answers(people, 1)), seed=1)
    [table] = publication.tables
    assert table.table == "participation"
    assert table.notes == ("below_minimum",)
    assert table.base is None
    assert table.figures.empty
    assert publication.is_below_minimum


def test_a_village_of_sixty_where_everybody_says_the_same_survives():
    columns = {}
    for item in ITEMS:
        for place, column in enumerate(item.columns):
            first = {"rank": "1", "multiple": "1", "pick": "1"}.get(
                item.kind, item.options[0]
            )
            later = "" if item.kind == "rank" else "0"
            columns[column] = [first if not place else later] * 60
    columns |= {"channel": ["link"] * 60, "form_language": ["de"] * 60}
    publication = publish(package(pd.DataFrame(columns)), seed=1, resamples=50)
    check_figures(publication, columns)
    liking = publication.table("liking").figures.set_index(["statistic", "category"])
    assert liking.loc[("share", "very"), "n"] == 60
    assert liking.loc[("share", "very"), "share"] == 1
    assert liking.loc[("share", "not"), "n"] == 0
    assert liking.loc[("share", "not"), "sign"] == ""
    assert {table.group_variable for table in publication.tables} == {""}


def test_an_item_nobody_answered_is_protected_and_leaves_the_rest_alone():
    responses = answers(120, 3, empty=0.0)
    responses["liking"] = "-2"
    publication = publish(package(responses), seed=1, resamples=50)
    liking = publication.table("liking").figures
    assert set(liking["sign"]) == {"protected"}
    assert liking[["n", "share", "base"]].isna().all(axis=None)
    assert publication.table("place").base == 120


def test_only_one_language_gives_no_table_by_language():
    publication = publish(package(answers(200, 2, languages={"de": 1.0})), seed=1)
    assert "form_language" not in variables_of(publication)
    shown = publication.table("participation").figures
    shown = shown[shown["item"] == "form_language"]
    assert shown["category"].tolist() == ["de"]


def test_the_same_answers_publish_the_same_figures():
    survey = package(answers(150, 5))
    first = publish(survey, seed=4, resamples=100)
    second = publish(survey, seed=4, resamples=100)
    expect_equal(first.figures(), second.figures())
    assert first.merges == second.merges


def test_the_order_of_the_rows_changes_nothing():
    responses = answers(150, 5)
    turned = responses.iloc[::-1].reset_index(drop=True)
    first = publish(package(responses), seed=4, resamples=100)
    second = publish(package(turned), seed=4, resamples=100)
    expect_equal(first.figures(), second.figures())


def test_frozen_merges_are_obeyed_and_give_the_same_figures():
    responses = answers(150, 5)
    first = publish(package(responses), seed=4, resamples=100)
    frozen = {name: dict(merged) for name, merged in first.merges.items()}
    second = publish(package(responses, merges=frozen), seed=4, resamples=100)
    expect_equal(first.figures(), second.figures())
    together = {**frozen, "age": {"young": "young", "middle": "other", "old": "other"}}
    third = publish(package(responses, merges=together), seed=4, resamples=100)
    assert set(third.table("liking-by-age").figures["group"]) == {"young", "other"}
    people = third.table("participation").figures
    ages = people[(people["item"] == "age") & (people["statistic"] == "share")]
    assert ages["category"].tolist() == ["young", "other"]


def test_a_merge_is_the_same_in_every_table():
    responses = answers(300, 8)
    responses["sex"] = ["female"] * 150 + ["male"] * 144 + ["diverse"] * 6
    publication = publish(package(responses), seed=1, resamples=50)
    assert publication.merges["sex"] == {
        "female": "female",
        "male": "other",
        "diverse": "other",
    }
    for table in publication.tables:
        if table.group_variable == "sex":
            assert set(table.figures["group"]) == {"female", "other"}
            assert "merged:sex" in table.notes


def test_a_count_is_the_same_wherever_it_is_shown():
    publication = publish(package(answers(400, 6)), seed=1, resamples=50)
    matrix = publication.table("priority-matrix").figures
    picked = publication.table("first").figures.set_index("category")
    for figure in matrix[matrix["statistic"] == "importance"].itertuples():
        assert figure.n == picked.loc[figure.category, "n"]
        assert figure.share == picked.loc[figure.category, "share"]
    rated = publication.table("sat").figures
    rated = rated[rated["statistic"] == "top2"].set_index("item")
    for figure in matrix[matrix["statistic"] == "satisfaction"].itertuples():
        assert figure.n == rated.loc[f"sat_{figure.category}", "n"]


def test_an_open_survey_has_no_interval_and_a_sample_has():
    responses = answers(400, 6)
    open_figures = publish(package(responses), seed=1, resamples=50).figures()
    assert open_figures[["low", "high"]].isna().all(axis=None)
    sampled = answers(400, 6, channel="code")
    figures = publish(package(sampled, design=RANDOM), seed=1, resamples=50).figures()
    shares = figures[figures["statistic"].isin(COUNTED) & figures["share"].notna()]
    shares = shares[shares["table"] != "participation"]
    assert shares[["low", "high"]].notna().all(axis=None)
    assert (shares["low"] <= shares["share"] + 0.025).all()
    assert (shares["share"] - 0.025 <= shares["high"]).all()


def test_a_group_whose_population_is_known_has_a_narrower_interval():
    responses = answers(300, 6, channel="code", spread=5.0)
    responses["age"] = ["young", "middle", "old"] * 100
    strata = {"age": {"young": {"population": 130}, "old": {"population": 5_000}}}
    known = {"groups": ["age"], "strata": strata}
    wide = publish(package(responses, design=RANDOM), seed=1, resamples=10)
    narrow = publish(package(responses, design=RANDOM, policy=known), seed=1)
    first, second = (
        publication.table("place-by-age").figures.set_index(["group", "category"])
        for publication in (wide, narrow)
    )
    width = (first["high"] - first["low"]) - (second["high"] - second["low"])
    assert (width.loc["young"].dropna() > 0).any()
    assert (width.loc["middle"].dropna() == 0).all()


def test_people_without_a_code_are_shown_apart_from_a_sample():
    invited = answers(200, 6, channel="code")
    others = answers(90, 7, channel="link")
    responses = pd.concat([invited, others], ignore_index=True)
    publication = publish(package(responses, design=RANDOM), seed=1, resamples=50)
    assert publication.table("participation").base == 200
    assert publication.table("place").base <= 200
    by_channel = publication.table("place-by-channel").figures
    assert set(by_channel["group"]) == {"code", "link"}
    apart = by_channel[by_channel["group"] == "link"]
    assert apart["low"].isna().all()
    assert apart["n"].notna().all()
    assert set(apart["design"]) == {"open"}


def test_a_small_open_way_in_is_never_shown_with_invited_people():
    invited = answers(200, 6, channel="code")
    few = answers(7, 8, channel="poster")
    responses = pd.concat([invited, few], ignore_index=True)
    publication = publish(package(responses, design=RANDOM), seed=1, resamples=50)
    assert "channel" not in variables_of(publication)
    responses = pd.concat([responses, answers(90, 7)], ignore_index=True)
    publication = publish(package(responses, design=RANDOM), seed=1, resamples=50)
    by_channel = publication.table("place-by-channel").figures
    assert set(by_channel["group"]) == {"code", "other_open"}


def test_a_sample_that_nobody_used_is_an_open_survey():
    responses = answers(200, 6, channel="link")
    publication = publish(package(responses, design=RANDOM), seed=1, resamples=50)
    assert set(publication.figures()["design"]) == {"open"}
    people = publication.table("participation")
    assert "no_invited_answers" in people.notes


def test_missing_answers_are_counted_and_many_of_them_are_warned_of():
    responses = answers(200, 9, empty=0.0)
    responses["place"] = ["yes"] * 100 + ["no"] * 40 + ["-2"] * 43 + ["-4"] * 17
    publication = publish(package(responses), seed=1, resamples=50)
    table = publication.table("place")
    missing = table.figures[table.figures["statistic"] == "missing"]
    assert dict(zip(missing["category"], missing["n"], strict=True)) == {
        "-3": 0,
        "-4": 15,
        "-2": 45,
    }
    assert "nonresponse_over_20" in table.notes
    assert "nonresponse_over_20" not in publication.table("liking").notes


def test_every_kind_of_missing_answer_is_outside_the_base():
    responses = answers(100, 9, empty=0.0)
    responses.loc[:49, "place"] = [code for code in MISSING for _ in range(10)]
    table = publish(package(responses), seed=1, resamples=50).table("place")
    assert table.base == 50
