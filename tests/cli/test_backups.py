"""The commands `backup` and `restore`, as an operator types them."""

from __future__ import annotations

import csv
import json

import pytest

from survey.cli import survey
from tests.cli.conftest import Shell
from tests.urn import town

WORDS = "fünf Wörter sind besser als eins"
VARIABLE = "SURVEY_BACKUP_PASSPHRASE"


@pytest.fixture
def saved(opened, tmp_path):
    """An open survey with ten codes, and its backup."""
    opened.ok("codes", "--count", 10, "--out", tmp_path / "print")
    opened.ok("backup", tmp_path / "night", **{VARIABLE: WORDS})
    return opened


@pytest.fixture
def other(tmp_path):
    return Shell(tmp_path / "other")


def codes(folder):
    with (folder / "codes.csv").open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


def test_a_backup_is_asked_for_its_passphrase_twice(opened, tmp_path):
    result = opened.runner.invoke(
        survey,
        ["backup", str(tmp_path / "b")],
        input=f"{WORDS}\n{WORDS}\n",
        env=opened.environment,
    )
    assert result.exit_code == 0, result.output
    assert WORDS not in result.output
    assert (tmp_path / "b").exists()


def test_the_output_of_a_backup_counts_nobody(opened, tmp_path):
    """Kept night by night it would tell how many came on which day."""
    from survey import settings
    from survey.urn import Ballot, Urn

    found = settings.read(opened.folder, {})
    urn = Urn(found, "zusammenleben")
    columns = town.ask(
        town.Place(opened.folder, found.keys_dir), "SELECT columns FROM shapes"
    )
    closed = dict.fromkeys(json.loads(str(columns[0][0])), "-1")
    urn.send(Ballot(closed, (), "code", "de"), urn.admission(urn.issue(1)[0]), "code")
    urn.stop()
    said = opened.ok("backup", tmp_path / "b", **{VARIABLE: WORDS})
    assert "fewer than 10 answers wait in the urn" in said


def test_a_restored_town_goes_on_where_it_was(saved, other, tmp_path):
    said = other.ok("restore", tmp_path / "night", **{VARIABLE: WORDS})
    assert "answer once more" in said
    assert "lost instance never runs again" in said
    assert "zusammenleben: open" in other.ok("status")
    (tmp_path / "slips.txt").write_text(codes(tmp_path / "print")[0])
    assert "1 codes are marked" in other.ok("codes", "--used", tmp_path / "slips.txt")
    assert "All is well" in other.ok("doctor")


def test_a_wrong_passphrase_offers_the_way_without_codes(saved, other, tmp_path):
    said = other.refused("restore", tmp_path / "night", **{VARIABLE: "ein anderes"})
    assert "--without-codes" in said
    assert "10 codes" in said
    assert not other.folder.exists()
    said = other.ok("restore", tmp_path / "night", "--without-codes")
    assert "codes to issue: 10" in said
    assert "No earlier code can be used" in said


def test_a_second_restore_is_refused_in_words(saved, tmp_path):
    said = saved.refused("restore", tmp_path / "night", **{VARIABLE: WORDS})
    assert "not empty" in said


def test_a_weak_passphrase_is_refused_with_what_it_needs(opened, tmp_path):
    said = opened.refused("backup", tmp_path / "b", **{VARIABLE: "geheim"})
    assert "at least 16 characters" in said
    assert not (tmp_path / "b").exists()


def test_a_folder_that_is_not_there_is_named(opened, tmp_path):
    said = opened.refused("backup", tmp_path / "no" / "b", **{VARIABLE: WORDS})
    assert "There is no folder" in said


def test_what_is_no_backup_is_refused_before_anything_is_asked(other, tmp_path):
    (tmp_path / "b").write_text("something else")
    assert "is no backup" in other.refused("restore", tmp_path / "b")
