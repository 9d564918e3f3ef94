"""What became of every row of a stranger's file: taken, changed or refused, and why.

Knows no file format; its readers fill it, commands and pages show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from survey.questionnaire.excerpts import harmless, without_controls
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem

TAKEN, CHANGED, REFUSED = VERDICTS = ("taken", "changed", "refused")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row, cell or element.

    ``place`` names the sheet, section or element; ``row`` counts from 1 as the
    author's program shows it, 0 where there are no rows; ``name`` is the
    author's own name of it. ``reason`` says what was done and ``remedy`` what
    the author can do; both are empty for what was simply taken.
    """

    place: str
    row: int
    name: str
    verdict: str
    reason: str = ""
    remedy: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        """Place, row, name, verdict, reason and remedy in one line."""
        where = ":".join(part for part in (self.place, str(self.row or "")) if part)
        parts = [part for part in (where, self.name, self.verdict) if part]
        said = f"{self.reason} {self.remedy}".strip()
        message = harmless(": ".join([*parts, said] if said else parts))
        excerpt = without_controls(self.excerpt)
        return f"{message}\n{excerpt}" if excerpt else message


@dataclass(slots=True)
class Account:
    """Collects the lines of one file while it is read."""

    file: str
    lines: list[Line] = field(default_factory=list)

    def take(self, place: str, row: int, name: str) -> None:
        """A row that was taken as it is."""
        self.lines.append(Line(place, row, name, TAKEN))

    def change(
        self,
        place: str,
        row: int,
        name: str,
        reason: str,
        remedy: str = "",
        *,
        excerpt: str = "",
    ) -> None:
        """A row that was taken otherwise than written."""
        line = Line(place, row, name, CHANGED, reason, remedy, excerpt)
        self.lines.append(line)

    def refuse(
        self,
        place: str,
        row: int,
        name: str,
        reason: str,
        remedy: str = "",
        *,
        excerpt: str = "",
    ) -> None:
        """A row that was not taken; the rest of the file still is."""
        line = Line(place, row, name, REFUSED, reason, remedy, excerpt)
        self.lines.append(line)


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the author can decide, such as which language a column is.

    ``answers`` are the codes to choose from; the same import with an answer
    (``--language-of COLUMN=CODE``) goes on.
    """

    place: str
    name: str
    words: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What came out of a file.

    ``questionnaire`` is none when nothing could be read; ``problems`` are those
    of the authoring rules, with ``errors_only`` of them empty when it can be
    kept; ``questions`` wait for the author.
    """

    questionnaire: Questionnaire | None
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()

    def counts(self) -> Mapping[str, int]:
        """How many lines have which verdict."""
        found = Counter(line.verdict for line in self.lines)
        return {verdict: found[verdict] for verdict in VERDICTS}

    def noteworthy(self) -> Iterable[Line]:
        """Everything that was not simply taken, in the order of the file."""
        return (line for line in self.lines if line.verdict != TAKEN)
