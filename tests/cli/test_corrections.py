"""An administrator corrects an open survey."""

from __future__ import annotations

import pytest

SMALL = """
name = "small"
language = "de"
title = { de = "Vereine", en = "Clubs", ar = "النوادي" }

[[pages]]
name = "member"

[[pages.questions]]
name = "member"
kind = "single"
label = { de = "Sind Sie Mitgleid?", en = "Are you a member?", ar = "هل أنت عضو؟" }
options = [
  { code = "yes", label = { de = "Ja", en = "Yes", ar = "نعم" } },
  { code = "no", label = { de = "Nein", en = "No", ar = "لا" } },
]
"""
CORRECTED = SMALL.replace("Mitgleid", "Mitglied")


@pytest.fixture
def small(shell):
    """An open survey of one question, with a slip in it."""
    shell.ok("init")
    shell.environment |= {
        "SURVEY_UPSTREAM_LOGS": "none",
        "SURVEY_IMAGE_BACKUPS": "none",
        "SURVEY_DEMO": "true",
    }
    shell.ask = lambda text: take_in(shell, text)
    shell.ask(SMALL)
    shell.ok("publish", "--languages", "de,en")
    shell.ok("open", "--design", "open", "--access", "link")
    return shell


def take_in(shell, text):
    file = shell.folder.parent / "small.toml"
    file.write_text(text, encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    # a slip is corrected: the translations still say the same
    shell.ok("translations", "confirm", "--language", "en,ar")


def test_a_correction_needs_a_note(small):
    small.ask(CORRECTED)
    assert "--note" in small.refused("publish", "--languages", "de,en")
    assert "waits" not in small.ok("status")


@pytest.mark.parametrize("note", ["", "   ", "a\x1b[31mb", "x" * 301])
def test_a_note_that_nobody_can_read_is_refused(small, note):
    small.ask(CORRECTED)
    said = small.refused("publish", "--languages", "de,en", "--note", note)
    assert "note" in said


def test_while_nobody_has_answered_it_is_in_force_at_once(small):
    small.ask(CORRECTED)
    said = small.ok("publish", "--languages", "de,en", "--note", "a slip")
    assert "member.label (de): The words changed." in said
    assert "Nobody has answered yet" in said
    assert "edition 2 since" in small.ok("status")


def test_it_waits_for_the_release_and_is_named_until_then(small):
    small.ok("simulate", "--count", 25)
    small.ask(CORRECTED)
    said = small.ok("publish", "--languages", "de,en", "--note", "a  slip")
    assert "It takes effect with the next release" in said
    status = small.ok("status")
    assert "waits for the next release" in status
    assert "(a slip)" in status
    assert "The correction that was waiting is in force." in small.ok("release")
    status = small.ok("status")
    assert "edition 2 since" in status
    assert "waits" not in status


def test_a_few_answers_keep_it_waiting(small):
    small.ok("simulate", "--count", 4)
    small.ask(CORRECTED)
    small.ok("publish", "--languages", "de,en", "--note", "a slip")
    assert "in force" not in small.ok("release")
    assert "waits for the next release" in small.ok("status")


def test_publishing_the_same_again_says_that_nothing_has_changed(small):
    said = small.refused("publish", "--languages", "en,de", "--note", "why")
    assert "Nothing has changed" in said


def test_the_same_correction_waits_once_and_its_note_may_be_corrected(small):
    small.ok("simulate", "--count", 4)
    small.ask(CORRECTED)
    words = ("publish", "--languages", "de,en")
    small.ok(*words, "--note", "a slip")
    assert "waits already" in small.refused(*words)
    assert "waits already" in small.refused(*words, "--note", " a slip ")
    small.ok(*words, "--note", "two letters")
    status = small.ok("status")
    assert "(two letters)" in status
    assert "(a slip)" not in status


def test_going_back_withdraws_what_waits(small):
    small.ok("simulate", "--count", 4)
    small.ask(CORRECTED)
    small.ok("publish", "--languages", "de,en", "--note", "a slip")
    small.ask(SMALL)
    assert "withdrawn" in small.ok("publish", "--languages", "de,en")
    assert "waits" not in small.ok("status")


def test_every_change_that_is_no_correction_is_named_and_nothing_is_kept(small):
    small.ok("simulate", "--count", 4)
    small.ask(
        CORRECTED.replace('code = "no"', 'code = "never"').replace(
            'kind = "single"', 'kind = "single"\nprefer_not = true'
        )
    )
    said = small.refused("publish", "--languages", "de", "--note", "a slip")
    for place in ("member.options", "member.has_prefer_not", "languages"):
        assert f"small: {place}" in said
    assert "member.label" not in said
    assert "waits" not in small.ok("status")


def test_a_language_may_come_and_what_it_costs_is_said(small):
    small.ok("simulate", "--count", 4)
    said = small.ok("publish", "--languages", "ar,de,en", "--note", "asked for")
    assert "languages (ar): The language is new." in said
    assert "not told apart" not in said


def test_a_note_before_the_survey_is_open_is_refused(shell):
    shell.ok("init")
    shell.environment |= {
        "SURVEY_UPSTREAM_LOGS": "none",
        "SURVEY_IMAGE_BACKUPS": "none",
    }
    take_in(shell, SMALL)
    said = shell.refused("publish", "--languages", "de", "--note", "a slip")
    assert "draft" in said


def test_closing_says_that_what_waited_never_took_effect(small):
    small.ok("simulate", "--count", 12)
    small.ask(CORRECTED)
    small.ok("publish", "--languages", "de,en", "--note", "a slip")
    assert "never took effect" in small.ok("close")
    assert "waits" not in small.ok("status")
    assert "stands" in small.refused("publish", "--languages", "de,en")


def test_one_language_apart_from_all_others_costs_the_difference(small):
    small.ok("close", "--destroy")
    other = SMALL.replace('name = "small"', 'name = "lone"').replace(
        "[[pages]]",
        '[settings]\nprivacy_profile = "village"\n\n[[pages]]',
    )
    file = small.folder.parent / "lone.toml"
    file.write_text(other, encoding="utf-8")
    small.ok("questionnaire", "import", file)
    small.ok("publish", "lone", "--languages", "de")
    small.ok("open", "lone", "--design", "open", "--access", "link", "--k", 5)
    said = small.ok("publish", "lone", "--languages", "de,ar", "--note", "asked for")
    assert "not told apart by language" in said


OWN = """
[[pages]]
name = "pool"

[[pages.questions]]
name = "pool"
kind = "single"
where_translated = true
label = "Kennen Sie das Freibad?"
options = [
  { code = "yes", label = "Ja" },
  { code = "no", label = "Nein" },
]
"""


@pytest.mark.parametrize(
    ("groups", "is_possible"), [('"de", "en"', False), ('"de"', True)]
)
def test_a_language_after_which_a_gap_would_tell_one_is_refused(
    small, groups, is_possible
):
    settings = f"[settings]\nlanguage_groups = [{groups}]\n\n[[pages]]"
    text = SMALL.replace('name = "small"', 'name = "gap"', 1)
    file = small.folder.parent / "gap.toml"
    text = text.replace("[[pages]]", settings, 1) + OWN
    file.write_text(text, encoding="utf-8")
    small.ok("questionnaire", "import", file)
    small.ok("publish", "gap", "--languages", "de,en")
    small.ok("open", "gap", "--design", "open", "--access", "link")
    with_arabic = ("publish", "gap", "--languages", "de,en,ar", "--note", "asked for")
    if is_possible:
        small.ok(*with_arabic)
    else:
        said = small.refused(*with_arabic)
        assert "pool, asked only in de, would tell it" in said
