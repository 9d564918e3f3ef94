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
