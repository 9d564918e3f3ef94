"""One person's answers as what a prepared page has to show.

Knows nothing of requests, of templates or of where answers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import escape

from survey.questionnaire.answers import Answers
from survey.questionnaire.journey import Journey, SummaryLine
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question

Inputs = Mapping[str, Sequence[str]]


def typed(questions: Iterable[Question], answers: Answers) -> dict[str, Sequence[str]]:
    """What the form of these questions would post for stored answers."""
    found: dict[str, Sequence[str]] = {}
    for question in questions:
        found.update(kind_of(question).posted(question, answers))
    return found


def own_inputs(
    questions: Iterable[Question], posted: Inputs
) -> dict[str, tuple[str, ...]]:
    """Of everything posted only what belongs to these questions."""
    return {
        name: tuple(posted[name])
        for question in questions
        for name in kind_of(question).inputs(question)
        if name in posted
    }


def facts(questions: Iterable[Question], inputs: Inputs) -> Iterator[str]:
    """Which questions are shown and which of their options are chosen."""
    for question in questions:
        yield f"shown {question.name}"
    for name, values in inputs.items():
        for value in values:
            yield f"{name}={value}"


def texts(questions: Iterable[Question], inputs: Inputs) -> Iterator[tuple[str, str]]:
    """What was written in own words, escaped, by place."""
    for question in questions:
        kind = kind_of(question)
        if kind.is_closed:
            continue
        for name in kind.inputs(question):
            text = next(iter(inputs.get(name, ())), "")
            yield f"value {name}", str(escape(text))


def orders(
    questions: Iterable[Question], journey: Journey, seed: bytes
) -> Iterator[tuple[str, list[str]]]:
    """The options of questions that do not show all of them as written."""
    for question in questions:
        if question.has_random_order or question.picks_from:
            options = journey.option_order(question, seed)
            yield question.name, [option.code for option in options]


def rank_facts(shown: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """So many places as there are options to put on them."""
    for name, codes in shown.items():
        for place in range(1, len(codes) + 1):
            yield f"place {name} {place}"


def summary_facts(lines: Iterable[SummaryLine]) -> Iterator[str]:
    """Which items are listed, and how they were answered, if at all."""
    for line in lines:
        yield f"listed {line.question.name}"
        yield f"listed {line.item.name}"
        if line.value is None:
            yield f"empty {line.item.name}"
        elif kind_of(line.question).is_closed:
            yield f"chosen {line.item.name}"
        else:
            yield f"written {line.item.name}"


def summary_orders(lines: Iterable[SummaryLine]) -> Iterator[tuple[str, list[str]]]:
    """Per item the codes that were answered, ranks in their order."""
    for line in lines:
        if kind_of(line.question).is_closed:
            yield f"answer {line.item.name}", _codes(line)


def _codes(line: SummaryLine) -> list[str]:
    if line.value is None:
        return []
    return [line.value] if isinstance(line.value, str) else list(line.value)


def summary_texts(lines: Iterable[SummaryLine]) -> Iterator[tuple[str, str]]:
    """What was written in own words, escaped; where to change each answer."""
    for line in lines:
        yield f"number {line.question.name}", str(line.step.number)
        if not kind_of(line.question).is_closed and isinstance(line.value, str):
            yield f"value {line.item.name}", str(escape(line.value))
