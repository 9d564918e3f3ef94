"""The commands `retention …`: days of deletion, and the deletion with its protocol."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance, opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.retention import Deleted, Planned
    from survey.storage.retention import Deletion

DAY = click.DateTime(formats=["%Y-%m-%d"])
ELSEWHERE = (
    "Copies elsewhere are not reached from here: destroy older backups, exported "
    "packages and files of people who worked with them. Flash storage may keep what "
    "was overwritten (docs/operators.md, Retention)."
)


@click.group("retention")
def retention_command() -> None:
    """Until when answers are kept; delete what has come of its day."""


@retention_command.command("set")
@slug_argument
@click.option("--answers", type=DAY, help="Day on which the answers are deleted.")
@click.option("--comments", type=DAY, help="Day for the free texts.")
def set_command(
    slug: str | None,
    answers: datetime | None,
    comments: datetime | None,
) -> None:
    """Give days, or bring them forward: residents were told, so never later."""
    from survey.storage import retention

    instance = opened_instance()
    survey = instance.survey(slug)
    days = given_days(answers=answers, comments=comments)
    if not days:
        raise click.UsageError("Give one of --answers, --comments.")
    retention.promise(instance.engine, survey.slug, days)
    _show(instance)


@retention_command.command("show")
def show_command() -> None:
    """The days of all surveys, and what was deleted already."""
    _show(opened_instance())


@retention_command.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted; do nothing.")
def run_command(dry_run: bool) -> None:  # noqa: FBT001
    """Delete everything whose day has come, and print the protocol."""
    from survey import retention

    instance = opened_instance()
    today = datetime.now(UTC).astimezone().date()
    planned = list(retention.plan(instance.settings, instance.engine, today))
    contacts = _contacts(instance, today, dry_run=dry_run)
    if not planned and not contacts:
        click.echo("Nothing has come of its day.")
        return
    failed = 0
    for one in planned:
        if one.why_not or dry_run:
            click.echo(_planned(one))
            failed += bool(one.why_not)
            continue
        deleted = retention.run(
            instance.settings, instance.engine, one.due, today=today
        )
        for line in protocol(deleted):
            click.echo(line)
        failed += deleted.is_here and not deleted.is_proven
    if not dry_run:
        click.echo(ELSEWHERE)
    if failed:
        raise click.ClickException(f"{failed} could not be deleted or not be proven.")


def _contacts(instance: Instance, today: date, *, dry_run: bool) -> list[str]:
    """The second urns whose day has come; their keys are destroyed with them."""
    from survey.urn import contact_box

    act = contact_box.due if dry_run else contact_box.delete_due
    slugs = act(instance.settings, today=today)
    became = "due" if dry_run else "box and keys destroyed"
    for slug in slugs:
        click.echo(f"{slug}, contacts: {became}.")
    return slugs


def given_days(**days: datetime | None) -> dict[str, date]:
    """The days that were given, by kind."""
    return {kind: day.date() for kind, day in days.items() if day is not None}


def _planned(one: Planned) -> str:
    due = one.due
    text = (
        f"{due.survey}, {due.matter}: due since {due.day}; about {one.about} rows and "
        f"{len(one.files)} files"
    )
    return f"{text}. Not deleted: {one.why_not}." if one.why_not else f"{text}."


def protocol(deleted: Deleted) -> list[str]:
    """What an auditor wants to read about one deletion."""
    record = deleted.record
    lines = [recorded(record)]
    if not deleted.is_here:
        lines.append(
            "  The tables were written anew. The files of the database server cannot "
            "be searched from here; its log and its backups keep the rows until they "
            "are overwritten."
        )
    elif deleted.is_proven:
        lines.append(
            f"  Searched for {deleted.searched} traces in every byte of the database "
            "and its log: none found."
        )
    elif deleted.found_in:
        lines.append(f"  NOT PROVEN: traces are left in {', '.join(deleted.found_in)}.")
    else:
        lines.append(
            "  NOT PROVEN: the log is in use. Stop the service for a moment and run "
            "`survey release` or restart it, which empties the log."
        )
    return lines


def recorded(record: Deletion) -> str:
    """One line of the record of deletions."""
    return (
        f"{record.survey}, {record.matter}: deleted on {record.done_on}, about "
        f"{record.about} rows and {record.files} files"
    )


def _show(instance: Instance) -> None:
    from survey.storage import retention, surveys

    done = retention.done(instance.engine)
    gone = {(one.survey, one.matter) for one in done}
    for survey in surveys.all(instance.engine):
        for kind, day in sorted(retention.days_of(survey.policy).items()):
            if (survey.slug, kind) not in gone:
                click.echo(f"{survey.slug}, {kind}: kept until {day}")
        if survey.state in ("open", "closed") and not survey.policy.get("retention"):
            click.echo(f"{survey.slug}: no day of deletion is given")
    for record in done:
        click.echo(recorded(record))
