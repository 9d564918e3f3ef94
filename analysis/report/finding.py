"""A table with everything needed to say what stands out in it; says nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.charts import Words
from analysis.charts.figures import Figure, Figures
from analysis.codebook import Item
from analysis.disclosure import Protected
from analysis.language import Language
from analysis.report.phrases import Phrases

OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """A protected table, its figures and its words in one language.

    ``scale`` is the item whose scale the table is about, if there is one;
    ``subjects`` are short names of its items.
    """

    protected: Protected
    figures: Figures
    words: Words
    language: Language
    scale: Item | None
    subjects: dict[str, str]

    @property
    def is_open(self) -> bool:
        """Whether people chose to take part by themselves."""
        return self.protected.design == OPEN

    @property
    def says_nothing(self) -> bool:
        """Whether every figure of the table is withheld."""
        has_figures = any(
            row.n is not None or row.share is not None for row in self.figures.rows
        )
        said = {each.kind for each in self.protected.statements}
        return not has_figures and "majority" not in said

    @property
    def phrases(self) -> Phrases:
        """How figures are said in this language."""
        return Phrases(self.language)

    def gettext(self, message: str) -> str:
        """A sentence in the language of the report."""
        return self.language.gettext(message)

    def subject(self, item: str) -> str:
        """A short name of an item."""
        return self.subjects.get(item) or self.words.item(item)

    def share(self, figure: Figure) -> str:
        """A share in words; of a large majority only that it is one."""
        place = figure.item, figure.group, figure.category
        for each in self.protected.statements:
            is_here = (each.item, each.group, each.value) == place
            if each.kind == "majority" and is_here and figure.sign:
                return self.gettext("large majority")
        return self.phrases.share(figure)

    def said(self, figure: Figure | None) -> str:
        """A figure in a cell of a table: its share, the range of it behind."""
        if figure is None:
            return ""
        is_plain = not figure.sign and figure.statistic != "missing"
        return self.phrases.ranged(figure) if is_plain else self.share(figure)

    def majority(self) -> str:
        """The answer that nearly everybody gave, where its figures are withheld."""
        for each in self.protected.statements:
            if each.kind == "majority" and not each.group:
                return self.words.category(each.value)
        return ""


def known(rows: Iterable[Figure]) -> list[Figure]:
    """The figures that are published as shares, largest first."""
    found = [row for row in rows if not row.sign and row.share is not None]
    return sorted(found, key=lambda row: -(row.share or 0))


def is_above(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether a published range lies above every other one and touches none."""
    return all(
        figure.low is not None and other.high is not None and figure.low > other.high
        for other in others
    )
