"""Every translatable text of a questionnaire by its stable key.

Knows nothing of files and of the catalogs of the interface.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from survey.questionnaire.model import Option, Page, Question, Questionnaire, Row

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class TextKey(NamedTuple):
    """One text that must exist; ``context`` tells a translator where it stands.

    ``kind``: title, hint, label, short, option, row, dont_know, prefer_not,
    other, constraint_message.
    """

    key: str
    kind: str
    context: str


class Completeness(NamedTuple):
    """How many texts there are and the keys of those a language lacks."""

    total: int
    missing: tuple[str, ...]


def text_keys(questionnaire: Questionnaire) -> list[TextKey]:
    """Every text that a language needs, in the order people meet them."""
    for known, keys in tuple(_recent):
        if known is questionnaire:
            return list(keys)
    found: dict[str, TextKey] = {}
    for entry in _entries(questionnaire):
        found.setdefault(entry.key, entry)
    _recent.append((questionnaire, tuple(found.values())))
    return list(found.values())


# Long forms have a hundred thousand texts, and many ask for the same ones in turn.
# By identity, as nothing of a questionnaire changes and comparing two takes as long.
_recent: deque[tuple[Questionnaire, tuple[TextKey, ...]]] = deque(maxlen=4)


def media_names(questionnaire: Questionnaire, languages: Sequence[str]) -> list[str]:
    """Every picture and sound that is shown in these languages, each once."""
    found: dict[str, None] = {}
    options = [option for shared in questionnaire.lists for option in shared.options]
    for question in questionnaire.questions():
        options += () if question.options_from else question.options
        found[question.pictogram] = None
        for language in languages if question.has_audio else ():
            own = questionnaire.texts.get(language, {})
            found[own.get(question.key("audio"), "")] = None
    found.update((option.pictogram, None) for option in options)
    found.pop("", None)
    return list(found)


def _entries(questionnaire: Questionnaire) -> Iterator[TextKey]:
    yield TextKey("title", "title", "title of the questionnaire")
    source = questionnaire.texts.get(questionnaire.source_language, {})
    for shared in questionnaire.lists:
        for option in shared.options:
            yield _of_option(option, f"list {shared.name}")
    for page in questionnaire.pages:
        yield from _of_page(page)
        for question in page.questions:
            yield from _of_question(question, source)
    for field in questionnaire.fields:
        context = f"field of action {field.code}"
        yield TextKey(f"field.{field.code}.label", "label", context)
        yield TextKey(f"field.{field.code}.short", "short", f"{context}, for charts")
    for code in questionnaire.cross_cutting:
        key = f"cross_cutting.{code}.label"
        yield TextKey(key, "label", f"cross-cutting theme {code}")


def _of_page(page: Page) -> Iterator[TextKey]:
    if page.has_title:
        yield TextKey(page.key("title"), "title", f"heading of page {page.name}")
    if page.has_hint:
        yield TextKey(page.key("hint"), "hint", f"below the heading of {page.name}")
    if page.has_constraint_message:
        key, context = page.key("constraint_message"), f"page {page.name}"
        yield TextKey(
            key, "constraint_message", f"{context}, said of answers that do not fit"
        )


def _of_question(
    question: Question, source: Mapping[str, str], *, with_lists: bool = False
) -> Iterator[TextKey]:
    """Texts of one question; those of a shared list stand with the list."""
    context = f"question {question.name}"
    yield TextKey(question.key("label"), "label", context)
    if question.has_hint:
        yield TextKey(question.key("hint"), "hint", f"{context}, hint")
    for row in question.rows:
        yield _of_row(row, context)
    if with_lists or not question.options_from:
        for option in question.options:
            yield _of_option(option, context)
    for part, is_offered in (
        ("dont_know", question.has_dont_know),
        ("prefer_not", question.has_prefer_not),
    ):
        if is_offered and question.key(part) in source:
            yield TextKey(question.key(part), part, f"{context}, apart from the others")
    if question.has_other and question.key("other") in source:
        yield TextKey(question.key("other"), "other", f"{context}, own words")
    if question.has_constraint_message:
        key = question.key("constraint_message")
        yield TextKey(key, "constraint_message", f"{context}, said of a wrong answer")


def _of_row(row: Row, context: str) -> TextKey:
    return TextKey(row.text, "row", f"{context}, row {row.name}")


def _of_option(option: Option, context: str) -> TextKey:
    return TextKey(option.text, "option", f"{context}, answer {option.code}")


def completeness(questionnaire: Questionnaire, language: str) -> Completeness:
    """Which texts a language still lacks.

    Texts of questions that are asked only where they are translated are not
    among them: in this language such a question is left out.
    """
    texts = questionnaire.texts.get(language, {})
    keys = text_keys(asked_in(questionnaire, language))
    missing = tuple(entry.key for entry in keys if not texts.get(entry.key, "").strip())
    return Completeness(len(keys), missing)


def asked_in(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """The questionnaire as people of one language meet it.

    Without the questions that are asked only where they are translated and lack a
    text here, the pages they leave empty and the lists that nobody else uses. In
    the language it is written in nothing is left out.
    """
    is_source = language == questionnaire.source_language
    if is_source or not any(
        question.is_asked_where_translated for question in questionnaire.questions()
    ):
        return questionnaire
    kept = tuple(_pages_in(questionnaire, language))
    left = {question.options_from for page in kept for question in page.questions}
    used = {question.options_from for question in questionnaire.questions()}
    lists = tuple(
        found for found in questionnaire.lists if found.name not in used - left
    )
    return replace(questionnaire, pages=kept, lists=lists)


def _pages_in(questionnaire: Questionnaire, language: str) -> Iterator[Page]:
    said = questionnaire.texts.get(language, {})
    source = questionnaire.texts.get(questionnaire.source_language, {})

    def has_all(entries: Iterable[TextKey]) -> bool:
        return all(said.get(entry.key, "").strip() for entry in entries)

    for page in questionnaire.pages:
        always = tuple(q for q in page.questions if not q.is_asked_where_translated)
        is_headed = bool(always) or has_all(_of_page(page))
        questions = tuple(
            question
            for question in page.questions
            if question in always
            or (is_headed and has_all(_of_question(question, source, with_lists=True)))
        )
        if questions or not page.questions:
            yield replace(page, questions=questions)


def slots_of(text: str) -> frozenset[str]:
    """Names of the slots a text has, such as ``place`` in ``{place}``."""
    return frozenset(SLOT.findall(text))


def fill(text: str, slots: Mapping[str, str], *, isolate: bool = True) -> str:
    """The text with its slots filled.

    Each inserted run is isolated (U+2068 … U+2069), so a name in another script
    cannot turn the sentence around. A slot that has no value raises ``KeyError``.
    """
    if "{" not in text:
        return text
    before, after = (FIRST_STRONG_ISOLATE, POP_ISOLATE) if isolate else ("", "")
    return SLOT.sub(lambda match: f"{before}{slots[match[1]]}{after}", text)
