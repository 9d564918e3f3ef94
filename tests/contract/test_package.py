"""What `survey` exports is what `analysis` reads, to the last answer."""

from __future__ import annotations

from collections import Counter

import frictionless
import pytest

from analysis.package import open_package
from survey.cli.results import export_package
from survey.questionnaire.model import NO_ANSWER
from tests.contract.towns import Town

ANSWERS = 60


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path / "instance", design="random", population=46_000, invited=800)


def test_every_count_of_every_option_equals_what_was_sent(town, tmp_path):
    sent = town.answer(ANSWERS, alike=10)
    package = open_package(town.export(tmp_path / "package"))
    assert len(package.responses) == ANSWERS
    for column in sent[0]:
        expected = Counter(cells[column] for cells in sent)
        found = Counter(package.responses[column].astype("str"))
        assert found == expected, column


def test_rows_keep_together_what_one_person_said(town, tmp_path):
    sent = town.answer(ANSWERS, alike=10)
    package = open_package(town.export(tmp_path / "package.zip"))
    columns = list(sent[0])
    rows = package.responses[columns].astype("str").itertuples(index=False, name=None)
    expected = Counter(tuple(cells[name] for name in columns) for cells in sent)
    assert Counter(rows) == expected


def test_what_the_close_takes_is_not_told_and_nothing_else_is_changed(town, tmp_path):
    """Rows of few are made alike: a cell says what was sent, or that it is not told."""
    sent = town.answer(ANSWERS)
    package = open_package(town.export(tmp_path / "package"))
    for column in sent[0]:
        expected = Counter(cells[column] for cells in sent)
        found = Counter(package.responses[column].astype("str"))
        more = found - expected
        assert set(more) <= {"-5"}, column
    cells = package.responses[list(sent[0])].astype("str")
    said = sum(cell not in NO_ANSWER for one in sent for cell in one.values())
    assert 0.9 * said < int((~cells.isin(NO_ANSWER)).to_numpy().sum()) < said


def test_the_order_of_rows_is_not_the_order_of_sending(town, tmp_path):
    sent = town.answer(ANSWERS)
    package = open_package(town.export(tmp_path / "package"))
    column = "q04_f1"
    found = list(package.responses[column].astype("str"))
    assert found != [cells[column] for cells in sent]


def test_the_design_and_the_languages_arrive(town, tmp_path):
    town.answer(20)
    package = open_package(town.export(tmp_path / "package"))
    design = package.design
    assert (design.kind, design.population, design.invited) == ("random", 46_000, 800)
    assert package.codebook.languages == ("de", "en", "ar")
    label = package.codebook.labels("q02", "", "label", "en")
    assert "Musterstadt" in label
    assert package.codebook.labels("", "f3", "label", "ar")


def test_comments_are_left_out_unless_asked_for(town, tmp_path):
    town.answer(ANSWERS)
    without = open_package(town.export(tmp_path / "without"))
    assert without.comments.empty
    assert not (tmp_path / "without" / "comments.csv").exists()


def test_comments_come_with_their_question_and_nothing_that_joins_them(town, tmp_path):
    town.answer(ANSWERS)
    package = open_package(town.export(tmp_path / "with", with_comments=True))
    assert set(package.comments["question"]) <= {"q23", "q24"}
    assert list(package.comments.columns) == [
        "question",
        "language",
        "text",
        "field",
        "status",
    ]


def test_the_package_is_a_valid_data_package_for_an_independent_program(town, tmp_path):
    town.answer(ANSWERS)
    folder = town.export(tmp_path / "package")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "note"])


def test_the_same_answers_give_the_same_zip(town, tmp_path):
    town.answer(20)
    first = town.export(tmp_path / "one.zip").read_bytes()
    export_package(town.instance, town.slug, tmp_path / "two.zip")
    assert (tmp_path / "two.zip").read_bytes() == first
