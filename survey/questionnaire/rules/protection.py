"""Rules for what could point at one person: sensitive words, fine numbers and dates."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.privacy import profile_of
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules import vocabulary
from survey.questionnaire.rules.rule import advice, problem, said, shown
from survey.questionnaire.rules.vocabulary import Vocabulary

# Such questions judge the town, not the person who answers.
_ABOUT_THE_TOWN = frozenset(
    {"satisfaction", "importance", "pick", "rank", "points", "measure"}
)
_DEMOGRAPHIC = "demographic"
_CAPTION = 3  # words of a label that is no sentence, such as "Your religion"
_FIELD_TEXT = "field."
_MOST_READ = 100  # options; a longer list is a register, no question of its own


def sensitive_words_are_marked(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Health, religion, residence status and the like are protected more strongly."""
    for question in questionnaire.questions():
        if question.is_sensitive or question.role in _ABOUT_THE_TOWN:
            continue
        found = next(_sensitive(questionnaire, question), None)
        if found:
            subject, word = found
            reason = (
                f"It speaks of {subject} (“{shown(word)}”) and is not marked sensitive."
            )
            remedy = "Write sensitive = true, if people say something about themselves."
            yield advice(f"{question.name}.sensitive", reason, remedy)


def _sensitive(
    questionnaire: Questionnaire, question: Question
) -> Iterator[tuple[str, str]]:
    """Subject and word, in the question, its rows and its answers."""
    keys = [question.key("label")]
    keys += [row.text for row in question.rows if not row.field_of_action]
    keys += [option.text for option in question.options[:_MOST_READ]]
    for language, own in questionnaire.texts.items():
        known = vocabulary.of(language)
        label = said(own, question.key("label"))
        if known is None or not _is_personal(question, label, known):
            continue
        wordings = [said(own, key) for key in keys if not key.startswith(_FIELD_TEXT)]
        for subject, pattern in known.sensitive.items():
            found = filter(None, map(pattern.search, wordings))
            yield from ((subject, match[0]) for match in found)


def _is_personal(question: Question, label: str, known: Vocabulary) -> bool:
    """Whether people speak of themselves: addressed, or by a mere caption."""
    is_caption = len(label.split()) <= _CAPTION or question.role == _DEMOGRAPHIC
    return is_caption or known.personal.search(label) is not None


def numbers_have_limits(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Without limits a slip of the finger or a rare number stands in the data."""
    for question in questionnaire.questions():
        if not _has(question, "decimals"):
            continue
        missing = [part for part in ("least", "most") if not getattr(question, part)]
        if missing:
            reason = f"The number has no {' and no '.join(missing)}."
            remedy = "Write both: what is rarer than that, nobody needs to know."
            yield advice(f"{question.name}.{missing[0]}", reason, remedy)


def dates_are_coarse(questionnaire: Questionnaire) -> Iterator[Problem]:
    """In a village a date is a month or a year."""
    refused = profile_of(questionnaire).refused_precisions
    name = questionnaire.settings.privacy_profile
    for question in questionnaire.questions():
        if _has(question, "precision") and question.precision in refused:
            reason = f"A day is too fine for the privacy profile {name!r}."
            remedy = 'Write precision = "month" or "year".'
            yield problem(f"{question.name}.precision", reason, remedy)


def _has(question: Question, attribute: str) -> bool:
    kind = KINDS.get(question.kind)
    return kind is not None and attribute in kind.attributes
