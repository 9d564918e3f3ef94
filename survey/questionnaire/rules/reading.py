"""Advice on how questions read: short, one thing at a time, denied once at most.

The words are judged in German and English; lengths and marks in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from survey.questionnaire import texts
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules import vocabulary
from survey.questionnaire.rules.rule import advice, located, option_lists, said, shown
from survey.questionnaire.rules.vocabulary import Vocabulary

LONGEST_SENTENCE = 20
MOST_OPTIONS = 500  # a longer list holds names, and no sentences
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_END = re.compile(r"(?<=[.!?…؟:;؛])\s+|\n+")
_BRACKETS = re.compile(r"\([^()]*\)")
_SAME_BEGINNING = 3
_TELLING = 4  # letters; a shorter word is shown with the next

Finds = Callable[[str, Vocabulary], str]


def words(text: str) -> list[str]:
    """The words of a text, a slot being one."""
    return _WORD.findall(texts.SLOT.sub(r"\1", text))


def sentences(text: str) -> list[str]:
    """The sentences of a text; what a colon joins are two."""
    return [part for part in _END.split(text) if part.strip()]


def wordings(questionnaire: Questionnaire, key: str) -> Iterator[tuple[str, str]]:
    """Language and wording of a text wherever it has one."""
    for language, own in questionnaire.texts.items():
        text = said(own, key)
        if text:
            yield language, text


def _found(questionnaire: Questionnaire, key: str, finds: Finds) -> str:
    """What is found in which language; empty where nothing is."""
    found = []
    for language, wording in wordings(questionnaire, key):
        known = vocabulary.of(language)
        what = finds(wording, known) if known else ""
        if what:
            found.append(f"{language}: {shown(what)}")
    return "; ".join(found)


def sentences_are_short(questionnaire: Questionnaire) -> Iterator[Problem]:
    """A sentence of more than 20 words is read twice, or not at all."""
    for key in dict.fromkeys(_read(questionnaire)):
        too_long = [
            f"{language}: {length}"
            for language, wording in wordings(questionnaire, key)
            if (length := _longest(wording)) > LONGEST_SENTENCE
        ]
        if too_long:
            reason = f"A sentence has many words ({'; '.join(too_long)})."
            remedy = f"Make two of it; {LONGEST_SENTENCE} are read with ease."
            yield advice(key, reason, remedy)


def _read(questionnaire: Questionnaire) -> Iterator[str]:
    """Keys of all texts that are read as sentences."""
    for page, question in located(questionnaire):
        yield from (page.key("hint"), page.key("constraint_message"))
        for part in ("label", "hint", "constraint_message"):
            yield question.key(part)
        yield from (row.text for row in question.rows)
    for _, options in option_lists(questionnaire):
        if len(options) <= MOST_OPTIONS:
            yield from (option.text for option in options)


def _longest(wording: str) -> int:
    """Words of the longest sentence; counted only where there could be many."""
    if len(wording) <= 2 * LONGEST_SENTENCE:
        return 0
    return max((len(words(sentence)) for sentence in sentences(wording)), default=0)


def one_thing_is_asked(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Whoever would answer two things differently cannot answer at all."""
    remedy = "Ask about each by itself, or name the one that matters."
    for question in questionnaire.questions():
        is_rated = bool(question.scale or question.rows)
        for key in _asking(question):

            def finds(
                wording: str, known: Vocabulary, *, rated: bool = is_rated
            ) -> str:
                return _two_things(wording, known, is_rated=rated)

            found = _found(questionnaire, key, finds)
            found = found or _two_marks(questionnaire, key)
            if found:
                yield advice(key, f"It asks two things at once ({found}).", remedy)


def _asking(question: Question) -> Iterator[str]:
    """Keys of what is asked; the name of a field of action is a list by nature."""
    yield question.key("label")
    for row in question.rows:
        if not row.field_of_action:
            yield row.text


