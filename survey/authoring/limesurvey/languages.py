"""Which languages a survey has, and the codes we know them by; asks when unsure.

Knows the sections that name languages and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.authoring.intake import Question
from survey.authoring.limesurvey.document import Document, Row
from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.standard import spoken

SECTION = "languages"
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
# Easy language has a code of its own there; ours is a variant of German, too.
_OWN_CODES = {"de-easy": "de-simple"}
_INFORMAL = "-informal"
MOST_LANGUAGES = 60


@dataclass(frozen=True, slots=True)
class Languages:
    """``base`` is what the others are translated from; ``codes`` theirs → ours."""

    base: str
    codes: Mapping[str, str]
    questions: tuple[Question, ...] = ()


def settle(
    document: Document, languages_of: Mapping[str, str], ledger: Ledger
) -> Languages:
    """The languages of a survey; those nobody can name are asked for."""
    found = _named(document)
    codes: dict[str, str] = {}
    questions = []
    for name in found[:MOST_LANGUAGES]:
        code = languages_of.get(name) or _ours(name, found)
        if not _CODE.fullmatch(code) or code in codes.values():
            questions.append(_asked(name, code, codes))
        else:
            codes[name] = code
    _account(document, codes, ledger)
    base = next((codes[name] for name in found if name in codes), "")
    return Languages(base, codes, tuple(questions))


def _named(document: Document) -> list[str]:
    """Every language the file names, the base language first."""
    found: list[str] = []
    for row in _rows(document, "surveys"):
        found.append(row["language"])
        found += row["additional_languages"].split()
    found += [row["language"] for row in _entries(document)]
    return [name for name in dict.fromkeys(found) if name]


def _rows(document: Document, section: str) -> list[Row]:
    return document[section].rows if section in document else []


def _entries(document: Document) -> list[Row]:
    return document[SECTION].entries if SECTION in document else []


def _ours(name: str, found: list[str]) -> str:
    code = name.lower().replace("_", "-")
    code = _OWN_CODES.get(code, code)
    formal = code.removesuffix(_INFORMAL)
    others = {other.lower() for other in found if other != name}
    return formal if formal not in others else code


def _asked(name: str, code: str, codes: Mapping[str, str]) -> Question:
    known = tuple(c for c in known_languages() if c not in codes.values())
    words = f"Which language is {name!r}?"
    if code in codes.values():
        words = f"{name!r} and another language are both read as {code}: which is it?"
    return Question(SECTION, name, words, known)


def known_languages() -> tuple[str, ...]:
    """Codes of the languages the interface speaks."""
    known = spoken()
    return tuple(language.code for language in known.released) if known else ()


def _account(document: Document, codes: Mapping[str, str], ledger: Ledger) -> None:
    spoken = known_languages()
    for row in _entries(document):
        name = row["language"]
        code = codes.get(name, "")
        ledger.take(row, name)
        if not code:
            reason = "Nobody can say which language this is."
            ledger.refuse(row, reason, f"Say it: --language-of {name}=CODE.")
        elif code != name:
            ledger.change(row, f"It is called {code} here.")
        if code and spoken and code not in spoken:
            reason = f"Texts in {code} are kept; the interface does not speak it yet."
            ledger.change(row, reason)
