"""What a report says of its weights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.disclosure import Change, Correction, Total, publish
from analysis.report import compose
from analysis.report.labels import Labels
from analysis.report.weighting import weighting
from tests.disclosure.weighing import women_and_men
from tests.report import example
from tests.report.forbidden import claims
from tests.report.saying import ENGLISH, LANGUAGES

APPLIED = Correction(
    "applied",
    variables=("d1",),
    deff=1.6,
    n_eff=310,
    light="yellow",
    least=0.3,
    most=3.0,
    totals=(
        Total("d1", ("16_24",), 0.12, 0.11),
        Total("d1", ("65",), 0.2, 0.2),
    ),
    blank={"d1": 15},
    changed=(
        Change("q01", "share", "yes", 0.45, 0.55),
        Change("q04_f1", "top2", "", 0.4, 0.45),
    ),
)


def said(correction, language=ENGLISH):
    labels = Labels(example.about().codebook, language, {})
    return [plain(line) for line in weighting(correction, labels)]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_weights_are_told_with_their_price_and_what_they_miss():
    lines = " ".join(said(APPLIED))
    assert "as much as about 310 without weights (design effect 1.6)" in lines
    assert "Read small differences with care." in lines
    assert "at least 0.3 times and at most 3.0 times" in lines
    assert "11% instead of 12%" in lines
    assert "20% instead" not in lines
    assert "About 15 answers are not corrected" in lines
    assert (
        "Not corrected for: language, migration, household, unless named above."
        in lines
    )
    assert "one household" in lines


def test_the_questions_that_changed_most_stand_with_both_shares():
    [line] = [line for line in said(APPLIED) if line.startswith("With weights these")]
    assert "55% weighted, 45% unweighted" in line
    assert "45% weighted, 40% unweighted" in line


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
@pytest.mark.parametrize(
    "correction",
    [
        APPLIED,
        Correction("open"),
        Correction("no_totals", unused=("channel",)),
        Correction(
            "impossible",
            reasons=("empty cell", "unequal totals", "unreachable bound"),
            merges={"d1": (("16_24", "25_44"),), "d3": (("self", "parents", "no"),)},
            whole=("d3",),
        ),
    ],
    ids=lambda each: each.state,
)
def test_every_state_is_told_in_every_language(correction, language):
    lines = said(correction, language)
    assert lines
    assert not any("%(" in line for line in lines)


def test_totals_that_no_weights_reach_are_told_with_reason_and_cure():
    correction = Correction(
        "impossible",
        reasons=("empty cell",),
        merges={"d1": (("16_24", "25_44"),)},
    )
    first, reason, cure = said(correction)
    assert first == "The figures are not weighted: no weights reach the given totals."
    assert reason.startswith("Of at least one group too few people answered")
    assert cure.startswith("With these groups taken together it works: ")
    assert " + " in cure


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_an_open_round_is_told_without_a_word_of_certainty(language):
    [line] = said(Correction("open"), language)
    assert claims(line, language.code) == []


def test_the_light_of_a_costly_weighting_is_said_in_words():
    red = Correction("applied", light="red", deff=2.4, n_eff=40, variables=("d1",))
    assert any("Read weighted shares with great care" in line for line in said(red))


def test_nothing_is_said_where_nothing_is_published():
    assert weighting(None, Labels(example.about().codebook, ENGLISH, {})) == []


def test_weighted_percent_and_unweighted_number_stand_side_by_side():
    survey = women_and_men()
    about = replace(example.about(), codebook=survey.codebook)
    contents = compose(publish(survey, seed=1, resamples=20), about, [ENGLISH])
    table = contents.chart("q", ENGLISH).display
    assert table.columns == (
        "Answer",
        "Share",
        "Range of uncertainty",
        "Weighted share",
        "Range of uncertainty",
        "Answers",
    )
    head, cells = table.rows[0]
    assert head == "yes"
    share, _, *beside = (plain(cell) for cell in cells)
    assert (share, beside) == ("45%", ["55%", "43%–67%", "45"])
    people = contents.chart("participation", ENGLISH).display
    assert people.columns[-2:] == ("Weighted share", "Share in the register")
    women = next(cells for head, cells in people.rows if head.endswith("female"))
    assert [plain(cell) for cell in women[-2:]] == ["50%", "50%"]
