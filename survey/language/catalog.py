"""The words of one language: compiled catalogs, and what happens when one fails.

Knows no registry: which languages exist is decided elsewhere.
"""

from __future__ import annotations

import gettext as standard
import logging
from pathlib import Path
from typing import Protocol

DOMAIN = "survey"
SOURCE = "en"

_log = logging.getLogger(__name__)


class CatalogError(Exception):
    """The catalogs do not fit the registry; the instance must not start."""


class MissingText(Exception):
    """A text of the interface has no translation."""


class Words(Protocol):
    """What a catalog can be asked."""

    def gettext(self, message: str, /) -> str:
        """A text."""
        ...

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """A text that depends on a number."""
        ...

    def pgettext(self, context: str, message: str, /) -> str:
        """A text told apart by its context."""
        ...

    def npgettext(self, context: str, one: str, many: str, n: int, /) -> str:
        """Both."""
        ...


def _path(folder: Path, catalog: str) -> Path:
    return folder / catalog / "LC_MESSAGES" / f"{DOMAIN}.mo"


def open_catalog(folder: Path, code: str, catalog: str, *, strict: bool) -> Words:
    """The words of a language; English is the source and needs no catalog.

    Raises ``CatalogError`` when the compiled file is missing.
    """
    if catalog == SOURCE:
        return standard.NullTranslations()
    words = _read(folder, catalog)
    german = None if strict else _read(folder, "de")
    words.add_fallback(_Missing(code, german))
    return words


def _read(folder: Path, catalog: str) -> Catalog:
    path = _path(folder, catalog)
    if not path.exists():
        raise CatalogError(f"{path} is missing. Run `make catalogs`.")
    with path.open("rb") as file:
        return Catalog(file)


class Catalog(standard.GNUTranslations):
    """One compiled catalog."""

    _catalog: dict[str | tuple[str, int], str]

    def messages(self) -> frozenset[str]:
        """Ids of all texts; the forms of a number count once."""
        return frozenset(
            key[0] if isinstance(key, tuple) else key for key in self._catalog
        )


class _Missing(standard.NullTranslations):
    """What stands at the end of each chain: English never appears by accident."""

    def __init__(self, code: str, german: standard.GNUTranslations | None) -> None:
        super().__init__()
        self._code = code
        self._german = german

    def _instead(self, message: str) -> standard.GNUTranslations:
        if self._german is None:
            raise MissingText(f"{self._code}: {message}")
        _log.error("no translation into %s of: %s", self._code, message)
        return self._german

    def gettext(self, message: str) -> str:
        return self._instead(message).gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._instead(msgid1).ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return self._instead(message).pgettext(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._instead(msgid1).npgettext(context, msgid1, msgid2, n)


def own_name(words: Words) -> str:
    """The language's name in its own catalog: shown on pages, checked at start."""
    return words.pgettext("name of this language", "English")
