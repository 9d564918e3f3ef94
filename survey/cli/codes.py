"""The command `codes`: make them once, take in slips, hand out a spare one."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import opened_instance, slug_argument

if TYPE_CHECKING:
    from survey.urn import Urn

MOST_CODES = 1_000_000


@click.command("codes")
@slug_argument
@click.option("--count", type=click.IntRange(1, MOST_CODES), help="How many to make.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for codes.csv.")
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
    used: Path | None,
    spare: str | None,
) -> None:
    """Make access codes; they are written once and only their marks are kept."""
    instance = opened_instance()
    survey = instance.survey(slug)
    given = [name for name in (count, used, spare) if name is not None]
    if len(given) != 1:
        raise click.UsageError("Give one of --count, --used, --spare.")
    urn = instance.urn(survey.slug)
    if count is not None:
        if out is None:
            raise click.UsageError("--count needs --out, the folder for codes.csv.")
        address = f"{instance.settings.public_url}/s/{survey.slug}"
        path = write_codes(out, urn.issue(count), address)
        click.echo(f"{count} codes are in {path}. They are kept nowhere else.")
    elif used is not None:
        _count_slips(urn, used)
    elif spare is not None:
        from survey.urn import codes

        code = urn.spare(spare, today=datetime.now(UTC).date())
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


def write_codes(folder: Path, codes: Iterable[str], address: str) -> Path:
    """Write codes.csv for the print shop, readable for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "codes.csv"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"codes-{number}.csv"
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(("code", "address"))
        writer.writerows((code, f"{address}#{code}") for code in codes)
    return path
