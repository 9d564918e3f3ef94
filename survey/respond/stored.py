"""What is stored about a survey, in words for residents: made from the tables.

A table without words stops the start: nothing can be stored in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from survey.language import N_, gettext
from survey.settings import Settings
from survey.storage import retention
from survey.storage.tables import metadata

# table: what it holds, how long
WORDS = {
    "drafts": (
        N_(
            "Your answers before sending, encrypted; only your browser has the key,"
            " and the words you note if you want to finish later"
        ),
        N_("Until you send or clear everything, at most 14 days"),
    ),
    "codes": (
        N_("For each access code a secret mark: used or not used"),
        N_("Until the survey ends; then all marks are destroyed"),
    ),
    "sent": (
        N_("For answers without an access code a secret mark against double sending"),
        N_("At most 21 days and at most until the survey ends"),
    ),
    "pool": (
        N_("Sent answers in a sealed urn, mixed with the answers of others"),
        N_("Until enough answers are mixed, at most until the survey ends"),
    ),
    "lanes": (
        N_("How many answers there are in all"),
        N_("As long as the results"),
    ),
    "contacts": (
        N_("If you wish: how to reach you, in a second sealed urn without any answer"),
        N_("Until the day that stands beside the form"),
    ),
    "responses": (
        N_("Ticked answers after mixing, without time and without any name or number"),
        N_("As long as the municipality needs them for its report"),
    ),
    "comments": (
        N_("Texts that people wrote, each alone, apart from all other answers"),
        N_("As long as the municipality needs them for its report"),
    ),
    "counters": (
        N_(
            "How many people began, how many reached each page, and how often an"
            " answer without a code looked like one of a machine"
        ),
        N_("As long as the results"),
    ),
}
# written by the town hall; nothing a resident does changes them. Their words are for
# docs/privacy.md only
OFFICE = {
    "questionnaires": "what is asked, as it is written at the moment",
    "translations": "the state of each translation and who confirmed it",
    "editions": "what was asked, frozen with all its texts",
    "surveys": "the survey: its terms, rules and days",
    "survey_editions": "which edition was in force from which day on",
    "waiting_editions": "a correction that waits for the next release",
    "shapes": "the size to which sealed answers are padded",
    "schedule": "the day of the last daily act; answers received, in tens",
    "acts": "the day of each machine's last daily act",
    "closings": "which machine is closing a survey, and its public key",
    "spares": "how many spare codes were handed out, by reason",
    "entered": "which sheets of typed paper are in, as keyed hashes, until the close",
    "reviews": "when the data review ended; groups that were merged",
    "deletions": "what was deleted because its day had come, in tens",
    "urns": "a fingerprint of the code key, until the close",
}
# sent answers on their way from one machine's urn to another's: the pool's words
SAME = {"remainders": "pool"}
NEVER = (
    N_("your name or your address"),
    N_("the internet address of your device"),
    N_("your device or your browser"),
    N_("the time when you answered"),
    N_("the order in which answers arrived"),
)


class Unspoken(LookupError):
    """A table exists that residents were told nothing about."""


class Row(NamedTuple):
    """One line of the table on the privacy and about pages."""

    what: str
    how_long: str


def check() -> None:
    """Refuse to start while a table has no words. Raises ``Unspoken``."""
    unspoken = set(metadata.tables) - set(OFFICE) - set(SAME) - set(WORDS)
    if unspoken:
        raise Unspoken(", ".join(sorted(unspoken)))


def rows(
    days: Mapping[str, str] | None = None, *, has_contacts: bool = False
) -> list[Row]:
    """All lines, in the language being written; contacts where they are asked for.

    ``days``: until when a survey's answers and comments are kept, as written there.
    """
    # drafts live in a file of their own, outside the metadata
    shown = [name for name in WORDS if name in metadata.tables or name == "drafts"]
    if not has_contacts:
        shown.remove("contacts")
    until = {
        table: day
        for kind, day in (days or {}).items()
        for table in retention.TABLES[kind]
    }
    return [
        Row(gettext(WORDS[name][0]), _how_long(name, until.get(name))) for name in shown
    ]


def _how_long(name: str, day: str | None) -> str:
    if day is None:
        return gettext(WORDS[name][1])
    return gettext("Until %(day)s, then they are deleted", day=day)


def upstream(settings: Settings) -> dict[str, object]:
    """What others note in front of us, as templates/components/logs.html says it."""
    logs, _, days = settings.upstream_logs.partition(":")
    return {"logs": logs or "unknown", "log_days": int(days or 0)}


def never() -> list[str]:
    """What is never stored, in the language being written."""
    return [gettext(text) for text in NEVER]
