"""The table of a chart holds the figures of the chart; expected values by hand."""

from __future__ import annotations

from dataclasses import replace

from analysis.disclosure import Secured
from tests.disclosure.examples import Sheet
from tests.report.saying import LANGUAGES, by_group, choice, scale, shown, single

ENGLISH = LANGUAGES[1]


def rows(contents, table):
    return dict(contents.chart(table, ENGLISH).display.rows)


def columns(contents, table):
    return contents.chart(table, ENGLISH).display.columns


def test_one_question_has_share_range_and_count(sample):
    assert columns(sample, "q15") == (
        "Answer",
        "Share",
        "Range of uncertainty",
        "Answers",
    )
    assert rows(sample, "q15") == {
        "yes": ("about 10%", "5%–20%", "10"),
        "rather yes": ("about 30%", "19%–42%", "25"),
        "rather no": ("about 40%", "29%–53%", "35"),
        "no": ("about 20%", "10%–29%", "15"),
        "no answer": ("", "", "30"),
    }


def test_an_open_round_has_no_column_for_ranges(open_round):
    assert columns(open_round, "q15") == ("Answer", "Share", "Answers")
    assert rows(open_round, "q15")["yes"] == ("about 10%", "10")


def test_an_observed_zero_has_no_sign(sample):
    assert rows(sample, "q14")["Notice board"] == ("0%", "0%–2%", "0")


def test_a_battery_shows_the_spread_what_counts_as_favourable_and_the_net(sample):
    assert columns(sample, "q04")[6] == (
        "Share that answered “very satisfied” or “rather satisfied”"
    )
    found = rows(sample, "q04")
    assert found["Housing and neighbourhood"] == (
        "4%",
        "15%",
        "21%",
        "32%",
        "28%",
        "19% [14%–24%]",
        "−42",
        "20",
        "5",
        "about 510",
    )


def test_a_small_row_shows_counts_in_brackets_and_a_withheld_one_words(sample):
    found = rows(sample, "q04")
    small = found["Clubs, culture, sport and religion"]
    assert small[:5] == ("(5)", "(10)", "(5)", "(0)", "(5)")
    assert small[5:7] == ("too few cases to say",) * 2
    withheld = found["Mobility and public places"]
    assert set(withheld) == {"withheld to protect people", ""}


def test_a_large_majority_is_named_without_a_figure(sample):
    majority = rows(sample, "q04")["Respect, safety and anti-discrimination"]
    assert majority[0] == "large majority"
    assert majority[1] == "withheld to protect people"


def test_groups_stand_in_columns_with_their_bases_below(sample):
    assert columns(sample, "q13-by-d3")[:4] == (
        "",
        "immigrated themselves",
        "parents immigrated",
        "no",
    )
    found = rows(sample, "q13-by-d3")
    assert found["very well"][:3] == (
        "8% [0%–16%]",
        "about 25% [17%–33%]",
        "27% [19%–35%]",
    )
    assert found["Share that answered “very well” or “well”"] == (
        "23% [14%–32%]",
        "about 55% [46%–64%]",
        "63% [54%–72%]",
        "withheld to protect people",
    )
    assert found["Base"] == ("about 130", "about 65", "about 355", "")


def test_the_matrix_says_where_a_field_stands_or_that_it_is_undecidable(sample):
    found = rows(sample, "priority-matrix")
    assert found["Housing and neighbourhood"] == (
        "61% [57%–65%]",
        "19% [15%–23%]",
        "1",
        "more important, less satisfied",
    )
    assert found["Mobility and public places"] == (
        "34% [30%–38%]",
        "39% [35%–43%]",
        "2–6",
        "not decidable",
    )


def test_shared_places_are_printed_as_shared(sample):
    found = rows(sample, "q06")
    assert found["Language and education"][:2] == ("3", "2–5")
    assert found["Mobility and public places"] == (
        "3",
        "3–5",
        "9% [5%–13%]",
        "36% [32%–40%]",
    )


def test_who_took_part_has_steps_people_and_pages(sample):
    found = rows(sample, "participation")
    assert found["invited"] == ("800", "")
    assert found["sent"] == ("600", "")
    assert found["Response rate"] == ("", "75%")
    assert found["sent – on paper"] == ("40", "")
    assert found["of them sent before the end"] == ("35", "6%")
    assert found["Age group – 65 years and older"] == ("115", "20%")
    assert found["got as far as this page – q02?"] == ("640", "98%")


