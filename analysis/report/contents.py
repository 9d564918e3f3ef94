"""Everything a report says, in every language, before a file is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.charts import Words
from analysis.disclosure import Protected, Publication
from analysis.language import Language
from analysis.report.about import About
from analysis.report.alternatives import alternative
from analysis.report.headlines import headline
from analysis.report.labels import Labels
from analysis.report.lines import Lines
from analysis.report.sections import sections
from analysis.report.tables import Display, display

FORMAT = 1


@dataclass(frozen=True)
class Chart:
    """One table in one language: its words and its table for reading."""

    protected: Protected
    language: Language
    words: Words
    display: Display
    alternative: str

    @property
    def svg(self) -> str:
        """Name of the picture for pages."""
        return f"pictures/{self.protected.table}.{self.language.code}.svg"

    @property
    def png(self) -> str:
        """Name of the picture that stands for itself."""
        return f"pictures/{self.protected.table}.{self.language.code}.png"

    def as_json(self) -> dict[str, Any]:
        """The chart as report.json holds it: protected texts only."""
        return {
            "headline": self.words.headline,
            "subtitle": self.words.subtitle,
            "base_line": self.words.base_line,
            "alt": self.alternative,
            "notes": list(self.words.notes),
            "svg": self.svg,
            "png": self.png,
            "columns": list(self.display.columns),
            "rows": [
                {"head": head, "cells": list(cells)}
                for head, cells in self.display.rows
            ],
        }


@dataclass(frozen=True)
class Contents:
    """A publication in words."""

    about: About
    publication: Publication
    languages: tuple[Language, ...]
    charts: tuple[Chart, ...]

    def chart(self, table: str, language: Language) -> Chart:
        """The chart of one table in one language."""
        for chart in self.charts:
            if (chart.protected.table, chart.language) == (table, language):
                return chart
        raise KeyError(table)

    def texts(self, language: Language) -> dict[str, Any]:
        """Title, summary, how to read, base."""
        lines = Lines(self.about, language)
        headlines = {
            chart.protected.table: chart.words.headline
            for chart in self.charts
            if chart.language == language
        }
        return {
            "title": self.about.title(language.code),
            "summary": lines.summary(self.publication, headlines),
            "how_to_read": lines.how_to_read(),
            "base": lines.principle(),
        }

    def as_json(self) -> dict[str, Any]:
        """The content of report.json."""
        tables: dict[str, Any] = {}
        placed = sections(self.publication, self.about)
        for section in placed:
            for name in section.tables:
                tables[name] = {
                    "section": section.id,
                    "kind": self.publication.table(name).kind,
                    "languages": {
                        language.code: self.chart(name, language).as_json()
                        for language in self.languages
                    },
                }
        return {
            "format": FORMAT,
            "survey": self.about.survey,
            "package_hash": self.about.package_hash,
            "design": self.about.design,
            "created": self.about.created.isoformat(),
            "languages": [language.code for language in self.languages],
            "texts": {
                language.code: self.texts(language) for language in self.languages
            },
            "sections": [
                {
                    "id": section.id,
                    "titles": {
                        language.code: section.title(self.about, language)
                        for language in self.languages
                    },
                    "tables": list(section.tables),
                }
                for section in placed
            ],
            "tables": tables,
        }


def compose(
    publication: Publication, about: About, languages: Sequence[Language]
) -> Contents:
    """Put every table into words, in every language."""
    charts = tuple(
        chart
        for language in languages
        for chart in _charts(publication, about, language)
    )
    return Contents(about, publication, tuple(languages), charts)


def _charts(
    publication: Publication, about: About, language: Language
) -> Iterator[Chart]:
    labels = Labels(about.codebook, language, publication.merges)
    lines = Lines(about, language)
    for protected in publication.tables:
        words = labels.words(protected)
        said = headline(protected, words, language)
        words = replace(
            words,
            headline=said,
            subtitle=_subtitle(protected, labels),
            base_line=lines.base_line(protected),
            notes=tuple(lines.notes(protected)),
        )
        table = display(protected, words, language)
        text = alternative(protected.kind, said, table, language)
        yield Chart(protected, language, words, table, text)


def _subtitle(protected: Protected, labels: Labels) -> str:
    """The question as asked; for groups also by what they were told apart."""
    question = labels.question(protected)
    if protected.kind == "groups":
        text = labels.language.gettext("%(question)s By: %(variable)s")
        variable = labels.variable(protected.group_variable)
        return text % {"question": question, "variable": variable}
    if protected.kind == "matrix":
        return labels.language.gettext(
            "How many people want more to be done first, and how many are satisfied"
        )
    if protected.kind == "participation":
        return labels.language.gettext("From the invitation to the answer")
    return question
