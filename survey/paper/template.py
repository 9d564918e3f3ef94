"""The table a person types paper into: columns, what they mean, what is allowed.

The rows that explain begin with the mark of a remark and are passed over later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from survey.authoring.formulas import as_words
from survey.paper.columns import LANGUAGE, NUMBER, TypedColumn
from survey.paper.stack import REMARK
from survey.questionnaire.edition import Edition
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import DONT_KNOW, PREFER_NOT, Question

_REFUSALS = {DONT_KNOW: "don't know", PREFER_NOT: "prefer not to say"}


def template(
    edition: Edition, columns: Sequence[TypedColumn], language: str
) -> list[list[str]]:
    """Three rows: the columns, their questions in words, what may be written."""
    wording = _wording(edition, language)
    return [
        [NUMBER, LANGUAGE, *(column.name for column in columns)],
        [
            f"{REMARK} number written on the sheet; may stay empty",
            "language of the paper",
            *(as_words(_meaning(column, wording)) for column in columns),
        ],
        [
            f"{REMARK} write below this row",
            " | ".join(edition.languages),
            *(as_words(_allowed(column)) for column in columns),
        ],
    ]


def _wording(edition: Edition, language: str) -> Callable[[Question, str], str]:
    known = edition.questionnaire.texts.get(language, {})

    def wording(question: Question, key: str) -> str:
        if key not in known:
            return question.name
        return edition.filled(key, language, isolate=False)

    return wording


def _meaning(column: TypedColumn, wording: Callable[[Question, str], str]) -> str:
    question = column.question
    parts = [wording(question, question.key("label"))]
    parts += (
        wording(question, row.text) for row in question.rows if row.name == column.name
    )
    beside = column.name.removeprefix(f"{question.name}__")
    if beside != column.name:
        parts.append(beside)
    elif column.name.removeprefix(question.name) == "_other":
        parts.append("own words")
    return " – ".join(" ".join(part.split()) for part in parts)


def _allowed(column: TypedColumn) -> str:
    words = " | ".join(_codes(column))
    if column.is_several:
        return f"{words}   (several: with a space between)"
    return words or ("words" if column.is_own_words else "number")


def _codes(column: TypedColumn) -> Iterator[str]:
    options = {o.code: o for o in kind_of(column.question).choices(column.question)}
    for code in column.allowed:
        if code in options or code not in column.refusals:
            yield code
        else:
            yield f"{code} = {_REFUSALS[column.refusals[code]]}"
