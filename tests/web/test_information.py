"""Privacy, accessibility, barrier, imprint: short, true, whole in every language."""

from __future__ import annotations

import pytest

from survey.app import assemble
from survey.respond import stored
from survey.storage.drafts import KEPT_DAYS
from survey.storage.tables import metadata
from tests import instances
from tests.page_lint import Resident

NAMES = ("privacy", "accessibility", "barrier", "imprint")
FULL = {
    "represented_by": "Bürgermeisterin Erika Muster",
    "data_protection_officer": "Datenschutz\nRathausplatz 1",
    "supervisory_authority": "Landesbeauftragte",
    "enforcement_body": "Schlichtungsstelle",
    "accessibility_checked_on": "2026-10-01",
    "demo": True,
}


@pytest.mark.parametrize("code", ["en", "xl", "xm"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_whole_in_every_language(resident, name, code):
    answer = resident.get(f"/{code}/{name}")
    assert answer.status_code == 200
    assert 'data-page="information"' in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_pages_say_what_the_settings_say(tmp_path, clock, name):
    settings = instances.fresh(tmp_path / "full", **FULL)
    with instances.serving(settings, clock) as app:
        client = Resident(app, app.response_class)
        pages = {
            code: client.get(f"/{code}/{name}").text for code in ("en", "xl", "xm")
        }
    expected = {
        "privacy": ["Rathausplatz 1", "Landesbeauftragte"],
        "accessibility": ["1 October 2026", "Schlichtungsstelle"],
        "barrier": ["07031 123-0"],
        "imprint": ["Bürgermeisterin Erika Muster"],
    }
    for text in [*expected[name], "demonstration"]:
        assert text in pages["en"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("none", "We keep no log of visits"),
        ("days:1", "for one day"),
        ("days:7", "for 7 days"),
        ("unknown", "We do not know whether"),
        ("", "We do not know whether"),
    ],
)
def test_what_the_computing_centre_logs_is_told(tmp_path, clock, value, sentence):
    settings = instances.fresh(tmp_path / "logs", upstream_logs=value)
    with instances.serving(settings, clock) as app:
        client = Resident(app, app.response_class)
        assert sentence in client.get("/en/privacy").text
        assert client.get("/xl/privacy").status_code == 200


@pytest.mark.parametrize("code", ["en", "xl"])
def test_a_town_without_name_and_contact_has_whole_pages(tmp_path, clock, code):
    nothing = dict.fromkeys(("town", "address", "telephone", "email", "hours"), "")
    settings = instances.fresh(tmp_path / "bare", **nothing)
    with instances.serving(settings, clock) as app:
        client = Resident(app, app.response_class)
        for name in NAMES:
            text = client.get(f"/{code}/{name}").text
            if code == "en":
                assert "has not named a contact" in text


def test_a_long_address_of_a_mailbox_breaks_after_its_sign(tmp_path, clock):
    settings = instances.fresh(tmp_path / "mail", email="a<b@stadt.example")
    with instances.serving(settings, clock) as app:
        text = Resident(app, app.response_class).get("/en/barrier").text
    assert "a&lt;b@<wbr>stadt.example" in text
    assert 'href="mailto:a&lt;b@stadt.example"' in text


def test_every_table_of_the_store_is_either_told_or_the_offices_own():
    told = {*stored.WORDS, *stored.SAME, *stored.OFFICE}
    assert set(metadata.tables) == told - {"drafts"}


def test_a_table_nobody_was_told_about_stops_the_start(settings, monkeypatch):
    monkeypatch.delitem(stored.WORDS, "comments")
    with pytest.raises(stored.Unspoken, match="comments"):
        assemble(settings)


def test_the_days_told_are_the_days_kept():
    told = {name: how_long for name, (_, how_long) in stored.WORDS.items()}
    assert f"{2 * KEPT_DAYS} days" in told["drafts"]
    assert f"{3 * KEPT_DAYS} days" in told["sent"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("none", "No copies of the whole server are kept."),
        ("keys-excluded", "but without the keys of the sealed urn"),
    ],
)
def test_privacy_says_which_copies_of_the_server_are_kept(
    tmp_path, clock, value, sentence
):
    settings = instances.fresh(tmp_path / "copied", image_backups=value)
    with instances.serving(settings, clock) as app:
        client = Resident(app, app.response_class)
        assert sentence in client.get("/en/privacy").text
