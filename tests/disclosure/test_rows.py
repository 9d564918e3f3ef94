"""What stands in the analysis file, and what is left out and why."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis.codebook import Item
from analysis.disclosure import LeftOut, analysis_file
from analysis.package import AnalysisError
from tests.disclosure.surveys import ITEMS, SCALE, answers, package

LANGUAGES = {"de": 0.7, "ar": 0.2, "tr": 0.1}
WIDE = (
    Item("q", "single", options=SCALE, is_ordinal=True),
    Item("age", "single", role="demographic", options=("young", "old")),
    Item("income", "single", role="demographic", options=("low", "high")),
    Item("block", "district", options=("north", "south")),
    Item("school", "single", options=("a", "b"), shown_if="${age} = 'young'"),
    Item("why", "single", options=("a", "b"), shown_if="selected(${school}, 'a')"),
    Item("course", "single", options=("a", "b"), only_in=("ar",)),
    Item("faith", "single", options=("a", "b"), sensitive=True),
    Item("years", "number"),
)


def rng():
    return np.random.default_rng(1)


def in_order(table):
    return table.sort_values(list(table.columns), ignore_index=True)


@pytest.fixture(scope="module")
def survey():
    return package(answers(220, 3, languages=LANGUAGES))


@pytest.fixture(scope="module")
def file(survey):
    return analysis_file(survey, rng())


def test_what_could_tell_who_somebody_is_stays_out_with_its_reason():
    policy = {"k": 10, "group_base": 10, "groups": ["age"]}
    survey = package(answers(150, 1, items=WIDE, empty=0.0), items=WIDE, policy=policy)
    file = analysis_file(survey, rng())
    assert file.left_out == (
        LeftOut("income", "describes"),
        LeftOut("block", "describes"),
        LeftOut("school", "routed"),
        LeftOut("why", "routed"),
        LeftOut("course", "some_languages"),
        LeftOut("faith", "sensitive"),
        LeftOut("years", "own_words"),
    )
    assert list(file.table.columns) == ["age", "form_language", "q"]


def test_every_answer_of_every_row_is_there_in_another_order(survey, file):
    names = [column.name for column in file.columns if not column.is_group]
    given = survey.responses[names].astype("str").reset_index(drop=True)
    expect_equal(in_order(file.table[names]), in_order(given))
    assert file.table[names].values.tolist() != given.values.tolist()


def test_groups_are_those_of_the_tables(survey, file):
    assert file.groups == ("age", "sex", "form_language")
    for name in file.groups:
        shown = set(file.merges[name].values()) | {"", "other"}
        assert set(file.table[name]) <= shown


def test_a_group_left_empty_and_a_group_that_was_emptied_look_alike(file):
    for name in file.groups:
        assert not file.table[name].str.startswith("-").any()


def test_enough_rows_carry_the_same_groups(file):
    assert file.table.groupby(list(file.groups)).size().min() >= 5


def test_a_variable_emptied_in_many_rows_is_named(file):
    for name in file.groups:
        if (file.table[name] == "").mean() > 0.3:
            assert name in file.emptied


def test_two_files_of_a_survey_hold_the_same_rows_so_they_undo_nothing(survey, file):
    shuffled = survey.responses.sample(frac=1, random_state=5).reset_index(drop=True)
    other = analysis_file(
        package(shuffled, merges=file.merges), np.random.default_rng(2)
    )
    expect_equal(in_order(other.table), in_order(file.table))
    assert other.table.values.tolist() != file.table.values.tolist()


@pytest.mark.parametrize("people", [4, 9])
def test_too_few_answers_make_no_file(people):
    with pytest.raises(AnalysisError, match="fewer than 10 answers"):
        analysis_file(package(answers(people, 1)), rng())


def test_where_rows_and_tables_would_tell_groups_there_is_no_file():
    with pytest.raises(AnalysisError, match="use the tables"):
        analysis_file(package(answers(60, 3)), rng())


def test_without_released_groups_there_are_answers_only():
    responses = answers(60, 3, languages={"de": 1.0})
    survey = package(responses, policy={"k": 10, "group_base": 10, "groups": []})
    file = analysis_file(survey, rng())
    assert file.groups == ()
    assert len(file.table) == 60
    assert LeftOut("age", "describes") in file.left_out


def test_columns_know_what_they_may_hold(file):
    known = {column.name: column for column in file.columns}
    assert known["liking"].codes == SCALE
    assert known["liking"].is_ordinal
    assert known["help__online"].codes == ("0", "1")
    assert known["order__f2"].codes == ()
    assert known["order__f2"].option == "f2"
    items = {item.name for item in ITEMS}
    assert {column.item for column in file.columns} <= items | {"form_language"}
