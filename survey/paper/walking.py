"""Goes with a typed sheet through the questionnaire as a person does on the web.

The same journey decides what is asked, the same kinds clean what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.paper.columns import TypedColumn
from survey.paper.stack import Sheet
from survey.questionnaire.answers import AnswerProblem, clean_page, replace_page
from survey.questionnaire.edition import Edition
from survey.questionnaire.journey import Journey
from survey.questionnaire.values import Value


@dataclass(frozen=True, slots=True)
class Walked:
    """What a sheet comes to; ``off_path`` are columns nobody was to fill in there."""

    sheet: Sheet
    closed: Mapping[str, str]
    comments: tuple[tuple[str, str], ...]
    problems: tuple[AnswerProblem, ...]
    off_path: tuple[str, ...]


def walk(
    edition: Edition, columns: Sequence[TypedColumn], sheet: Sheet, *, today: date
) -> Walked:
    """All pages in their order; a whole paper was before the person's eyes.

    So nothing counts as not reached, only as left empty or skipped.
    """
    answers: dict[str, Value] = {}
    reached: set[str] = set()
    problems: list[AnswerProblem] = []
    journey = _journey(edition, answers, reached, sheet, today)
    while not journey.is_complete:
        step = journey.step(journey.furthest)
        cleaned = clean_page(
            step.questions, sheet.posted, journey.answers, today=today, page=step.page
        )
        problems.extend(cleaned.problems)
        answers = replace_page(step.questions, cleaned, answers)
        reached.add(step.name)
        journey = _journey(edition, answers, reached, sheet, today)
    on_path = {line.question.name for line in journey.summary()}
    return Walked(
        sheet,
        journey.closed_answers(),
        journey.comments(),
        tuple(problems),
        tuple(
            column.name
            for column in columns
            if column.name in sheet.posted and column.question.name not in on_path
        ),
    )


def _journey(
    edition: Edition,
    answers: Mapping[str, Value],
    reached: set[str],
    sheet: Sheet,
    today: date,
) -> Journey:
    return Journey(edition, answers, reached, today=today, language=sheet.language)
