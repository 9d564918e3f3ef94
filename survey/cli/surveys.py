"""Commands of a survey's life: publish, open, status, release, close, repair."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from survey.cli import correcting, link
from survey.cli.context import (
    Instance,
    language_codes,
    opened_instance,
    slug_argument,
)
from survey.cli.examination import DIFFER

DESIGNS = ("random", "census", "open")
ACCESS = ("codes", "link", "both")
DATE = click.DateTime(formats=["%Y-%m-%d"])


@click.command("publish")
@slug_argument
@click.option(
    "--languages",
    multiple=True,
    required=True,
    help="Languages to offer, with commas; the option may be repeated.",
)
@click.option("--note", default="", help="Why an open survey is corrected.")
def publish_command(slug: str | None, languages: tuple[str, ...], note: str) -> None:
    """Freeze an edition with all its texts and print its hash.

    Of an OPEN survey wordings can be corrected, with a note; the correction takes
    effect with the next release.
    """
    from survey.cli.publishing import publish

    instance = opened_instance()
    survey = instance.survey(slug)
    published = publish(instance, survey, language_codes(languages), note=note)
    for remark in published.remarks:
        click.echo(remark, err=True)
    click.echo(published.edition.hash)


@click.command("open")
@slug_argument
@click.option(
    "--design",
    type=click.Choice(DESIGNS),
    required=True,
    help="How people were chosen; decides what may be said about the results.",
)
@click.option("--population", type=click.IntRange(1), help="How many live there.")
@click.option("--invited", type=click.IntRange(1), help="How many were invited.")
@click.option("--access", type=click.Choice(ACCESS), default="codes", show_default=True)
@click.option("--k", type=click.IntRange(5), default=10, show_default=True)
@click.option("--until", type=DATE, help="Last day, as YYYY-MM-DD.")
def open_command(
    slug: str | None,
    design: str,
    population: int | None,
    invited: int | None,
    access: str,
    k: int,
    until: datetime | None,
) -> None:
    """Let people answer; the rules of the results are fixed from now on."""
    from survey.storage import surveys

    instance = opened_instance()
    survey = instance.survey(slug)
    _check_numbers(design, population, invited)
    terms = surveys.Terms(
        design=design,
        access=access,
        population=population,
        invited=invited,
        k=k,
        until=until.date() if until else None,
    )
    today = datetime.now(UTC).date()
    if terms.until is not None and terms.until < today:
        raise click.ClickException(f"--until {terms.until} is past already.")
    surveys.open(instance.engine, survey.slug, terms, today=today)
    click.echo(f"{survey.slug} is open: {instance.settings.public_url}/s/{survey.slug}")


def _check_numbers(design: str, population: int | None, invited: int | None) -> None:
    if design == "random" and (population is None or invited is None):
        raise click.ClickException(
            "A random sample needs --population (all residents it was drawn from) "
            "and --invited (how many letters)."
        )
    if design == "census" and population is None:
        raise click.ClickException("A census needs --population.")
    if population is not None and invited is not None and invited > population:
        raise click.ClickException("More people invited than there are.")


@click.command("status")
@slug_argument
def status_command(slug: str | None) -> None:
    """State, answers received in tens, and whether all counts agree."""
    instance = opened_instance()
    survey = instance.survey(slug)
    click.echo(f"{survey.slug}: {survey.state}")
    for line in correcting.editions(instance, survey):
        click.echo(line)
    if survey.state not in ("open", "closed"):
        return
    status = instance.urn(survey.slug).status()
    click.echo(f"received: about {status.received}")
    click.echo(f"counts agree: {'yes' if status.holds else 'NO'}")
    if survey.state == "open":
        click.echo(f"codes made: {status.issued}")
    if status.spares:
        click.echo(f"spare codes among them: {sum(status.spares.values())}")
    for line in link.lines(instance, survey):
        click.echo(line)
    for reason, number in sorted(status.spares.items()):
        click.echo(f"spare codes, {reason}: {number}")
    if status.key_problem:
        raise click.ClickException(status.key_problem)
    if not status.holds:
        raise click.ClickException(f"Admissions and answers do not agree. {DIFFER}")


@click.command("release")
@slug_argument
@click.option(
    "--due",
    is_flag=True,
    help="For a timer: every open survey whose hour has passed today, and no other.",
)
def release_command(slug: str | None, due: bool) -> None:  # noqa: FBT001
    """Move mixed answers out of the urn, all but the last few."""
    instance = opened_instance()
    if due:
        _release_due(instance, slug)
        return
    survey = instance.survey(slug)
    released = instance.urn(survey.slug).release()
    click.echo(
        "Released what was mixed."
        if released.n
        else "Nothing was released: too few answers are waiting to be mixed."
    )
    if released.is_corrected:
        click.echo("The correction that was waiting is in force.")


def _release_due(instance: Instance, slug: str | None) -> None:
    """Do the daily acts that are due, and say nothing: a journal would date them."""
    from survey.storage import surveys

    for survey in [instance.survey(slug)] if slug else surveys.all(instance.engine):
        if survey.state == "open":
            instance.urn(survey.slug).act_if_due()


@click.command("close")
@slug_argument
@click.option(
    "--destroy",
    is_flag=True,
    help="With too few answers to be mixed: destroy them unopened and close.",
)
def close_command(slug: str | None, destroy: bool) -> None:  # noqa: FBT001
    """Open the urn for good; codes and their key are destroyed."""
    from survey.storage import corrections
    from survey.urn import Outcome, WhenFew

    instance = opened_instance()
    survey = instance.survey(slug)
    urn = instance.urn(survey.slug)
    waiting = corrections.waiting(instance.engine, survey.slug)
    closed = urn.close(WhenFew.DESTROY if destroy else WhenFew.ASK)
    if closed.outcome is Outcome.TOO_FEW:
        raise click.ClickException(
            f"Fewer than {survey.k} answers were sent; to protect the people nothing "
            "is opened. Keep the survey open, or close it with --destroy."
        )
    if closed.outcome is Outcome.DESTROYED:
        click.echo(f"{survey.slug} is closed; its answers were destroyed unopened.")
    elif closed.n:
        click.echo(f"{survey.slug} is closed; its answers are mixed and open.")
    else:
        click.echo(f"{survey.slug} is closed; nobody had answered.")
    if waiting is not None:
        click.echo(correcting.NEVER)


@click.command("repair")
@slug_argument
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Go on without what cannot be opened any more.",
)
def repair_command(slug: str | None, accept_loss: bool) -> None:  # noqa: FBT001
    """After a lost key: what is lost, and how many spare codes to issue."""
    instance = opened_instance()
    survey = instance.survey(slug)
    repaired = instance.urn(survey.slug).repair(accept_loss=accept_loss)
    click.echo(f"answers that cannot be opened: {repaired.lost_answers}")
    click.echo(f"codes that cannot be used: {repaired.lost_codes}")
    click.echo(f"spare codes to issue: {repaired.spare_codes}")
    if repaired.spare_codes and not repaired.is_done:
        raise click.ClickException(
            "Bring the key back if it exists anywhere. If not, run the command "
            "again with --accept-loss."
        )
