"""One person's answers as what a prepared page has to show.

Knows nothing of requests, of templates or of where answers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import escape

from survey.forms.listing import Listed
from survey.forms.page import listed
from survey.forms.telling import told
from survey.language import Language
from survey.questionnaire.answers import Answers
from survey.questionnaire.journey import Journey, SummaryLine
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question
from survey.questionnaire.once import once_each

Inputs = Mapping[str, Sequence[str]]
Lists = dict[str, Listed]


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
        for name in _inputs(question)
        if name in posted
    }


@once_each
def _inputs(question: Question) -> tuple[str, ...]:
    kind = kind_of(question)
    return tuple(dict.fromkeys((*kind.inputs(question), *kind.typed(question))))


def facts(questions: Iterable[Question], inputs: Inputs) -> Iterator[str]:
    """Which questions are shown and which of their options are chosen."""
    for question in questions:
        yield f"shown {question.name}"
    for name, values in inputs.items():
        for value in values:
            yield f"{name}={value}"


def texts(questions: Iterable[Question], inputs: Inputs) -> Iterator[tuple[str, str]]:
    """What was typed, escaped, by place."""
    for question in questions:
        for name in kind_of(question).typed(question):
            text = next(iter(inputs.get(name, ())), "")
            yield f"value {name}", str(escape(text))


def orders(
    questions: Iterable[Question], journey: Journey, seed: bytes
) -> Iterator[tuple[str, list[str]]]:
    """The options of questions that do not show all of them as written."""
    for question in questions:
        if question.has_random_order or kind_of(question).has_places:
            options = journey.option_order(question, seed)
            yield question.name, [option.code for option in options]


def lists(
    questions: Iterable[Question], journey: Journey, seed: bytes, language: str
) -> Lists:
    """The shown options of long lists."""
    return {
        question.name: listed(
            journey.edition, journey.option_order(question, seed), language
        )
        for question in questions
        if question.choice_filter
    }


def rank_facts(shown: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """So many places as there are options to put on them."""
    for name, codes in shown.items():
        for place in range(1, len(codes) + 1):
            yield f"place {name} {place}"


def summary_facts(lines: Iterable[SummaryLine]) -> Iterator[str]:
    """Which items are listed, and how they were answered, if at all."""
    for line in lines:
        yield f"listed {line.question.name}"
        if line.value is None:
            # own words beside options have no line of their own while empty
            if line.item.is_closed or line.item.name == line.question.name:
                yield f"listed {line.item.name}"
                yield f"empty {line.item.name}"
            continue
        written = kind_of(line.question).written(line.question, line.item, line.value)
        for name in written:
            yield f"listed {name}"
            yield f"written {name}"
        if not written:
            yield f"listed {line.item.name}"
            yield f"chosen {line.item.name}"


def summary_orders(lines: Iterable[SummaryLine]) -> Iterator[tuple[str, list[str]]]:
    """Per item the codes that were answered, ranks in their order."""
    for line in lines:
        if line.item.is_closed:
            yield f"answer {line.item.name}", [*_codes(line)]


def _codes(line: SummaryLine) -> tuple[str, ...]:
    if line.value is None:
        return ()
    return kind_of(line.question).chosen(line.value)


def summary_lists(
    lines: Iterable[SummaryLine], journey: Journey, language: str
) -> Lists:
    """The chosen options of long lists: those on the path are still shown."""
    return {
        f"answer {line.item.name}": listed(
            journey.edition,
            [
                option
                for option in journey.visible_options(line.question)
                if option.code in _codes(line)
            ],
            language,
        )
        for line in lines
        if line.question.choice_filter
    }


def summary_texts(
    lines: Iterable[SummaryLine], language: Language
) -> Iterator[tuple[str, str]]:
    """What was typed, escaped; where to change each answer."""
    for line in lines:
        yield f"number {line.question.name}", str(line.step.number)
        if line.value is None:
            continue
        kind = kind_of(line.question)
        written = kind.written(line.question, line.item, line.value)
        for name, text in written.items():
            how = kind.written_as if line.item.is_closed else "text"
            yield f"value {name}", str(escape(told(text, how, language)))