def _two_marks(questionnaire: Questionnaire, key: str) -> str:
    """Languages in which two sentences end with a question mark."""
    found = [
        language
        for language, wording in wordings(questionnaire, key)
        if len(re.findall(r"[?؟]+", _BRACKETS.sub("", wording))) > 1
    ]
    return ", ".join(found)


def _two_things(wording: str, known: Vocabulary, *, is_rated: bool) -> str:
    plain = _BRACKETS.sub(" ", wording)
    match = known.two_questions.search(plain)
    if match:
        return match[0]
    asking = [part for part in sentences(plain) if part.rstrip().endswith("?")]
    for sentence in (asking or sentences(plain)) if is_rated else ():
        pair = _joined_pair(sentence, known)
        if pair:
            return pair
    return ""


def _joined_pair(sentence: str, known: Vocabulary) -> str:
    """Two different things that one rating is asked for."""
    spoken = words(sentence)
    for at in range(1, len(spoken) - 1):
        before, joiner, after = spoken[at - 1 : at + 2]
        pair = f"{before} {joiner} {after}"
        if joiner.casefold() != known.both or pair.casefold() in known.pairs:
            continue
        is_form = _begins_alike(before, after) or known.between in spoken[:at]
        if not is_form and not (before.isdigit() or after.isdigit()):
            small = spoken[at + 2 : at + 3] if len(after) < _TELLING else []
            return " ".join([pair, *small])
    return ""


def _begins_alike(one: str, other: str) -> bool:
    """Whether two words are forms of one, such as Nachbarinnen und Nachbarn."""
    start = one.casefold()[:_SAME_BEGINNING]
    return other.casefold().startswith(start)


def negations_stand_alone(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What is denied twice is answered the wrong way round."""
    remedy = "Say it without a negation, or with one."
    for question in questionnaire.questions():
        keys = list(_asking(question))
        if not question.options_from:
            keys += [option.text for option in question.options]
        for key in dict.fromkeys(keys):
            found = _found(questionnaire, key, _denied_twice)
            if found:
                yield advice(key, f"It is denied twice ({found}).", remedy)
        key = question.key("label")
        found = _found(questionnaire, key, _denied_for(questionnaire, question))
        if found:
            reason = f"The question is denied, and so is one of its answers ({found})."
            yield advice(key, reason, "Ask it without a negation.")


def _denied_twice(wording: str, known: Vocabulary) -> str:
    opposite = known.denied_opposite.search(wording)
    if opposite:
        return opposite[0]
    for sentence in sentences(wording):
        denials = _denials(sentence, known)
        for one, other in pairwise(denials):
            return f"{one} … {other}"
    return ""


def _denials(sentence: str, known: Vocabulary) -> list[str]:
    """Denying words; of those that a joining word or a comma lines up, the first."""
    found: list[str] = []
    spoken = words(sentence)
    if spoken and spoken[0].casefold() in known.no:
        spoken = spoken[1:]  # an answer that begins with no denies nothing else
    for before, word in pairwise(["", *spoken]):
        if word.casefold().replace("’", "'") not in known.denying:
            continue
        follows_comma = f"{before}, {word}" in sentence
        if not (found and (before.casefold() in known.joining or follows_comma)):
            found.append(word)
    return found


def _denied_for(questionnaire: Questionnaire, question: Question) -> Finds:
    """Finds a denied question that is answered with yes and no."""

    def finds(wording: str, known: Vocabulary) -> str:
        asking = [part for part in sentences(wording) if part.rstrip().endswith("?")]
        denials = [word for part in asking for word in _denials(part, known)]
        answers = _answers(questionnaire, question)
        has_both = answers & known.yes and answers & known.no
        return f"{denials[0]} … {next(iter(known.no))}" if denials and has_both else ""

    return finds


def _answers(questionnaire: Questionnaire, question: Question) -> set[str]:
    """First words of all options, in all languages."""
    found: set[str] = set()
    for own in questionnaire.texts.values():
        for option in question.options[:LONGEST_SENTENCE]:
            found.update(word.casefold() for word in words(said(own, option.text))[:1])
    return found
