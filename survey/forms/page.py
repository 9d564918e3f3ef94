"""What a page of an edition shows in one language, before anybody has answered.

Knows nothing of requests, of templates or of one person's answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from survey.forms.listing import Listed
from survey.language import gettext, standard
from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.choosing import allowed_refusals
from survey.questionnaire.model import DONT_KNOW, PREFER_NOT, Option, Page, Question

STANDARD_WORDS = {
    DONT_KNOW: ("dont_know", standard.DONT_KNOW),
    PREFER_NOT: ("prefer_not", standard.PREFER_NOT),
}
# a control character, which no questionnaire file can hold
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen; ``pictogram`` is a file, or nothing."""

    code: str
    label: str
    pictogram: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item: a question, or one row of a battery; or what was typed for it."""

    name: str
    label: str
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One input to type into; ``part`` is the last part of its name."""

    name: str
    part: str
    label: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question in words. ``ranks`` are the inputs of an order of importance.

    ``apart`` holds don't know and prefer not to say; ``lines`` what is stored;
    ``fields`` what is typed into. ``options`` are empty where a filter shows
    some of many. ``least`` and ``most`` are limits as an author wrote them.
    """

    name: str
    kind: str
    label: str
    hint: str
    options: tuple[Choice, ...]
    apart: tuple[Choice, ...]
    lines: tuple[Line, ...]
    ranks: tuple[str, ...]
    fields: tuple[Field, ...]
    is_filtered: bool
    at_most: int
    longest: int
    total: int
    least: str
    most: str
    pictogram: str
    audio: str

    @property
    def answers(self) -> tuple[Choice, ...]:
        """Everything that can be chosen."""
        return self.options + self.apart


@dataclass(frozen=True, slots=True)
class PageView:
    """One page in words; a single question is its own heading."""

    name: str
    heading: str
    hint: str
    questions: tuple[QuestionView, ...]
    is_group: bool


def describe(edition: Edition, page: Page, language: str) -> PageView:
    """The words of a page; call it inside ``speaking`` of the same language."""
    questions = tuple(
        describe_question(edition, question, language)
        for question in page.questions
        if question.is_asked_in(language)
    )
    is_group = page.has_title or len(questions) > 1
    heading = questions[0].label
    if is_group:
        key = page.key("title") if page.has_title else "title"
        heading = edition.filled(key, language)
    hint = edition.filled(page.key("hint"), language) if page.has_hint else ""
    return PageView(page.name, heading, hint, questions, is_group)


def describe_question(
    edition: Edition, question: Question, language: str
) -> QuestionView:
    """The words of one question."""
    kind = kind_of(question)
    items = kind.items(question)
    label = edition.filled(question.key("label"), language)
    choices = kind.choices(question)
    if question.choice_filter:
        choices = choices[len(question.options) :]
    words = {option.code: _choice(edition, option, language) for option in choices}
    fields = tuple(_field(question.name, name, words) for name in kind.typed(question))
    stored = {item.name for item in items}
    lines = tuple(
        Line(
            item.name,
            edition.filled(item.row.text, language) if item.row else label,
            is_typed=not item.is_closed,
        )
        for item in items
    )
    own = {*stored, *(field.name for field in fields)}
    return QuestionView(
        name=question.name,
        kind=question.kind,
        label=label,
        hint=_hint(edition, question, language),
        options=() if question.choice_filter else tuple(words.values()),
        apart=tuple(
            Choice(code, _apart(edition, question, code, language))
            for code in allowed_refusals(question)
        ),
        lines=lines
        + tuple(
            Line(f.name, f.label, is_typed=True)
            for f in fields
            if f.label and f.name not in stored
        ),
        ranks=tuple(name for name in kind.inputs(question) if name not in own),
        fields=fields,
        is_filtered=bool(question.choice_filter),
        at_most=question.at_most,
        longest=max((item.longest for item in items), default=0),
        total=question.total,
        least=question.least,
        most=question.most,
        pictogram=edition.media.get(question.pictogram, ""),
        audio=_audio(edition, question, language),
    )


def _hint(edition: Edition, question: Question, language: str) -> str:
    if not question.has_hint:
        return ""
    return edition.filled(question.key("hint"), language)


def _field(question: str, name: str, words: Mapping[str, Choice]) -> Field:
    """A field of an option has the option's words; others are labelled by kind."""
    part = name.removeprefix(question).lstrip("_")
    return Field(name, part, words[part].label if part in words else "")


def listed(edition: Edition, options: Sequence[Option], language: str) -> Listed:
    """Shown options of a long list; write them while speaking the same language."""

    def words(start: int, end: int) -> Sequence[str]:
        own = (label_of(edition, one, language) for one in options[start:end])
        # escaped all at once: no text holds the sign between them
        return str(escape(_BETWEEN.join(own))).split(_BETWEEN)

    return Listed(tuple([option.code for option in options]), words)


def label_of(edition: Edition, option: Option, language: str) -> str:
    """An option in words: the edition's own, or the standard ones of "other"."""
    if edition.has_text(option.text, language):
        return edition.filled(option.text, language)
    return gettext(standard.OTHER)


def _choice(edition: Edition, option: Option, language: str) -> Choice:
    pictogram = edition.media.get(option.pictogram, "")
    return Choice(option.code, label_of(edition, option, language), pictogram)


def _audio(edition: Edition, question: Question, language: str) -> str:
    key = question.key("audio")
    if not question.has_audio or not edition.has_text(key, language):
        return ""
    return edition.media.get(edition.text(key, language), "")


def _apart(edition: Edition, question: Question, code: str, language: str) -> str:
    part, standard = STANDARD_WORDS[code]
    key = question.key(part)
    if edition.has_text(key, language):
        return edition.filled(key, language)
    return gettext(standard)
