"""The languages a report can be written in: registry, texts, numbers and dates.

Knows nothing of questionnaires, figures or pictures.
"""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

CATALOGS = Path(__file__).with_name("catalogs")
REGISTRY = "languages.toml"
DOMAIN = "analysis"
SOURCE = "en"
RELEASED = frozenset({"complete", "reviewed"})
MINUS = "\N{MINUS SIGN}"
LEFT_TO_RIGHT, END_OF_ISOLATE = "\u2066", "\u2069"
SIGNED = "+#,##0;-#,##0"


class LanguageError(Exception):
    """A language cannot be used: it is not registered or its texts are missing."""


@dataclass(frozen=True, slots=True)
class Language:
    """One line of the registry.

    ``code`` stands in addresses and options, ``html`` in documents, ``catalog``
    names the folder of texts, ``babel`` the locale that formats numbers and dates.
    """

    code: str
    html: str
    endonym: str
    direction: str
    catalog: str
    babel: str
    status: str = "complete"
    plural: str = ""

    @property
    def is_released(self) -> bool:
        """Whether reports are offered in this language."""
        return self.status in RELEASED

    @property
    def is_right_to_left(self) -> bool:
        """Whether lines and layouts begin on the right."""
        return self.direction == "rtl"

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return texts(self.catalog).gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message in this language, in the form that ``count`` asks for."""
        return texts(self.catalog).ngettext(one, many, count)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with ``digits`` decimals, grouped as the language does."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return _readable(format_decimal(value, format=pattern, locale=self.babel))

    def signed(self, value: float) -> str:
        """A whole number with its sign; zero has none."""
        whole = round(value)
        if not whole:
            return self.number(0)
        return _readable(format_decimal(whole, format=SIGNED, locale=self.babel))

    def percent(self, share: float) -> str:
        """A share of 0…1 as whole percent."""
        return _readable(format_percent(share, locale=self.babel))

    def date(self, day: date) -> str:
        """A day in words, digits Latin."""
        return format_date(day, format="long", locale=self.babel)

    def called(self, code: str) -> str:
        """What a language is called in this one; its own name where nobody knows."""
        known: str | None = Locale.parse(self.babel).languages.get(code)
        own = {each.code: each.endonym for each in registry().languages}
        return known or own.get(code, code)

    def together(self, names: Sequence[str]) -> str:
        """Several names as the end of a sentence: “A, B and C”."""
        return format_list(list(names), locale=self.babel)

    def isolate(self, text: str) -> str:
        """A number or code that keeps its order inside a right-to-left sentence."""
        if not self.is_right_to_left:
            return text
        return f"{LEFT_TO_RIGHT}{text}{END_OF_ISOLATE}"


@dataclass(frozen=True, slots=True)
class Registry:
    """Every registered language, in the order of the registry."""

    languages: tuple[Language, ...]

    @property
    def released(self) -> tuple[Language, ...]:
        """The languages a report may be asked for."""
        return tuple(each for each in self.languages if each.is_released)

    def get(self, code: str) -> Language:
        """The language of a code.

        Raises
        ------
        LanguageError
            if nobody registered it.
        """
        for language in self.languages:
            if language.code == code:
                return language
        known = ", ".join(each.code for each in self.languages)
        raise LanguageError(f"Unknown language “{code}”; registered are: {known}.")

    def choose(self, codes: Sequence[str]) -> tuple[Language, ...]:
        """The languages of ``codes``, or every released one if none is named."""
        return tuple(self.get(code) for code in codes) or self.released


def read_registry(path: Path = CATALOGS / REGISTRY) -> Registry:
    """Read the registry that the catalogs brought along.

    Raises
    ------
    LanguageError
        if the catalogs have not been compiled.
    """
    try:
        lines = tomllib.loads(path.read_text(encoding="utf-8"))["language"]
    except FileNotFoundError:
        raise LanguageError(
            f"{path} is missing; compile the catalogs with “make catalogs”."
        ) from None
    return Registry(tuple(_language(line) for line in lines))


@lru_cache
def registry() -> Registry:
    """The registry of this installation, read once."""
    return read_registry()


class _Untranslated(gettext.NullTranslations):
    """What is asked for a text that a catalog lacks: stops the work."""

    def gettext(self, message: str) -> str:
        raise LanguageError(
            f"“{message}” is not translated; no report is written half in another "
            "language. Compile the catalogs with “make catalogs”."
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1)


@lru_cache
def texts(catalog: str, folder: Path = CATALOGS) -> gettext.NullTranslations:
    """The compiled texts of a catalog folder; the source language needs none.

    Raises
    ------
    LanguageError
        if the texts of another language than the source have not been compiled:
        a report half in another language is never written by accident.
    """
    if catalog == SOURCE:
        return gettext.NullTranslations()
    path = folder / catalog / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as lines:
            found = gettext.GNUTranslations(lines)
    except FileNotFoundError:
        raise LanguageError(
            f"{path} is missing; compile the catalogs with “make catalogs”."
        ) from None
    found.add_fallback(_Untranslated())
    return found


def _language(line: dict[str, str]) -> Language:
    return Language(
        code=line["code"],
        html=line.get("html", line["code"]),
        endonym=line["endonym"],
        direction=line.get("direction", "ltr"),
        catalog=line.get("catalog", line["code"]),
        babel=line.get("locale", line["code"]),
        status=line.get("status", "draft"),
        plural=line.get("plural", ""),
    )


def _readable(number: str) -> str:
    """Write the minus sign of typography, as wide as a plus."""
    return number.replace("-", MINUS)
