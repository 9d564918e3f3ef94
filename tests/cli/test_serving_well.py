"""What the doctor and the status say of proxies and open links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from survey.storage import pauses


@pytest.fixture
def opened(published):
    published.ok("open", "--design", "open", "--access", "link")
    return published


def test_behind_https_a_proxy_must_be_counted(opened):
    opened.environment["SURVEY_PUBLIC_URL"] = "https://umfrage.example"
    assert "trusted_proxies" in opened.refused("doctor")
    assert "All is well" in opened.ok("doctor", SURVEY_TRUSTED_PROXIES="1")


def test_a_proxy_that_was_seen_must_be_counted(opened):
    assert "trusted_proxies" not in opened.ok("doctor")
    (opened.folder / "proxy-seen").touch()
    said = opened.refused("doctor")
    assert "a proxy stands in front and is not counted" in said
    assert "All is well" in opened.ok("doctor", SURVEY_TRUSTED_PROXIES="1")


def test_the_office_is_told_of_a_pause_and_how_often_there_was_one(opened):
    assert "open link" not in opened.ok("status")
    soon = datetime.now(UTC) + timedelta(minutes=20)
    pauses.begin(opened.folder, "zusammenleben", soon)
    assert "open link: paused now, paused 1 times" in opened.ok("status")
    pauses.begin(opened.folder, "zusammenleben", soon - timedelta(hours=1))
    said = opened.ok("status")
    assert "open link: paused 2 times" in said
    assert "now" not in said
