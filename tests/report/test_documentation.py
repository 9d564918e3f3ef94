"""What outsiders are told about figures and reports is what they get."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.disclosure import FIGURE_COLUMNS, KINDS, SIGNS, STATISTICS
from analysis.report.terms import signs
from tests.report.conftest import composed
from tests.report.saying import ENGLISH

DOCS = Path(__file__).parents[2] / "docs"
PACKAGE = (DOCS / "data-package.md").read_text(encoding="utf-8")
PLANNERS = (DOCS / "planners.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z0-9_]+)`", PACKAGE))


def test_every_column_statistic_sign_and_kind_is_explained():
    told = {*FIGURE_COLUMNS, *STATISTICS, *KINDS, *SIGNS} - {""}
    assert told <= NAMED


def test_every_entry_of_report_json_is_named():
    report = composed("random").as_json()
    table = report["tables"]["q15"]
    entries = {*report, *table, *table["languages"]["en"], *report["texts"]["en"]}
    text = set(re.findall(r'"([a-z_]+)":', PACKAGE))
    assert entries <= text


@pytest.mark.parametrize(
    "words",
    [
        "withheld to protect people",
        "few answers: rounded count instead of percent",
        "too few cases to say",
    ],
)
def test_the_words_of_signs_are_those_of_the_report(words):
    assert words in signs(ENGLISH).values()
    assert words in PACKAGE
    assert words in PLANNERS
