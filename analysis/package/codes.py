"""The fixed words of the data package format; knows no file and no table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FORMAT_VERSION = "1"
SEPARATOR = "__"

NO_ANSWER: Mapping[str, str] = MappingProxyType(
    {
        "-1": "skipped by routing",
        "-2": "shown and left empty",
        "-3": "don't know",
        "-4": "prefer not to say",
        "-5": "not reached",
    }
)
SKIPPED, LEFT_EMPTY, DONT_KNOW, PREFER_NOT, NOT_REACHED = NO_ANSWER

# One column per option; every other closed kind has one column of its own name.
SPREAD_KINDS = frozenset({"multiple", "pick", "rank", "points"})
SINGLE_KINDS = frozenset({"single", "battery", "select", "district"})
TEXT_KINDS = frozenset({"text", "short_text"})
# Their columns hold values, not categories: they stay in the table as they are
# and are counted nowhere, so nothing of them leaves.
VALUE_KINDS = frozenset({"number", "date", "calculated"})
UNCOUNTED_KINDS = TEXT_KINDS | VALUE_KINDS
KINDS = SPREAD_KINDS | SINGLE_KINDS | UNCOUNTED_KINDS
# A list nobody reads as a chart, and more than fits a column of small codes.
MOST_COUNTED = 40

ROLES = frozenset(
    {
        "satisfaction",
        "importance",
        "pick",
        "rank",
        "points",
        "barrier",
        "experience",
        "demographic",
        "measure",
        "other",
    }
)

DESIGNS = ("random", "census", "open")
SYSTEM_COLUMNS = ("channel", "form_language", "excluded")
STAGES = (
    "invited",
    "undeliverable",
    "started",
    "completed",
    "partial",
    "screened_out",
    "page",
)
