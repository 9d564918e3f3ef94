"""Prints what became of a stranger's file, row by row, and what it still needs.

Knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from survey.authoring.intake import Intake, Line


def show(intake: Intake, file: str) -> None:
    """Every row that was not simply taken, what is asked, and how many there are."""
    for line in folded(intake.noteworthy()):
        click.echo(line)
    for question in intake.questions:
        click.echo(f"{question.place}: {question.name}: {question.words}")
        click.echo(f"  Answer with --language-of {_spelled(question.name)}=CODE,")
        click.echo(f"  where CODE is one of {', '.join(question.answers)}.")
    if intake.lines:
        counts = intake.counts()
        said = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
        click.echo(f"{file}: {said}.")


def folded(lines: Iterable[Line]) -> Iterator[str]:
    """Lines as they are printed; what is said of many rows below each other once."""
    group: list[Line] = []
    for line in lines:
        if group and not _is_alike(group[-1], line):
            yield _joined(group)
            group = []
        group.append(line)
    if group:
        yield _joined(group)


def _is_alike(one: Line, other: Line) -> bool:
    """Whether two lines say the same of different rows of one place."""
    return bool(other.row) and one == replace(other, row=one.row, name=one.name)


def _joined(group: list[Line]) -> str:
    first, last = group[0], group[-1]
    if first is last:
        return str(first)
    said = str(replace(first, name=f"{first.name} … {last.name}"))
    start = f"{first.place}:{first.row}"
    return said.replace(start, f"{start}–{last.row} ({len(group):,} rows)", 1)


def completed(intake: Intake) -> Iterator[str]:
    """Of a stranger's file: in which language all texts are there, and where not."""
    from survey.language.registry import registry
    from survey.questionnaire import texts

    if intake.questionnaire is None or not intake.lines:
        return
    released = {language.code for language in registry().released}
    whole = []
    for code in intake.questionnaire.texts:
        missing = len(texts.completeness(intake.questionnaire, code).missing)
        if missing:
            yield f"{code}: {missing:,} texts are missing."
        elif code in released:
            whole.append(code)
        else:
            yield f"{code}: complete, but this language cannot be offered yet."
    if whole:
        yield f"Complete: {', '.join(whole)}."
    notes = len(intake.problems)
    if notes:
        said = "1 note" if notes == 1 else f"{notes:,} notes"
        yield f"{said} on how it asks: `survey questionnaire check` has them."


def _spelled(name: str) -> str:
    return f'"{name}"' if " " in name or "(" in name else name
