"""The command `check`: what to look at before the start.

Without a register the authoring rules, with one whether somebody could be recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import language_codes, opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.cli.context import Instance
    from survey.questionnaire.model import Questionnaire
    from survey.questionnaire.problem import Problem

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("check")
@slug_argument
@click.option(
    "--register",
    type=FILE,
    help="CSV of register totals: variable,category,population.",
)
@click.option("--keep", multiple=True, help="Question that proposals leave as it is.")
@click.option(
    "--template",
    type=NEW_FILE,
    help="Write a register file to fill in, and do nothing else.",
)
def check_command(
    slug: str | None,
    register: Path | None,
    keep: tuple[str, ...],
    template: Path | None,
) -> None:
    """Look at a survey before its start: its questions, in all its languages.

    With --register: whether somebody could be recognised by what is asked of them.
    """
    from survey.cli import recognition
    from survey.questionnaire import check

    instance = opened_instance()
    survey = instance.survey(slug)
    found = _stored(instance, survey.slug)
    if template is not None:
        recognition.write_template(found, template)
    elif register is not None:
        recognition.check(found, register, keep=language_codes(keep))
    else:
        tell(found, check.check(found), name=survey.slug)


def _stored(instance: Instance, slug: str) -> Questionnaire:
    """What would be published, with the translations that are shipped."""
    from survey.authoring import shipped, stored
    from survey.storage import surveys

    source = surveys.questionnaire(instance.engine, slug)
    if source is None:
        raise click.ClickException(f"{slug} has no questionnaire to check.")
    return shipped.with_translations(stored.read(source, name=slug))


def tell(found: Questionnaire, problems: Sequence[Problem], *, name: str) -> None:
    """Print every problem and how long it takes; fails when one must be mended."""
    from survey.questionnaire.duration import minutes_of
    from survey.questionnaire.problem import errors_only

    for problem in problems:
        click.echo(str(problem))
    core, more = (
        minutes_of(found, found.source_language, part=part) for part in ("core", "more")
    )
    core_time = _counted(core, "minute")
    click.echo(f"Time to answer: about {core_time} for the core, {more} for the rest.")
    wrong = errors_only(problems)
    if wrong:
        raise click.ClickException(f"{_counted(len(wrong), 'problem')} to mend.")
    notes = _counted(len(problems), "note") if problems else "no notes"
    pages = _counted(len(found.pages), "page")
    languages = ", ".join(_with_gaps(found, code) for code in found.texts)
    click.echo(f"{name} can be published: {pages}, {notes}; languages: {languages}.")


def _with_gaps(found: Questionnaire, language: str) -> str:
    """A language, and how much of it is missing."""
    from survey.questionnaire import texts

    missing = len(texts.completeness(found, language).missing)
    return f"{language} ({_counted(missing, 'text')} missing)" if missing else language


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
