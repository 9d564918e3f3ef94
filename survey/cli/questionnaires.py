"""The commands `questionnaire check` and `questionnaire import`."""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.context import opened_instance
from survey.cli.library import library_command

LARGEST_FILE = 5_000_000  # a questionnaire of 250 questions in 15 languages has 1 MB
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("questionnaire")
def questionnaire_command() -> None:
    """Check a questionnaire file, take it in, or see what can be taken into it."""


questionnaire_command.add_command(library_command)


@questionnaire_command.command("check")
@click.argument("file", type=FILE)
def check_command(file: Path) -> None:
    """Name every problem of FILE at once, and the minutes; nothing is written."""
    from survey.authoring import toml
    from survey.cli.check import tell
    from survey.questionnaire.problem import QuestionnaireError

    found, problems = toml.inspect(_content(file), name=file.stem)
    if found is None:
        raise QuestionnaireError(problems)
    tell(found, problems, name=file.name)


@questionnaire_command.command("import")
@click.argument("file", type=FILE)
@click.option("--slug", help="Name in addresses; else the file's stem.")
def import_command(file: Path, slug: str | None) -> None:
    """Take FILE in as a survey that can be published."""
    from survey.authoring import toml
    from survey.cli.keeping import keep_questionnaire
    from survey.questionnaire import check
    from survey.questionnaire.problem import QuestionnaireError, errors_only

    instance = opened_instance()
    content = _content(file)
    found = toml.read(content, name=file.stem)
    wrong = errors_only(check.check(found, file=file.name))
    if wrong:
        raise QuestionnaireError(wrong)
    name = slug or file.stem.lower()
    carried = keep_questionnaire(instance, name, found)
    for passed in carried.passed:
        click.echo(str(passed), err=True)
    click.echo(f"{name} is taken in: `survey publish {name} --languages …` comes next.")


def _content(file: Path) -> bytes:
    size = file.stat().st_size
    if size > LARGEST_FILE:
        raise click.ClickException(
            f"{file.name} has {size:,} bytes; a questionnaire has at most "
            f"{LARGEST_FILE:,}. Is it the right file?"
        )
    return file.read_bytes()
