"""Headings of XLSForm columns in every dialect people use → what the column holds.

Knows no row and no language: a heading's language stays the name its author wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

TRANSLATED = frozenset(
    {
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "image",
        "audio",
        "video",
        "title",
        "short",
        "dont_know",
        "prefer_not",
        "other",
    }
)
_BOTH = {
    "caption": "label",
    "big_image": "image",
    "field": "field_of_action",
    "fieldofaction": "field_of_action",
}
SURVEY: Mapping[str, str] = {
    **_BOTH,
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "count": "repeat_count",
    "choicefilter": "choice_filter",
    "guidance": "guidance_hint",
}
CHOICES: Mapping[str, str] = {
    **_BOTH,
    "list": "list_name",
    "listname": "list_name",
    "value": "name",
    "code": "name",
}
SETTINGS: Mapping[str, str] = {
    "form_title": "title",
    "titles": "title",
    "set_form_title": "title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
FIELDS: Mapping[str, str] = {
    "name": "code",
    "field": "code",
    "field_of_action": "code",
    "caption": "label",
}
SURVEY_COLUMNS = frozenset(
    [
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "relevant",
        "constraint",
        "constraint_message",
        "required",
        "required_message",
        "appearance",
        "default",
        "calculation",
        "choice_filter",
        "read_only",
        "repeat_count",
        "parameters",
        "trigger",
        "image",
        "audio",
        "video",
        "kind",
        "role",
        "field_of_action",
        "cross_cutting",
        "scale",
        "reversed",
        "sensitive",
        "at_most",
        "longest",
        "decimals",
        "total",
        "picks_from",
        "least",
        "most",
        "dont_know",
        "prefer_not",
        "other",
        "where_translated",
        "page",
        "part",
        "default_from",
        "words_of_field",
        "note",
        "notes",
        "comment",
        "comments",
    ]
)
CHOICE_COLUMNS = frozenset(
    [
        "list_name",
        "name",
        "label",
        "image",
        "audio",
        "video",
        "exclusive",
        "shared",
        "field_of_action",
        "words_of_field",
    ]
)
_PREFIXES = ("bind", "control", "body", "media")
_DOUBLE = re.compile(r"\s*::\s*")
_SINGLE = re.compile(r"\s*:{1,2}\s*")
_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: ``field`` is our name of what it holds, empty when unknown.

    ``language`` is the name its author gave the language, empty where there is none;
    ``text`` the heading as it was written.
    """

    column: int
    text: str
    field: str
    language: str = ""


def read(column: int, text: str, aliases: Mapping[str, str]) -> Heading:
    """What a heading means, whatever its spaces, capitals and colons."""
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("\ufeff")
    plain = " ".join(plain.split())
    parts = [part for part in _parts(plain) if part]
    while len(parts) > 1 and _spelled(parts[0]) in _PREFIXES:
        del parts[0]
    field = _spelled(parts[0]) if parts else ""
    field = aliases.get(field, field)
    language = "::".join(parts[1:])
    if language and field not in TRANSLATED:
        return Heading(column, text.strip(), _spelled("::".join(parts)), "")
    return Heading(column, text.strip(), field, language)


def property_of(heading: Heading) -> str:
    """The name choice filters use for a column of choices that is none of ours."""
    return heading.text.removeprefix("property::").strip()


def _parts(plain: str) -> list[str]:
    if "::" in plain:
        first, *rest = _DOUBLE.split(plain)
        return [*_SINGLE.split(first), *rest]
    return _SINGLE.split(plain)


def _spelled(word: str) -> str:
    return _BETWEEN.sub("_", word.strip().lower()).removeprefix("jr:")
