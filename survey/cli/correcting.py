"""Correct an open survey: only what leaves every answer its meaning, with a note.

Whether and when the correction takes effect is decided by the urn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from survey.cli.context import Instance

if TYPE_CHECKING:
    from survey.questionnaire.comparison import Change
    from survey.questionnaire.edition import Edition
    from survey.storage.surveys import Survey

LONGEST_NOTE = 300
UNREADABLE = ("Cc", "Cs", "Co", "Cn")
LATER = (
    "The correction waits. It takes effect with the next release; until then the "
    "survey goes on as it is."
)
AT_ONCE = "Nobody has answered yet: the correction is in force."
WITHDRAWN = "The correction that was waiting is withdrawn; the survey goes on as it is."
NO_LANGUAGES = (
    "Once it takes effect, answers are not told apart by language any more: the new "
    "language would tell which of them came later."
)
NEVER = "The correction that was waiting never took effect."


def ordered(survey: Survey, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages of an open survey first and in their order."""
    kept = [code for code in survey.languages if code in languages]
    return tuple(dict.fromkeys([*kept, *languages]))


def correct(
    instance: Instance, survey: Survey, corrected: Edition, note: str
) -> tuple[str, ...]:
    """Let the correction wait, or take effect while nobody has answered.

    Returns what the administrator should know. Refuses without a note, and with
    ``QuestionnaireError`` for every change that is no correction.
    """
    from survey.questionnaire.comparison import difference, refusals
    from survey.questionnaire.problem import QuestionnaireError
    from survey.storage import corrections, surveys

    in_force = surveys.edition(instance.engine, survey.edition or "")
    changes = difference(in_force, corrected)
    refused = refusals(changes, file=survey.slug)
    if refused:
        raise QuestionnaireError(refused)
    _check_gaps(survey, corrected)
    if not changes:
        if not corrections.withdraw(instance.engine, survey.slug):
            raise click.ClickException(f"Nothing has changed: {survey.slug} stands.")
        return (WITHDRAWN,)
    waits = corrections.waiting(instance.engine, survey.slug)
    if waits and waits.edition == corrected.hash and note.strip() in ("", waits.note):
        raise click.ClickException(
            "Nothing has changed: this correction waits already."
        )
    said = _read(note)
    corrections.wait(
        instance.engine,
        survey.slug,
        corrected,
        instead_of=in_force.hash,
        note=said,
        today=datetime.now(UTC).date(),
    )
    return (
        *map(str, changes),
        *_of_languages(survey, changes),
        *_at_once_or_later(instance, survey.slug),
    )


def _read(note: str) -> str:
    text = " ".join(note.split())
    if not text:
        raise click.ClickException(
            "An open survey is corrected with a note for whoever reads the results: "
            '--note "what was wrong".'
        )
    if any(unicodedata.category(character) in UNREADABLE for character in text):
        raise click.ClickException("The note holds characters that cannot be read.")
    if len(text) > LONGEST_NOTE:
        raise click.ClickException(
            f"The note has {len(text)} characters; at most {LONGEST_NOTE} are kept."
        )
    return text


def _check_gaps(survey: Survey, corrected: Edition) -> None:
    """Refuse languages after which a gap in the answers would tell one of them."""
    from survey.questionnaire.privacy import divided_group
    from survey.storage.policy import groups_after

    groups = tuple(survey.policy.get("language_groups", ()))
    added = [code for code in corrected.languages if code not in survey.languages]
    apart = groups_after(groups, survey.languages, added)
    for question in corrected.questionnaire.questions():
        together = divided_group(apart, question.only_in, corrected.languages)
        if question.only_in and together:
            raise click.ClickException(
                f"With {', '.join(added)}, answers in {', '.join(together)} would be "
                f"kept without their language, and {question.name}, asked only in "
                f"{', '.join(question.only_in)}, would tell it. Translate the "
                "question, or leave out the language."
            )


def _of_languages(survey: Survey, changes: Sequence[Change]) -> Iterator[str]:
    from survey.storage.policy import groups_after

    groups = tuple(survey.policy.get("language_groups", ()))
    added = [
        code for each in changes if each.place == "languages" for code in each.languages
    ]
    if groups and not groups_after(groups, survey.languages, added):
        yield NO_LANGUAGES


def _at_once_or_later(instance: Instance, slug: str) -> Iterator[str]:
    from survey.storage.errors import StorageError

    try:
        is_in_force = instance.urn(slug).correct_if_unanswered()
    except StorageError as error:
        is_in_force = False
        yield f"The urn cannot be looked into: {error}."
    yield AT_ONCE if is_in_force else LATER


def editions(instance: Instance, survey: Survey) -> Iterator[str]:
    """What `status` says of a survey that was corrected or will be."""
    from survey.storage import corrections

    history = corrections.history(instance.engine, survey.slug)
    for one in history[1:]:
        yield f"edition {one.number} since {one.since}: {one.edition[:12]} ({one.note})"
    waiting = corrections.waiting(instance.engine, survey.slug)
    if waiting is not None:
        yield (
            f"correction of {waiting.published_on} waits for the next release: "
            f"{waiting.edition[:12]} ({waiting.note})"
        )
