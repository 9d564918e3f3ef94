"""From an empty folder to a closed survey, as an administrator types it."""

from __future__ import annotations

import csv
import re
import stat

from survey.cli import COMMANDS
from survey.urn import codes


def test_every_command_explains_itself(shell):
    for name in COMMANDS:
        assert "Usage: survey" in shell.ok(name, "--help")


def test_an_instance_is_made_once_and_kept(shell):
    shell.ok("init")
    secret = (shell.folder / "keys" / "web.key").read_bytes()
    shell.ok("init")
    assert (shell.folder / "keys" / "web.key").read_bytes() == secret


def test_publishing_waits_until_the_operator_has_said_what_is_logged(shell, tmp_path):
    from survey.authoring import shipped

    shell.ok("init")
    file = tmp_path / "small.toml"
    file.write_text(shipped.source("zusammenleben"), encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    said = shell.refused("publish", "--languages", "de")
    assert "upstream_logs" in said
    assert "image_backups" in said


def test_publishing_prints_the_hash_of_the_edition(published):
    printed = published.ok("publish", "--languages", "de,en,ar")
    assert re.search(r"^[0-9a-f]{64}$", printed, re.MULTILINE)


def test_a_language_that_is_not_released_is_refused(published):
    assert "xx" in published.refused("publish", "--languages", "de,xx")


def test_a_random_sample_needs_its_numbers(published):
    said = published.refused("open", "--design", "random")
    assert "--population" in said


def test_more_people_invited_than_there_are_is_refused(published):
    said = published.refused(
        *("open", "--design", "random", "--population", 10, "--invited", 20)
    )
    assert "More people" in said


def test_a_survey_cannot_be_opened_twice(opened):
    said = opened.refused("open", "--design", "open")
    assert "open" in said


def test_codes_are_written_once_readable_for_their_owner_alone(opened, tmp_path):
    opened.ok("codes", "--count", 50, "--out", tmp_path / "print")
    path = tmp_path / "print" / "codes.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["code"] for row in rows}) == 50
    assert all(codes.normalise(row["code"]) == row["code"] for row in rows)
    assert all(row["address"].endswith("#" + row["code"]) for row in rows)


def test_a_second_run_of_codes_overwrites_nothing(opened, tmp_path):
    opened.ok("codes", "--count", 5, "--out", tmp_path)
    first = (tmp_path / "codes.csv").read_bytes()
    opened.ok("codes", "--count", 5, "--out", tmp_path)
    assert (tmp_path / "codes.csv").read_bytes() == first
    assert (tmp_path / "codes-2.csv").exists()


def test_slips_of_paper_envelopes_are_marked_and_strangers_named(opened, tmp_path):
    opened.ok("codes", "--count", 3, "--out", tmp_path)
    slips = tmp_path / "slips.txt"
    lines = (tmp_path / "codes.csv").read_text().splitlines()
    code = lines[1].split(",")[0]
    slips.write_text(f"{codes.group(code)}\n1234 5678 9012 3456\n", encoding="utf-8")
    said = opened.refused("codes", "--used", slips)
    assert "1 codes are marked" in said
    assert "none of ours" in said


def test_a_spare_code_is_handed_out_one_at_a_time(opened):
    printed = opened.ok("codes", "--spare", "lost letter").strip()
    assert codes.normalise(printed)
    assert "lost letter: 1" in opened.ok("status")


def test_only_one_thing_at_a_time_can_be_asked_of_codes(opened, tmp_path):
    assert "one of" in opened.refused("codes", "--count", 3, "--spare", "x")
    assert "--out" in opened.refused("codes", "--count", 3)


def test_a_survey_with_too_few_answers_is_not_opened(opened):
    opened.ok("simulate", "--count", 9, SURVEY_DEMO="true")
    said = opened.refused("close")
    assert "Fewer than 10" in said
    assert "open" in opened.ok("status")


def test_destroying_too_few_answers_closes_the_survey(opened, tmp_path):
    opened.ok("simulate", "--count", 9, SURVEY_DEMO="true")
    assert "destroyed unopened" in opened.ok("close", "--destroy")
    assert "closed" in opened.ok("status")
    opened.ok("export", "--out", tmp_path / "package")
    rows = (tmp_path / "package" / "responses.csv").read_text().splitlines()
    assert len(rows) == 1


def test_a_survey_that_nobody_answered_can_be_closed(opened):
    assert "nobody had answered" in opened.ok("close")


def test_a_simulation_is_stored_to_the_last_answer(opened, tmp_path):
    opened.ok("simulate", "--count", 30, "--seed", 7, SURVEY_DEMO="true")
    opened.ok("close")
    opened.ok("export", "--out", tmp_path / "package")
    rows = (tmp_path / "package" / "responses.csv").read_text().splitlines()
    assert len(rows) == 1 + 30


def test_nothing_is_exported_while_the_survey_is_open(opened, tmp_path):
    said = opened.refused("export", "--out", tmp_path / "package")
    assert "closed" in said
    assert not (tmp_path / "package").exists()


def test_simulated_answers_never_meet_real_ones(opened):
    assert "demo = true" in opened.refused("simulate", "--count", 1)


def test_an_unknown_survey_is_named_with_those_there_are(opened):
    assert "zusammenleben" in opened.refused("status", "nowhere")


def test_a_command_before_the_instance_exists_says_what_to_run(shell):
    assert "survey init" in shell.refused("status")


def test_the_doctor_finds_a_new_instance_well(opened):
    assert "All is well" in opened.ok("doctor")


def test_the_doctor_names_a_secret_that_others_can_read(opened):
    (opened.folder / "keys" / "web.key").chmod(0o644)
    said = opened.refused("doctor")
    assert "chmod 600" in said


def test_the_doctor_names_settings_that_do_not_exist(opened):
    path = opened.folder / "settings.toml"
    path.write_text(path.read_text() + "\nupstream_log = 'none'\n")
    assert "upstream_logs" in opened.refused("doctor")
