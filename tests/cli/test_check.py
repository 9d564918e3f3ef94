"""Looking at a survey before its start: its questions, and who could be recognised."""

from __future__ import annotations

import pytest

from survey.authoring import shipped

WRONG = """\
name = "wrong"
language = "de"
title = "Falsch"

[[pages]]
name = "q1"

[[pages.questions]]
name = "q1"
kind = "single"
label = "Wo kaufen Sie ein und warum?"
options = [
  { code = "here", label = { de = "Hier", en = "Here" } },
  { code = "there", label = { de = "Dort", en = "Here" } },
]
"""


@pytest.fixture
def taken_in(shell, tmp_path):
    """An instance with the reference questionnaire, not yet published."""
    shell.ok("init")
    file = tmp_path / "zusammenleben.toml"
    file.write_text(shipped.source("zusammenleben"), encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    return shell


def test_a_file_is_checked_with_lines_notes_and_minutes(shell, tmp_path):
    file = tmp_path / "wrong.toml"
    file.write_text(WRONG, encoding="utf-8")
    said = shell.refused("questionnaire", "check", file)
    assert "wrong.toml:14: q1.option.there: In en it reads like" in said
    assert "wrong.toml:11: q1.label: note: It asks two things at once" in said
    assert "about 1 minute for the core, 0 for the rest" in said
    assert "1 problem to mend" in said


def test_a_file_with_notes_alone_is_all_right(shell, tmp_path):
    file = tmp_path / "fair.toml"
    text = WRONG.replace('en = "Here" } },\n]', 'en = "There" } },\n]')
    file.write_text(text, encoding="utf-8")
    said = shell.ok("questionnaire", "check", file)
    assert "fair.toml can be published: 1 page, 1 note" in said
    assert "languages: de, en (2 texts missing)." in said


def test_a_survey_is_checked_in_all_its_languages(taken_in):
    said = taken_in.ok("check", "zusammenleben")
    assert "en: letters and forms" in said
    assert "about 4 minutes for the core, 6 for the rest" in said
    assert "languages: de, en, ar." in said
    assert taken_in.ok("check") == said


def test_what_is_not_there_cannot_be_checked(shell):
    assert "survey init" in shell.refused("check", "zusammenleben")
    shell.ok("init")
    assert "nowhere" in shell.refused("check", "nowhere")


HEAD = "variable;category;population\n"
PEOPLE = {
    "d1": {"16_24": 13, "25_44": 33, "45_64": 32, "65_up": 22},
    "d2": {"female": 50, "male": 49, "diverse": 1},
    "d3": {"self": 15, "parents": 10, "no": 75},
    "d4": {"under_2": 10, "2_9": 25, "10_up": 65},
    "d5": {"yes": 35, "no": 65},
    "form_language": {"de": 86, "tr": 9, "ar": 5},
}


def register(folder, *, times, without=(), **changed):
    """A file as a planner types it: so many people, as shares of a hundred."""
    lines = [
        f"{name};{category};{changed.get(category, people * times)}\n"
        for name, margin in PEOPLE.items()
        if name not in without
        for category, people in margin.items()
    ]
    file = folder / "melderegister.csv"
    file.write_text(HEAD + "".join(lines), encoding="cp1252")
    return file


def test_a_town_that_is_large_enough_may_start(taken_in, tmp_path):
    said = taken_in.ok("check", "--register", register(tmp_path, times=460))
    assert "46000 people, privacy profile standard" in said
    assert "All is within the limits" in said


def test_a_village_is_told_what_is_too_fine_and_what_repairs_it(taken_in, tmp_path):
    said = taken_in.refused("check", "--register", register(tmp_path, times=7))
    rows = [line.split() for line in said.splitlines()]
    [together] = [row for row in rows if row[:2] == ["everything", "together"]]
    # of 700 people 9.0 % are unique and 31.6 % among fewer than five: drawn by numpy
    assert 8 < float(together[2]) < 10
    assert 30 < float(together[4]) < 34
    assert together[6:8] == ["too", "fine"]
    assert "self + parents | no" in said
    assert "somebody could be recognised. What is proposed above repairs it." in said


def test_what_is_kept_is_not_proposed(taken_in, tmp_path):
    file = register(tmp_path, times=7)
    said = taken_in.refused("check", "--register", file, "--keep", "d3,d4")
    assert "self + parents" not in said
    assert "d9" in taken_in.refused("check", "--register", file, "--keep", "d9")


def test_what_has_no_numbers_is_not_passed_over(taken_in, tmp_path):
    file = register(tmp_path, times=460, without=("d4", "d5"))
    said = taken_in.refused("check", "--register", file)
    assert "Not checked, as the register says nothing of it: d4, d5." in said
    assert "somebody could be recognised" not in said


def test_wrong_numbers_are_refused_in_words_all_at_once(taken_in, tmp_path):
    file = register(tmp_path, times=7, male="viele", self="-3")
    said = taken_in.refused("check", "--register", file)
    assert "melderegister.csv:7: d2: 'viele' is no whole number of people." in said
    assert "melderegister.csv:9: d3: -3 is less than nobody." in said
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert "The file is empty." in taken_in.refused("check", "--register", empty)
    assert "exist" in taken_in.refused("check", "--register", tmp_path / "none.csv")


def test_a_file_to_fill_in_is_written_once(taken_in, tmp_path):
    file = tmp_path / "neu.csv"
    taken_in.ok("check", "--template", file)
    text = file.read_text(encoding="utf-8-sig")
    assert text.startswith("variable,category,population\nd1,16_24,\n")
    assert "form_language,other," in text
    said = taken_in.refused("check", "--template", file)
    assert "exists" in said
    assert "There is no number." in taken_in.refused("check", "--register", file)
