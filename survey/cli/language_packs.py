"""The commands `translations pack` and `translations unpack`: one language travels.

Knows no format but that of the pack.
"""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.context import opened_instance, slug_argument


@click.command("pack")
@slug_argument
@click.option("--language", required=True, help="The language that leaves.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def pack_command(slug: str | None, language: str, out: Path) -> None:
    """Write the translations of a survey as a pack that other towns can take in."""
    from survey.authoring import language_pack, shipped
    from survey.cli.keeping import kept_translations
    from survey.questionnaire.translation import texts_of

    instance = opened_instance()
    survey = instance.survey(slug)
    translated = kept_translations(instance, survey.slug).translated
    asked = translated.questionnaire
    if language == asked.source_language:
        raise click.ClickException(f"{survey.slug} is written in {language} itself.")
    open_keys = (t.key for t in texts_of(translated, language) if not t.is_complete)
    texts = language_pack.texts_in(asked, language, except_for=open_keys)
    if not texts:
        raise click.ClickException(
            f"{survey.slug} has no text in {language} of its own; what the program "
            "brings along is there in every town."
        )
    content = language_pack.write(
        texts,
        name=survey.slug,
        language=language,
        source_language=asked.source_language,
        origins=tuple(shipped.origins(asked.source_language)),
    )
    unfinished = out.with_name(f"{out.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(out)
    click.echo(f"{out}: {len(texts)} texts in {language}.")


@click.command("unpack")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def unpack_command(slug: str, file: Path) -> None:
    """Take the pack FILE into a survey: each text where the same words are asked.

    What has words already keeps them. The texts count as translated; a native
    reader of your own reviews them.
    """
    from survey.authoring import language_pack_entry, language_pack_reader, stored
    from survey.storage import surveys

    instance = opened_instance()
    survey = instance.survey(slug)
    source = surveys.questionnaire(instance.engine, survey.slug)
    if source is None:
        raise click.ClickException(f"{survey.slug} has no questionnaire.")
    with file.open("rb") as opened:
        content = opened.read(language_pack_reader.LARGEST_FILE + 1)
    pack = language_pack_reader.read(content, file=file.name)
    found = language_pack_entry.enter(pack, stored.read(source, name=survey.slug))
    if found.taken:
        kept = stored.write(found.questionnaire)
        surveys.save_questionnaire(instance.engine, survey.slug, kept)
    for line in found.lines:
        click.echo(str(line))
    click.echo(
        f"{pack.language}: {len(found.taken)} texts taken, {found.kept} were there, "
        f"{len(found.lines)} not taken, {found.unmatched} say nothing here."
    )
