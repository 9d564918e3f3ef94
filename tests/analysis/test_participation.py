"""Response rates of AAPOR by hand, break-off and missing answers."""

import pandas as pd
import pytest

from analysis.codebook import Item, codebook_of
from analysis.package import AnalysisError
from analysis.participation import break_off, by_channel, nonresponse, rates

# Worked by hand: 1,000 addresses; e = 800 / 850 of 150 unknown ones.
COUNTS = {"I": 500, "P": 50, "R": 100, "NC": 120, "O": 30, "U": 150, "NE": 50}
ELIGIBLE = 800 / 850 * 150


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RR1", 500 / 950),
        ("RR2", 550 / 950),
        ("RR3", 500 / (800 + ELIGIBLE)),
        ("RR4", 550 / (800 + ELIGIBLE)),
        ("RR5", 500 / 800),
        ("RR6", 550 / 800),
        ("COOP", 500 / 680),
        ("COOP1", 500 / 680),
        ("COOP2", 550 / 680),
        ("COOP3", 500 / 650),
        ("COOP4", 550 / 650),
        ("REF", 100 / 950),
        ("REF1", 100 / 950),
        ("REF2", 100 / (800 + ELIGIBLE)),
        ("REF3", 100 / 800),
        ("CON", 680 / 950),
        ("CON1", 680 / 950),
        ("CON2", 680 / (800 + ELIGIBLE)),
        ("CON3", 680 / 800),
    ],
)
def test_rates_are_those_of_the_standard(name, value):
    assert rates(**COUNTS)[name] == pytest.approx(value)


def test_rates_of_nobody_cannot_be_computed():
    nobody = dict.fromkeys(COUNTS, 0)
    assert set(rates(**nobody).values()) == {None}


def test_rates_that_need_a_guess_are_missing_without_grounds_for_it():
    found = rates(**{**dict.fromkeys(COUNTS, 0), "U": 100})
    assert found["RR1"] == 0
    assert found["RR3"] is None
    assert found["RR5"] is None


def test_without_unknown_cases_no_guess_is_needed():
    found = rates(**{**COUNTS, "U": 0, "NE": 0})
    assert found["RR1"] == found["RR3"] == found["RR5"] == 500 / 800


def test_counts_below_zero_are_refused():
    with pytest.raises(AnalysisError, match="NC"):
        rates(**{**COUNTS, "NC": -1})


def stages(*rows):
    return pd.DataFrame(rows, columns=["channel", "stage", "page", "count"])


def test_only_channels_with_invitations_have_a_response_rate():
    found = by_channel(
        stages(
            ("code", "invited", "", 800),
            ("code", "undeliverable", "", 50),
            ("code", "started", "", 500),
            ("code", "completed", "", 400),
            ("code", "partial", "", 20),
            ("code", "screened_out", "", 50),
            ("code", "page", "q02", 480),
            ("link", "started", "", 100),
            ("link", "completed", "", 60),
            ("poster", "completed", "", 5),
        )
    )
    assert found.loc["code", "response_rate"] == pytest.approx(420 / 700)
    assert found.loc["code", "completion_rate"] == pytest.approx(420 / 500)
    assert pd.isna(found.loc["link", "response_rate"])
    assert found.loc["link", "completion_rate"] == pytest.approx(0.6)
    assert pd.isna(found.loc["poster", "completion_rate"])
    assert found.loc["link", "invited"] == 0


def test_no_participation_is_an_empty_table():
    assert by_channel(stages()).empty


def test_break_off_is_the_first_page_not_reached():
    book = codebook_of(
        [
            Item("q1", "single", page="p1", options=("a",)),
            Item("q2", "pick", page="p2", options=("a", "b")),
            Item("q3", "single", page="p2", options=("a",)),
            Item("q4", "text", page="p3"),
            Item("q5", "single", page="p4", options=("a",)),
        ]
    )
    answers = pd.DataFrame(
        {
            "q1": ["a", "a", "-2", "a"],
            "q2__a": ["1", "-5", "0", "-5"],
            "q2__b": ["0", "-5", "0", "-5"],
            "q3": ["a", "-5", "a", "-1"],
            "q5": ["a", "-5", "-5", "-5"],
            "language": ["de", "ar", "ar", "de"],
        }
    )
    found = break_off(answers, book, by="language")
    everybody = found.loc[""]
    assert everybody.index.tolist() == ["p1", "p2", "p4"]
    assert everybody["left"].tolist() == [0, 1, 2]
    assert everybody["reached"].tolist() == [4, 3, 1]
    assert everybody.loc["p4", "share"] == pytest.approx(2 / 3)
    assert found.loc[("ar", "p2"), "left"] == 1
    assert found.loc[("de", "p4"), "left"] == 1


def test_missing_answers_are_counted_by_their_five_kinds(survey):
    found = nonresponse(survey.responses, survey.codebook)
    assert "q23" not in found.index
    kinds = ["answered", "-1", "-2", "-3", "-4", "-5"]
    assert (found[kinds].sum(axis=1) == len(survey.responses)).all()
    row = found.loc["q04_f1"]
    saw = row["answered"] + row["-2"] + row["-3"] + row["-4"]
    assert row["share"] == pytest.approx((row["-2"] + row["-3"] + row["-4"]) / saw)
    assert not found["warn"].any()


def test_an_item_that_a_fifth_left_out_carries_a_warning():
    book = codebook_of([Item("q", "single", options=("a",))])
    answers = pd.DataFrame({"q": ["a"] * 7 + ["-2", "-3"] + ["-1"] * 20})
    assert nonresponse(answers, book).loc["q", "warn"]
    skipped = pd.DataFrame({"q": ["-1", "-5"]})
    assert not nonresponse(skipped, book).loc["q", "warn"]
