"""The library that comes with the program: questions and fields to be taken by name.

Knows how an entry is taken into a file, not what the keys of an entry mean.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from survey.authoring.gettext import wordings
from survey.authoring.tables import Table
from survey.language.registry import CATALOGS, registry

NAME = "library"
FILE = Path(__file__).parent.parent / "questionnaires" / f"{NAME}.toml"
KEY = "library"
FIELD_KEYS = ("code",)
QUESTION_KEYS = ("name", "field", "cross_cutting", "role", "shown_if")
_WORDS = ("label", "short", "hint", "dont_know", "prefer_not")

Entry = dict[str, Any]
Wordings = Mapping[str, Mapping[str, str]]


@cache
def content() -> dict[str, Any]:
    """The library in the shape of a questionnaire file, one question a page."""
    return shaped(FILE.read_bytes())


def shaped(source: bytes) -> dict[str, Any]:
    """A library file in the shape of a questionnaire file.

    A question belongs to the first of its fields, as long as nobody takes it.
    """
    data = tomllib.loads(source.decode("utf-8"))
    pages = [
        {
            "name": entry["name"],
            "questions": [{**entry, "field": "".join(entry.get("field", ())[:1])}],
        }
        for entry in data["questions"]
    ]
    return {
        "name": NAME,
        "language": data["language"],
        "fields": data["fields"],
        "pages": pages,
    }


@cache
def _entries() -> Mapping[str, Mapping[str, Entry]]:
    data = tomllib.loads(FILE.read_text("utf-8"))
    return {
        "field": {entry["code"]: entry for entry in data["fields"]},
        "question": {entry["name"]: entry for entry in data["questions"]},
    }


@cache
def texts(language: str) -> Wordings:
    """The library's texts in German and in another language, as far as there are."""
    source = content()["language"]
    german = {
        key: part[words]
        for kind, entries in _entries().items()
        for entry in entries.values()
        for part, key, words in _wordings(entry, kind)
    }
    spoken = registry().get(language)
    if language == source or spoken is None:
        return {source: german}
    path = CATALOGS / spoken.catalog / "LC_MESSAGES" / f"{NAME}.mo"
    translated = wordings(path)
    own = {key: translated.get((key, words), "") for key, words in german.items()}
    return {language: {key: said for key, said in own.items() if said}, source: german}


def taken_field(table: Table, language: str) -> Table | None:
    """The table of a field of action with what it takes from the library.

    None when the library has no such field, which has been reported.
    """
    entry = _entry(table, "field", language)
    if entry is None:
        return None
    return _merged(table, entry, "field", FIELD_KEYS)


def taken_question(
    table: Table, language: str, *, fields: Collection[str], themes: Collection[str]
) -> Table | None:
    """The same for a question, in a questionnaire with these fields and themes."""
    entry = _entry(table, "question", language)
    if entry is None:
        return None
    wanted = entry.get("field", [])
    known = [code for code in wanted if code in fields]
    entry["field"] = "".join((known or wanted)[:1])
    named = entry.pop("cross_cutting", ())
    entry["cross_cutting"] = [code for code in named if code in themes]
    original = entry["name"]
    found = _merged(table, entry, "question", QUESTION_KEYS)
    for row in found.data.get("rows", ()):
        row["name"] = f"{found.data['name']}{row['name'].removeprefix(original)}"
    return found


def _entry(table: Table, kind: str, language: str) -> Entry | None:
    """A copy of the entry that is named, with its wordings by language."""
    name = table.text(KEY)
    known = _entries()[kind]
    if not isinstance(table.data[KEY], str):
        return None  # its type has been reported
    if name not in known:
        similar = difflib.get_close_matches(name, known, 1)
        remedy = "`survey questionnaire library` lists what there is."
        if similar:
            remedy = f"Did you mean {similar[0]}?"
        table.complain(KEY, f"The library has no {kind} {name!r}.", remedy)
        return None
    entry = deepcopy(known[name])
    spoken = texts(language)
    for part, key, words in list(_wordings(entry, kind)):
        part[words] = {code: own[key] for code, own in spoken.items() if key in own}
    return entry


def _wordings(entry: Entry, kind: str) -> Iterator[tuple[Entry, str, str]]:
    """Every wording: the table it stands in, its text key, its key there."""
    name = f"field.{entry['code']}" if kind == "field" else entry["name"]
    for words in _WORDS:
        if isinstance(entry.get(words), str):
            yield entry, f"{name}.{words}", words
    for option in entry.get("options", ()):
        yield option, f"{name}.option.{option['code']}", "label"
    for row in entry.get("rows", ()):
        yield row, f"{row['name']}.label", "label"


def _merged(table: Table, entry: Entry, kind: str, own: tuple[str, ...]) -> Table:
    """The entry with what the town may say itself; anything else is reported."""
    kept = {key: table.data[key] for key in own if key in table.data}
    for key in sorted(table.data.keys() - {KEY, *own}):
        reason = f"What the library says of a {kind} stays as it is there."
        remedy = (
            f"Leave out {key}, or leave out library and write the {kind} yourself. "
            f"Of your own may be: {', '.join(own)}."
        )
        table.complain(key, reason, remedy)
    return table.with_data({**entry, **kept})
