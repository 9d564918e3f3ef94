"""Every picture is drawn once and looked at by many tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import pytest

from analysis.charts import Picture, Words, draw, lay_out
from analysis.charts.sheet import Sheet
from analysis.disclosure import Protected
from analysis.language import Language
from tests.charts import examples, extremes
from tests.disclosure import examples as tables


@dataclass(frozen=True)
class Case:
    """A table, its words, a language, with or without frame; drawn once."""

    table: Protected
    words: Words
    language: Language
    framed: bool

    @cached_property
    def sheet(self) -> Sheet:
        return lay_out(
            self.table, self.words, language=self.language, framed=self.framed
        )

    @cached_property
    def picture(self) -> Picture:
        return draw(self.table, self.words, language=self.language, framed=self.framed)


@lru_cache
def usual() -> tuple[Case, ...]:
    """The hand-made tables of each kind and design in every language."""
    return tuple(
        Case(table, examples.words(language), language, framed)
        for design in ("random", "open")
        for table in tables.every_kind(design)
        for language in examples.LANGUAGES
        for framed in (False, True)
    )


@lru_cache
def at_the_edge() -> tuple[Case, ...]:
    """The extreme tables in every language."""
    return tuple(
        Case(table, extremes.words(language), language, framed)
        for table in extremes.every_extreme()
        for language in examples.LANGUAGES
        for framed in (False, True)
    )


def name(case: Case) -> str:
    frame = "framed" if case.framed else "page"
    return f"{case.table.table}-{case.table.design}-{case.language.code}-{frame}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", usual() + at_the_edge(), ids=name)
    if "page" in metafunc.fixturenames:
        pages = [case for case in usual() if not case.framed]
        metafunc.parametrize("page", pages, ids=name)
