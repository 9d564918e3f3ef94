"""The command line `analysis`: verify a package, draw it, write its figures.

Opens packages and hands them to the gate; nothing else here sees an answer.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from analysis.disclosure import AnalysisFile, Publication
    from analysis.language import Language
    from analysis.package import Package
    from analysis.report import About

SEED = 1  # the same package gives the same report, resampling included
PACKAGE = click.Path(exists=True, path_type=Path)
OUT = click.Path(path_type=Path)


class Commands(click.Group):
    """A group that turns known errors into sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run; a known error becomes one clear sentence and exit status 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if not _is_known(error):
                raise
            raise click.ClickException(str(error)) from error


def _is_known(error: Exception) -> bool:
    from analysis.charts import ChartError
    from analysis.language import LanguageError
    from analysis.package import AnalysisError
    from analysis.report import ReportError

    ours = (AnalysisError, ChartError, LanguageError, ReportError)
    return isinstance(error, (*ours, OSError))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def analysis() -> None:
    """Count and draw what a data package holds, small groups protected."""


@analysis.command("check")
@click.argument("packages", type=PACKAGE, nargs=-1, required=True, metavar="PACKAGE…")
def check_command(packages: tuple[Path, ...]) -> None:
    """Verify each PACKAGE and name every problem; nothing is written.

    Of several packages it says item by item whether their answers can be joined.
    """
    from analysis import checking

    opened = checking.opened(packages)
    for path, package in zip(packages, opened, strict=True):
        items, rows = len(package.codebook.items), len(package.responses)
        click.echo(f"{path} is sound: {items} items, {rows} responses.")
        for line in (*checking.corrections(package), *checking.comments(package)):
            click.echo(line)
    for line in checking.comparisons(opened):
        click.echo(line)


@analysis.command("review")
@click.argument("package", type=PACKAGE)
@click.option("--exclude", "rules", multiple=True, help="Rule that leaves rows out.")
def review_command(package: Path, rules: tuple[str, ...]) -> None:
    """Count rows of PACKAGE that look unread, per channel and rule.

    With --exclude the rows that the rules find get their reason in PACKAGE.
    """
    from analysis import reviewing
    from analysis.package import open_package

    if not rules:
        for line in reviewing.lines(open_package(package)):
            click.echo(line)
        return
    for reason, rows in reviewing.exclude(package, rules).items():
        click.echo(f"{reason}: {rows} rows left out")


@analysis.command("report")
@click.argument("package", type=PACKAGE)
@click.option("--out", type=OUT, required=True, help="Folder of the report.")
@click.option("--language", "languages", multiple=True, help="Languages, with commas.")
def report_command(package: Path, out: Path, languages: tuple[str, ...]) -> None:
    """Draw every chart of PACKAGE, as pages, pictures and figures."""
    from rich.console import Console
    from rich.progress import Progress

    from analysis.report import compose, write

    opened, about = _opened(package)
    chosen = _languages(languages, about)
    contents = compose(_published(opened), about, chosen)
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("Drawing", total=len(contents.charts))
        write(
            contents,
            out,
            progress=lambda done, _: progress.update(task, completed=done),
        )
    click.echo(str(out / chosen[0].code / "index.html"))


@analysis.command("figures")
@click.argument("package", type=PACKAGE)
@click.option("--out", type=OUT, required=True, help="CSV file to write.")
def figures_command(package: Path, out: Path) -> None:
    """Write every published figure of PACKAGE as one tidy table."""
    from analysis import handing_out
    from analysis.report import figures_csv

    publication = _published(_opened(package)[0])
    handing_out.put({out: figures_csv(publication).encode()})
    click.echo(str(out))


@analysis.command("tables")
@click.argument("package", type=PACKAGE)
@click.option("--out", type=OUT, required=True, help="File: .xlsx, .ods or .csv.")
@click.option("--language", help="Language of its texts; default: of the survey.")
def tables_command(package: Path, out: Path, language: str | None) -> None:
    """Write the tables of all charts as a workbook, spreadsheet or CSV."""
    from analysis import handing_out
    from analysis.report import compose

    opened, about = _opened(package)
    chosen = _language(language, about)
    contents = compose(_published(opened), about, [chosen])
    handing_out.put(handing_out.tables(contents, chosen, out))
    click.echo(str(out))


