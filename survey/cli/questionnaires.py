"""The commands `questionnaire check`, `import` and `export`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from survey.cli.context import opened_instance, slug_argument
from survey.cli.library import library_command

if TYPE_CHECKING:
    from survey.authoring.intake import Intake
    from survey.cli.context import Instance
    from survey.questionnaire.model import Questionnaire

FORMATS = ("toml", "xlsform", "lss")
FILE = click.Path(exists=True, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Answers about languages whose names are not clear."""
    return click.option(
        "--language-of",
        "languages_of",
        multiple=True,
        metavar="COLUMN=CODE",
        help="Which language a column is in, where its name does not say it.",
    )(command)


@click.group("questionnaire")
def questionnaire_command() -> None:
    """Check a questionnaire file, take it in, or write it for other programs."""


questionnaire_command.add_command(library_command)


@questionnaire_command.command("check")
@click.argument("file", type=FILE)
@language_option
def check_command(file: Path, languages_of: tuple[str, ...]) -> None:
    """Say what becomes of every row of FILE, and every problem; nothing is written.

    FILE is TOML, an XLSForm (.xlsx, .xls, .ods, .csv or a folder of .csv) or a survey
    of LimeSurvey (.lss). The minutes it takes to answer are told too.
    """
    from survey.cli.check import tell
    from survey.questionnaire.problem import QuestionnaireError

    found = _inspected(file, languages_of)
    if found.questionnaire is None:
        raise QuestionnaireError(found.problems)
    tell(found.questionnaire, found.problems, name=file.name)


@questionnaire_command.command("import")
@click.argument("file", type=FILE)
@click.option("--slug", help="Name in addresses; else the file's stem.")
@click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the pictures and sounds that FILE names.",
)
@language_option
def import_command(
    file: Path, slug: str | None, media: Path | None, languages_of: tuple[str, ...]
) -> None:
    """Take FILE in as a survey that can be published; see `questionnaire check`."""
    from survey.cli import intake_report
    from survey.cli.keeping import keep_questionnaire
    from survey.questionnaire.problem import QuestionnaireError, errors_only

    instance = opened_instance()
    found = _inspected(file, languages_of)
    wrong = errors_only(found.problems)
    if wrong or found.questionnaire is None:
        raise QuestionnaireError(wrong)
    name = slug or _slug(file)
    if media is not None:
        _keep_media(instance, name, found.questionnaire, media)
    carried = keep_questionnaire(instance, name, found.questionnaire)
    for passed in carried.passed:
        click.echo(str(passed), err=True)
    for line in intake_report.completed(found):
        click.echo(line)
    click.echo(f"{name} is taken in: `survey publish {name} --languages …` comes next.")


@questionnaire_command.command("export")
@slug_argument
@click.option("--format", "format_name", required=True, type=click.Choice(FORMATS))
@click.option("--out", required=True, type=OUT, help="The file to write.")
def export_command(slug: str | None, format_name: str, out: Path) -> None:
    """Write the questionnaire of SLUG to a file, for other programs too."""
    from survey.authoring import formats
    from survey.cli.keeping import kept_translations

    instance = opened_instance()
    kept = kept_translations(instance, instance.survey(slug).slug)
    questionnaire = kept.whole.questionnaire
    out.write_bytes(formats.write(questionnaire, format_name))
    for lost in formats.unrepresented(questionnaire, format_name):
        click.echo(f"For other programs: {lost}")
    click.echo(f"{out} holds the questionnaire of {kept.slug}.")


def _inspected(file: Path, languages_of: Iterable[str]) -> Intake:
    """What FILE holds, its report printed; refuses what waits for an answer."""
    from survey.authoring import formats
    from survey.cli import intake_report

    found = formats.inspect(file, name=file.stem, languages_of=_answers(languages_of))
    intake_report.show(found, file.name)
    waiting = len(found.questions)
    if waiting:
        said = "1 question waits" if waiting == 1 else f"{waiting} questions wait"
        raise click.ClickException(f"{said} for an answer; nothing is written.")
    return found


def _keep_media(
    instance: Instance, slug: str, questionnaire: Questionnaire, folder: Path
) -> None:
    """Keep the files a questionnaire names; says at once all that cannot be."""
    from survey.questionnaire.texts import media_names
    from survey.storage import media

    wrong = []
    for name in media_names(questionnaire, tuple(questionnaire.texts)):
        path = folder / Path(name).name
        if not path.is_file():
            wrong.append(f"There is no file {name} in {folder}.")
            continue
        try:
            media.keep(instance.settings, slug, name, path.read_bytes())
        except media.MediumError as error:
            wrong.append(str(error))
    if wrong:
        raise click.ClickException("\n".join(wrong))


def _answers(given: Iterable[str]) -> Mapping[str, str]:
    """COLUMN=CODE, as often as it is given."""
    found = {}
    for answer in given:
        column, sign, code = answer.rpartition("=")
        if not (sign and column.strip() and code.strip()):
            raise click.ClickException(
                f"{answer!r} is no answer: write --language-of COLUMN=CODE."
            )
        found[column.strip()] = code.strip()
    return found


def _slug(file: Path) -> str:
    """The file's stem, as it can stand in an address."""
    from survey.authoring.naming import plain
    from survey.storage.questionnaires import SLUG

    stem = file.stem.lower()
    return stem if SLUG.fullmatch(stem) else plain(stem) or "questionnaire"
