"""What is wrong with a questionnaire, in words its author can act on.

Knows nothing of where the words are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.questionnaire.excerpts import harmless, without_controls


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author has to mend, or, as a warning, should look at.

    ``place`` names the part of the questionnaire (``q06.shown_if``,
    ``field.f1``); ``line`` is 0 where the file has none; ``excerpt`` shows the
    expression with a caret under the spot.
    """

    file: str
    place: str
    reason: str
    remedy: str
    line: int = 0
    excerpt: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        """File, line, place, reason and remedy in one line; the excerpt below."""
        where = ":".join(part for part in (self.file, str(self.line or "")) if part)
        parts = [part for part in (where, self.place) if part]
        kind = "note: " if self.is_warning else ""
        said = f"{kind}{self.reason} {self.remedy}".strip()
        message = harmless(": ".join([*parts, said]))
        excerpt = without_controls(self.excerpt)
        return f"{message}\n{excerpt}" if excerpt else message


class QuestionnaireError(ValueError):
    """Root of everything this package and its readers refuse.

    ``problems`` holds every problem found, not only the first.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def errors_only(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop a questionnaire; warnings left out."""
    return [problem for problem in problems if not problem.is_warning]
