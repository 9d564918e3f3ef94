"""Which languages exist, and what is known of each: the registry.

Direction and locale stand here and are never guessed from a text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from survey.language.accept import match
from survey.language.catalog import (
    Catalog,
    CatalogError,
    MissingText,
    Words,
    open_catalog,
    own_name,
)
from survey.language.script import RIGHT_TO_LEFT, script_of

CATALOGS = Path(__file__).parent.parent / "catalogs"
RELEASED = ("complete", "reviewed")
CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
"""How a language is named in addresses, files and commands: de, ar, de-simple."""


@dataclass(frozen=True)
class Language:
    """One row of the registry; ``code`` stands in addresses, ``html`` in ``lang``."""

    code: str
    html: str
    endonym: str
    direction: str
    catalog: str
    babel: str
    plural: str
    status: str

    @property
    def is_released(self) -> bool:
        """Whether residents may be offered the language."""
        return self.status in RELEASED

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale, for dates and numbers only."""
        return Locale.parse(self.babel)

    def day(self, value: date) -> str:
        """A date in words of this language, with Latin digits."""
        return format_date(value, format="long", locale=self.locale)

    def month(self, value: date) -> str:
        """The month and year of a date, in words of this language."""
        return format_skeleton("yMMMM", value, locale=self.locale)

    def number(self, value: int | Decimal) -> str:
        """A number grouped as this language does, every decimal, Latin digits."""
        return format_decimal(value, locale=self.locale, decimal_quantization=False)


def unlisted(code: str) -> Language:
    """What CLDR knows of a language that nobody has listed yet."""
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = None
    direction = "rtl" if script_of(code) in RIGHT_TO_LEFT else "ltr"
    endonym = (locale.get_display_name(locale) if locale else None) or code
    return Language(
        code=code,
        html=code,
        endonym=endonym,
        direction=direction,
        catalog="",
        babel=str(locale or "en"),
        plural="",
        status="draft",
    )


class Registry:
    """All languages in their order, and the words of each."""

    def __init__(
        self, languages: Sequence[Language], load: Callable[[Language], Words]
    ) -> None:
        self.all = tuple(languages)
        self.released = tuple(x for x in self.all if x.is_released)
        self._released = {language.code: language for language in self.released}
        self._load = load
        self._words: dict[str, Words] = {}

    def get(self, code: str) -> Language | None:
        """The released language of that code."""
        return self._released.get(code)

    def described(self, code: str) -> Language:
        """The language of that code; one that is not listed, as a draft.

        Texts may be translated into any language; only listed ones are offered.
        """
        listed = {language.code: language for language in self.all}
        return listed.get(code) or unlisted(code)

    def choose(self, codes: Sequence[str]) -> list[Language]:
        """The released ones among ``codes``, in the registry's order."""
        return [language for language in self.released if language.code in codes]

    def words(self, language: Language) -> Words:
        """The catalog of a language, loaded once."""
        words = self._words.get(language.code)
        if words is None:
            words = self._words[language.code] = self._load(language)
        return words

    def match(self, accept_language: str) -> list[str]:
        """Codes of released languages the browser asks for, best first."""
        return match(accept_language, [(x.code, x.html) for x in self.released])


def registry(folder: Path = CATALOGS, *, strict: bool = False) -> Registry:
    """Read the registry of compiled catalogs.

    ``strict`` makes a missing text raise ``MissingText``; otherwise German
    stands in its place and the log says so. Raises ``CatalogError``.
    """
    path = folder / "languages.toml"
    if not path.exists():
        raise CatalogError(f"{path} is missing. Run `make catalogs`.")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["language"]
    languages = [
        Language(
            code=row["code"],
            html=row["html"],
            endonym=row["endonym"],
            direction=row["direction"],
            catalog=row["catalog"],
            babel=row["locale"],
            plural=row["plural"],
            status=row["status"],
        )
        for row in rows
    ]

    def load(language: Language) -> Words:
        return open_catalog(folder, language.code, language.catalog, strict=strict)

    return Registry(languages, load)


def check(languages: Registry) -> None:
    """Refuse to start unless each released catalog is whole and speaks its language.

    Compiled catalogs that are missing would otherwise fall back to English
    without a word. Raises ``CatalogError``.
    """
    problems = []
    every: set[str] = set()
    known: dict[str, frozenset[str]] = {}
    for language in languages.released:
        words = languages.words(language)
        if isinstance(words, Catalog):
            known[language.code] = words.messages()
            every |= known[language.code]
        name = _own_name_or_nothing(words)
        if name != language.endonym:
            problems.append(f"{language.code}: its catalog calls itself {name!r}.")
    for code, messages in known.items():
        problems += [f"{code}: {text!r} is missing." for text in every - messages]
    if problems:
        raise CatalogError(" ".join([*sorted(problems), "Run `make catalogs`."]))


def _own_name_or_nothing(words: Words) -> str:
    try:
        return own_name(words)
    except MissingText:
        return ""
