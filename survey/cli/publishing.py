"""Freeze a survey's questionnaire; used by the command and by the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance
from survey.cli.keeping import kept_translations

if TYPE_CHECKING:
    from survey.authoring.offering import Offer
    from survey.language import Language
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.model import Questionnaire
    from survey.questionnaire.translation import Translated
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
    ``NotOffered`` names every text that keeps a language back.
    """
    from survey.authoring import offering
    from survey.cli import correcting
    from survey.storage import surveys

    spoken = _released(instance, languages)
    if note and survey.state != "open":
        raise click.ClickException(
            f"{survey.slug} is {survey.state}: a note belongs to corrections of a "
            "survey that is open."
        )
    translated = kept_translations(instance, survey.slug).whole
    offers = _offers(translated, survey.slug, spoken)
    remarks = tuple(_remarks(translated, offers, spoken))
    questionnaire = offering.shown(translated, offers)
    if survey.state == "open":
        kept = correcting.ordered(survey, languages)
        corrected = _frozen(instance, survey, questionnaire, kept)
        said = correcting.correct(instance, survey, corrected, note)
        return Published(corrected, (*remarks, *said))
    frozen = _frozen(instance, survey, questionnaire, languages)
    surveys.publish(instance.engine, survey.slug, frozen)
    return Published(frozen, (*remarks, *_left_out(frozen)))


def _left_out(frozen: Edition) -> Iterator[str]:
    """Questions that some languages are not asked."""
    for question in frozen.questionnaire.questions():
        if question.only_in:
            yield f"{question.name} is asked only in {', '.join(question.only_in)}."


def _released(instance: Instance, languages: Sequence[str]) -> list[Language]:
    """The languages, once nothing is unset and the interface speaks them all."""
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
    return [known[code] for code in languages]


def _offers(
    translated: Translated, slug: str, languages: Sequence[Language]
) -> list[Offer]:
    """What the gate says; refuses with every text that keeps a language back."""
    from survey.authoring import offering
    from survey.language import registry

    spoken = registry()
    offers = [offering.offer(translated, one.code, spoken) for one in languages]
    offering.require(slug, offers)
    return offers


def _remarks(
    translated: Translated, offers: Sequence[Offer], languages: Sequence[Language]
) -> Iterator[str]:
    """What no native reader has confirmed: it is named, and goes on."""
    for language, offer in zip(languages, offers, strict=True):
        if language.status != "reviewed":
            yield (
                f"{language.endonym}: no native reader is recorded for the interface "
                "yet."
            )
        if language.code != translated.questionnaire.source_language:
            for sentence in offer.unconfirmed():
                yield f"{language.endonym}: {sentence}"


def _frozen(
    instance: Instance,
    survey: Survey,
    questionnaire: Questionnaire,
    languages: Sequence[str],
) -> Edition:
    from survey.questionnaire import edition

    whole = _with_media(instance, survey.slug, questionnaire, languages)
    return edition.freeze(whole, tuple(languages))


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
