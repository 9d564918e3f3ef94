"""Several machines, and PostgreSQL, as an operator types it."""

from __future__ import annotations

import shutil

import pytest

from survey.cli import closing
from tests import postgres

OPEN = ("open", "--design", "open", "--access", "both")


@pytest.fixture
def machines(published):
    """Two machines on one database: what to set for the second one."""
    published.ok("init", SURVEY_DEMO="true")
    published.environment["SURVEY_DEMO"] = "true"
    published.ok(*OPEN)
    published.ok("simulate", "--count", 24, "--seed", 1)
    keys = published.folder / "b"
    keys.mkdir(mode=0o700)
    for name in ("web.key", "zusammenleben.code"):
        shutil.copy(published.folder / "keys" / name, keys)
    published.second = {"SURVEY_LANE": "b", "SURVEY_KEYS_DIR": str(keys)}
    published.ok("simulate", "--count", 23, "--seed", 2, **published.second)
    return published


def test_closing_waits_for_the_other_machine_and_names_what_to_type(machines):
    said = machines.refused("close", "--wait", 0)
    assert "Waiting for lane b" in said
    assert "--without-lane b" in said
    assert "waits for lane b" in machines.ok("status")
    assert closing.HANDED_OVER in machines.ok("close", **machines.second)
    assert "mixed and open" in machines.ok("close")
    assert "counts agree: yes" in machines.ok("status", **machines.second)


def test_a_release_on_the_other_machine_hands_over_too(machines):
    machines.refused("close", "--wait", 0)
    assert closing.HANDED_OVER in machines.ok("release", **machines.second)
    assert "mixed and open" in machines.ok("close")


def test_a_lost_machine_is_closed_without(machines):
    machines.refused("close", "--wait", 0)
    assert "mixed and open" in machines.ok("close", "--without-lane", "b")
    assert "counts agree: yes" in machines.ok("status")


def test_a_lane_that_does_not_exist_is_refused(machines):
    assert "there is: b" in machines.refused("close", "--without-lane", "c")


def test_a_machine_that_was_renamed_hands_over_to_itself(machines):
    # its name changed in the settings, its keys stayed where they are
    said = machines.ok("close", "--without-lane", "b", SURVEY_LANE="new")
    assert "mixed and open" in said
    assert not list((machines.folder / "keys").glob("zusammenleben.*"))


@pytest.fixture
def second_name(machines):
    return machines


def test_a_name_that_cannot_name_a_lane_is_refused(published):
    assert "lane" in published.refused("status", SURVEY_LANE="Rathaus 1")


def test_an_address_of_another_database_is_refused(published):
    said = published.refused("status", SURVEY_DATABASE_URL="mysql://town")
    assert "database_url" in said


def test_k_of_an_open_survey_can_only_be_raised(published):
    published.ok(*OPEN)
    assert "at least 12" in published.ok("open", "--k", 12)
    assert "can only be raised" in published.refused("open", "--k", 11)


@pytest.mark.thorough
def test_the_life_of_a_survey_on_postgresql(shell, tmp_path):
    from survey.authoring import shipped

    shell.environment |= {
        "SURVEY_DATABASE_URL": postgres.fresh(),
        "SURVEY_UPSTREAM_LOGS": "none",
        "SURVEY_IMAGE_BACKUPS": "none",
        "SURVEY_DEMO": "true",
    }
    shell.ok("init")
    file = tmp_path / "small.toml"
    file.write_text(shipped.source("zusammenleben"), encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    shell.ok("publish", "--languages", "de,en,ar")
    shell.ok(*OPEN)
    shell.ok("codes", "--count", 30, "--out", tmp_path / "codes")
    # so many that 20 of them look alike
    shell.ok("simulate", "--count", 100, "--seed", 1)
    assert "Released" in shell.ok("release")
    assert "All is well." in shell.ok("doctor")
    assert "counts agree: yes" in shell.ok("status")
    shell.ok("repair")
    assert "mixed and open" in shell.ok("close")
    shell.ok("export", "--format", "package", "--out", tmp_path / "package")
    assert len((tmp_path / "package" / "responses.csv").read_text().splitlines()) == 101
    assert not (shell.folder / "survey.sqlite").exists()
    assert not (shell.folder / "drafts.sqlite").exists()


@pytest.mark.thorough
def test_doctor_names_what_is_wrong_about_the_server(shell):
    url = postgres.fresh()
    shell.ok("init", SURVEY_DATABASE_URL=url)
    wrong = f"{url}&options=-c%20log_statement%3Dall"
    for command in ("doctor", "status"):
        said = shell.refused(command, SURVEY_DATABASE_URL=wrong)
        assert "ALTER ROLE survey SET log_statement = 'none'" in said
    gone = url.replace("town", "nowhere")
    assert "does not exist" in shell.refused("doctor", SURVEY_DATABASE_URL=gone)
