"""The columns of a file of rows with their words and numbers; knows no format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.codebook import NO_ANSWER, Codebook, Item
from analysis.disclosure import AnalysisFile, Column
from analysis.language import Language
from analysis.report import Labels, terms

NUMBERS = ("rank", "points", "number")  # their cells are numbers already
TEXTS = ("date", "calculated")
EMPTY = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A code that a cell can hold, its number for programs that count, its words."""

    code: str
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Variable:
    """One column in words.

    ``question`` is the question as asked, ``option`` what a column of a multiple
    question stands for. ``missing`` are kinds of no answer.
    """

    column: Column
    question: str
    option: str
    values: tuple[Value, ...]
    missing: tuple[Value, ...]

    @property
    def name(self) -> str:
        """Name of the column."""
        return self.column.name

    @property
    def label(self) -> str:
        """One line about the column."""
        return ": ".join(text for text in (self.question, self.option) if text)

    @property
    def is_text(self) -> bool:
        """Whether its cells are neither codes nor numbers."""
        return self.column.kind in TEXTS


def variables(
    file: AnalysisFile, codebook: Codebook, language: Language
) -> tuple[Variable, ...]:
    """Every column of a file in the words of one language."""
    labels = Labels(codebook, language, file.merges)
    words = terms.rows(language)
    known = {item.name: item for item in codebook.items}
    return tuple(
        _variable(column, known.get(column.item), labels, words)
        for column in file.columns
    )


def _variable(
    column: Column, item: Item | None, labels: Labels, words: Mapping[str, str]
) -> Variable:
    if column.is_group or item is None:
        names = labels.groups(column.name)
        if column.name == "form_language":
            names = {code: labels.language.called(code) for code in column.codes} | (
                {"other": names["other"]} if "other" in names else {}
            )
        question = labels.variable(column.name)
        return Variable(column, question, "", _numbered(column.codes, names), ())
    answers = labels.options(item)
    option = answers.get(column.option, "")
    values = _numbered(column.codes, answers)
    if column.option:
        values = tuple(Value(code, int(code), words[code]) for code in column.codes)
    missing = tuple(
        Value(code, int(code), text) for code, text in labels.silences(item).items()
    )
    return Variable(column, labels.item(item.name), option, values, missing)


def _numbered(codes: Sequence[str], names: Mapping[str, str]) -> tuple[Value, ...]:
    return tuple(
        Value(code, number, names.get(code, code))
        for number, code in enumerate(codes, start=1)
    )


def numbers(table: pd.DataFrame, known: Sequence[Variable]) -> pd.DataFrame:
    """The rows as numbers; an empty cell is missing, no answer is below zero."""
    return pd.DataFrame({each.name: _numbers(table[each.name], each) for each in known})


def _numbers(cells: pd.Series, variable: Variable) -> pd.Series:
    if variable.is_text:
        return cells.astype(object)
    told = {value.code: float(value.number) for value in variable.values}
    told |= {value.code: float(value.number) for value in variable.missing}
    if variable.column.kind in NUMBERS:
        rest = [code for code in cells.unique() if code and code not in NO_ANSWER]
        told |= {code: float(code) for code in rest}
    return cells.map(told).astype("float64")


def notes(file: AnalysisFile, language: Language) -> Iterator[str]:
    """What has to be known to read a file."""
    words = terms.rows(language)
    yield words["order"]
    if not file.least:
        yield words["unprotected"]
        return
    if file.groups:
        yield words["alike"] % {"count": language.number(file.least)}
    if file.emptied:
        yield words["emptied"] % {"names": ", ".join(file.emptied)}
    reasons = terms.left_out(language)
    for reason in dict.fromkeys(each.reason for each in file.left_out):
        names = [each.item for each in file.left_out if each.reason == reason]
        yield reasons[reason] % {"names": ", ".join(names)}
