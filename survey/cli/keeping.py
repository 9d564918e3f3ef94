"""The questionnaire of a survey with its translations, read and written together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance

if TYPE_CHECKING:
    from survey.questionnaire.carrying import Carried
    from survey.questionnaire.model import Questionnaire
    from survey.questionnaire.translation import Mark, Translated


@dataclass(frozen=True)
class Kept:
    """What is stored, as text and read; ``whole`` has the shipped translations too."""

    slug: str
    source: str
    translated: Translated

    @property
    def whole(self) -> Translated:
        """With shipped translations where own ones are not ready."""
        from survey.authoring import shipped

        return shipped.completed(self.translated)


def kept_translations(instance: Instance, slug: str) -> Kept:
    """The questionnaire and the marks that are stored under a name."""
    from survey.authoring import stored
    from survey.questionnaire.translation import Translated
    from survey.storage import translations

    source, marks = translations.kept(instance.engine, slug)
    if source is None:
        raise click.ClickException(f"{slug} has no questionnaire.")
    return Kept(slug, source, Translated(stored.read(source, name=slug), marks))


def keep_changes(
    instance: Instance,
    kept: Kept,
    language: str,
    changes: Mapping[str, tuple[str, Mark]],
) -> None:
    """Write what was taken from a translator's file, all of it or nothing."""
    from survey.authoring import stored
    from survey.storage import translations

    if not changes:
        return
    new = kept.translated.changed(language, changes)
    translations.save(
        instance.engine,
        kept.slug,
        stored.write(new.questionnaire),
        new.marks,
        instead_of=kept.source,
    )


def keep_questionnaire(
    instance: Instance, slug: str, questionnaire: Questionnaire
) -> Carried:
    """Keep a questionnaire under a name, with all that was translated before."""
    from survey.authoring import stored
    from survey.questionnaire.carrying import Carried, carried
    from survey.questionnaire.translation import Translated
    from survey.storage import translations

    source, marks = translations.kept(instance.engine, slug)
    found = Carried(Translated(questionnaire, {}))
    if source is not None:
        before = Translated(stored.read(source, name=slug), marks)
        found = carried(questionnaire, before)
    text = stored.write(found.translated.questionnaire)
    translations.save(
        instance.engine, slug, text, found.translated.marks, instead_of=source
    )
    return found
