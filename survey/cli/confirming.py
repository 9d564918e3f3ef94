"""The command `translations confirm`: what is there fits, and who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from survey.cli.context import language_codes, opened_instance, slug_argument
from survey.cli.keeping import keep_changes, kept_translations
from survey.cli.translators_files import language_code

if TYPE_CHECKING:
    from survey.questionnaire.translation import Text, Translated


@click.command("confirm")
@slug_argument
@click.option("--language", "languages", multiple=True, required=True)
@click.option(
    "--key", "keys", multiple=True, help="Only this text; may be repeated. Else all."
)
@click.option("--reviewed-by", default="", metavar="NAME", help="Who has read them.")
def confirm_command(
    slug: str | None,
    languages: tuple[str, ...],
    keys: tuple[str, ...],
    reviewed_by: str,
) -> None:
    """Say that outdated translations fit the changed source texts as they are.

    For slips of the pen that were corrected: nothing has changed its meaning. With
    --reviewed-by and --key also that somebody has read a translation, such as a
    name that rightly reads the same in two languages.
    """
    from survey.questionnaire.translation import confirmed

    instance = opened_instance()
    name = instance.survey(slug).slug
    for given in language_codes(languages):
        kept = kept_translations(instance, name)
        source = kept.translated.questionnaire.source_language
        code = language_code(given, source)
        reader = reviewed_by.strip()
        texts = _meant(kept.whole, code, keys, is_reviewed=bool(reader))
        changes = {text.key: confirmed(text, reviewed_by=reader) for text in texts}
        keep_changes(instance, kept, code, changes)
        for text in texts:
            click.echo(f"{code} {text.key}: {text.wording!r} fits {text.source!r}.")
        if not texts:
            click.echo(f"{code}: nothing is outdated.")


def _meant(
    whole: Translated, code: str, keys: Sequence[str], *, is_reviewed: bool
) -> list[Text]:
    """The texts meant: outdated ones; a reader may name finished ones too."""
    from survey.questionnaire.translation import OUTDATED, TRANSLATED, texts_of

    states = {OUTDATED, TRANSLATED} if is_reviewed and keys else {OUTDATED}
    found = {t.key: t for t in texts_of(whole, code) if t.state in states}
    others = [key for key in keys if key not in found]
    if others:
        raise click.ClickException(
            f"{code}: {', '.join(others)} is not outdated. To say who has read a "
            "finished text, add --reviewed-by NAME."
        )
    return [found[key] for key in keys or found]
