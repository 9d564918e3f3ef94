"""The command `review`: rows that look unread, and which of them are left out.

Shows counts per rule and channel; what anybody answered is not seen here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from survey.cli.context import Instance, opened_instance, slug_argument


@click.command("review")
@slug_argument
@click.option("--exclude", "rules", multiple=True, help="A rule of the survey.")
@click.option("--witness", default="", help="Who confirms what is left out.")
def review_command(slug: str | None, rules: tuple[str, ...], witness: str) -> None:
    """Look at the rows of a closed survey before the first table is made.

    With --exclude and --witness the review ends: rows that the rules find stay in
    the package with their reason and enter no figure. Only rules that stood in the
    settings when the survey opened can be named, and only before the first report.
    """
    from survey.storage import reviews

    instance = opened_instance()
    survey = instance.survey(slug)
    chosen = tuple(dict.fromkeys(rule.strip() for rule in rules))
    found = reviews.ended(instance.engine, survey.slug)
    if found is not None and chosen:
        raise click.ClickException(
            f"The review of {survey.slug} ended on {found.ended_on:%Y-%m-%d}; nothing "
            "can be left out after the first table."
        )
    if found is not None:
        by = f" ({', '.join(found.rules)}; witness: {found.witness})"
        click.echo(
            f"The review ended on {found.ended_on:%Y-%m-%d}{by if found.rules else ''}."
        )
    if not chosen:
        click.echo(_account(instance, survey.slug), nl=False)
        click.echo(f"Rules fixed at opening: {_listed(survey.policy)}.")
        return
    _check(chosen, witness, survey.policy)
    said = _account(instance, survey.slug, *chosen)
    today = datetime.now(UTC).date()
    reviews.end(
        instance.engine, survey.slug, rules=chosen, witness=witness.strip(), today=today
    )
    click.echo(said, nl=False)
    click.echo(f"The review has ended; {witness.strip()} confirms it.")


def _listed(policy: Mapping[str, Any]) -> str:
    return ", ".join(_fixed(policy)) or "none, so nothing can be left out"


def _fixed(policy: Mapping[str, Any]) -> list[str]:
    rules = policy.get("review_rules")
    return [str(rule) for rule in rules] if isinstance(rules, list) else []


def _check(chosen: tuple[str, ...], witness: str, policy: Mapping[str, Any]) -> None:
    """Refuse rules that were not fixed before opening, and a missing witness."""
    problems = []
    late = [rule for rule in chosen if rule not in _fixed(policy)]
    if late:
        problems.append(
            f"{', '.join(late)}: not among the rules fixed at opening "
            f"({_listed(policy)})."
        )
    if not witness.strip():
        problems.append("Name with --witness who confirms what is left out.")
    if problems:
        raise click.ClickException("\n".join(problems))


def _account(instance: Instance, slug: str, *rules: str) -> str:
    """What `analysis` says of a package that is thrown away afterwards."""
    from survey.cli.results import analysed, write_package

    with tempfile.TemporaryDirectory(prefix="review-") as folder:
        package = Path(folder) / slug
        write_package(instance, slug, package, with_comments=True)
        return analysed("review", package, *_options(rules))


def _options(rules: tuple[str, ...]) -> list[str]:
    return [word for rule in rules for word in ("--exclude", rule)]
