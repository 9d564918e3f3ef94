"""Collects what is wrong with a file, with lines; knows no file format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from survey.questionnaire.problem import Problem, QuestionnaireError


class AuthoringError(QuestionnaireError):
    """A file that cannot become a questionnaire; ``problems`` has them all."""


class Report:
    """Problems of one file, and the lines on which its places stand."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.excused: set[str] = set()

    def add(self, place: str, reason: str, remedy: str, *, line: int = 0) -> None:
        """One problem; the line is that of the place when none is given."""
        found = line or self.line_of(place)
        self.problems.append(Problem(self.file, place, reason, remedy, found))

    def take(self, problems: Iterable[Problem]) -> None:
        """Problems found elsewhere, unless their place has one already.

        ``excused`` names places that are empty because their key was misspelt.
        """
        known = {problem.place for problem in self.problems} | self.excused
        for problem in problems:
            if problem.place in known and not problem.is_warning:
                continue
            line = problem.line or self.line_of(problem.place)
            self.problems.append(replace(problem, file=self.file, line=line))

    def line_of(self, place: str) -> int:
        """Line of a place, or of what it is part of; 0 when unknown."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place.rpartition(".")[0]
        return 0

    def sorted(self) -> tuple[Problem, ...]:
        """All problems in the order of the file."""
        return tuple(sorted(self.problems, key=lambda problem: problem.line))
