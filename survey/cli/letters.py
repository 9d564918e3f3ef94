"""The command `letters`: sheets without codes, for everybody to see."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from survey.cli.context import language_codes, opened_instance, slug_argument

CARDS_ON_A_SHEET = 4


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option(
        "--language", "languages", multiple=True, help="Languages, with commas."
    )(command)
    return click.option(
        "--out",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        help="PDF file to write.",
    )(command)


@click.group("letters")
def letters_command() -> None:
    """Draw posters and reminder cards; letters with codes come from `codes`."""


@letters_command.command("poster")
@slug_argument
@_options
@click.option("--channel", default="link", help="Name of an open link of the survey.")
def poster_command(
    slug: str | None, languages: tuple[str, ...], out: Path, channel: str
) -> None:
    """A poster with one line and one QR code for each language."""
    from survey.cli.printing import invite
    from survey.letters.open_sheets import poster

    instance = opened_instance()
    survey = instance.survey(slug)
    invitation = invite(instance, survey, language_codes(languages))
    known = [name for name in survey.channels if name != "code"]
    if channel not in known:
        raise click.ClickException(
            f"{survey.slug} has no open link {channel!r}"
            + (f", only {', '.join(known)}." if known else ".")
            + " Who comes from a poster has no code. Open the survey with --access "
            "link or both, or print code slips."
        )
    _replace(out, poster(invitation, channel=channel))
    click.echo(str(out))


@letters_command.command("cards")
@slug_argument
@_options
def cards_command(slug: str | None, languages: tuple[str, ...], out: Path) -> None:
    """Reminder cards without codes, four to a sheet, for everybody invited."""
    from survey.cli.printing import invite
    from survey.letters.open_sheets import cards

    instance = opened_instance()
    survey = instance.survey(slug)
    invitation = invite(instance, survey, language_codes(languages))
    _replace(out, cards(invitation))
    click.echo(str(out))
    if survey.invited:
        sheets = math.ceil(survey.invited / CARDS_ON_A_SHEET)
        click.echo(
            f"Print it {sheets} times, on both sides: one card for each of the "
            f"{survey.invited} people invited, also for those who have taken part."
        )


def _replace(path: Path, content: bytes) -> None:
    """The whole file or none; readable for its owner alone, like every sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
