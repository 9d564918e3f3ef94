"""The commands `backup` and `restore`, and what they tell an operator."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import instance_folder, opened_instance
from survey.cli.upkeep import LAST_BACKUP

if TYPE_CHECKING:
    from survey.backup import Backup, Restored, Saved
    from survey.backup.sealed import Contents

VARIABLE = "SURVEY_BACKUP_PASSPHRASE"
TENS = 10
FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
def backup_command(file: Path) -> None:
    """Write everything worth keeping into FILE, while people go on answering.

    Drafts, answers that wait in the urn, and their keys are left out; lists of codes
    and their keys are sealed with a passphrase of at least 16 characters, asked for
    or taken from SURVEY_BACKUP_PASSPHRASE.
    """
    from survey import backup

    instance = opened_instance()
    words = _passphrase(is_new=True)
    instance.engine.dispose()
    saved = backup.save(instance.settings, file, words)
    with suppress(OSError):
        # `doctor` asks when this was last done; a backup is one without it, too
        note = instance.settings.instance / LAST_BACKUP
        note.write_text(f"{datetime.now(UTC).date()}\n", encoding="ascii")
    click.echo(f"{file} is complete.")
    _tell_saved(saved)


def _tell_saved(saved: Saved) -> None:
    for slug, kept in saved.surveys.items():
        if kept.waiting:
            click.echo(
                f"{slug}: {_about(kept.waiting)} answers wait in the urn. They are in "
                "no backup; a restore would lose them."
            )
    for slug in saved.without_key:
        click.echo(
            f"{slug}: the code key is missing or not the right one, so its codes would "
            f"not come back. Run `survey repair {slug}`.",
            err=True,
        )
    if any(kept.has_codes for kept in saved.surveys.values()):
        click.echo(
            "Keep the passphrase apart from the file. Destroy the backups of a survey "
            "that was open once it is closed."
        )


def _about(n: int) -> str:
    # written down night by night, exact numbers would count who came on which day
    return f"about {n // TENS * TENS}" if n >= TENS else f"fewer than {TENS}"


@click.command("restore")
@click.argument("file", type=FILE)
@click.option(
    "--without-codes",
    is_flag=True,
    help="Without the passphrase: all but the codes, which nobody can use any more.",
)
def restore_command(file: Path, without_codes: bool) -> None:  # noqa: FBT001
    """Bring a backup back into an empty instance, all of it or nothing."""
    from survey import backup

    with backup.opened(file) as opened:
        contents = None if without_codes else _contents(opened)
        restored = backup.restore(instance_folder(), opened, contents)
    click.echo(f"{instance_folder()} is as it was on {restored.made_at}.")
    _tell_restored(restored, has_codes=contents is not None)


def _contents(opened: Backup) -> Contents:
    from survey.backup import WrongPassphrase

    try:
        return opened.unseal(_passphrase(is_new=False))
    except WrongPassphrase as error:
        free = sum(
            one.issued - one.used
            for one in opened.manifest.surveys.values()
            if one.state != "closed"
        )
        raise click.ClickException(
            f"{error} Nothing was restored. If it is lost, --without-codes restores "
            f"everything else: {free} codes that were not used yet become worthless "
            "and as many have to be issued anew; without the passphrase nobody can "
            "tell whether the file was changed on purpose."
        ) from error


def _passphrase(*, is_new: bool) -> str:
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    said = click.prompt(
        "Passphrase of the backup", hide_input=True, confirmation_prompt=is_new
    )
    return str(said)


def _tell_restored(restored: Restored, *, has_codes: bool) -> None:
    for one in restored.surveys:
        if one.state == "closed":
            continue
        if one.lost:
            click.echo(
                f"{one.slug}: {one.lost} answers that waited then are lost; their "
                "codes stay used."
            )
        if one.to_issue:
            click.echo(f"{one.slug}: codes to issue: {one.to_issue}")
        if one.state == "open":
            click.echo(_afterwards(one.slug, restored.made_at, has_codes=has_codes))
    click.echo(
        "Before you serve: make sure that the lost instance never runs again, and run "
        "`survey doctor`. Settings of the machine (database_url, keys_dir) and the "
        "secret of the pages are those of this instance."
    )


def _afterwards(slug: str, made_at: str, *, has_codes: bool) -> str:
    if not has_codes:
        return (
            f"{slug}: answers given after {made_at} are lost. No earlier code can be "
            "used; who has answered before cannot be told from who has not."
        )
    return (
        f"{slug}: answers given after {made_at} are lost, and their codes can be used "
        "again: ask people publicly to answer once more. First count the slips of "
        "paper envelopes that were opened since then (`survey codes --used`) and type "
        f"the sheets in again (`survey enter`). If {slug} had been closed since then, "
        "close it at once: its results are in its last report."
    )
