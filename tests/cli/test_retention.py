"""The commands `retention …`, as an administrator types them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

TODAY = datetime.now(UTC).astimezone().date()
SOON = TODAY + timedelta(days=90)


@pytest.fixture
def promised(published):
    """An open survey whose answers are kept for ninety days."""
    published.ok(
        *("open", "--design", "open", "--access", "link"),
        *("--keep-answers", SOON, "--keep-comments", SOON),
    )
    return published


def test_days_given_at_the_opening_are_shown(promised):
    said = promised.ok("retention", "show")
    assert f"zusammenleben, answers: kept until {SOON}" in said
    assert f"zusammenleben, comments: kept until {SOON}" in said


def test_a_survey_without_days_is_named(opened):
    assert "no day of deletion is given" in opened.ok("retention", "show")


def test_days_can_be_brought_forward_and_not_put_off(promised):
    sooner = SOON - timedelta(days=1)
    said = promised.ok("retention", "set", "--answers", sooner)
    assert f"answers: kept until {sooner}" in said
    assert "only come sooner" in promised.refused("retention", "set", "--answers", SOON)


def test_answers_cannot_go_before_people_have_given_them(published):
    said = published.refused(
        *("open", "--design", "open", "--until", SOON, "--keep-answers", SOON)
    )
    assert "comes before people have answered" in said


def test_nothing_is_due_yet(promised):
    assert "Nothing has come of its day" in promised.ok("retention", "run")


def test_the_doctor_names_what_is_overdue_and_a_run_says_what_stands_in_the_way(
    promised,
):
    promised.ok("retention", "set", "--answers", TODAY)
    assert "survey retention run" in promised.refused("doctor")
    said = promised.refused("retention", "run")
    assert "close it first" in said


def test_a_closed_survey_is_deleted_with_a_protocol_and_exports_no_more(
    promised, tmp_path
):
    promised.ok("close")
    promised.ok("retention", "set", "--answers", TODAY, "--comments", TODAY)
    said = promised.ok("retention", "run", "--dry-run")
    assert "due since" in said
    said = promised.ok("retention", "run")
    assert f"answers: deleted on {TODAY}, about 0 rows" in said
    assert "none found" in said
    assert "Copies elsewhere" in said
    assert f"deleted on {TODAY}" in promised.ok("retention", "show")
    said = promised.refused("export", "--out", tmp_path / "package")
    assert "were deleted on" in said
