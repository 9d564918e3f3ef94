"""What a new edition changes of an old one: its wordings, its structure, its settings.

Knows nothing of surveys; says of every change whether answers that were given to
the old edition still mean the same under the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from survey.questionnaire.edition import Edition
from survey.questionnaire.model import (
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.problem import Problem
from survey.questionnaire.wordings import rewritten

Part = Questionnaire | Page | Question | Option | Row | SurveySettings
WORDING, STRUCTURE, SETTINGS = PARTS = ("wording", "structure", "settings")

# What may be corrected, or is compared by itself; every other attribute, also one
# that is added later, decides what an answer means.
APART: Mapping[type, frozenset[str]] = {
    Questionnaire: frozenset({"name", "fields", "cross_cutting", "pages"})
    | {"texts", "settings", "lists", "media"},
    Page: frozenset({"name", "questions", "has_title", "has_hint"})
    | {"has_constraint_message"},
    Question: frozenset({"name", "options", "rows", "only_in"})
    | {"has_hint", "has_constraint_message", "has_audio", "pictogram"}
    | {"options_from", "is_asked_where_translated"},
    Option: frozenset({"code", "text", "pictogram"}),
    Row: frozenset({"name", "text"}),
    SurveySettings: frozenset({"slots"}),
}
UNDO = "Take it back, and ask it so in the next survey."
FIXED = "It was fixed when the survey opened: take it back."
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``part`` of the edition, ``place``, what, in which languages.

    ``remedy`` says what to do about a change that is no correction; it is empty
    for corrections.
    """

    part: str
    place: str
    what: str
    languages: tuple[str, ...] = ()
    remedy: str = ""

    @property
    def is_correction(self) -> bool:
        """Whether answers given before keep their meaning."""
        return not self.remedy

    def __str__(self) -> str:
        """Place, what was changed, in which languages."""
        spoken = f" ({', '.join(self.languages)})" if self.languages else ""
        return f"{self.place}{spoken}: {self.what}"


def difference(old: Edition, new: Edition) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``; empty when a reader would see none."""
    before, after = old.questionnaire, new.questionnaire
    return (
        *_structure(before, after),
        *_asked(old, new),
        *_languages(old, new),
        *_settings(before.settings, after.settings),
        *(
            Change(WORDING, one.place, one.what, one.languages)
            for one in rewritten(old, new)
        ),
    )


def refusals(changes: Iterable[Change], *, file: str = "") -> list[Problem]:
    """Those changes that an open survey cannot take, as problems of the author."""
    return [
        Problem(file, change.place, change.what, change.remedy)
        for change in changes
        if not change.is_correction
    ]


def _structure(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from _listed(
        "fields", [f.code for f in old.fields], [f.code for f in new.fields]
    )
    yield from _listed("cross_cutting", old.cross_cutting, new.cross_cutting)
    yield from _others("", old, new)
    yield from _listed(
        "pages", [p.name for p in old.pages], [p.name for p in new.pages]
    )
    pages = {page.name: page for page in new.pages}
    for page in old.pages:
        if page.name in pages:
            yield from _page(page, pages[page.name])
    questions = {question.name: question for question in new.questions()}
    for question in old.questions():
        if question.name in questions:
            yield from _question(question, questions[question.name])


def _page(old: Page, new: Page) -> Iterator[Change]:
    place = f"page.{old.name}"
    yield from _others(f"{place}.", old, new)
    yield from _listed(
        f"{place}.questions",
        [question.name for question in old.questions],
        [question.name for question in new.questions],
    )


def _question(old: Question, new: Question) -> Iterator[Change]:
    yield from _others(f"{old.name}.", old, new)
    if old.options != new.options:
        yield from _options(old, new)
    yield from _listed(
        f"{old.name}.rows", [row.name for row in old.rows], [r.name for r in new.rows]
    )
    rows = {row.name: row for row in new.rows}
    for row in old.rows:
        yield from _others(f"{row.name}.", row, rows.get(row.name, row))


def _options(old: Question, new: Question) -> Iterator[Change]:
    place = f"{old.name}.options"
    yield from _listed(
        place, [o.code for o in old.options], [o.code for o in new.options]
    )
    options = {option.code: option for option in new.options}
    for option in old.options:
        found = options.get(option.code, option)
        yield from _others(f"{place}.{option.code}.", option, found)


def _others(
    start: str, old: Part, new: Part, *, part: str = STRUCTURE, remedy: str = UNDO
) -> Iterator[Change]:
    """Attributes that are not compared in a way of their own."""
    for attribute in fields(old):
        name = attribute.name
        if name in APART[type(old)]:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(part, f"{start}{name}", _was(before, after), (), remedy)


def _asked(old: Edition, new: Edition) -> Iterator[Change]:
    """Who is asked a question shows in the answers, so it may not change."""
    questions = {question.name: question for question in new.questionnaire.questions()}
    added = [code for code in new.languages if code not in old.languages]
    for question in old.questionnaire.questions():
        found = questions.get(question.name)
        if found is None:
            continue
        other = [
            code
            for code in old.languages
            if code in new.languages and _has(question, code) != _has(found, code)
        ]
        if other:
            what = "It was asked in other languages."
            yield Change(STRUCTURE, f"{found.name}.only_in", what, tuple(other), UNDO)
        lacking = [code for code in added if not _has(found, code)]
        if lacking and all(_has(question, code) for code in old.languages):
            what = "An answer without this question would be known as a later one."
            remedy = "Translate the question too, or leave out the language."
            place = f"{found.name}.only_in"
            yield Change(STRUCTURE, place, what, tuple(lacking), remedy)


def _has(question: Question, language: str) -> bool:
    return not question.only_in or language in question.only_in


def _languages(old: Edition, new: Edition) -> Iterator[Change]:
    gone = tuple(code for code in old.languages if code not in new.languages)
    if gone:
        what = "A language that was offered is missing."
        yield Change(SETTINGS, "languages", what, gone, "Name it again.")
    elif old.languages[:1] != new.languages[:1]:
        first = old.languages[0]
        what = "Another language stands first; results are named in the first one."
        yield Change(SETTINGS, "languages", what, (), f"Name {first} first.")
    added = tuple(code for code in new.languages if code not in old.languages)
    if added:
        yield Change(SETTINGS, "languages", "The language is new.", added)


def _settings(old: SurveySettings, new: SurveySettings) -> Iterator[Change]:
    for name in dict.fromkeys([*old.slots, *new.slots]):
        before, after = old.slots.get(name, ""), new.slots.get(name, "")
        if before != after:
            yield Change(SETTINGS, f"settings.{name}", _was(before, after))
    yield from _others("settings.", old, new, part=SETTINGS, remedy=FIXED)


def _listed(place: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Names that are missing, new, or in another order."""
    before, after = frozenset(old), frozenset(new)
    for name in old:
        if name not in after:
            yield Change(STRUCTURE, place, f"{name} is missing.", (), UNDO)
    for name in new:
        if name not in before:
            yield Change(STRUCTURE, place, f"{name} is new.", (), UNDO)
    kept = [name for name in new if name in before]
    if kept != [name for name in old if name in after]:
        what = f"The order is another one: {_shown(tuple(kept))}."
        yield Change(STRUCTURE, place, what, (), UNDO)


def _was(old: object, new: object) -> str:
    return f"It was {_shown(old)} and is now {_shown(new)}."


def _shown(value: object) -> str:
    if value in ("", ()):
        return "empty"
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    return f"“{cut}”"
