"""The command `codes`: make them once, take in slips, hand out a spare one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import (
    Instance,
    language_codes,
    opened_instance,
    slug_argument,
)

if TYPE_CHECKING:
    from survey.letters.print_folder import Printed
    from survey.storage.surveys import Survey
    from survey.urn import Urn

MOST_CODES = 1_000_000
LONGEST_REASON = 60


@click.command("codes")
@slug_argument
@click.option("--count", type=click.IntRange(1, MOST_CODES), help="How many to make.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for codes.csv.")
@click.option("--letters", "sheet", flag_value="letters", help="letters.pdf as well.")
@click.option("--slips", "sheet", flag_value="slips", help="slips.pdf as well.")
@click.option(
    "--per-sheet", type=click.Choice(["10", "20"]), help="Slips on a sheet; 10."
)
@click.option(
    "--language", "languages", multiple=True, help="Of letters and slips, with commas."
)
@click.option(
    "--used",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of code slips from paper envelopes, one code a line.",
)
@click.option("--spare", metavar="REASON", help="One code by telephone, and why.")
def codes_command(
    slug: str | None,
    count: int | None,
    out: Path | None,
    sheet: str | None,
    per_sheet: str | None,
    languages: tuple[str, ...],
    used: Path | None,
    spare: str | None,
) -> None:
    """Make access codes; they are written once and only their marks are kept."""
    instance = opened_instance()
    survey = instance.survey(slug)
    given = [name for name in (count, used, spare) if name is not None]
    if len(given) != 1:
        raise click.UsageError("Give one of --count, --used, --spare.")
    if count is None and sheet:
        raise click.UsageError(f"--{sheet} needs --count.")
    if per_sheet and sheet != "slips":
        raise click.UsageError("--per-sheet is about --slips.")
    if languages and not sheet:
        raise click.UsageError("--language is about --letters and --slips.")
    if count is not None:
        if out is None:
            raise click.UsageError("--count needs --out, the folder for codes.csv.")
        spoken = language_codes(languages)
        draw = _sheets(instance, survey, sheet, int(per_sheet or 10), spoken)
        _make(instance, survey, count, out, draw)
    elif used is not None:
        _count_slips(instance.urn(survey.slug), used)
    elif spare is not None:
        _hand_out(instance.urn(survey.slug), spare)


def _sheets(
    instance: Instance,
    survey: Survey,
    sheet: str | None,
    per_sheet: int,
    languages: Sequence[str],
) -> Callable[[Sequence[str]], Iterator[tuple[str, bytes]]]:
    """What draws the files beside codes.csv; refuses before any code is made."""
    from survey.cli.printing import drawing, invite
    from survey.letters import coded

    if sheet is None:
        return lambda _: iter(())
    invitation = invite(instance, survey, languages)
    if invitation.until is None:
        click.echo("The survey has no last day, so the sheets name none.", err=True)
    if sheet == "letters":
        return drawing(invitation, "letters", coded.letters)
    slips = partial(coded.slips, per_sheet=per_sheet)
    return drawing(invitation, "slips", slips)


def _make(
    instance: Instance,
    survey: Survey,
    count: int,
    out: Path,
    draw: Callable[[Sequence[str]], Iterator[tuple[str, bytes]]],
) -> None:
    from survey.cli.printing import print_codes

    printed = print_codes(instance, survey, count, out, draw=draw)
    if printed.is_earlier:
        click.echo(
            "An earlier run had been interrupted; what it had drawn is finished."
        )
        click.echo(
            "No further codes were made. Run the command again if you need them."
        )
    click.echo(_where(printed, count))


def _where(printed: Printed, count: int) -> str:
    names = ", ".join(str(file) for file in reversed(printed.files))
    if printed.is_earlier:
        return f"The codes are in {names}. They are kept nowhere else."
    return f"{count} codes are in {names}. They are kept nowhere else."


def _hand_out(urn: Urn, reason: str) -> None:
    from survey.urn import codes

    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON or not said.isprintable():
        raise click.UsageError(
            f"--spare needs a reason of 1 to {LONGEST_REASON} letters, such as "
            '"lost letter". The report says how many codes went out for it.'
        )
    code = urn.spare(said, today=datetime.now(UTC).date())
    click.echo(codes.group(code))


def _count_slips(urn: Urn, path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    cells = [line.partition(",")[0].strip().strip('"') for line in text.splitlines()]
    slips = urn.use_slips([cell for cell in cells if cell and cell.lower() != "code"])
    click.echo(f"{slips.counted} codes are marked as used.")
    if slips.already_used:
        click.echo(f"used before: {', '.join(slips.already_used)}", err=True)
    if slips.unknown:
        click.echo(f"none of ours: {', '.join(slips.unknown)}", err=True)
    if slips.already_used or slips.unknown:
        raise click.ClickException("Lay these envelopes aside; do not open them.")
