"""How one published figure is said: percent, count, range, or the words of its sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce

from analysis.charts.figures import Figure
from analysis.language import Language
from analysis.report import terms

SMALL_BASE = 100
DASH = "–"
NO_BREAK = "\N{NO-BREAK SPACE}"
FIRST_STRONG, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
BETWEEN_SIGNS = " … "  # a dash would look like another minus


class Phrases:
    """Figures in one language; numbers keep their order in right-to-left lines."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.signs = terms.signs(language)

    def count(self, number: int) -> str:
        """A rounded count."""
        return self.language.isolate(self.language.number(number))

    def counted(self, figure: Figure) -> str:
        """The count of a figure, nothing where none is published."""
        return "" if figure.n is None else self.count(figure.n)

    def share(self, figure: Figure) -> str:
        """A share; about, where the base is small; brackets or words where signed."""
        if figure.is_uncertain and figure.n is not None:
            return self.language.isolate(f"({self.language.number(figure.n)})")
        if figure.sign:
            return self.signs[figure.sign]
        if figure.share is None:
            return self.counted(figure)
        percent = self.language.isolate(self.language.percent(figure.share))
        if figure.base is not None and figure.base < SMALL_BASE:
            return self.language.gettext("about %(share)s") % {"share": percent}
        return percent

    def ranged(self, figure: Figure) -> str:
        """A share with its range of uncertainty behind it, where there is one."""
        span = self.interval(figure)
        if not span:
            return self.share(figure)
        text = self.language.gettext("%(share)s [%(range)s]")
        return text % {"share": self.share(figure), "range": span}

    def signed(self, figure: Figure) -> str:
        """A net figure in points, with its sign."""
        if figure.sign or figure.share is None:
            return self.signs.get(figure.sign, "")
        return self.language.isolate(self.language.signed(100 * figure.share))

    def interval(self, figure: Figure) -> str:
        """The range of uncertainty as published, or nothing."""
        return self._span(figure, self.language.percent, DASH)

    def signed_interval(self, figure: Figure) -> str:
        """The range of a net figure in points."""
        points = self.language.signed
        return self._span(figure, lambda share: points(100 * share), BETWEEN_SIGNS)

    def _span(self, figure: Figure, said: Callable[[float], str], dash: str) -> str:
        if figure.low is None or figure.high is None or figure.sign:
            return ""
        return self.language.isolate(f"{said(figure.low)}{dash}{said(figure.high)}")

    def places(self, low: Figure | None, high: Figure | None) -> str:
        """From the best to the worst possible place, or from fewer to more points."""
        if low is None or high is None or low.share is None or high.share is None:
            return ""
        first, last = round(low.share), round(high.share)
        if first == last:
            return self.count(first)
        number = self.language.number
        return self.language.isolate(f"{number(first)}{DASH}{number(last)}")

    def points(self, figure: Figure | None) -> str:
        """A place or a number of points; words where it is signed."""
        if figure is None or figure.share is None:
            return self.signs.get(figure.sign, "") if figure else ""
        return self.count(round(figure.share))

    def day(self, day: date) -> str:
        """A day in words that stays on one line and keeps its own direction."""
        text = self.language.date(day).replace(" ", NO_BREAK)
        return f"{FIRST_STRONG}{text}{END}" if self.language.is_right_to_left else text

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts one after the other, apart as the language sets them apart."""
        text = self.language.gettext("%(first)s; %(second)s")
        return reduce(
            lambda first, second: text % {"first": first, "second": second}, texts
        )

    def detailed(self, name: str, detail: str) -> str:
        """What a figure is about and of which part of it, such as an answer."""
        text = self.language.gettext("%(question)s – %(answer)s")
        return text % {"question": name, "answer": detail}

    def restricted(self, restriction: str, finding: str) -> str:
        """A finding with whom alone it is about; both begin like sentences."""
        text = self.language.gettext("%(restriction)s. %(finding)s")
        return text % {"restriction": restriction, "finding": finding}

    def base(self, figure: Figure) -> str:
        """The base a share was taken of."""
        if figure.base is None:
            return ""
        text = self.language.gettext("about %(count)s")
        return text % {"count": self.count(figure.base)}