@analysis.command("microdata")
@click.argument("package", type=PACKAGE)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "ods", "sav", "dta", "ddi"]),
    required=True,
)
@click.option("--language", help="Language of its texts; default: of the survey.")
@click.option("--out", type=OUT, required=True, help="File to write.")
@click.option(
    "--rows",
    type=click.Choice(["protected", "all"]),
    default="protected",
    help="`all`: every row and item as it is, without protection.",
)
def microdata_command(
    package: Path, form: str, language: str | None, out: Path, rows: str
) -> None:
    """Write rows that cannot be told to be anybody's, for programs that compute."""
    from analysis import handing_out

    opened, about = _opened(package)
    chosen = _language(language, about)
    file = _rows(opened, is_protected=rows == "protected")
    files = handing_out.rows(file, about, chosen, form, out)
    handing_out.put(files)
    for line in handing_out.remarks(file):
        click.echo(line, err=True)
    for path in files:
        click.echo(str(path))


@analysis.command("package")
@click.argument("table", type=PACKAGE, metavar="FILE.csv")
@click.option("--items", type=PACKAGE, required=True, help="What the columns mean.")
@click.option("--labels", type=PACKAGE, help="Wordings; default: the codes.")
@click.option("--out", type=OUT, required=True, help="Folder, or .zip, of the package.")
@click.option("--survey", default="", help="Name of the survey; default: the file's.")
@click.option(
    "--design", type=click.Choice(["random", "census", "open"]), default="open"
)
@click.option("--population", type=click.IntRange(min=1), help="People in all.")
@click.option("--invited", type=click.IntRange(min=1), help="People who were invited.")
def package_command(
    table: Path, items: Path, labels: Path | None, out: Path, **about: Any
) -> None:
    """Make a package of a CSV from elsewhere: LimeSurvey, Kobo or any other."""
    from analysis.intake import Survey, take_in

    about["name"] = about.pop("survey")
    for line in take_in(table, items, labels, out, Survey(**about)):
        click.echo(line)


def _opened(path: Path) -> tuple[Package, About]:
    from analysis.package import open_package

    package = open_package(path, keep=True)
    return package, _about(package)


def _published(package: Package) -> Publication:
    from rich.console import Console

    from analysis.disclosure import publish

    with Console(file=sys.stderr).status("Counting"):
        return publish(package, seed=SEED)


def _rows(package: Package, *, is_protected: bool) -> AnalysisFile:
    import secrets

    import numpy as np
    from rich.console import Console

    from analysis.disclosure import analysis_file, every_row

    # Two files of one survey must not have their rows in one order.
    rng = np.random.default_rng(secrets.randbits(128))
    make = analysis_file if is_protected else every_row
    with Console(file=sys.stderr).status("Looking for company for every row"):
        return make(package, rng)


def _about(package: Package) -> About:
    from analysis.report import About

    descriptor = package.descriptor
    days = descriptor.get("field_time") or {}
    return About(
        survey=str(descriptor.get("survey") or descriptor.get("name") or "survey"),
        codebook=package.codebook,
        design=package.design.kind,
        package_hash=package.hash,
        created=_day(descriptor.get("created")) or date(1970, 1, 1),
        population=package.design.population,
        invited=package.design.invited,
        start=_day(days.get("start")),
        end=_day(days.get("end")),
        reworded=package.reworded(),
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _language(given: str | None, about: About) -> Language:
    wanted = given or about.codebook.default_language
    return _languages((wanted,), about)[0]


def _languages(given: tuple[str, ...], about: About) -> tuple[Language, ...]:
    from analysis.language import registry

    codes = [code.strip() for part in given for code in part.split(",") if code.strip()]
    known = {language.code for language in registry().released}
    spoken = about.codebook.languages
    wanted = codes or [code for code in spoken if code in known]
    wrong = [code for code in wanted if code not in known or code not in spoken]
    if wrong or not wanted:
        offered = ", ".join(code for code in spoken if code in known) or "none"
        raise click.ClickException(
            f"{', '.join(wrong) or 'No language'} cannot be written: the package and "
            f"this program share {offered}."
        )
    return registry().choose(list(dict.fromkeys(wanted)))


def main() -> None:
    """Entry point of the command `analysis`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    analysis(prog_name="analysis")
