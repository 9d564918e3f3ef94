"""What an opened package holds; knows neither files nor figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.package.codes import SEPARATOR, SINGLE_KINDS, SPREAD_KINDS
from analysis.package.columns import Columns

LabelKey = tuple[str, str, str, str]


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the questionnaire as the results know it.

    ``options`` stand in the order of display; scale items list the favourable
    end first unless ``reversed``. The hashes are empty where the package has none.
    ``only_in`` are the languages it was asked in, empty where those are all.
    """

    name: str
    kind: str
    scale: str = ""
    field: str = ""
    role: str = "other"
    page: str = ""
    multiple: bool = False
    reversed: bool = False
    sensitive: bool = False
    random_order: bool = False
    shown_if: str = ""
    wording_hash: str = ""
    structure_hash: str = ""
    options: tuple[str, ...] = ()
    is_ordinal: bool = False
    only_in: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the item's columns in the table of responses."""
        if self.kind in SPREAD_KINDS:
            return tuple(f"{self.name}{SEPARATOR}{code}" for code in self.options)
        is_counted = self.kind in SINGLE_KINDS and bool(self.options)
        return (self.name,) if is_counted else ()

    @property
    def low_to_high(self) -> tuple[str, ...]:
        """Options of a scale from its low to its high end, else as displayed."""
        if self.is_ordinal and not self.reversed:
            return self.options[::-1]
        return self.options


@dataclass(frozen=True)
class Codebook:
    """Items, fields of action, languages and every label."""

    items: tuple[Item, ...]
    fields: tuple[str, ...]
    languages: tuple[str, ...]
    default_language: str
    texts: Mapping[LabelKey, str]

    @cached_property
    def _by_name(self) -> Mapping[str, Item]:
        return {item.name: item for item in self.items}

    def item(self, name: str) -> Item:
        """The item of that name; ``KeyError`` when there is none."""
        return self._by_name[name]

    def options(self, name: str) -> tuple[str, ...]:
        """Option codes of an item in the order of display."""
        return self._by_name[name].options

    def items_of_role(self, role: str) -> tuple[Item, ...]:
        """Items of one role (``satisfaction``, ``pick``, …) in their order."""
        return tuple(item for item in self.items if item.role == role)

    @cached_property
    def partial_languages(self) -> tuple[str, ...]:
        """Languages in which something was asked that others were not."""
        spoken = {code for item in self.items for code in item.only_in}
        return tuple(code for code in self.languages if code in spoken)

    def labels(self, item: str, category: str, kind: str, language: str) -> str:
        """Wording of an item (``category`` empty), an option or a field.

        Fields of action stand under the empty item, with their code as
        category; the survey's title under the empty item and category. Where
        there is no short form, the label is given; "" when there is no text.
        """
        found = self.texts.get((item, category, kind, language))
        if found is None and kind == "short":
            found = self.texts.get((item, category, "label", language))
        return found or ""


@dataclass(frozen=True, slots=True)
class Design:
    """How people came to answer: ``random``, ``census`` or ``open``."""

    kind: str
    population: int | None = None
    invited: int | None = None
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition that people were given; the last one is the package's own.

    ``reworded``: items that said something else before, with the language.
    """

    order: int
    hash: str
    languages: tuple[str, ...]
    note: str
    reworded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Package:
    """An opened and verified data package.

    ``responses`` has one row per person that was not excluded: one column of
    category type per column of the codebook, with the five kinds of no answer
    as the last categories. ``excluded_rows`` are the rows that were excluded, of the
    same form, ``excluded`` their number by reason.
    ``hash`` is the SHA-256 of the descriptor, which pins every other file.
    ``editions`` is empty where the survey was never corrected. ``columns`` is the
    file the responses were mapped from, if there is one.
    """

    descriptor: Mapping[str, Any]
    design: Design
    codebook: Codebook
    responses: pd.DataFrame
    hash: str
    excluded: Mapping[str, int]
    participation: pd.DataFrame
    margins: pd.DataFrame
    comments: pd.DataFrame
    policy: Mapping[str, Any] = field(default_factory=_nothing)
    merges: Mapping[str, Any] = field(default_factory=_nothing)
    texts: Mapping[str, Any] = field(default_factory=_nothing)
    editions: tuple[Edition, ...] = ()
    excluded_rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    columns: Columns | None = None

    @property
    def name(self) -> str:
        """Survey and wave, as people call the package."""
        wave = str(self.descriptor.get("wave") or "")
        survey = str(self.descriptor.get("survey") or "survey")
        return f"{survey} {wave}".strip()

    def reworded(self) -> dict[str, tuple[str, ...]]:
        """Items whose wording changed while the survey was open, by language."""
        found: dict[str, dict[str, None]] = {}
        for edition in self.editions:
            for item, language in edition.reworded:
                found.setdefault(item, {})[language] = None
        return {item: tuple(languages) for item, languages in found.items()}


def codebook_of(
    items: Iterable[Item],
    *,
    fields: Iterable[str] = (),
    languages: Iterable[str] = ("en",),
    texts: Mapping[LabelKey, str] | None = None,
) -> Codebook:
    """A codebook made by hand, for tables that do not come from a package.

    Examples
    --------
    >>> book = codebook_of([Item("q02", "single", options=("yes", "no"))])
    >>> book.options("q02")
    ('yes', 'no')
    """
    spoken = tuple(languages)
    return Codebook(tuple(items), tuple(fields), spoken, spoken[0], texts or {})
