"""The figures of a protected table as a chart reads them, and how one is shown.

Knows nothing of places on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from analysis.charts.words import Words
from analysis.disclosure import Protected
from analysis.language import Language

COLUMNS = (
    "item",
    "category",
    "group",
    "channel",
    "statistic",
    "n",
    "base",
    "share",
    "low",
    "high",
    "sign",
    "weighted_share",
    "weighted_low",
    "weighted_high",
    "weighted_sign",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure; what is withheld or unknown is ``None``."""

    item: str
    category: str
    group: str
    channel: str
    statistic: str
    n: int | None
    base: int | None
    share: float | None
    low: float | None
    high: float | None
    sign: str
    weighted_share: float | None = None
    weighted_low: float | None = None
    weighted_high: float | None = None
    weighted_sign: str = ""

    @property
    def is_weighted(self) -> bool:
        """Whether a weighted share stands beside it, or a sign for one."""
        return self.weighted_share is not None or bool(self.weighted_sign)

    @property
    def weighted(self) -> Figure:
        """The weighted share as a figure of its own; a count has no weights."""
        return replace(
            self,
            n=None,
            share=self.weighted_share,
            low=self.weighted_low,
            high=self.weighted_high,
            sign=self.weighted_sign,
        )

    @property
    def is_uncertain(self) -> bool:
        """Whether only its count in brackets may be shown."""
        return self.sign == "uncertain"

    @property
    def has_interval(self) -> bool:
        """Whether both ends of its interval are published."""
        return self.low is not None and self.high is not None

    @property
    def part(self) -> float:
        """How long it is drawn, 0…1 and a little more; 0 when nothing is known."""
        if self.share is not None:
            return self.share
        if self.is_uncertain and self.n is not None and self.base:
            return self.n / self.base
        return 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one table, in their order."""

    rows: tuple[Figure, ...]

    def of(
        self,
        *statistics: str,
        item: str | None = None,
        category: str | None = None,
        group: str | None = None,
    ) -> tuple[Figure, ...]:
        """The figures of these statistics; ``None`` leaves a side open."""
        return tuple(
            row
            for row in self.rows
            if row.statistic in statistics
            and (item is None or row.item == item)
            and (category is None or row.category == category)
            and (group is None or row.group == group)
        )

    def one(
        self, statistic: str, *, item: str = "", category: str = "", group: str = ""
    ) -> Figure | None:
        """The one figure at a place, if it is there."""
        found = self.of(statistic, item=item, category=category, group=group)
        return found[0] if found else None


def read(protected: Protected) -> Figures:
    """The figures of a table without pandas."""
    columns = (
        protected.figures[name].array.to_numpy(object, na_value=None).tolist()
        for name in COLUMNS
    )
    return Figures(tuple(Figure(*row) for row in zip(*columns, strict=True)))


def in_order(rows: Iterable[Figure], key: Callable[[Figure], str]) -> tuple[str, ...]:
    """The values of one side of the table, each once, in the order of the table."""
    return tuple(dict.fromkeys(key(row) for row in rows))


def shown(figure: Figure, words: Words, language: Language) -> str:
    """A figure as it is printed: percent, a count in brackets, or the sign's words."""
    if figure.is_uncertain and figure.n is not None:
        return f"({language.number(figure.n)})"
    if figure.sign:
        return words.say(f"sign.{figure.sign}")
    if figure.share is not None:
        return language.percent(figure.share)
    return language.number(figure.n or 0)
