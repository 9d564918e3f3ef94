"""What a whole catalog must fulfil: header, plural rule, nothing obsolete, options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from gettext import c2py

import polib

from tests.translations.entries import Entry

# Numbers and the form each language uses for them, from the CLDR plural rules.
FORMS: dict[str, dict[int, int]] = {
    "de": {0: 1, 1: 0, 2: 1, 11: 1, 100: 1},
    "en": {0: 1, 1: 0, 2: 1, 11: 1, 100: 1},
    "ar": {
        **{0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 26: 4, 99: 4},
        **{100: 5, 101: 5, 102: 5, 103: 3, 111: 4, 200: 5},
    },
}


def obsolete(catalog: polib.POFile) -> list[str]:
    """No text stays behind that nobody shows."""
    return [f"{text.msgid!r} is obsolete" for text in catalog.obsolete_entries()]


def header(catalog: polib.POFile, language: Mapping[str, str]) -> list[str]:
    """The header says the language and the pinned plural rule, and no date."""
    wanted = {
        "Language": language["html"],
        "Plural-Forms": language["plural"],
        "Content-Type": "text/plain; charset=utf-8",
    }
    complaints = [
        f"{field}: {catalog.metadata.get(field)!r} instead of {value!r}"
        for field, value in wanted.items()
        if catalog.metadata.get(field) != value
    ]
    return complaints + [
        f"{field} makes the file differ every day"
        for field in catalog.metadata
        if field.endswith("-Date")
    ]


def plural_rule(rule: str, wanted: Mapping[int, int]) -> list[str]:
    """The rule picks the right form for numbers known by hand."""
    expression = rule.partition("plural=")[2].rstrip("; ")
    form = c2py(expression)
    return [
        f"{number}: form {form(number)} instead of {right}"
        for number, right in wanted.items()
        if form(number) != right
    ]


def plural_forms(found: Iterable[Entry], count: int) -> list[str]:
    """Every text with a number has as many forms as the language needs."""
    return [
        f"{text.name}: {len(text.target)} forms instead of {count}"
        for text in found
        if len(text.source) > 1 and len(text.target) != count
    ]


def option_group(key: str) -> str:
    """The list of choices a text belongs to, by its key; empty when to none."""
    parts = key.split(".")
    if len(parts) == 3 and parts[1] == "option":
        return parts[0]
    if len(parts) == 2 and parts[1] in ("dont_know", "prefer_not"):
        return parts[0]
    if parts[0] in ("field", "cross_cutting"):
        return f"{parts[0]} {parts[-1]}"
    if "_f" in parts[0] and parts[-1] == "label":
        return parts[0].partition("_f")[0] + " rows"
    return ""


def different_options(found: Iterable[Entry]) -> list[str]:
    """Two options of one question never read alike."""
    read_as: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in found:
        if group := option_group(text.key):
            read_as[group, text.target[0].casefold()].append(text.key)
    return [
        f"{' and '.join(keys)} read alike: {wording!r}"
        for (_, wording), keys in read_as.items()
        if len(keys) > 1
    ]
