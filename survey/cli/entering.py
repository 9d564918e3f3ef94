"""The command `enter`: typed paper goes into the urn, a stack at a time.

Everything wrong with a stack is said at once, and then nothing of it is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli import typed_words
from survey.cli.context import opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.cli.context import Instance
    from survey.paper import Stack, TypedColumn, Walked
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.problem import Problem
    from survey.storage.surveys import Survey
    from survey.urn import Ballot, Urn

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
SEPARATOR = ";"


@click.command("enter")
@slug_argument
@click.argument("file", required=False, type=FILE)
@click.option(
    "--channel",
    type=click.Choice(["paper", "assisted"]),
    default="paper",
    show_default=True,
    help="Sheets from envelopes, or filled in together with staff.",
)
@click.option("--compare", type=FILE, help="The same sheets, typed by somebody else.")
@click.option(
    "--drop-off-path",
    is_flag=True,
    help="Leave out what was filled in against the directions on the paper.",
)
@click.option("--last", is_flag=True, help="The last stack; it may be a small one.")
@click.option("--template", type=NEW_FILE, help="Write a table to type into.")
@click.option("--language", help="Language of the template's questions.")
def enter_command(
    slug: str | None,
    file: Path | None,
    channel: str,
    compare: Path | None,
    drop_off_path: bool,  # noqa: FBT001
    last: bool,  # noqa: FBT001
    template: Path | None,
    language: str | None,
) -> None:
    """Put typed paper questionnaires into the same urn, at least k at once.

    One row a sheet, one column an answer; `--template` writes the columns.
    """
    if file is None and slug is not None and Path(slug).is_file():
        # with a single survey its name may be left out
        file, slug = Path(slug), None
    instance = opened_instance()
    survey = instance.survey(slug)
    if (file is None) == (template is None):
        raise click.UsageError("Give the file of typed sheets, or --template.")
    if file is not None and compare is not None and compare.samefile(file):
        raise click.UsageError("--compare names the same file.")
    desk = _Desk(instance, survey)
    if file is None and template is not None:
        _write_template(desk, template, language or survey.languages[0])
    elif file is not None:
        walked = desk.checked(file, compare, may_drop=drop_off_path)
        desk.enter(walked, channel, is_last=last)


class _Desk:
    """What a stack is checked against: survey, edition, columns."""

    def __init__(self, instance: Instance, survey: Survey) -> None:
        from survey import paper
        from survey.storage import surveys

        if survey.state != "open":
            raise click.ClickException(
                f"{survey.slug} is {survey.state}; paper is entered while it is open."
            )
        self.survey = survey
        self.urn: Urn = instance.urn(survey.slug)
        self.edition: Edition = surveys.edition(instance.engine, survey.edition or "")
        self.columns: Sequence[TypedColumn] = paper.columns_of(self.edition)

    def checked(self, file: Path, compare: Path | None, *, may_drop: bool) -> _Read:
        """The sheets of a file; refuses with everything that is wrong."""
        from survey import paper

        stack = paper.read(file, self.columns, self.survey.languages)
        found: list[Problem] = []
        if compare is not None:
            found += self._compared(stack, compare)
        walked = [self._walk(stack, at) for at in range(len(stack.sheets))]
        found += typed_words.problems(self.edition, stack, self.columns, walked)
        off_path = list(typed_words.off_path(stack, walked))
        if not may_drop:
            found += off_path
        if found:
            raise paper.PaperError(sorted(found, key=lambda one: one.line))
        for problem in off_path:
            click.echo(f"left out: {problem.line}: {problem.place}", err=True)
        return _Read(stack, walked)

    def _walk(self, stack: Stack, at: int) -> Walked:
        from datetime import UTC, datetime

        from survey import paper

        today = datetime.now(UTC).astimezone().date()
        return paper.walk(self.edition, self.columns, stack.sheets[at], today=today)

    def _compared(self, stack: Stack, compare: Path) -> Iterator[Problem]:
        from survey import paper

        second = paper.read(compare, self.columns, self.survey.languages)
        for one in paper.differences(stack, second, self.columns):
            yield typed_words.difference(stack.file, second.file, one)

    def enter(self, read: _Read, channel: str, *, is_last: bool) -> None:
        """Store the sheets, or say why none of them was stored."""
        from survey.urn import Entering

        shown, n = channel, len(read.walked)
        if is_last and n < self.survey.k:
            shown = "link" if self.survey.access == "link" else "code"
        marks = _marks(self.urn, read.stack)
        ballots = [_ballot(walked, shown) for walked in read.walked]
        entered = self.urn.enter(
            list(zip(ballots, marks, strict=True)),
            channel,
            is_last=is_last,
            needs_slips=self.survey.access == "codes",
        )
        if entered.outcome is not Entering.ENTERED:
            refusal = typed_words.refusal(entered, read.stack, channel)
            raise click.ClickException(refusal)
        click.echo(f"{n} sheets are in the urn of {self.survey.slug}.")
        if shown != channel:
            click.echo(typed_words.NOT_APART.format(channel=channel, shown=shown))
        click.echo("Destroy the file once the sheets are archived or destroyed.")


class _Read:
    """A stack and what its sheets come to."""

    def __init__(self, stack: Stack, walked: Sequence[Walked]) -> None:
        self.stack = stack
        self.walked = walked


def _marks(urn: Urn, stack: Stack) -> list[bytes]:
    """By the number on the sheet, wherever it is typed; else by file and place."""
    if stack.is_numbered:
        return [
            urn.admission_of_paper(hashlib.sha256(sheet.number.encode()).digest(), 0)
            for sheet in stack.sheets
        ]
    places = range(len(stack.sheets))
    return [urn.admission_of_paper(stack.digest, place) for place in places]


def _ballot(walked: Walked, channel: str) -> Ballot:
    from survey.urn import Ballot, Comment

    language = walked.sheet.language
    comments = (Comment(name, language, text) for name, text in walked.comments)
    return Ballot(walked.closed, tuple(comments), channel, language)


def _write_template(desk: _Desk, path: Path, language: str) -> None:
    import csv

    from survey import paper

    if language not in desk.survey.languages:
        raise click.ClickException(
            f"The survey is asked in {', '.join(desk.survey.languages)}, "
            f"not in {language}."
        )
    rows: Iterable[Sequence[str]] = paper.template(desk.edition, desk.columns, language)
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n").writerows(rows)
    except FileExistsError as error:
        raise click.ClickException(
            f"{path} exists already; nothing was overwritten. Name another file."
        ) from error
    click.echo(f"{path}: one row a sheet, below the rows that begin with #.")
