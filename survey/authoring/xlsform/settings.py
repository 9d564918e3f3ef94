"""The sheets settings, fields and themes → what holds for the whole questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from survey.authoring.naming import plain
from survey.authoring.xlsform.records import Record
from survey.questionnaire.model import SurveySettings
from survey.questionnaire.rules.rule import LONGEST_NAME

KNOWN_SLOTS = ("place", "help_address")
LISTS = ("groups", "three_way", "language_groups", "review_rules")
NUMBERS = ("group_base", "release_hour")
SLOT = "slot::"
COLUMNS = frozenset(
    [
        "title",
        "form_id",
        "default_language",
        "version",
        "style",
        "written_by",
        "screened_out_if",
        "privacy_profile",
        "interim",
        "cross_cutting",
    ]
) | {*KNOWN_SLOTS, *LISTS, *NUMBERS}
OURS = "vielstimmig"
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_SILENT = frozenset(
    [
        "version",
        "style",
        "public_key",
        "submission_url",
        "auto_send",
        "auto_delete",
        "sms_keyword",
        "id_string",
        "set_version",
        "client_editable",
    ]
)


@dataclass(slots=True)
class Settings:
    """What the sheet settings says; ``record`` is its first row, if any."""

    record: Record | None = None
    default_language: str = ""
    is_ours: bool = False
    slots: dict[str, str] = field(default_factory=dict)


def read(records: Iterable[Record]) -> Settings:
    """The first row of the sheet; further ones are refused."""
    found = Settings()
    for record in records:
        if found.record is not None:
            record.entry.refuse("Settings are one row.", "Leave this one out.")
            continue
        found.record = record
        found.default_language = record.value("default_language")
        found.is_ours = record.value("written_by") == OURS
        found.slots = {s: record.value(s) for s in KNOWN_SLOTS if record.value(s)}
        for heading, value in record.unnamed.items():
            if heading.startswith(SLOT):
                found.slots[heading.removeprefix(SLOT)] = value
        _remark(record)
    return found


def _remark(record: Record) -> None:
    unused = [
        heading
        for heading in record.unnamed
        if not heading.startswith(SLOT) and heading.strip().lower() not in _SILENT
    ]
    if unused:
        record.entry.change(f"{', '.join(unused)}: these settings have no effect.")


def slug(settings: Settings, name: str) -> str:
    """The questionnaire's own name: the form's, or that of its file."""
    wanted = settings.record.value("form_id") if settings.record else ""
    for candidate in (wanted, plain(wanted), name, plain(name)):
        if _SLUG.fullmatch(candidate) and len(candidate) <= LONGEST_NAME:
            if settings.record and wanted and candidate != wanted:
                settings.record.entry.change(f"It is called {candidate} here.")
            return candidate
    return "questionnaire"


def survey_settings(settings: Settings) -> SurveySettings:
    """The table of settings of a questionnaire."""
    record = settings.record
    if record is None:
        return SurveySettings()
    values: dict[str, Any] = {"slots": MappingProxyType(settings.slots)}
    for name in LISTS:
        if record.value(name):
            values[name] = tuple(record.value(name).replace(",", " ").split())
    for name in NUMBERS:
        if record.value(name).isdigit():
            values[name] = int(record.value(name)[:6])
    if record.value("privacy_profile"):
        values["privacy_profile"] = record.value("privacy_profile")
    values["interim"] = record.flag("interim")
    return SurveySettings(**values)


def titles(
    settings: Settings, texts: Mapping[str, str], codes: Iterable[str], name: str
) -> dict[str, str]:
    """The title in every language: XLSForm has only one, which all share."""
    if settings.is_ours:
        return dict(texts)
    codes = list(codes)
    first = texts.get(codes[0]) or next(iter(texts.values()), "") or name
    missing = [code for code in codes if code not in texts]
    if settings.record is not None and missing and (len(codes) > 1 or not texts):
        reason = f"The title is {first!r} in {', '.join(missing)} too."
        remedy = "Translate it, or write titles::… for each language."
        settings.record.entry.change(reason, remedy)
    return {**dict.fromkeys(codes, first), **texts}
