"""Commands about the instance itself: make it, migrate it, say what ails it."""

from __future__ import annotations

import click

from survey.cli.context import instance_folder, opened_instance


@click.command("init")
def init_command() -> None:
    """Make the instance: its folder, settings, secret and empty database."""
    from survey import settings
    from survey.storage import migrate

    folder = instance_folder()
    settings.initialise(folder, {})
    migrate.migrate(settings.read(folder))
    click.echo(f"{folder} is ready. Its settings stand in {folder / 'settings.toml'}.")


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to this version; safe to repeat."""
    from survey import settings
    from survey.storage import migrate

    migrate.migrate(settings.read(instance_folder()))
    click.echo("The database is of this version.")


@click.command("doctor")
def doctor_command() -> None:
    """Name what is wrong and the command that mends it."""
    from survey.cli.examination import examine

    findings = list(examine(instance_folder()))
    for finding in findings:
        click.echo(str(finding))
    ailing = sum(finding.is_wrong for finding in findings)
    if ailing:
        raise click.ClickException(f"{ailing} findings need mending.")
    opened_instance()
    click.echo("All is well.")
