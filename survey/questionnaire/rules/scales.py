"""Advice on scales: everybody can answer, every point has words, nothing leads.

The words are judged in German and English, the rest in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Option, Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules import vocabulary
from survey.questionnaire.rules.rule import advice, said, shown
from survey.questionnaire.rules.vocabulary import Pattern

MOST_ROWS = 10
FEWEST_POINTS = 3
FEWEST_AGREEING = 2
MOST_POINTS = 11  # 0 to 10; longer lists are no scales
_WORDLESS = re.compile(r"[\W\d_]*")
_JUDGED = "satisfaction"


def batteries_are_short(questionnaire: Questionnaire) -> Iterator[Problem]:
    """After ten rows people tick without reading."""
    for question in questionnaire.questions():
        count = len(question.rows)
        if count > MOST_ROWS:
            reason = f"The battery has {count} rows."
            remedy = f"Ask at most {MOST_ROWS}, or make two of it."
            yield advice(f"{question.name}.rows", reason, remedy)


def _takes_dont_know(question: Question) -> bool:
    kind = KINDS.get(question.kind)
    return kind is not None and "has_dont_know" in kind.attributes


def ratings_have_dont_know(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Who cannot judge something must not be made to judge it."""
    for question in questionnaire.questions():
        if question.has_dont_know or not _takes_dont_know(question):
            continue
        is_judged = bool(question.rows) or question.role == _JUDGED
        if not is_judged and not _asks_for_judgement(questionnaire, question):
            continue
        if next(_refusing(questionnaire, question), None) is None:
            reason = "Not everybody can judge this, and there is no “don't know”."
            place = f"{question.name}.dont_know"
            yield advice(place, reason, "Write dont_know = true.")


def _asks_for_judgement(questionnaire: Questionnaire, question: Question) -> bool:
    key = question.key("label")
    return any(
        known.rating.match(said(own, key))
        for language, own in questionnaire.texts.items()
        if (known := vocabulary.of(language))
    )


def refusals_stand_apart(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Don't know among the options would be counted as a point of the scale."""
    for question in questionnaire.questions():
        if not _takes_dont_know(question):
            continue
        for option, wording in _refusing(questionnaire, question):
            place = f"{question.name}.option.{option.code}"
            reason = f"“{shown(wording)}” stands among the options."
            remedy = "Write dont_know or prefer_not instead, so that it stands apart."
            yield advice(place, reason, remedy)


def _refusing(
    questionnaire: Questionnaire, question: Question
) -> Iterator[tuple[Option, str]]:
    """Options that read as no answer, each once; long lists are no scales."""
    for option in question.options if len(question.options) <= MOST_POINTS else ():
        for language, own in questionnaire.texts.items():
            known = vocabulary.of(language)
            wording = said(own, option.text)
            if known and _is_refusal(wording, known.refusing):
                yield option, wording
                break


def _is_refusal(wording: str, refusing: Pattern) -> bool:
    """Whether nothing else is said, but for a remark in brackets or after a dash."""
    match = refusing.match(wording)
    rest = wording[match.end() :].strip() if match else ""
    return match is not None and rest[:1] in ("", "/", "(", ",", ".", "-", "–")


def scale_points_have_words(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What a bare 2 or 4 means, everybody imagines otherwise."""
    for question in questionnaire.questions():
        if not FEWEST_POINTS <= len(question.options) <= MOST_POINTS:
            continue
        for language, own in questionnaire.texts.items():
            bare = _bare_points(question, own)
            if bare:
                points = ", ".join(map(shown, bare))
                reason = f"Points of the scale have no words in {language}: {points}."
                place = f"{question.name}.options"
                yield advice(place, reason, "Put every point into words.")
                break


def _bare_points(question: Question, own: Mapping[str, str]) -> list[str]:
    """Points that are only a number, where the question asks for no number."""
    wordings = [said(own, option.text) for option in question.options]
    bare = [text for text in wordings if text and _WORDLESS.fullmatch(text)]
    ends_have_words = not {wordings[0], wordings[-1]} & set(bare)
    is_scale = bool(question.scale or question.rows) or ends_have_words
    return bare if is_scale and all(wordings) else []


def agreement_is_not_asked(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Many people agree with whatever is said: ask for the thing itself."""
    for question in questionnaire.questions():
        if not FEWEST_POINTS <= len(question.options) <= MOST_POINTS:
            continue
        for language, own in questionnaire.texts.items():
            known = vocabulary.of(language)
            agreeing = [
                option
                for option in question.options
                if known and known.agreeing.search(said(own, option.text))
            ]
            if len(agreeing) >= FEWEST_AGREEING:
                reason = "It asks whether people agree; many agree with anything."
                remedy = "Ask for the thing itself, such as how satisfied or how often."
                yield advice(f"{question.name}.options", reason, remedy)
                break
