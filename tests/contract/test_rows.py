"""`survey export` hands rows to `analysis`, which protects them first."""

from __future__ import annotations

import csv

import pyreadstat
import pytest
from click.testing import CliRunner

from survey.cli import survey as command
from survey.storage import reviews
from tests.contract.towns import TODAY, Town

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    place = tmp_path_factory.mktemp("rows")
    made = Town(place / "instance", design="open")
    made.answer(40)
    made.urn.close()
    return made, place


@pytest.fixture
def run(monkeypatch):
    def run(town, *arguments):
        monkeypatch.setenv("SURVEY_INSTANCE", str(town.settings.instance))
        return CliRunner().invoke(command, ["export", *map(str, arguments)])

    return run


def test_nothing_is_exported_while_people_answer_and_the_review_stays_open(
    run, tmp_path
):
    town = Town(tmp_path / "instance", design="open")
    done = run(town, "--format", "csv", "--out", tmp_path / "early.csv")
    assert done.exit_code == 1
    assert "results exist once it is closed" in done.output
    assert not (tmp_path / "early.csv").exists()
    assert reviews.end_untouched(town.instance.engine, town.slug, today=TODAY)


def test_too_few_answers_give_no_rows_but_all_of_them_with_a_warning(town, run, capfd):
    done = run(town[0], "--format", "csv", "--out", town[1] / "rows.csv")
    assert done.exit_code == 1
    assert "There can be no analysis file" in capfd.readouterr().err
    assert not (town[1] / "rows.csv").exists()
    done = run(
        town[0], "--format", "csv", "--rows", "all", "--out", town[1] / "all.csv"
    )
    assert done.exit_code == 0, done.output
    assert "WARNING: these rows are not protected" in capfd.readouterr().err
    with (town[1] / "all.csv").open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == 40
    run(
        town[0],
        "--format",
        "sav",
        "--rows",
        "all",
        "--language",
        "ar",
        "--out",
        town[1] / "a.sav",
    )
    table, about = pyreadstat.read_sav(str(town[1] / "a.sav"))
    assert len(table) == 40
    assert any(text[:1] >= "\u0600" for text in about.column_labels if text)
    assert (town[1] / "a.sps").is_file()


def test_comments_travel_in_packages_only(run, town):
    done = run(town[0], "--format", "csv", "--comments", "--out", town[1] / "c.csv")
    assert done.exit_code == 1
    assert "Only a package can bring comments along." in done.output
