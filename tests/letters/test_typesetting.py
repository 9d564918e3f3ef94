from __future__ import annotations

import re

import pytest

from survey.letters import LettersError, typesetting
from survey.letters.typesetting import SHEETS, typeset


def test_no_sheet_reaches_outside_its_folder():
    for template in SHEETS.glob("*.typ"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r'"@|https?:|read\(|plugin\(', text), template.name
        assert set(re.findall(r'#(?:import|include) "([^"]*)"', text)) <= {"shared.typ"}


def test_data_of_the_wrong_shape_are_refused_in_words():
    with pytest.raises(LettersError, match="cannot be set"):
        typeset("poster", {"title": "x"})


def test_too_little_memory_ends_the_child_and_not_the_program(monkeypatch):
    monkeypatch.setattr(typesetting, "_MEMORY", 60_000_000)
    with pytest.raises(LettersError, match="more memory or time"):
        typeset("poster", {"title": "x"})


def test_a_sheet_that_never_ends_is_stopped(monkeypatch, tmp_path):
    (tmp_path / "endless.typ").write_text(
        "#for a in range(60000) { for b in range(60000) { } }\n"
    )
    monkeypatch.setattr(typesetting, "SHEETS", tmp_path)
    monkeypatch.setattr(typesetting, "_SECONDS", 1)
    with pytest.raises(LettersError, match="more memory or time"):
        typeset("endless", {})
