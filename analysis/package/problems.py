"""What is wrong with a package, located; knows no rule of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class AnalysisError(Exception):
    """Root of everything `analysis` refuses with a sentence for people."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what is wrong and what to do about it.

    ``row`` is the line of the file, the header being line 1; 0 when the whole
    file is meant. ``column`` is empty when no single column is at fault.
    """

    file: str
    reason: str
    remedy: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        """Place, reason and remedy in one line."""
        place = self.file
        if self.row:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.reason} {self.remedy}"


class PackageError(AnalysisError):
    """A package was refused; ``problems`` lists every fault found in one run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class Findings:
    """Collects problems while reading goes on, so all are told at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self, file: str, reason: str, remedy: str, *, row: int = 0, column: str = ""
    ) -> None:
        """Note one problem."""
        self.problems.append(Problem(file, reason, remedy, row, column))

    def raise_if_any(self) -> None:
        """Raise `PackageError` when anything was noted."""
        if self.problems:
            raise PackageError(self.problems)
