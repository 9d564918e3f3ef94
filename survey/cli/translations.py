"""The commands `translations export`, `import` and `status`; `confirm` lives apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.confirming import confirm_command
from survey.cli.context import language_codes, opened_instance, slug_argument
from survey.cli.keeping import Kept, keep_changes, kept_translations
from survey.cli.language_packs import pack_command, unpack_command
from survey.cli.translators_files import (
    keep_left_over,
    language_code,
    lines,
    meant,
    write_new,
)

if TYPE_CHECKING:
    from survey.language import Registry
    from survey.questionnaire.language_status import Status

FORMATS = ("po", "xliff", "xlsx", "docx")


@click.group("translations")
def translations_command() -> None:
    """Send texts to translators, take them back, see what is open."""


translations_command.add_command(confirm_command)
translations_command.add_command(pack_command)
translations_command.add_command(unpack_command)


@translations_command.command("export")
@slug_argument
@click.option("--language", required=True, help="Into which language, such as ar.")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    required=True,
    help="File to write; one that is there is not overwritten.",
)
@click.option(
    "--changed-only",
    is_flag=True,
    help="Only what is missing, outdated, a machine's draft, or at fault.",
)
@click.option(
    "--version",
    type=click.Choice(("1.2", "2.0")),
    default="1.2",
    show_default=True,
    help="Version of XLIFF.",
)
def export_command(
    slug: str | None,
    language: str,
    form: str,
    out: Path,
    changed_only: bool,
    version: str,
) -> None:
    """Write the texts of a survey for a translator."""
    from survey.authoring.exchange import going_out, open_only
    from survey.authoring.translation_formats import write
    from survey.authoring.translation_rules import rules_for
    from survey.language import registry

    instance = opened_instance()
    name = instance.survey(slug).slug
    kept = kept_translations(instance, name)
    questionnaire = kept.translated.questionnaire
    target = registry().described(
        language_code(language, questionnaire.source_language)
    )
    found = _status(kept, target.code)
    texts = open_only(found, changed_only=changed_only)
    if not texts:
        click.echo(f"Nothing is open in {target.code}: no file is written.")
        return
    rules = rules_for(questionnaire, target.code)
    exchange = going_out(name, questionnaire, texts, rules)
    write_new(out, write(exchange, target, form, version=version))
    click.echo(f"{out}: {len(exchange.entries)} texts. {_volume(found)}")
    if registry().get(target.code) is None:
        click.echo(
            f"{target.code} is not a language of the interface: its texts are kept "
            "and cannot be offered yet.",
            err=True,
        )


def _status(kept: Kept, language: str) -> Status:
    from survey.authoring.translation_rules import rules_for
    from survey.questionnaire.language_status import status

    rules = rules_for(kept.translated.questionnaire, language)
    return status(kept.whole, language, rules)


def _volume(status: Status) -> str:
    volume = status.to_translate()
    return (
        f"To translate: {volume.texts:,} texts, {volume.words:,} words, "
        f"{volume.repeated:,} of them repeated."
    )


@translations_command.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--reviewed-by",
    default="",
    metavar="NAME",
    help="Who has read the whole file: its finished texts count as reviewed.",
)
def import_command(slug: str, file: Path, reviewed_by: str) -> None:
    """Take a translator's FILE in; nothing that is kept or sent is lost."""
    from survey.authoring.taking import take
    from survey.authoring.translation_formats import read
    from survey.authoring.translation_rules import rules_for
    from survey.language import registry

    instance = opened_instance()
    name = instance.survey(slug).slug
    kept = kept_translations(instance, name)
    exchange = meant(read(file), name, kept, registry())
    rules = rules_for(kept.translated.questionnaire, exchange.language)
    taking = take(exchange, kept.whole, rules, reviewed_by=reviewed_by.strip())
    keep_changes(instance, kept, exchange.language, taking.changes())
    for line in lines(taking):
        click.echo(line)
    counts = ", ".join(f"{n} {verdict}" for verdict, n in taking.counts().items())
    click.echo(f"{exchange.language}: {counts}.")
    keep_left_over(instance, name, file, exchange, taking)
    if not reviewed_by and taking.claims_review:
        click.echo(
            "Texts that the file calls reviewed count as translated: "
            "--reviewed-by NAME says who has read them.",
            err=True,
        )


@translations_command.command("status")
@slug_argument
@click.option("--language", "languages", multiple=True, help="Only these, in detail.")
def status_command(slug: str | None, languages: tuple[str, ...]) -> None:
    """How far every language has come, and what is left to translate."""
    from survey.language import registry

    instance = opened_instance()
    name = instance.survey(slug).slug
    kept = kept_translations(instance, name)
    questionnaire = kept.translated.questionnaire
    spoken = registry()
    wanted = [
        language_code(c, questionnaire.source_language)
        for c in language_codes(languages)
    ]
    there = kept.whole.questionnaire.texts
    every = [language.code for language in spoken.released]
    every += [code for code in there if code not in every]
    found = [
        (code, _status(kept, code))
        for code in wanted or every
        if code != questionnaire.source_language
    ]
    click.echo(f"{name}: written in {questionnaire.source_language}.")
    for code, status in found:
        for line in _told(code, status, spoken, in_full=bool(wanted)):
            click.echo(line)


def _told(
    code: str, status: Status, spoken: Registry, *, in_full: bool
) -> Iterator[str]:
    obstacles = status.obstacles()
    verdict = "cannot be offered yet" if obstacles else "can be offered"
    if spoken.get(code) is None:
        verdict = "is not a language of the interface"
    yield f"{code} ({spoken.described(code).endonym}) {verdict}."
    counts = [f"{n} {state.replace('_', ' ')}" for state, n in status.counts().items()]
    doubts = list(status.doubts())
    troubled = sum(bool(status.problems(text)) for text in status.texts)
    yield f"  {status.total} texts: {', '.join(counts)}; {troubled} with problems."
    yield f"  {_volume(status)}"
    if not in_full:
        return
    for group, texts in obstacles.items():
        for text, why in texts:
            yield f"  {text.key}: {group.replace('_', ' ')}{f': {why}' if why else ''}"
    for text, doubt in doubts:
        yield f"  {text.key}: worth a look: {doubt.reason}"
