"""Files that go to translators and come back: which are meant, where they are written.

Knows nothing of what is taken out of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance
from survey.cli.keeping import Kept, kept_translations

if TYPE_CHECKING:
    from survey.authoring.exchange import Exchange
    from survey.authoring.taking import Taking
    from survey.language import Registry

MOST_LINES = 200
"""Of each verdict; a file of 100,000 unknown texts needs no 100,000 sentences."""


def language_code(language: str, source_language: str) -> str:
    """A code into which can be translated; raises ``ClickException``."""
    from survey.language.registry import CODE

    code = language.strip().replace("_", "-").lower()
    if not CODE.fullmatch(code):
        raise click.ClickException(f"{language!r} is no language code such as ar.")
    if code == source_language:
        raise click.ClickException(
            f"{code} is the language the questionnaire is written in."
        )
    return code


def write_new(out: Path, content: bytes) -> None:
    """Write a file at once or not at all; a translator's work may be in the old one."""
    if out.exists():
        raise click.ClickException(
            f"{out} is there already. A translator's work may be in it: choose "
            "another name."
        )
    unfinished = out.with_name(f".{out.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(out)


def meant(exchange: Exchange, slug: str, kept: Kept, spoken: Registry) -> Exchange:
    """The exchange in the language meant; a file of something else is refused."""
    from dataclasses import replace

    if exchange.survey and exchange.survey != slug:
        raise click.ClickException(
            f"The file belongs to the survey {exchange.survey[:64]!r}, not to {slug!r}."
        )
    questionnaire = kept.translated.questionnaire
    known = {language.code for language in spoken.all} | questionnaire.texts.keys()
    base = exchange.language.split("-")[0]
    # tools insist on a country: ar-SA is our ar
    language = base if {exchange.language, base} & known == {base} else None
    meant = replace(exchange, language=language or exchange.language)
    language_code(meant.language, questionnaire.source_language)
    source = meant.source_language.split("-")[0].lower()
    if source and source != questionnaire.source_language.split("-")[0]:
        raise click.ClickException(
            f"The file was translated from {meant.source_language[:64]!r}, and the "
            f"questionnaire is written in {questionnaire.source_language}."
        )
    return meant


def lines(taking: Taking) -> Iterator[str]:
    """What is worth saying, of each verdict the first ones."""
    from survey.questionnaire.translation_checks import CONTROLS

    said: dict[str, int] = {}
    for one in taking.verdicts:
        if not one.is_worth_saying:
            continue
        said[one.verdict] = said.get(one.verdict, 0) + 1
        if said[one.verdict] <= MOST_LINES:
            # what a stranger wrote must not command the terminal
            yield CONTROLS.sub("\ufffd", str(one.line()))
    for verdict, count in said.items():
        if count > MOST_LINES:
            yield f"… and {count - MOST_LINES:,} more {verdict}."


def keep_left_over(
    instance: Instance, slug: str, file: Path, exchange: Exchange, taking: Taking
) -> None:
    """Write what was not taken into a file of its own, for whoever decides."""
    from survey.authoring.left_over import left_over
    from survey.authoring.translation_formats import ENDINGS, format_of, write
    from survey.authoring.translation_rules import rules_for
    from survey.language import registry

    kept = kept_translations(instance, slug)
    rules = rules_for(kept.translated.questionnaire, exchange.language)
    left = left_over(exchange, taking, kept.whole, rules)
    if not left.entries:
        return
    form = format_of(file)
    out = _free_name(file, ENDINGS[form])
    write_new(out, write(left, registry().described(left.language), form))
    click.echo(
        f"{out} has the {len(left.entries)} texts that were not taken. Whatever is in "
        "it when it is imported counts: correct it, or take out what shall not.",
        err=True,
    )


def _free_name(file: Path, ending: str) -> Path:
    number = 1
    while True:
        nth = "" if number == 1 else f"-{number}"
        path = file.with_name(f"{file.stem}.conflicts{nth}.{ending}")
        if not path.exists():
            return path
        number += 1
