"""The rules of each language, read from what translators edit.

Knows no texts; which rules a text breaks is found elsewhere.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from survey.language import glyphs
from survey.language.registry import CATALOGS
from survey.language.script import letters_of
from survey.questionnaire.glossary import Glossary, Term
from survey.questionnaire.language_rules import LanguageRules, Pattern, Patterns

ENGLISH = "term"
"""The column of the glossary that holds the English terms."""


def rules(
    language: str, source: str, *, domain: str = "", folder: Path = CATALOGS
) -> LanguageRules:
    """The rules for texts in ``language`` that were written in ``source``.

    ``domain`` names a catalog or a shipped questionnaire with exceptions of its own.
    """
    written = _wording(folder).get(_base(language), {})
    script = letters_of(language)
    return LanguageRules(
        language=language,
        script=script,
        letters=_patterns(written.get("letters", ())),
        address=_patterns(written.get("address", ())),
        glued=_patterns(written.get("glued", ())),
        glossary=_glossary(folder, source, language),
        same=_same(folder, domain, language, has_latin=not script),
        undrawable=glyphs.undrawable,
    )


def _base(language: str) -> str:
    return language.split("-")[0]


def _patterns(pairs: Sequence[Sequence[str]]) -> Patterns:
    return Patterns(tuple(Pattern(re.compile(regex), why) for regex, why in pairs))


@cache
def _wording(folder: Path) -> Mapping[str, Any]:
    return tomllib.loads((folder / "wording.toml").read_text(encoding="utf-8"))


@cache
def _same(
    folder: Path, domain: str, language: str, *, has_latin: bool
) -> frozenset[str]:
    text = (folder / "same_as_source.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)
    own = lists.get(domain, {})
    shared = lists["latin"] if has_latin else []
    return frozenset([*lists["names"], *shared, *own.get(language, [])])


@cache
def _glossary(folder: Path, source: str, language: str) -> Glossary:
    columns = [ENGLISH if code == "en" else code for code in (source, language)]
    with (folder / "glossary.csv").open(encoding="utf-8", newline="") as lines:
        pairs = [
            [(row.get(column) or "").split("|") for column in columns]
            for row in csv.DictReader(lines)
        ]
    terms = (Term(tuple(there), tuple(here)) for there, here in pairs)
    return Glossary(tuple(t for t in terms if t.source[0] and t.target[0]))
