"""Small questionnaires and files of typed sheets, written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from survey import paper
from survey.questionnaire.edition import Edition, freeze
from tests import instances

TODAY = date(2026, 10, 5)


def edition(name: str, languages: tuple[str, ...] = ("de",)) -> Edition:
    return freeze(instances.questionnaire(name), languages)


def stack(
    folder: Path,
    text: str,
    name: str = "skip_logic",
    languages: tuple[str, ...] = ("de",),
    file: str = "typed.csv",
) -> paper.Stack:
    """The sheets of a CSV file with these lines."""
    path = folder / file
    path.write_text(text, encoding="utf-8")
    frozen = edition(name, languages)
    return paper.read(path, paper.columns_of(frozen), languages)


def refused(folder: Path, text: str, **how: object) -> list[str]:
    """What is said against a file, one line a problem."""
    try:
        stack(folder, text, **how)
    except paper.PaperError as error:
        return [str(problem) for problem in error.problems]
    raise AssertionError("the file was taken")


def walked(name: str, **cells: str) -> paper.Walked:
    """One sheet with these cells, after its way through a questionnaire."""
    frozen = edition(name)
    columns = paper.columns_of(frozen)
    posted = {
        column.name: column.values(cells[column.name])
        for column in columns
        if cells.get(column.name)
    }
    sheet = paper.Sheet(2, "", "de", posted)
    return paper.walk(frozen, columns, sheet, today=TODAY)
