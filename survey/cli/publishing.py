"""Freeze a survey's questionnaire; used by the command and by the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance

if TYPE_CHECKING:
    from survey.questionnaire.edition import Edition
    from survey.storage.surveys import Survey


@dataclass(frozen=True)
class Published:
    """The edition, and what the administrator should know about it."""

    edition: Edition
    remarks: tuple[str, ...]


def publish(instance: Instance, survey: Survey, languages: Sequence[str]) -> Published:
    """Freeze and keep the edition.

    Refuses while a setting without default is unset or a language is not released;
    ``EditionError`` lists every missing text.
    """
    from survey.authoring import shipped, stored
    from survey.language import registry
    from survey.questionnaire import edition
    from survey.storage import surveys

    unset = instance.settings.unset_for_publishing()
    if unset:
        raise click.ClickException(
            f"Set {' and '.join(unset)} in settings.toml first: residents are told "
            "what the computing centre keeps, so it cannot be guessed."
        )
    known = {language.code: language for language in registry().released}
    unknown = [code for code in languages if code not in known]
    if unknown:
        raise click.ClickException(
            f"{', '.join(unknown)} cannot be offered; released are {', '.join(known)}."
        )
    source = surveys.questionnaire(instance.engine, survey.slug)
    if source is None:
        raise click.ClickException(f"{survey.slug} has no questionnaire to publish.")
    questionnaire = shipped.with_translations(stored.read(source, name=survey.slug))
    frozen = edition.freeze(questionnaire, tuple(languages))
    surveys.publish(instance.engine, survey.slug, frozen)
    remarks = [
        f"{language.endonym}: no native reader is recorded for the interface yet."
        for code in languages
        for language in [known[code]]
        if language.status != "reviewed"
    ]
    return Published(frozen, tuple(remarks))
