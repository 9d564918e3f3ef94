"""Questionnaires as TOML files, in and out; docs/questionnaire-format.md."""

from __future__ import annotations

from pathlib import Path

from survey.authoring.problems import AuthoringError, Report
from survey.authoring.tables import Table
from survey.authoring.toml_extract import extract, extract_library
from survey.authoring.toml_reader import Reader
from survey.authoring.toml_source import LARGEST_FILE, open_source
from survey.authoring.toml_writer import write
from survey.questionnaire import check
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem, errors_only


def inspect(
    source: Path | bytes, *, name: str = ""
) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """The questionnaire as far as it can be read, and all problems with lines.

    ``name`` is used where the file has none; warnings are among the problems.
    """
    file = source.name if isinstance(source, Path) else f"{name or 'file'}.toml"
    default = name or (source.stem if isinstance(source, Path) else "")
    report = Report(file)
    opened = open_source(_content(source, report), report)
    if opened is None:
        return None, report.sorted()
    root = Table(report, opened.data, (), opened.line_of)
    questionnaire = Reader(root, default).questionnaire()
    report.take(check.check(questionnaire))
    report.problems = [found for found in report.problems if opened.can_judge(found)]
    return questionnaire, report.sorted()


def _content(source: Path | bytes, report: Report) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror}."
        report.add("file", reason, "Check its name and your permissions.")
        raise AuthoringError(report.problems) from error


def read(source: Path | bytes, *, name: str = "") -> Questionnaire:
    """The questionnaire; raises ``AuthoringError`` with every problem."""
    questionnaire, problems = inspect(source, name=name)
    errors = errors_only(problems)
    if questionnaire is None or errors:
        raise AuthoringError(errors)
    return questionnaire


__all__ = ["AuthoringError", "extract", "extract_library", "inspect", "read", "write"]
