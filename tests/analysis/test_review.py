"""The data review: what each rule finds, and what is written into a package."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import review, reviewing
from analysis.cli import analysis
from analysis.codebook import Item, codebook_of
from analysis.estimates import most_changed
from analysis.package import AnalysisError, open_package
from tests.analysis import synthetic

SCALE = ("yes", "rather", "partly", "rather_not", "no")


def battery(count, *, stem="q01", reversed_from=99):
    return [
        Item(
            f"{stem}_r{place}",
            "battery",
            page=stem,
            options=SCALE,
            is_ordinal=True,
            reversed=place >= reversed_from,
        )
        for place in range(count)
    ]


def rows(items, *patterns):
    """One person per pattern of places, "." being left empty."""
    return pd.DataFrame(
        [
            ["-2" if sign == "." else SCALE[int(sign)] for sign in pattern]
            for pattern in patterns
        ],
        columns=[item.name for item in items],
    )


def test_a_row_is_empty_only_without_any_answer():
    items = [*battery(2), Item("m", "multiple", options=("a", "b"))]
    book = codebook_of(items)
    table = rows(items[:2], "..", "0.", "..")
    table["m__a"] = ["-2", "-2", "0"]
    table["m__b"] = ["-2", "-2", "1"]
    assert review.empty(table, book).tolist() == [True, False, False]


def test_copies_are_found_within_a_channel_and_a_language_and_one_stays():
    items = battery(15)
    table = rows(items, *["012340123401234"] * 5, "012340123401233")
    table["channel"] = ["code", "code", "code", "link", "code", "code"]
    table["form_language"] = ["de", "de", "de", "de", "ar", "de"]
    found = review.identical(table, codebook_of(items))
    assert found.tolist() == [False, True, True, False, False, False]


def test_short_ways_through_a_questionnaire_are_not_copies():
    items = battery(15)
    table = rows(items, *["0123401234....."] * 4)
    assert not review.identical(table, codebook_of(items)).any()


def test_one_answer_down_every_battery_is_straight():
    items = [*battery(4), *battery(4, stem="q02")]
    table = rows(items, "11113333", "11113332", "1111....", "........")
    assert review.straight(table, codebook_of(items)).tolist() == [
        *(True, False, False, False)
    ]


def test_short_batteries_do_not_count_on_their_own():
    items = [*battery(3), *battery(8, stem="q02")]
    table = rows(items, "01222222222")
    assert review.straight(table, codebook_of(items)).all()


def test_agreeing_with_a_statement_and_its_opposite_is_a_contradiction():
    items = battery(4, reversed_from=2)
    table = rows(items, "0000", "4444", "0044", "2222", "00..", "0.00")
    found = review.contradiction(table, codebook_of(items)).tolist()
    assert found == [True, True, False, False, False, False]
    assert not review.contradiction(table, codebook_of(battery(4))).any()


def test_the_first_option_of_everything_is_found_where_the_order_stands():
    items = battery(12)
    table = rows(items, "000000000000", "000000000001", "000000000...", "0000000000..")
    found = review.first_option(table, codebook_of(items)).tolist()
    assert found == [True, False, False, True]
    mixed = [
        Item(item.name, "battery", options=SCALE, random_order=True) for item in items
    ]
    assert not review.first_option(table, codebook_of(mixed)).any()


def test_rules_are_counted_per_channel():
    items = battery(2)
    table = rows(items, "..", "..", "0.").assign(channel=["code", "link", "link"])
    found = review.account(table, codebook_of(items))
    assert found.loc[("", "empty")].tolist() == [2, 3]
    assert found.loc[("link", "empty")].tolist() == [1, 2]
    assert found.loc[("code", "identical")].tolist() == [0, 1]


def test_a_row_carries_the_first_reason_of_those_chosen():
    items = battery(16)
    table = rows(items, "0" * 16, "0" * 16, "." * 16, "0123" * 4)
    book = codebook_of(items)
    found = review.reasons(table, book, ["straight", "identical", "empty"])
    assert found.tolist() == ["straight", "identical", "empty", ""]
    assert review.reasons(table, book, []).tolist() == [""] * 4
    with pytest.raises(AnalysisError, match="no rule fast; there are empty, identical"):
        review.reasons(table, book, ["fast"])


def test_copies_of_a_longer_text_are_counted_and_never_shown():
    long = "The bus to the station never comes when school is over."
    comments = pd.DataFrame(
        {
            "question": ["q9"] * 6 + ["q8"] * 3,
            "text": [
                long,
                long.upper(),
                f" {long} ",
                "no",
                "no",
                "no",
                long,
                long,
                "x",
            ],
        }
    )
    found = review.copied_texts(comments)
    assert found.loc["q9"].tolist() == [1, 3]
    assert list(found.index) == ["q9"]
    assert review.copied_texts(comments.iloc[:0]).empty


def test_what_the_excluded_rows_change_is_told_with_and_without():
    table = pd.DataFrame({"a": list("xxyy"), "b": list("zzzz"), "c": list("uvuv")})
    marks = pd.Series(["", "", "", "empty"])
    found = review.consequences(table, ["a", "b", "c"], marks)
    assert found.loc[("a", "x"), ["with", "without"]].tolist() == pytest.approx(
        [0.5, 2 / 3]
    )
    assert most_changed(found).index.tolist() == ["a", "c", "b"]


def test_nobody_is_reviewed_without_a_fault():
    items = battery(16, reversed_from=8)
    table = rows(items).astype("str")
    book = codebook_of(items)
    for rule in review.RULES.values():
        assert rule(table, book).tolist() == []
    assert review.account(table, book)["found"].sum() == 0
    assert not np.any(review.straight(table, codebook_of([])))


@pytest.fixture(params=["folder", "zip"])
def package(request, tmp_path):
    """A package in which three rows are copies of another one."""
    folder = synthetic.build(tmp_path / "survey", answers=20, seed=5)
    lines = (folder / "responses.csv").read_text("utf-8").splitlines()
    (folder / "responses.csv").write_text("\n".join([*lines, *[lines[4]] * 3, ""]))
    synthetic.rehash(folder)
    return folder if request.param == "folder" else synthetic.zipped(folder)


def test_excluded_rows_stay_in_the_package_with_their_reason(package):
    before = open_package(package)
    assert len(before.responses) == 23
    found = reviewing.exclude(package, ["identical", "empty"])
    assert found.to_dict() == {"identical": 3}
    after = open_package(package)
    assert len(after.responses) == 20
    assert after.excluded == {"identical": 3}
    assert after.hash != before.hash
    with pytest.raises(AnalysisError, match="excluded before"):
        reviewing.exclude(package, ["empty"])


def test_a_refused_rule_writes_nothing(package):
    before = open_package(package).hash
    with pytest.raises(AnalysisError, match="no rule"):
        reviewing.exclude(package, ["lazy"])
    assert open_package(package).hash == before


def test_the_command_counts_and_says_nothing_of_answers(package):
    done = CliRunner().invoke(analysis, ["review", str(package)])
    assert done.exit_code == 0
    assert "all channels: 23 rows\n" in done.output
    assert "  identical: 3\n" in done.output
    assert "No longer free text came three times." in done.output
    done = CliRunner().invoke(
        analysis, ["review", str(package), "--exclude", "identical"]
    )
    assert done.output == "identical: 3 rows left out\n"
    wrong = CliRunner().invoke(analysis, ["review", str(package), "--exclude", "x"])
    assert wrong.exit_code == 1
    assert "excluded before" in wrong.output
