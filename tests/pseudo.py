"""Languages that nobody speaks: longer than English, and mirrored.

A page in one of them shows at a glance, and to a program, which text never went
through a catalog: it stands outside the brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from survey.language import Language, Registry, registry
from survey.questionnaire import texts
from survey.questionnaire.model import Questionnaire

OPEN, CLOSE = "⟦", "⟧"
LENGTH = 1.4
_KEPT = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z0-9_]+\}|<[^>]*>|&[a-z#0-9]+;|%%")
_ACCENTS = str.maketrans("aceginorsuyACEGINORSUY", "áçéĝíñóŕšúýÁÇÉĜÍÑÓŔŠÚÝ")
_ISOLATED = re.compile("\u2068[^\u2069]*\u2069")


def translate(text: str) -> str:
    """A text as a catalog of a longer language would give it."""
    plain = _KEPT.sub("", text)
    more = "·" * ceil(len(plain) * (LENGTH - 1))
    parts = _KEPT.split(text)
    kept = [*_KEPT.findall(text), ""]
    accented = "".join(
        part.translate(_ACCENTS) + keep for part, keep in zip(parts, kept, strict=True)
    )
    return f"{OPEN}{accented}{more}{CLOSE}"


class Words:
    """A catalog that has every text."""

    def gettext(self, message: str) -> str:
        return translate(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return translate(one if n == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return translate(message)

    def npgettext(self, context: str, one: str, many: str, n: int) -> str:
        return translate(one if n == 1 else many)


def _language(code: str, html: str, direction: str) -> Language:
    return Language(
        code=code,
        html=html,
        endonym=translate("English"),
        direction=direction,
        catalog=code,
        babel="en",
        plural="",
        status="complete",
    )


LONGER = _language("xl", "en-x-longer", "ltr")
MIRRORED = _language("xm", "ar-x-mirror", "rtl")
LANGUAGES = (LONGER, MIRRORED)


def with_pseudo() -> Registry:
    """The real registry, strict about missing texts, and the two languages."""
    real = registry(strict=True)

    def load(language: Language) -> object:
        return Words() if language in LANGUAGES else real.words(language)

    return Registry((*real.all, *LANGUAGES), load)


def questionnaire(real: Questionnaire) -> Questionnaire:
    """A questionnaire that exists in the two languages as well.

    What is asked only where it is translated is left out in them.
    """
    source = real.texts[real.source_language]
    ours = {
        entry.key: translate(source[entry.key])
        for entry in texts.text_keys(texts.asked_in(real, LONGER.code))
        if entry.key in source
    }
    more = {language.code: ours for language in LANGUAGES}
    return replace(real, texts={**real.texts, **more})


def untranslated(text: str) -> Iterator[str]:
    """The runs of letters of a page that stand outside the brackets."""
    depth = 0
    run: list[str] = []
    for letter in _ISOLATED.sub("", text) + OPEN:
        depth += {OPEN: 1, CLOSE: -1}.get(letter, 0)
        if depth == 0 and letter != CLOSE:
            run.append(letter)
        elif run:
            words = "".join(run).strip()
            if any(unicodedata.category(one).startswith("L") for one in words):
                yield words
            run = []
