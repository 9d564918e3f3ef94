"""The second urn as the office uses it."""

from __future__ import annotations

import csv
import stat
from datetime import UTC, datetime, timedelta

import pytest

from survey import settings
from survey.urn.contact import Contact
from survey.urn.contact_box import ContactBox, Noted

RANDOM = ("--design", "random", "--population", 46000, "--invited", 800)
TODAY = datetime.now(UTC).astimezone().date()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def asking(published):
    """A survey that asks who wants to be reached, with a few contacts."""
    boxes = ("--contact-box", "raffle,workshop", "--contact-until", LATER)
    published.ok("open", *RANDOM, *boxes)
    found = settings.read(published.folder, {})
    box = ContactBox(found, "zusammenleben")
    for contact in (
        Contact("anna@example.org", ("workshop", "raffle"), '=HYPERLINK("x")'),
        Contact("+49 7031 1230", ("raffle",)),
    ):
        assert box.add(contact, today=TODAY) is Noted.NOTED
    return published


def test_before_the_close_only_tens_are_told(asking, tmp_path):
    said = asking.ok("contacts")
    assert "asked for workshop, raffle" in said
    assert "left: about 0" in said
    said = asking.refused("contacts", "--out", tmp_path / "contacts.csv")
    assert "opened once it is closed" in said
    assert "close it first" in asking.refused("contacts", "zusammenleben", "--delete")
    assert not (tmp_path / "contacts.csv").exists()


def test_after_the_close_they_are_written_once_without_formulas(asking, tmp_path):
    asking.ok("close")
    out = tmp_path / "contacts.csv"
    assert "2 contacts, in no order" in asking.ok("contacts", "--out", out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with out.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=";")
    assert header == ["reach", "name", "workshop", "raffle"]
    assert sorted(rows) == [
        ["'+49 7031 1230", "", "", "x"],
        ["anna@example.org", '\'=HYPERLINK("x")', "x", "x"],
    ]
    assert "nothing was overwritten" in asking.refused("contacts", "--out", out)


def test_deleted_contacts_cannot_be_written_any_more(asking, tmp_path):
    asking.ok("close")
    assert "destroyed" in asking.ok("contacts", "zusammenleben", "--delete")
    said = asking.refused("contacts", "--out", tmp_path / "contacts.csv")
    assert "There are no contacts" in said
    assert "keeps no contacts" in asking.ok("contacts")


def test_without_a_name_only_what_is_due_is_deleted(asking):
    assert "No contacts are due." in asking.ok("contacts", "--delete")
    assert "asked for" in asking.ok("contacts")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--contact-box", "raffle"), "needs both"),
        (("--contact-until", LATER), "needs both"),
        (("--contact-box", "prize", "--contact-until", LATER), "one of workshop"),
        (("--contact-box", "raffle", "--contact-until", TODAY), "before the survey"),
        (
            (
                *("--contact-box", "raffle", "--contact-until", LATER),
                *("--until", LATER + timedelta(days=1)),
            ),
            "before the survey has ended",
        ),
    ],
)
def test_a_box_is_opened_with_what_it_is_for_and_its_last_day(published, options, said):
    assert said in published.refused("open", *RANDOM, *options)
    assert "published" in published.ok("status")


def test_a_survey_without_a_box_keeps_no_contacts(opened, tmp_path):
    assert "keeps no contacts" in opened.ok("contacts")
    both = ("--delete", "--out", tmp_path / "x.csv")
    assert "not both" in opened.refused("contacts", *both)
