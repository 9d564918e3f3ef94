"""The command `contacts`: open the second urn after the close, delete it in time.

Whoever runs it learns who took part and wants to be reached; never an answer.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import language_codes, opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.settings import Settings
    from survey.storage.surveys import Survey
    from survey.urn.contact import Contact
    from survey.urn.contact_box import ContactBox

TENS = 10
SEPARATOR = ";"


@click.command("contacts")
@slug_argument
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--delete", is_flag=True, help="Destroy them and their keys for good.")
def contacts_command(slug: str | None, out: Path | None, delete: bool) -> None:  # noqa: FBT001
    """Who wants to be reached: how many, and after the close who.

    With --delete and without a survey's name: all whose day has passed.
    """
    from survey.urn.contact_box import ContactBox

    if out is not None and delete:
        raise click.UsageError("Give --out or --delete, not both.")
    instance = opened_instance()
    today = datetime.now(UTC).astimezone().date()
    if delete and slug is None:
        _delete_due(instance.settings, today)
        return
    survey = instance.survey(slug)
    box = ContactBox(instance.settings, survey.slug)
    if delete:
        box.delete(today=today)
        click.echo(f"The contacts of {survey.slug} and their keys are destroyed.")
    elif out is not None:
        _write(box, survey, out, today)
    else:
        _tell(box, survey)


def purposes(given: Sequence[str]) -> tuple[str, ...]:
    """What people are contacted for, in one order; refuses what has no words."""
    from survey.urn.contact import PURPOSES

    wanted = language_codes(given)
    unknown = [one for one in wanted if one not in PURPOSES]
    if unknown:
        raise click.ClickException(
            f"--contact-box {', '.join(unknown)}: one of {', '.join(PURPOSES)}; pages "
            "have words for these in every language."
        )
    return tuple(one for one in PURPOSES if one in wanted)


def _delete_due(settings: Settings, today: date) -> None:
    from survey.urn.contact_box import delete_due

    deleted = delete_due(settings, today=today)
    for slug in deleted:
        click.echo(f"The contacts of {slug} and their keys are destroyed.")
    if not deleted:
        click.echo("No contacts are due.")


def _tell(box: ContactBox, survey: Survey) -> None:
    if not survey.contact_for:
        click.echo(f"{survey.slug} keeps no contacts.")
        return
    click.echo(f"{survey.slug}: asked for {', '.join(survey.contact_for)}")
    click.echo(f"left: about {box.count() // TENS * TENS}")
    click.echo(f"deleted on: {survey.contact_until}")


def _write(box: ContactBox, survey: Survey, out: Path, today: date) -> None:
    if out.exists():
        raise click.ClickException(
            f"{out} exists already; nothing was overwritten. Name another file."
        )
    found, elsewhere = box.opened(today=today), box.elsewhere()
    if elsewhere:
        click.echo(
            f"Others lie on the machines {', '.join(elsewhere)}; run this there, too.",
            err=True,
        )
    if not found:
        raise click.ClickException(
            f"There are no contacts of {survey.slug}: nobody left one, or their day "
            "has passed and they are deleted."
        )
    _write_table(out, survey.contact_for, found)
    click.echo(
        f"{out}: {len(found)} contacts, in no order. Delete the file, too, by "
        f"{survey.contact_until}."
    )


def _write_table(out: Path, asked: Sequence[str], found: Sequence[Contact]) -> None:
    from survey.authoring.formulas import as_words

    opened = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR, lineterminator="\r\n")
        writer.writerow(("reach", "name", *asked))
        for one in found:
            marks = ("x" if purpose in one.purposes else "" for purpose in asked)
            writer.writerow((as_words(one.reach), as_words(one.name), *marks))
