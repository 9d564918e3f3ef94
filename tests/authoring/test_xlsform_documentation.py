"""What administrators read about XLSForm names every column and every type."""

from __future__ import annotations

import re
from pathlib import Path

from survey.authoring.xlsform import types
from survey.authoring.xlsform.headers import CHOICE_COLUMNS, SURVEY_COLUMNS
from survey.authoring.xlsform.settings import COLUMNS

DOCUMENT = Path(__file__).parents[2] / "docs" / "administrators.md"
QUOTED = " ".join(re.findall(r"`([^`\n]+)`", DOCUMENT.read_text(encoding="utf-8")))
EXPLAINED = set(re.findall(r"[A-Za-z_]+", QUOTED))
# What every XLSForm has, and what is read over without a word.
THEIRS = (
    "type name label hint guidance_hint constraint constraint_message required_message "
    "appearance parameters read_only repeat_count trigger video note notes comment "
    "comments list_name form_id default_language version style title"
)


def test_every_column_of_our_own_is_explained():
    own = SURVEY_COLUMNS | CHOICE_COLUMNS | COLUMNS
    assert not own - set(THEIRS.split()) - EXPLAINED


def test_every_type_is_explained():
    bases = {types.read(word).base for word in types.PLAIN}
    assert not bases - EXPLAINED - {"datetime"}
    assert "dateTime" in EXPLAINED
