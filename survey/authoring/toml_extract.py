"""Gives Babel the texts of a questionnaire file, each under its stable key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from survey.authoring import library
from survey.authoring.problems import Report
from survey.authoring.tables import Table
from survey.authoring.toml_reader import Reader
from survey.authoring.toml_source import open_source
from survey.questionnaire.texts import TextKey, text_keys

SHORT = ".short"
LONGEST_SHORT = 20
Message = tuple[int, str, tuple[str, str], list[str]]


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Sequence[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """Babel's extraction method: context = text key, message = source text."""
    report = Report("questionnaire")
    opened = open_source(fileobj.read(), report)
    if opened is not None:
        yield from _messages(Table(report, opened.data, (), opened.line_of))


def extract_library(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Sequence[str],
    options: Mapping[str, Any],
) -> Iterator[Message]:
    """The same for the library of questions and fields; its lines are not known."""
    data = library.shaped(fileobj.read())
    yield from _messages(Table(Report("library"), data, (), lambda _: 1))


def _messages(root: Table) -> Iterator[Message]:
    questionnaire = Reader(root, "").questionnaire()
    source = questionnaire.texts[questionnaire.source_language]
    for entry in text_keys(questionnaire):
        if source.get(entry.key):
            line = root.report.line_of(entry.key)
            words = (entry.key, source[entry.key])
            yield line, "pgettext", words, _remarks(entry, source)


def _remarks(entry: TextKey, source: Mapping[str, str]) -> list[str]:
    """What a translator cannot see in the words themselves."""
    if not entry.key.endswith(SHORT):
        return []
    label = source.get(f"{entry.key.removesuffix(SHORT)}.label", "")
    return [f"Short for “{label}” on charts: at most {LONGEST_SHORT} characters"]
