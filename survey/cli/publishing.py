"""Freeze a survey's questionnaire; used by the command and by the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance

if TYPE_CHECKING:
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.model import Questionnaire
    from survey.storage.surveys import Survey


@dataclass(frozen=True)
class Published:
    """The edition, and what the administrator should know about it."""

    edition: Edition
    remarks: tuple[str, ...]


def publish(
    instance: Instance, survey: Survey, languages: Sequence[str], *, note: str = ""
) -> Published:
    """Freeze and keep the edition; of an open survey it is a correction.

    Refuses while a setting without default is unset or a language is not released;
    ``EditionError`` lists every missing text.
    """
    from survey.cli import correcting
    from survey.storage import surveys

    remarks = _check(instance, languages)
    if survey.state == "open":
        corrected = _frozen(instance, survey, correcting.ordered(survey, languages))
        said = correcting.correct(instance, survey, corrected, note)
        return Published(corrected, (*remarks, *said))
    if note:
        raise click.ClickException(
            f"{survey.slug} is {survey.state}: a note belongs to corrections of a "
            "survey that is open."
        )
    frozen = _frozen(instance, survey, languages)
    surveys.publish(instance.engine, survey.slug, frozen)
    return Published(frozen, (*remarks, *_left_out(frozen)))


def _left_out(frozen: Edition) -> Iterator[str]:
    """Questions that some languages are not asked."""
    for question in frozen.questionnaire.questions():
        if question.only_in:
            yield f"{question.name} is asked only in {', '.join(question.only_in)}."


def _check(instance: Instance, languages: Sequence[str]) -> tuple[str, ...]:
    """What the administrator should know about languages that can be offered."""
    from survey.language import registry

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
    return tuple(
        f"{language.endonym}: no native reader is recorded for the interface yet."
        for code in languages
        for language in [known[code]]
        if language.status != "reviewed"
    )


def _frozen(instance: Instance, survey: Survey, languages: Sequence[str]) -> Edition:
    from survey.authoring import shipped, stored
    from survey.questionnaire import edition
    from survey.storage import surveys

    source = surveys.questionnaire(instance.engine, survey.slug)
    if source is None:
        raise click.ClickException(f"{survey.slug} has no questionnaire to publish.")
    questionnaire = shipped.with_translations(stored.read(source, name=survey.slug))
    questionnaire = _with_media(instance, survey.slug, questionnaire, languages)
    return edition.freeze(questionnaire, tuple(languages))


def _with_media(
    instance: Instance,
    slug: str,
    questionnaire: Questionnaire,
    languages: Sequence[str],
) -> Questionnaire:
    """The questionnaire with every picture and sound frozen; names all that lack."""
    from survey.questionnaire.model import Medium
    from survey.questionnaire.texts import media_names
    from survey.storage import media

    found, missing = [], []
    for name in media_names(questionnaire, languages):
        try:
            file = media.freeze(instance.settings, slug, name)
        except media.MediumError as error:
            missing.append(str(error))
        else:
            found.append(Medium(name, file))
    if missing:
        raise click.ClickException("\n".join(missing))
    return replace(questionnaire, media=tuple(found))
