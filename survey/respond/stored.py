"""What is stored about a survey, in words for residents: made from the tables.

A table without words stops the start: nothing can be stored in silence.
"""

from __future__ import annotations

from typing import NamedTuple

from survey.language import N_, gettext
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
# written by the town hall; nothing a resident does changes them
OFFICE = frozenset(
    {
        "questionnaires",
        "editions",
        "surveys",
        "survey_editions",
        "waiting_editions",
        "shapes",
        "schedule",
        "acts",
        "closings",
        "spares",
        "urns",
        "reviews",
        "translations",
    }
)
# sent answers on their way from one machine's urn to another's: the pool's words
SAME = frozenset({"remainders"})
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
    unspoken = set(metadata.tables) - OFFICE - SAME - set(WORDS)
    if unspoken:
        raise Unspoken(", ".join(sorted(unspoken)))


def rows() -> list[Row]:
    """All lines, in the language being written."""
    # drafts live in a file of their own, outside the metadata
    shown = [name for name in WORDS if name in metadata.tables or name == "drafts"]
    return [Row(*(gettext(text) for text in WORDS[name])) for name in shown]


def never() -> list[str]:
    """What is never stored, in the language being written."""
    return [gettext(text) for text in NEVER]
