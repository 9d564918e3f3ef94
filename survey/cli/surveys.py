"""Commands of a survey's life: publish, open, status, release, repair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from survey.cli import contacts, correcting, link
from survey.cli.closing import HANDED_OVER
from survey.cli.context import (
    Instance,
    language_codes,
    opened_instance,
    slug_argument,
)
from survey.cli.examination import DIFFER

if TYPE_CHECKING:
    from survey.storage.surveys import Terms
    from survey.urn import Status

DESIGNS = ("random", "census", "open")
ACCESS = ("codes", "link", "both")
DEFAULT_K = 10
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
    help="How people were chosen; decides what may be said about the results.",
)
@click.option("--population", type=click.IntRange(1), help="How many live there.")
@click.option("--invited", type=click.IntRange(1), help="How many were invited.")
@click.option("--access", type=click.Choice(ACCESS), default="codes", show_default=True)
@click.option(
    "--k",
    type=click.IntRange(5),
    help="How many answers are mixed at least; 10 unless given.",
)
@click.option("--until", type=DATE, help="Last day, as YYYY-MM-DD.")
@click.option(
    "--contact-box",
    multiple=True,
    help="Ask after sending who wants to be reached: workshop, raffle, results.",
)
@click.option("--contact-until", type=DATE, help="Day on which contacts are deleted.")
@click.option("--keep-answers", type=DATE, help="Day on which the answers are deleted.")
@click.option("--keep-comments", type=DATE, help="Day for the free texts.")
def open_command(
    slug: str | None,
    design: str | None,
    population: int | None,
    invited: int | None,
    access: str,
    k: int | None,
    until: datetime | None,
    contact_box: tuple[str, ...],
    contact_until: datetime | None,
    keep_answers: datetime | None,
    keep_comments: datetime | None,
) -> None:
    """Let people answer; the rules of the results are fixed from now on.

    Of an OPEN survey --k can still be raised, never lowered.
    """
    from survey.cli.retention import given_days
    from survey.storage import surveys

    instance = opened_instance()
    survey = instance.survey(slug)
    if survey.state == "open" and k is not None and design is None:
        raised = surveys.raise_k(instance.engine, survey.slug, k)
        click.echo(f"{survey.slug} mixes at least {raised.k} answers from now on.")
        return
    if design is None:
        raise click.UsageError("Missing option '--design'.")
    _check_numbers(design, population, invited)
    terms = surveys.Terms(
        design=design,
        access=access,
        population=population,
        invited=invited,
        k=k or DEFAULT_K,
        until=until.date() if until else None,
        contact_for=contacts.purposes(contact_box),
        contact_until=contact_until.date() if contact_until else None,
        keep_until=given_days(answers=keep_answers, comments=keep_comments),
    )
    today = datetime.now(UTC).date()
    _check_days(terms, today)
    surveys.open(instance.engine, survey.slug, terms, today=today)
    click.echo(f"{survey.slug} is open: {instance.settings.public_url}/s/{survey.slug}")


def _check_days(terms: Terms, today: date) -> None:
    if terms.until is not None and terms.until < today:
        raise click.ClickException(f"--until {terms.until} is past already.")
    for kind, day in terms.keep_until.items():
        if day <= (terms.until or today):
            raise click.ClickException(
                f"--keep-{kind} {day} comes before people have answered."
            )


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
    for line in _urn_lines(status):
        click.echo(line)
    if survey.state == "open":
        click.echo(f"codes made: {status.issued}")
    for line in (*_spare_lines(status.spares), *link.lines(instance, survey)):
        click.echo(line)
    if status.key_problem:
        raise click.ClickException(status.key_problem)
    if not status.holds:
        raise click.ClickException(f"Admissions and answers do not agree. {DIFFER}")


def _urn_lines(status: Status) -> Iterator[str]:
    if status.waits_for:
        yield f"being closed; waits for lane {', '.join(status.waits_for)}"
    yield f"received: about {status.received}"
    yield f"counts agree: {'yes' if status.holds else 'NO'}"
    if status.slips or status.typed:
        yield f"paper: {status.slips} code slips, {status.typed} sheets typed"


def _spare_lines(spares: Mapping[str, int]) -> Iterator[str]:
    if spares:
        yield f"spare codes among them: {sum(spares.values())}"
    for reason, number in sorted(spares.items()):
        yield f"spare codes, {reason}: {number}"


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
    urn = instance.urn(survey.slug)
    if urn.hand_over():
        click.echo(HANDED_OVER)
        return
    released = urn.release()
    click.echo(
        "Released what was mixed."
        if released.n
        else "Nothing was released: too few answers that look alike wait to be mixed."
    )
    if released.is_corrected:
        click.echo("The correction that was waiting is in force.")


def _release_due(instance: Instance, slug: str | None) -> None:
    """Do the daily acts that are due, and say nothing: a journal would date them."""
    from survey.storage import surveys

    for survey in [instance.survey(slug)] if slug else surveys.all(instance.engine):
        if survey.state == "open":
            instance.urn(survey.slug).act_if_due()


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
