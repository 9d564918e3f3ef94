"""The command `close`: the end of a survey, over all machines that took answers."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from survey.cli import correcting
from survey.cli.context import Instance, opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.urn import Closed, WhenFew

LOOK_SECONDS = 0.5
HANDED_OVER = "The answers of this machine are handed over to the one that closes."
ALIKE = (
    "In {n} of them something is not told (-5, or the language as other), because "
    "fewer than k took the same way through the pages: docs/privacy.md."
)


@click.command("close")
@slug_argument
@click.option(
    "--destroy",
    is_flag=True,
    help="With too few answers to be mixed: destroy them unopened and close.",
)
@click.option(
    "--without-lane",
    "without",
    multiple=True,
    metavar="NAME",
    help="A machine that is lost for good: its answers are recorded as lost.",
)
@click.option(
    "--wait",
    type=click.IntRange(0),
    default=90,
    show_default=True,
    help="Seconds to wait for other machines to hand over their answers.",
)
def close_command(
    slug: str | None,
    destroy: bool,  # noqa: FBT001
    without: tuple[str, ...],
    wait: int,
) -> None:
    """Open the urn for good; codes and their key are destroyed."""
    from survey.storage import corrections
    from survey.urn import Outcome, WhenFew

    instance = opened_instance()
    survey = instance.survey(slug)
    if not without and instance.urn(survey.slug).hand_over():
        click.echo(HANDED_OVER)
        return
    waiting = corrections.waiting(instance.engine, survey.slug)
    when_few = WhenFew.DESTROY if destroy else WhenFew.ASK
    closed = _close(instance, survey.slug, when_few, without, wait)
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
    if closed.alike:
        click.echo(ALIKE.format(n=closed.alike))
    if waiting is not None:
        click.echo(correcting.NEVER)


def _close(
    instance: Instance,
    slug: str,
    when_few: WhenFew,
    without: Collection[str],
    wait: int,
) -> Closed:
    """What closing came to, once every machine has handed over."""
    from survey.urn import Outcome

    urn, deadline, told = instance.urn(slug), time.monotonic() + wait, ""
    while True:
        closed = urn.close(when_few, without=without)
        if closed.outcome is not Outcome.WAITING:
            return closed
        _hand_over_here(instance, slug, closed.lanes)
        names = ", ".join(closed.lanes)
        if names != told:
            click.echo(f"Nobody can answer any more. Waiting for lane {names} …")
            told = names
        if time.monotonic() > deadline:
            raise click.ClickException(_late(slug, closed.lanes))
        time.sleep(LOOK_SECONDS)


def _hand_over_here(instance: Instance, slug: str, lanes: Collection[str]) -> None:
    """Hand over for lanes whose keys are on this machine, under an earlier name."""
    from survey.urn import Urn, keys

    for lane in lanes:
        if keys.pool_file(instance.settings.keys_dir, slug, lane).exists():
            Urn(replace(instance.settings, lane=lane), slug).hand_over()


def _late(slug: str, lanes: Collection[str]) -> str:
    names = ", ".join(lanes)
    without = " ".join(f"--without-lane {lane}" for lane in lanes)
    return (
        f"Lane {names} has not handed over its answers. Where its service does not "
        f"run, type `survey close {slug}` on its machine; then close again here. If "
        f"the machine is lost for good: `survey close {slug} {without}`."
    )
