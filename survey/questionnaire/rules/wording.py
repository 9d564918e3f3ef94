"""Rules for texts: they are there, and their slots and letters can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from survey.questionnaire import texts
from survey.questionnaire.model import Option, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.rule import option_lists, problem

LONGEST_TEXT = 2000
_BRACES = re.compile(r"[{}]")
_HIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def _wordings(questionnaire: Questionnaire) -> Iterator[tuple[str, str, str]]:
    """Language, key and wording of every text that is needed and there."""
    keys = [entry.key for entry in texts.text_keys(questionnaire)]
    for language, own in questionnaire.texts.items():
        for key in keys:
            if own.get(key, "").strip():
                yield language, key, own[key]


def source_texts_exist(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What is asked has words, at least in the language it is written in."""
    language = questionnaire.source_language
    for key in texts.completeness(questionnaire, language).missing:
        reason = f"There is no text in {language}."
        yield problem(key, reason, "Write the words people read.")


def slots_are_known(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What stands in braces can be filled in."""
    known = questionnaire.settings.slots
    for language, key, wording in _wordings(questionnaire):
        for slot in sorted(texts.slots_of(wording) - known.keys()):
            reason = (
                f"The text in {language} has the slot {{{slot}}}, which is not set."
            )
            yield problem(key, reason, f'Write {slot} = "…" under [settings].')


def braces_are_slots(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A brace that opens no slot is a slip of the pen."""
    for language, key, wording in _wordings(questionnaire):
        if _BRACES.search(texts.SLOT.sub("", wording)):
            reason = f"The text in {language} has braces that are no slot."
            yield problem(key, reason, "Write slots as {place}, without spaces.")


def translations_keep_slots(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A translation names the same things as its source."""
    source = questionnaire.texts.get(questionnaire.source_language, {})
    for language, key, wording in _wordings(questionnaire):
        expected = texts.slots_of(source.get(key, wording))
        for slot in sorted(expected - texts.slots_of(wording)):
            reason = f"The text in {language} lost the slot {{{slot}}}."
            yield problem(key, reason, "Put it where the name belongs.")
        for slot in sorted(texts.slots_of(wording) - expected):
            reason = f"The text in {language} has a slot {{{slot}}} of its own."
            yield problem(key, reason, "Use the slots of the source text.")


def letters_are_visible(questionnaire: Questionnaire) -> Iterator[Problem]:
    """No control characters and no marks that turn a line around."""
    for language, key, wording in _wordings(questionnaire):
        match = _HIDDEN.search(wording)
        if match:
            sign = f"U+{ord(match[0]):04X}"
            reason = f"The text in {language} holds the invisible character {sign}."
            yield problem(key, reason, "Type the text again without it.")


def texts_are_short_enough(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Nobody reads a text of several pages inside a question."""
    for language, key, wording in _wordings(questionnaire):
        if len(wording) > LONGEST_TEXT:
            reason = f"The text in {language} has {len(wording)} characters."
            yield problem(key, reason, f"At most {LONGEST_TEXT} are read.")


def options_read_differently(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Two answers that can be shown together never read the same."""
    for language, own in questionnaire.texts.items():
        for place, option, twin in twins(questionnaire, own):
            reason = f"In {language} it reads like the option {twin.code}."
            remedy = "Word the two differently."
            yield problem(f"{place}.{option.code}", reason, remedy)


def twins(
    questionnaire: Questionnaire, own: Mapping[str, str]
) -> Iterator[tuple[str, Option, Option]]:
    """Place of a list, option, and the earlier one whose words look the same.

    Those a filter tells apart by their properties are not shown together.
    """
    filtered = _always_filtered(questionnaire)
    for place, options in option_lists(questionnaire):
        seen: dict[tuple[str, object], Option] = {}
        for option in options:
            words = " ".join(own.get(option.text, "").split()).casefold()
            apart = option.properties if place in filtered else ()
            twin = seen.setdefault((words, apart), option)
            if words and twin.code != option.code:
                yield place, option, twin


def _always_filtered(questionnaire: Questionnaire) -> set[str]:
    """Places of lists that no question shows without a filter."""
    whole: set[str] = set()
    part: set[str] = set()
    for question in questionnaire.questions():
        own = f"{question.name}.option"
        place = f"list.{question.options_from}" if question.options_from else own
        (part if question.choice_filter else whole).add(place)
    return part - whole
