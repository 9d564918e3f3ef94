"""The commands `export` and `report`: what leaves a closed survey."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from survey.cli.context import Instance, language_codes, opened_instance, slug_argument

LONGEST_REPORT_SECONDS = 3600
ROW_FORMS = ("csv", "xlsx", "ods", "sav", "dta", "ddi")


@click.command("export")
@slug_argument
@click.option(
    "--format", "form", type=click.Choice(["package", *ROW_FORMS]), default="package"
)
@click.option("--language", help="Language of the words in a file of rows.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--comments", is_flag=True, help="Bring the free texts along.")
@click.option(
    "--rows",
    type=click.Choice(["protected", "all"]),
    default="protected",
    help="`all`: every row and item as it is, without protection.",
)
def export_command(
    slug: str | None,
    form: str,
    language: str | None,
    out: Path,
    comments: bool,  # noqa: FBT001
    rows: str,
) -> None:
    """Write the working file of `analysis`, or rows that are nobody's for people."""
    instance = opened_instance()
    survey = instance.survey(slug)
    if form != "package":
        if comments:
            raise click.ClickException("Only a package can bring comments along.")
        export_rows(instance, survey.slug, out, form=form, language=language, rows=rows)
        return
    digest = export_package(instance, survey.slug, out, with_comments=comments)
    click.echo(
        f"{out}: package {digest[:12]}. Keep it safe: its rows are not protected."
    )


def export_rows(
    instance: Instance,
    slug: str,
    out: Path,
    *,
    form: str,
    language: str | None,
    rows: str,
) -> None:
    """Package and rows in a child process; the review ends as it does for a report."""
    package = _reviewed_package(instance, slug)
    options = ["--format", form, "--out", str(out), "--rows", rows]
    options += ["--language", language] if language else []
    click.echo(analysed("microdata", package, *options), nl=False)


@click.command("report")
@slug_argument
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--language", "languages", multiple=True, help="Languages, with commas.")
def report_command(slug: str | None, out: Path, languages: tuple[str, ...]) -> None:
    """Draw the charts of a closed survey, in every language it was asked in."""
    instance = opened_instance()
    survey = instance.survey(slug)
    codes = language_codes(languages) or list(survey.languages)
    unknown = [code for code in codes if code not in survey.languages]
    if unknown:
        raise click.ClickException(
            f"{survey.slug} was not asked in {', '.join(unknown)}, "
            f"only in {', '.join(survey.languages)}."
        )
    report(instance, survey.slug, out, codes)
    click.echo(f"{out / codes[0] / 'index.html'}")


def report(instance: Instance, slug: str, out: Path, languages: list[str]) -> None:
    """Package, charts in a child process, and the merges kept for ever after."""
    from survey.storage import reviews

    package = _reviewed_package(instance, slug)
    spoken = [word for code in languages for word in ("--language", code)]
    analysed("report", package, "--out", str(out), *spoken)
    reviews.keep_merges(instance.engine, slug, (out / "merges.json").read_text("utf-8"))


def _reviewed_package(instance: Instance, slug: str) -> Path:
    """The package of a closed survey, whose review ends if nobody began it."""
    from survey.storage import reviews

    package = instance.settings.instance / "packages" / slug
    today = datetime.now(UTC).date()
    # its rows are not protected
    package.parent.mkdir(mode=0o700, exist_ok=True)
    export_package(instance, slug, package)  # refused while the survey is open
    if reviews.end_untouched(instance.engine, slug, today=today):
        click.echo("Nobody reviewed the answers: the review ends, none is excluded.")
    return package


def analysed(command: str, package: Path, *options: str) -> str:
    """Run `analysis` on a package in a child process; what it printed."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "analysis", command, str(package), *options],
        check=False,
        timeout=LONGEST_REPORT_SECONDS,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise click.ClickException(
            f"`analysis {command}` did not end well; the reason stands above."
        )
    return done.stdout


def export_package(
    instance: Instance, slug: str, out: Path, *, with_comments: bool = False
) -> str:
    """Write the package of a closed survey, reviewed as it was; its hash."""
    from survey.export import data_package
    from survey.storage import reviews

    digest = write_package(instance, slug, out, with_comments=with_comments)
    review = reviews.ended(instance.engine, slug)
    if review is None or not review.rules:
        return digest
    left_out = [word for rule in review.rules for word in ("--exclude", rule)]
    analysed("review", out, *left_out)
    return data_package.digest_of(out)


def write_package(
    instance: Instance, slug: str, out: Path, *, with_comments: bool = False
) -> str:
    """Write the package of a closed survey with all its rows; its hash."""
    from survey.export import data_package
    from survey.export.released import content_of
    from survey.storage import retention

    survey = instance.survey(slug)
    for record in retention.done(instance.engine):
        if (record.survey, record.matter) == (slug, retention.ANSWERS):
            raise click.ClickException(
                f"The answers of {slug} were deleted on {record.done_on}, as people "
                "were told."
            )
    if survey.state != "closed":
        raise click.ClickException(
            f"{slug} is {survey.state}; results exist once it is closed."
        )
    content = content_of(
        instance.engine,
        survey,
        instance.urn(slug),
        created=datetime.now(UTC).date(),
        with_comments=with_comments,
    )
    return data_package.write(out, content)
