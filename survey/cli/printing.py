"""Codes onto paper: makes them, has the sheets drawn, keeps the marks.

The order of these steps is that of ``survey.letters.print_folder``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance

if TYPE_CHECKING:
    from survey.letters import Invitation
    from survey.letters.print_folder import Printed
    from survey.storage.surveys import Survey

Sheets = Callable[["Invitation", Sequence[str]], bytes]
"""Draws a sheet for each code, or several on one."""


def invite(instance: Instance, survey: Survey, languages: Sequence[str]) -> Invitation:
    """What the sheets of a published survey say, in these languages or in all."""
    from survey.language import registry
    from survey.letters import invitation
    from survey.storage import surveys

    if survey.edition is None or survey.state not in ("published", "open"):
        raise click.ClickException(
            f"{survey.slug} is {survey.state}: sheets are printed for a survey that "
            "is published or open, with the words people will meet."
        )
    edition = surveys.edition(instance.engine, survey.edition)
    return invitation(
        instance.settings, survey, edition, registry(), languages=languages
    )


def print_codes(
    instance: Instance,
    survey: Survey,
    count: int,
    folder: Path,
    *,
    draw: Callable[[Sequence[str]], Iterator[tuple[str, bytes]]] = lambda _: iter(()),
) -> Printed:
    """Write ``count`` new codes, or finish what an interrupted run had drawn."""
    from survey.letters import print_folder
    from survey.letters.coded import shuffled
    from survey.urn import codes

    if survey.state == "closed":
        raise click.ClickException(f"{survey.slug} is closed; no code would admit.")
    urn = instance.urn(survey.slug)

    def keep(made: Sequence[str], may_be_kept: bool) -> None:  # noqa: FBT001
        urn.register(made, again=may_be_kept)

    earlier = print_folder.finish_earlier(folder, survey.slug, keep)
    if earlier is not None:
        return earlier
    made = codes.generate(count)
    return print_folder.write(
        folder,
        survey.slug,
        shuffled(made),
        f"{instance.settings.public_url}/s/{survey.slug}",
        keep=keep,
        draw=lambda: draw(shuffled(made)),
    )


def drawing(
    invitation: Invitation, name: str, sheets: Sheets
) -> Callable[[Sequence[str]], Iterator[tuple[str, bytes]]]:
    """The files of one run, a volume each, with a progress bar beside them."""

    def draw(codes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        from survey.letters.coded import volumes

        portions = list(volumes(codes, len(invitation.voices)))
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
        )
        console = Console(file=sys.stderr)
        with Progress(*columns, console=console, transient=True) as progress:
            # one volume is drawn in one go: the bar moves without a measure then
            total = len(codes) if len(portions) > 1 else None
            task = progress.add_task(f"Drawing {len(codes)} {name}", total=total)
            for number, portion in enumerate(portions, start=1):
                part = f"-part-{number:02d}" if len(portions) > 1 else ""
                yield f"{name}{part}.pdf", sheets(invitation, portion)
                progress.advance(task, len(portion))

    return draw
