"""Everything a report says, in every language, before a file is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from analysis.charts import Words
from analysis.charts.figures import Figure, Figures, read
from analysis.disclosure import Protected, Publication
from analysis.language import Language, registry
from analysis.report.about import About
from analysis.report.alternatives import alternative
from analysis.report.cautions import cautions
from analysis.report.finding import Finding
from analysis.report.headlines import headline
from analysis.report.labels import Labels
from analysis.report.lines import Lines
from analysis.report.people import BETWEEN, PEOPLE
from analysis.report.phrases import Phrases
from analysis.report.rows import Display
from analysis.report.sections import Section, sections
from analysis.report.tables import display
from analysis.report.weighting import weighting

FORMAT = 1
REVERSED = "reversed"
PARTICIPATION = "participation"


@dataclass(frozen=True)
class Chart:
    """One table in one language: its words and its table for reading.

    ``words`` is what the picture says; ``notes`` explain picture and table.
    ``asked_in`` is the language of the subtitle: another one where the question
    was not asked in this one.
    """

    protected: Protected
    language: Language
    words: Words
    display: Display
    alternative: str
    notes: tuple[str, ...]
    asked_in: Language

    @property
    def svg(self) -> str:
        """Name of the picture for pages; empty where there is nothing to draw."""
        return self._picture("svg")

    @property
    def png(self) -> str:
        """Name of the picture that stands for itself."""
        return self._picture("png")

    @property
    def is_foreign(self) -> bool:
        """Whether the question stands in another language than the rest."""
        return self.asked_in != self.language

    def _picture(self, form: str) -> str:
        if not self.display.rows or self.protected.kind == PEOPLE:
            return ""
        return f"pictures/{self.protected.table}.{self.language.code}.{form}"

    def as_json(self) -> dict[str, Any]:
        """The chart as report.json holds it: protected texts only."""
        return {
            "headline": self.words.headline,
            "subtitle": self.words.subtitle,
            "subtitle_lang": self.asked_in.html if self.is_foreign else "",
            "subtitle_dir": self.asked_in.direction if self.is_foreign else "",
            "base_line": self.words.base_line,
            "alt": self.alternative,
            "notes": list(self.notes),
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

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Chart]:
        return {
            (chart.protected.table, chart.language.code): chart for chart in self.charts
        }

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the report."""
        return tuple(sections(self.publication, self.about))

    def chart(self, table: str, language: Language) -> Chart:
        """The chart of one table in one language; ``KeyError`` without one."""
        return self._by_name[table, language.code]

    def texts(self, language: Language) -> dict[str, Any]:
        """Title, summary, how to read, base, weights."""
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
            "weighting": weighting(
                self.publication.correction,
                Labels(self.about.codebook, language, self.publication.merges),
            ),
        }

    def as_json(self) -> dict[str, Any]:
        """The content of report.json."""
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
                for section in self.sections
            ],
            "tables": {
                name: self._table(name, section.id)
                for section in self.sections
                for name in section.tables
            },
        }

    def _table(self, name: str, section: str) -> dict[str, Any]:
        return {
            "section": section,
            "kind": self.publication.table(name).kind,
            "languages": {
                language.code: self.chart(name, language).as_json()
                for language in self.languages
            },
        }


def compose(
    publication: Publication, about: About, languages: Sequence[Language]
) -> Contents:
    """Put every table into words, in every language.

    What the tables may say counts, not what was planned: a sample of which nobody
    answered by invitation is published as open participation.
    """
    designs = {table.design for table in publication.tables}
    about = replace(about, design=designs.pop()) if len(designs) == 1 else about
    tables = [_readable(table, about) for table in publication.tables]
    publication = replace(publication, tables=tuple(tables))
    pairs = [(table, read(table)) for table in tables]
    charts = tuple(
        chart
        for language in languages
        for chart in _charts(publication, pairs, about, language)
    )
    return Contents(about, publication, tuple(languages), charts)


def _readable(protected: Protected, about: About) -> Protected:
    """Say of a scale whose unfavourable end stands first that it does."""
    known = {item.name: item for item in about.codebook.items}
    items = [known[name] for name in protected.items if name in known]
    is_reversed = any(item.reversed and item.is_ordinal for item in items)
    if not is_reversed or REVERSED in protected.notes:
        return protected
    return replace(protected, notes=(*protected.notes, REVERSED))


def _charts(
    publication: Publication,
    tables: Sequence[tuple[Protected, Figures]],
    about: About,
    language: Language,
) -> Iterator[Chart]:
    labels = Labels(about.codebook, language, publication.merges)
    lines = Lines(about, language, _response_rate(tables))
    for protected, figures in tables:
        words = labels.words(protected, figures)
        finding = Finding(
            protected,
            figures,
            words,
            language,
            scale=labels.scale(protected),
            subjects=labels.subjects(protected),
        )
        said = headline(finding)
        restriction = lines.asked_in(protected)
        if restriction:
            # of everybody a figure would claim more than was asked
            restriction = restriction[:1].upper() + restriction[1:]
            said = lines.phrases.restricted(restriction, said)
        warned = tuple(cautions(finding, labels))
        words = replace(
            words,
            headline=said,
            subtitle=_subtitle(protected, labels),
            base_line=lines.base_line(protected, figures),
            notes=(*lines.notes_on_picture(protected, figures), *warned),
        )
        table = display(finding)
        text = alternative(protected.kind, said, table, language)
        yield Chart(
            protected=protected,
            language=language,
            words=words,
            display=table,
            alternative=text,
            notes=(*lines.notes(protected, figures), *warned),
            asked_in=_language_of_question(protected, about, language),
        )


def _language_of_question(
    protected: Protected, about: About, language: Language
) -> Language:
    """The language the question stands in alone; else that of the report."""
    spoken = about.only_in(protected.items)
    is_alone = protected.kind not in ("groups", "matrix", PARTICIPATION, PEOPLE)
    if not spoken or language.code in spoken or not is_alone:
        return language
    return registry().get(spoken[0])


def _response_rate(tables: Sequence[tuple[Protected, Figures]]) -> Figure | None:
    """The published response rate of everybody, where somebody was invited."""
    for protected, figures in tables:
        if protected.table == PARTICIPATION:
            rates = figures.of("response_rate")
            found = [row for row in rates if not row.channel and not row.sign]
            return found[0] if found and found[0].share is not None else None
    return None


def _subtitle(protected: Protected, labels: Labels) -> str:
    """The question as asked; for groups also by what they were told apart."""
    _ = labels.language.gettext
    question = labels.question(protected)
    if protected.kind == "groups":
        text = _("%(question)s By: %(variable)s")
        variable = labels.variable(protected.group_variable)
        return text % {"question": question, "variable": variable}
    if protected.kind == "matrix":
        return _(
            "How many people want more to be done first, and how many are satisfied"
        )
    if protected.kind == PEOPLE:
        names = protected.group_variable.split(BETWEEN)
        return Phrases(labels.language).listed(
            [labels.variable(name) for name in names]
        )
    if protected.kind == PARTICIPATION:
        return _("How many people took part, and who they are")
    return question