def test_rates_that_nobody_can_compute_have_no_row(sample, open_round):
    assert "Response rate – on paper" not in rows(sample, "participation")
    heads = rows(open_round, "participation")
    assert not [head for head in heads if head.startswith("Response rate")]


def test_a_single_way_in_is_not_told_apart():
    sheet = Sheet("participation", "random")
    sheet.add("", "completed", n=600)
    sheet.add("", "completed", channel="code", n=600)
    sheet.add("channel", "share", category="code", n=600, base=600, share=1.0)
    table = sheet.protected("participation", (), base=600)
    assert shown(table).display.rows == (("sent", ("600", "")),)


def test_scales_say_what_is_counted_together_and_the_net_with_its_range():
    five = ("very_good", "good", "fair", "bad", "very_bad")
    sums = {
        "top2": (0.40, 0.35, 0.45),
        "bottom2": (0.30, 0.25, 0.35),
        "net": (0.10, -0.02, 0.22),
    }
    shares = dict.fromkeys(five, (0.20, 0.16, 0.24))
    table = single(shares, kind="agreement", sums=sums)
    found = dict(shown(table, scale(*five)).display.rows)
    assert found["Share that answered “very good” or “good”"] == (
        "40%",
        "35%–45%",
        "160",
    )
    assert found["Share that answered “bad” or “very bad”"] == ("30%", "25%–35%", "120")
    assert found["Net"] == ("+10", "−2 … +22", "")


def test_ranks_by_group_show_first_places_and_all_places():
    sheet = Sheet("q50-by-d9", "random")
    for statistic, n, share in (("first", 40, 0.2), ("ranked", 100, 0.5)):
        sheet.add(
            "q50",
            statistic,
            category="bus",
            group="young",
            variable="d9",
            n=n,
            base=200,
            share=share,
        )
    table = sheet.protected("groups", ("q50",), group_variable="d9", base=200)
    items = choice("bus", kind="rank"), choice("young", name="d9")
    assert shown(table, *items).display.rows == (
        ("bus – Share that put it first", ("20%",)),
        ("bus – Share that ranked it", ("50%",)),
        ("Base", ("about 200",)),
    )


def test_a_table_without_any_figure_has_no_rows_and_no_picture():
    withheld = by_group({"young": None, "old": None})
    chart = shown(withheld, scale("good", "bad"), choice("young", "old", name="d9"))
    assert chart.display.rows == ()
    assert (chart.svg, chart.png) == ("", "")
    assert chart.alternative == chart.words.headline


def test_notes_tell_what_the_table_needs_and_nothing_else(sample):
    notes = sample.chart("q06", ENGLISH).notes
    assert notes == (
        "Every count is rounded to a multiple of 5.",
        "In square brackets: range of uncertainty.",
    )


def test_a_picture_explains_no_column_that_only_its_table_has(sample):
    ranges = "In square brackets: range of uncertainty."
    gap = "Gap: importance times what is missing in satisfaction."
    for name, notes in (("q06", {ranges}), ("priority-matrix", {ranges, gap})):
        chart = sample.chart(name, ENGLISH)
        assert set(chart.notes) - set(chart.words.notes) == notes
        assert chart.as_json()["notes"] == list(chart.notes)


def test_several_answers_are_noted_but_not_for_ranks():
    several = by_group({"young": (0.2, 0.1, 0.3)}, statistic="share", category="bus")
    ranked = by_group({"young": (0.2, 0.1, 0.3)}, statistic="first", category="bus")
    ages = choice("young", name="d9")
    note = "Several answers were possible; the shares may add up to more than"
    for table, kind, expected in ((several, "multiple", 1), (ranked, "rank", 0)):
        noted = replace(table, notes=("multiple",))
        notes = shown(noted, choice("bus", kind=kind), ages).notes
        assert sum(each.startswith(note) for each in notes) == expected


def test_what_was_picked_of_a_list_says_whom_it_counts():
    table = single({"bus": (0.4, 0.3, 0.5)})
    assert "Base: everybody who saw the question." in (
        shown(table, choice("bus", kind="pick")).notes
    )
    assert "Base: everybody who saw the question." not in (
        shown(table, choice("bus", kind="multiple")).notes
    )


def test_a_secured_difference_changes_no_number():
    found = Secured("q50", "young", -0.4, 0.001, group_variable="d9")
    groups = {"young": (0.20, 0.12, 0.28), "old": (0.60, 0.52, 0.68)}
    items = scale("good", "bad"), choice("young", "old", name="d9")
    plain, told = (
        shown(by_group(groups, *secured), *items).display for secured in ((), (found,))
    )
    assert plain == told
