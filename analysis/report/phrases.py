"""How one published figure is said: percent, count, range, or the words of its sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from analysis.charts.figures import Figure
from analysis.language import Language
from analysis.report import terms

SMALL_BASE = 100
DASH = "–"


class Phrases:
    """Figures in one language; numbers keep their order in right-to-left lines."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.signs = terms.signs(language)

    def count(self, number: int) -> str:
        """A rounded count."""
        return self.language.isolate(self.language.number(number))

    def share(self, figure: Figure) -> str:
        """A share; about, where the base is small; brackets or words where signed."""
        if figure.is_uncertain and figure.n is not None:
            return self.language.isolate(f"({self.language.number(figure.n)})")
        if figure.sign:
            return self.signs[figure.sign]
        if figure.share is None:
            return self.count(figure.n) if figure.n is not None else ""
        percent = self.language.isolate(self.language.percent(figure.share))
        if figure.base is not None and figure.base < SMALL_BASE:
            return self.language.gettext("about %(share)s") % {"share": percent}
        return percent

    def signed(self, figure: Figure) -> str:
        """A net figure in points, with its sign."""
        if figure.sign or figure.share is None:
            return self.signs.get(figure.sign, "")
        return self.language.isolate(self.language.signed(100 * figure.share))

    def interval(self, figure: Figure) -> str:
        """The range of uncertainty as published, or nothing."""
        if figure.low is None or figure.high is None or figure.sign:
            return ""
        low = self.language.percent(figure.low)
        high = self.language.percent(figure.high)
        return self.language.isolate(f"{low}{DASH}{high}")

    def places(self, low: Figure | None, high: Figure | None) -> str:
        """From the best to the worst possible place."""
        if low is None or high is None or low.share is None or high.share is None:
            return ""
        first, last = round(low.share), round(high.share)
        if first == last:
            return self.count(first)
        number = self.language.number
        return self.language.isolate(f"{number(first)}{DASH}{number(last)}")

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts one after the other, apart as the language sets them apart."""
        text = self.language.gettext("%(first)s; %(second)s")
        return reduce(
            lambda first, second: text % {"first": first, "second": second}, texts
        )

    def base(self, figure: Figure) -> str:
        """The base a share was taken of."""
        if figure.base is None:
            return ""
        text = self.language.gettext("about %(count)s")
        return text % {"count": self.count(figure.base)}
