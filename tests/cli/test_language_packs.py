"""Translations travel from one town to the next as a file."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from survey.authoring import stored
from survey.cli.context import opened_instance
from survey.cli.language_packs import pack_command, unpack_command
from survey.storage import surveys

TOWN = """
name = "{name}"
language = "de"
title = {title}

[[pages]]
name = "pool"

[[pages.questions]]
name = "{name}"
kind = "single"
label = {label}
options = [
  {{ code = "yes", label = {yes} }},
  {{ code = "no", label = {no} }},
]
"""
SPOKEN = {
    "title": '{ de = "Unser Ort", uk = "Наше місто" }',
    "label": '{ de = "Gehen Sie schwimmen?", uk = "Ви плаваєте?" }',
    "yes": '{ de = "Ja", uk = "Так" }',
    "no": '{ de = "Nein", uk = "Ні" }',
}
GERMAN = {
    "title": '"Unser Ort"',
    "label": '"Gehen Sie schwimmen?"',
    "yes": '"Ja"',
    "no": '"Nein"',
}


@pytest.fixture
def towns(shell, tmp_path):
    """Two surveys in one instance, of which one has Ukrainian."""
    shell.ok("init")
    for name, words in (("first", SPOKEN), ("second", GERMAN)):
        file = tmp_path / f"{name}.toml"
        file.write_text(TOWN.format(name=name, **words), encoding="utf-8")
        shell.ok("questionnaire", "import", file)
    return shell


@pytest.fixture
def run(towns, monkeypatch):
    monkeypatch.setenv("SURVEY_INSTANCE", str(towns.folder))

    def run(command, *words):
        return CliRunner().invoke(command, [str(word) for word in words])

    return run


def kept(slug):
    found = surveys.questionnaire(opened_instance().engine, slug)
    return stored.read(found, name=slug).texts.get("uk", {})


def test_a_language_leaves_one_survey_and_enters_another(run, tmp_path):
    file = tmp_path / "uk.zip"
    done = run(pack_command, "first", "--language", "uk", "--out", file)
    assert done.exit_code == 0
    assert done.output == f"{file}: 4 texts in uk.\n"
    done = run(unpack_command, "second", file)
    assert done.output == (
        "uk: 4 texts taken, 0 were there, 0 not taken, 0 say nothing here.\n"
    )
    assert kept("second") == {
        "title": "Наше місто",
        "second.label": "Ви плаваєте?",
        "second.option.yes": "Так",
        "second.option.no": "Ні",
    }
    again = run(unpack_command, "second", file)
    assert "0 texts taken, 4 were there" in again.output


def test_a_survey_without_the_language_has_nothing_to_give(run, tmp_path):
    out = tmp_path / "x.zip"
    done = run(pack_command, "second", "--language", "uk", "--out", out)
    assert done.exit_code == 1
    assert "second has no text in uk of its own" in done.output
    done = run(pack_command, "first", "--language", "de", "--out", out)
    assert "first is written in de itself." in done.output
    assert not out.exists()


def test_a_file_that_is_no_pack_changes_nothing(run, tmp_path):
    file = tmp_path / "uk.zip"
    file.write_bytes(b"PK nothing")
    done = run(unpack_command, "second", file)
    assert "no archive" in str(done.exception)
    assert kept("second") == {}
