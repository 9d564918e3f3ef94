"""Every wording by the place where it is read, and what two editions word otherwise.

A place stays when only the key changes under which its text is kept. Knows nothing
of what may be corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire.edition import Edition
from survey.questionnaire.model import Page, Question, Questionnaire

OWN_WORDS = ("dont_know", "prefer_not", "other")
ANOTHER_PICTURE = "Another picture is shown."
OPTIONAL = frozenset({"hint", "title", "constraint_message", "audio", *OWN_WORDS})


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One place that reads otherwise, in which languages."""

    place: str
    what: str
    languages: tuple[str, ...] = ()


def places(questionnaire: Questionnaire) -> dict[str, str]:
    """Place → key of its text; texts that several places share come first."""
    found = {"title": "title"}
    for field in questionnaire.fields:
        for part in ("label", "short"):
            found[f"field.{field.code}.{part}"] = f"field.{field.code}.{part}"
    for code in questionnaire.cross_cutting:
        found[f"cross_cutting.{code}.label"] = f"cross_cutting.{code}.label"
    for page in questionnaire.pages:
        found.update(_of_page(page))
        for question in page.questions:
            found.update(_of_question(question))
    return found


def rewritten(old: Edition, new: Edition) -> Iterator[Rewritten]:
    """Places that read otherwise in a language of both editions.

    A hint or heading may come or go; questions, options and rows are told by
    their names and have no wording where there is none to compare.
    """
    before, after = places(old.questionnaire), places(new.questionnaire)
    owners = _owners(old.questionnaire) & _owners(new.questionnaire)
    seen: set[tuple[str, str]] = set()
    for place in dict.fromkeys([*before, *after]):
        owner, _, part = place.rpartition(".")
        is_in_both = place in before and place in after
        if not is_in_both and not (part in OPTIONAL and owner in owners):
            continue
        keys = before.get(place, ""), after.get(place, "")
        if keys in seen:
            continue
        seen.add(keys)
        languages = _differing(old, new, keys)
        if languages:
            yield Rewritten(place, "The words changed.", languages)
    yield from _pictograms(old.questionnaire, new.questionnaire)
    for name, file in old.media.items():
        if new.media.get(name, file) != file:
            yield Rewritten(f"media.{name}", "The file is another one.")


def _owners(questionnaire: Questionnaire) -> set[str]:
    """What may gain or lose a hint, a heading, words of its own."""
    pages = {f"page.{page.name}" for page in questionnaire.pages}
    return pages | {question.name for question in questionnaire.questions()}


def _differing(old: Edition, new: Edition, keys: tuple[str, str]) -> tuple[str, ...]:
    found = []
    for language in old.languages:
        if language in new.languages:
            texts = (
                edition.questionnaire.texts[language].get(key, "")
                for edition, key in zip((old, new), keys, strict=True)
            )
            if len(set(texts)) > 1:
                found.append(language)
    return tuple(found)


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    for part, has_it in (
        ("title", page.has_title),
        ("hint", page.has_hint),
        ("constraint_message", page.has_constraint_message),
    ):
        if has_it:
            yield page.key(part), page.key(part)


def _of_question(question: Question) -> Iterator[tuple[str, str]]:
    parts = {
        "label": True,
        "hint": question.has_hint,
        **dict.fromkeys(OWN_WORDS, True),
        "constraint_message": question.has_constraint_message,
        "audio": question.has_audio,
    }
    for part, has_it in parts.items():
        if has_it:
            yield question.key(part), question.key(part)
    for row in question.rows:
        yield f"{question.name}.rows.{row.name}", row.text
    for option in question.options:
        yield f"{question.name}.options.{option.code}", option.text


def _pictograms(old: Questionnaire, new: Questionnaire) -> Iterator[Rewritten]:
    questions = {question.name: question for question in new.questions()}
    for question in old.questions():
        found = questions.get(question.name, question)
        if question.pictogram != found.pictogram:
            yield Rewritten(f"{question.name}.pictogram", ANOTHER_PICTURE)
        shown = {option.code: option.pictogram for option in found.options}
        for option in question.options:
            if shown.get(option.code, option.pictogram) != option.pictogram:
                place = f"{question.name}.options.{option.code}.pictogram"
                yield Rewritten(place, ANOTHER_PICTURE)
