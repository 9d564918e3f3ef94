"""One wrong questionnaire per rule: one problem, on the line that is marked.

A first line that begins with ``# note`` names advice, which stops nobody; where
something must be mended, advice beside it does not matter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.authoring import toml
from survey.questionnaire.check import RULES
from survey.questionnaire.problem import errors_only

WRONG = Path(__file__).parent.parent / "questionnaires" / "wrong"
FILES = sorted(WRONG.glob("*.toml"))
MARK = "# wrong here"
NOTE = "# note "
NOTES = [path for path in FILES if path.read_text(encoding="utf-8").startswith(NOTE)]
ERRORS = [path for path in FILES if path not in NOTES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_one_fault_is_named_with_place_line_and_remedy(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    start = NOTE if path in NOTES else "# "
    place, _, reason = lines[0].removeprefix(start).partition(": ")
    marked = [number for number, line in enumerate(lines, 1) if line.endswith(MARK)]
    problems = toml.inspect(path)[1]
    [problem] = problems if path in NOTES else errors_only(problems)
    assert problem.is_warning is (path in NOTES)
    assert (problem.file, problem.place) == (path.name, place)
    assert problem.reason.startswith(reason)
    assert [problem.line] == marked
    assert problem.remedy


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_a_wrong_questionnaire_is_never_read(path):
    with pytest.raises(toml.AuthoringError) as caught:
        toml.read(path)
    assert list(caught.value.problems) == errors_only(toml.inspect(path)[1])


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_advice_stops_nobody(path):
    assert toml.read(path).pages


def test_there_is_a_wrong_questionnaire_for_every_rule():
    assert {rule.__name__ for rule in RULES} <= {path.stem for path in FILES}
