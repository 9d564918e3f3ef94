"""Gives Babel the texts of a questionnaire file, each under its stable key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from survey.authoring.problems import Report
from survey.authoring.tables import Table
from survey.authoring.toml_reader import Reader
from survey.authoring.toml_source import open_source
from survey.questionnaire.texts import text_keys

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
    if opened is None:
        return
    root = Table(report, opened.data, (), opened.line_of)
    questionnaire = Reader(root, "").questionnaire()
    source = questionnaire.texts[questionnaire.source_language]
    for entry in text_keys(questionnaire):
        if source.get(entry.key):
            line = report.line_of(entry.key)
            yield line, "pgettext", (entry.key, source[entry.key]), []
