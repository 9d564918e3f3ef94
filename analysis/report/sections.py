"""Where each chart stands in the report; knows no figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.disclosure import Protected, Publication
from analysis.language import Language
from analysis.report.about import About
from analysis.report.labels import Labels, question_of
from analysis.report.people import PEOPLE

PARTICIPATION, OVERVIEW, GENERAL = "participation", "fields", "general"
MATRIX = "priority-matrix"


@dataclass(frozen=True)
class Section:
    """A part of the report and the names of its tables."""

    id: str
    tables: tuple[str, ...]

    def title(self, about: About, language: Language) -> str:
        """The heading in a language."""
        _ = language.gettext
        fixed = {
            PARTICIPATION: _("Who took part"),
            OVERVIEW: _("Fields of action at a glance"),
            GENERAL: _("Living here"),
        }
        return fixed.get(self.id) or Labels(about.codebook, language).field(self.id)


def sections(publication: Publication, about: About) -> list[Section]:
    """Participation, all fields together, living here, then field by field.

    Each question is followed by its comparisons of groups.
    """
    placed: dict[str, list[str]] = {PARTICIPATION: [], OVERVIEW: [], GENERAL: []}
    placed |= {field: [] for field in about.codebook.fields}
    for table in _in_order(publication.tables):
        place = _place(table, about)
        placed[place].append(table.table)
    # the matrix is what the council looks at first
    placed[OVERVIEW].sort(key=lambda name: name != MATRIX)
    return [Section(name, tuple(tables)) for name, tables in placed.items() if tables]


def _in_order(tables: Iterable[Protected]) -> list[Protected]:
    found: dict[str, list[Protected]] = {}
    for table in tables:
        found.setdefault(question_of(table.table), []).append(table)
    return [table for together in found.values() for table in together]


def _place(table: Protected, about: About) -> str:
    items = table.items
    if table.table == PARTICIPATION or table.kind == PEOPLE:
        return PARTICIPATION
    if table.table == MATRIX or len(items) > 1:
        return OVERVIEW
    item = about.codebook.item(items[0])
    if item.role in ("pick", "rank", "importance", "points"):
        return OVERVIEW
    return item.field or GENERAL
