"""Whatever a file holds: no error, one line per row, bounded time."""

from __future__ import annotations

import json
import random
import re
import time

import pytest

from survey.authoring import limesurvey
from survey.authoring.intake import VERDICTS
from survey.authoring.limesurvey import own
from survey.questionnaire import document
from tests.authoring.limesurvey.files import (
    AREAS,
    LAYOUTS,
    YES_NO,
    File,
    Q,
    errors,
    inspected,
    line,
)
from tests.questionnaire.examples import questionnaire

STRANGE = r"""
<row> </row> ]]> &#0; { } " \ (((( -1 99999999999999999999 1e999 NaN null [] M R 1 *
K : Y en Q1_SQ1.NAOK that.Q2 array_filter 0 regexMatch("/(a+)+$/",Q1) and <br
vielstimmig_1 <![CDATA[ hidden equation &lt;b&gt; Q1 999 true
"""
PIECES = [b"", b"\x00", b"\xff", *(piece.encode() for piece in STRANGE.split())]


def bases() -> list[bytes]:
    asked = (
        Q("Q1", "L", "<b>Wo?</b> {Q2}", answers=YES_NO, other="Y", preg="/^a$/"),
        Q("Q2", "M", subs=AREAS, relevance='Q1 == "A1"', settings={"max_answers": "2"}),
        Q("Q3", "R", answers=AREAS, settings={"array_filter": "Q2"}),
        Q("Q4", "1", subs=AREAS, answers=YES_NO, second=YES_NO),
        Q("Q5", ":", subs=AREAS, columns=YES_NO, settings={"array_filter": "Q2"}),
        Q("Q6", "*", settings={"equation": "{Q7 + 1}"}),
        Q("Q7", "N", settings={"min_num_value_n": "0"}, defaults={"": "5"}),
        Q("Q8", "D", settings={"date_format": "yyyy", "date_max": "now"}),
    )
    made = [File(*asked, layout=how, languages=("de", "en")).bytes() for how in LAYOUTS]
    names = ("pick_and_rank", "other", "reckoned", "cascade", "languages")
    return made + [limesurvey.write(questionnaire(name)) for name in names]


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The file with a few of its rows, cells, tags or bytes disturbed."""
    for _ in range(rng.choice([1, 1, 2, 5])):
        what = rng.choice(
            [rb"<row>.*?</row>", rb">([^<>]*)<", rb"</?(\w+)", rb".", rb"\d+"]
        )
        found = list(re.finditer(what, content, re.DOTALL))
        if not found:
            continue
        spot = rng.choice(found)
        start, end = spot.span(spot.lastindex or 0)
        other = rng.choice([*PIECES, rng.choice(found)[spot.lastindex or 0]])
        content = content[:start] + other + content[end:]
    return content


@pytest.mark.parametrize("seed", range(12))
def test_disturbed_files_are_read_or_refused_with_a_place(seed):
    rng = random.Random(seed)
    for base in bases():
        for _ in range(4):
            intake = inspected(mutated(base, rng))
            assert intake.lines or intake.questions
            for found in intake.lines:
                assert found.place
                assert found.verdict in VERDICTS
                assert found.reason or found.verdict == "taken"
            if intake.questionnaire is not None:
                document.write(intake.questionnaire)


VALUES = [
    "",
    "null",
    "[]",
    "{",
    "5",
    '"x"',
    "[[[[",
    '{"name": 5}',
    '{"differs": 5}',
    '{"differs": {"kind": ["", "nothing"]}}',
    '{"equations": {"relevance": [1, 2]}}',
    '{"differs": {"options": ["", [{"code": 1, "text": []}]]}}',
    '{"page": {"name": 7, "part": [], "has_title": "yes"}}',
    "[" * 15_000,
    '{"questionnaire": {"settings": ["", {"slots": [1]}], "name": ["", 5]}}',
    '{"questionnaire": {"fields": ["", [{"code": 5}]], "lists": ["", [{"name": {}}]]}}',
]


@pytest.mark.parametrize("value", VALUES)
def test_nonsense_in_our_own_settings_is_passed_over(value):
    settings = {f"{own.NAME}_1": value, (f"{own.TEXTS}_1", "de"): value}
    intake = inspected(File(Q("Q1", "L", answers=YES_NO, settings=settings)).bytes())
    [found] = intake.questionnaire.questions()
    assert (found.name, found.kind) == ("q1", "single")
    assert not errors(intake)


def test_a_mark_of_ours_cannot_smuggle_in_what_no_rule_allows():
    [mark] = {own.digest(None)}
    carried = json.dumps(
        {"differs": {"shown_if": [mark, "((("], "longest": [mark, -5]}}
    )
    settings = {f"{own.NAME}_1": carried}
    intake = inspected(File(Q("Q1", "L", answers=YES_NO, settings=settings)).bytes())
    assert {problem.place for problem in intake.problems} >= {"q1.shown_if"}


@pytest.mark.parametrize(
    "crowd",
    [
        [Q("Q1", "F", subs=[(f"S{n}", "x") for n in range(3_000)], answers=YES_NO)],
        [Q("Q1", "L", answers=[(f"A{n}", "x") for n in range(3_000)])],
        [Q("Q1", "T", settings={f"a{n}": "5" for n in range(3_000)})],
        [Q(f"Q{n}", "T") for n in range(1_500)],
        [Q("Q1", "T", "<i>&amp;" * 20_000)],
        [Q("Q1", "T", relevance="!(" * 1_000 + "1" + ")" * 1_000)],
        [
            Q("Q1", "Y"),
            *(Q(f"Q{n}", "Y", relevance='Q1 == "Y"') for n in range(2, 400)),
        ],
    ],
)
def test_crowds_are_bounded(crowd):
    content = File(*crowd).bytes()
    start = time.process_time()
    intake = inspected(content)
    assert time.process_time() - start < 5
    assert intake.questionnaire is not None


def test_more_questions_than_anybody_answers_are_refused_by_row():
    intake = inspected(File(*(Q(f"Q{n}", "T") for n in range(602))).bytes())
    assert line(intake, "Q601", "questions").reason == (
        "At most 600 questions are read."
    )
    assert len(list(intake.questionnaire.questions())) == 600
