"""Rules for translated options: in every language they stand in the same order.

A list that was pasted in another order turns answers into their opposite, and nobody
would see it in the results.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from survey.questionnaire.model import Option, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules import vocabulary
from survey.questionnaire.rules.rule import advice, option_lists, problem, said

FEWEST_POINTS = 3
MOST_OPTIONS = 500  # a longer list is a register, and nobody's scale
_NUMBER = re.compile(r"\d+")

Wordings = Mapping[str, str]


def _sets(questionnaire: Questionnaire) -> Iterator[tuple[str, Sequence[Option]]]:
    """Scales and short lists; what a rank takes over is looked at once."""
    seen: set[str] = set()
    for place, options in option_lists(questionnaire):
        keys = {option.text for option in options}
        if len(options) <= MOST_OPTIONS and not keys <= seen:
            yield (f"{place}s" if place.endswith(".option") else place), options
        seen |= keys


def _translations(questionnaire: Questionnaire) -> Iterator[tuple[str, Wordings]]:
    for language, own in questionnaire.texts.items():
        if language != questionnaire.source_language:
            yield language, own


def numbers_keep_their_order(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A 1 is a 1 in every language, and so is an age of 16 to 24."""
    source = questionnaire.texts.get(questionnaire.source_language, {})
    for place, options in _sets(questionnaire):
        asked = [_numbers(said(source, option.text)) for option in options]
        if not any(asked):
            continue
        for language, own in _translations(questionnaire):
            given = [_numbers(said(own, option.text)) for option in options]
            if given != asked and sorted(given) == sorted(asked):
                reason = f"The numbers stand in another order in {language}."
                remedy = "Put the translations in the order of the source."
                yield problem(place, reason, remedy)


def _numbers(wording: str) -> tuple[int, ...]:
    """The numbers in a wording, in whatever digits and order; huge ones cut off."""
    found = _NUMBER.findall(wording)
    return tuple(sorted(int(_latin(digits)[:18]) for digits in found))


def _latin(digits: str) -> str:
    return "".join(str(unicodedata.digit(digit)) for digit in digits)


def lists_are_translated_alike(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The same answers in two questions are the same in every language."""
    source = questionnaire.texts.get(questionnaire.source_language, {})
    seen: dict[tuple[str, frozenset[str]], tuple[str, dict[str, str]]] = {}
    for place, options in _sets(questionnaire):
        for language, own in _translations(questionnaire):
            pairs = _pairs(options, source, own)
            if len(pairs) < len(options):
                continue
            first, others = seen.setdefault(
                (language, frozenset(pairs)), (place, pairs)
            )
            if pairs != others and sorted(pairs.values()) == sorted(others.values()):
                reason = (
                    f"In {language} the answers stand in another order than in {first}."
                )
                remedy = "One of the two has each translation beside the wrong answer."
                yield problem(place, reason, remedy)


def _pairs(
    options: Sequence[Option], source: Wordings, own: Wordings
) -> dict[str, str]:
    """Source wording → translation, of those that have both."""
    found = {}
    for option in options:
        asked, given = said(source, option.text), said(own, option.text)
        if asked and given:
            found[_plain(asked)] = _plain(given)
    return found


def _plain(wording: str) -> str:
    return " ".join(wording.split()).casefold()


def scales_run_the_same_way(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A scale that begins with the good end does so in every language."""
    languages = [questionnaire.source_language]
    languages += [language for language, _ in _translations(questionnaire)]
    for place, options in _sets(questionnaire):
        if len(options) < FEWEST_POINTS:
            continue
        ways: dict[str, int] = {}
        for language in languages:
            way = _way(language, options, questionnaire.texts.get(language, {}))
            if way:
                ways[language] = way
        if len(set(ways.values())) > 1:
            first, *rest = ways
            other = next(code for code in rest if ways[code] != ways[first])
            reason = f"The scale seems to run the other way in {other} than in {first}."
            remedy = "Read both from end to end."
            yield advice(place, reason, remedy)


def _way(language: str, options: Sequence[Option], own: Wordings) -> int:
    """1 when the low end stands last, -1 when it stands first, 0 when unknown."""
    known = vocabulary.of(language)
    ends = [said(own, options[at].text) for at in (0, -1)]
    if known is None or not all(ends):
        return 0
    first, last = (known.low.search(end) is not None for end in ends)
    return last - first
