"""A headline claims what the published figures secure, and nothing else."""

from __future__ import annotations

from analysis.disclosure import Statement
from tests.disclosure.examples import Sheet
from tests.report.saying import (
    battery,
    choice,
    headline,
    rows_of,
    scale,
    single,
)

APART = {"bus": (0.50, 0.45, 0.55), "car": (0.30, 0.26, 0.34), "foot": (0.2, 0.1, 0.3)}
TOUCHING = {"bus": (0.50, 0.45, 0.55), "car": (0.40, 0.36, 0.45)}
WAYS = choice("bus", "car", "foot")
FIVE = ("very_good", "good", "fair", "bad", "very_bad")
SHARES = dict.fromkeys(FIVE, (0.20, 0.16, 0.24))
TOP = {"top2": (0.42, 0.37, 0.47)}


def test_an_answer_leads_when_its_range_lies_above_all_others():
    assert headline(single(APART), WAYS) == "Chosen most often: “bus” (50%)"


def test_a_lead_that_touches_the_next_range_is_not_secured():
    assert headline(single(TOUCHING), WAYS) == (
        "“bus” was chosen by 50%; the lead over the next answer is not secured"
    )


def test_a_wide_range_of_the_third_answer_is_looked_at_too():
    wide = {**APART, "foot": (0.20, 0.05, 0.46)}
    assert "not secured" in headline(single(wide), WAYS)


def test_nothing_leads_while_another_answer_is_withheld():
    hidden = {**APART, "car": None}
    assert "not secured" in headline(single(hidden), WAYS)


def test_among_those_who_took_part_the_most_frequent_answer_is_only_described():
    assert headline(single(APART, design="open"), WAYS) == (
        "Of those who took part, 50% chose “bus”"
    )


def test_a_large_majority_is_said_in_words():
    said = Statement("majority", "q50", "car")
    hidden = single({"bus": None, "car": None}, statements=(said,))
    assert headline(hidden, WAYS) == "A large majority answered: car"


def test_where_everything_is_withheld_nothing_is_said():
    hidden = single({"bus": None, "car": None})
    assert (
        headline(hidden, WAYS)
        == "Withheld to protect people: no figures are published."
    )


def test_a_scale_is_told_by_its_two_favourable_answers():
    table = single(SHARES, kind="agreement", sums=TOP)
    assert headline(table, scale(*FIVE)) == "42% answered “very good” or “good”"


def test_a_reversed_scale_is_told_by_the_favourable_answers_that_stand_last():
    table = single(SHARES, kind="agreement", sums=TOP)
    item = scale(*reversed(FIVE), reversed=True)
    assert headline(table, item) == "42% answered “good” or “very good”"


def test_a_short_scale_is_told_by_one_answer():
    short = single({"yes": (0.4, 0.3, 0.5)}, kind="agreement", sums=TOP)
    assert headline(short, scale("yes", "partly", "no")) == "42% answered “yes”"


def test_a_scale_speaks_of_those_who_took_part_where_participation_was_open():
    table = single(SHARES, kind="agreement", sums=TOP, design="open")
    assert headline(table, scale(*FIVE)) == (
        "Of those who took part, 42% answered “very good” or “good”"
    )
    short = single({"yes": (0.4, 0.3, 0.5)}, kind="agreement", sums=TOP, design="open")
    assert headline(short, scale("yes", "partly", "no")) == (
        "Of those who took part, 42% answered “yes”"
    )


def test_rows_of_a_battery_are_compared_where_their_ranges_do_not_touch():
    tops = {"q60_a": (0.60, 0.55, 0.65), "q60_b": (0.30, 0.25, 0.35)}
    assert headline(battery(tops), *rows_of(tops)) == (
        "More favourable answers on “Question q60_a?” (60%) than on "
        "“Question q60_b?” (30%)"
    )


def test_rows_of_a_battery_that_touch_are_not_compared():
    tops = {"q60_a": (0.40, 0.35, 0.45), "q60_b": (0.32, 0.27, 0.35)}
    assert headline(battery(tops), *rows_of(tops)) == (
        "No secured difference between the subjects"
    )


def test_no_row_of_a_battery_is_called_the_most_or_the_least():
    tops = {
        "q60_a": (0.60, 0.55, 0.65),
        "q60_b": (0.59, 0.54, 0.64),
        "q60_c": (0.30, 0.25, 0.35),
    }
    said = headline(battery(tops), *rows_of(tops)).lower()
    assert "most" not in said
    assert "least" not in said


def test_one_row_that_may_be_shown_is_compared_with_nothing():
    tops = {"q60_a": (0.60, 0.55, 0.65), "q60_b": None}
    assert headline(battery(tops), *rows_of(tops)) == (
        "Favourable answers: Question q60_a? (60%)"
    )


def test_rows_of_a_battery_are_only_described_where_participation_was_open():
    tops = {"q60_a": (0.60, 0.55, 0.65), "q60_b": (0.30, 0.25, 0.35)}
    assert headline(battery(tops, design="open"), *rows_of(tops)) == (
        "Favourable answers of those who took part: from 60% (Question q60_a?) "
        "to 30% (Question q60_b?)"
    )


def ranks(places: dict[str, tuple[int, int, int]], design="random"):
    sheet = Sheet("q70", design)
    for category, values in places.items():
        for statistic, place in zip(
            ("rank", "rank_low", "rank_high"), values, strict=True
        ):
            sheet.add("q70", statistic, category=category, share=place, base=400)
    return sheet.protected("ranks", ("q70",), base=400)


PLACES = choice("bus", "car", "foot", name="q70", kind="rank")


def test_an_order_is_said_when_no_other_place_is_possible():
    table = ranks({"bus": (1, 1, 1), "car": (2, 2, 3), "foot": (3, 2, 3)})
    assert headline(table, PLACES) == "Ranked highest, all places taken together: bus"


def test_an_order_that_could_change_is_not_secured():
    table = ranks({"bus": (1, 1, 2), "car": (2, 1, 3), "foot": (3, 2, 3)})
    assert headline(table, PLACES) == (
        "Which is ranked highest is not secured; in front: bus"
    )


def test_another_that_could_be_first_keeps_the_order_open():
    table = ranks({"bus": (1, 1, 1), "car": (2, 1, 3), "foot": (3, 2, 3)})
    assert "not secured" in headline(table, PLACES)


def test_all_that_share_the_first_place_are_named():
    table = ranks({"bus": (1, 1, 2), "car": (1, 1, 2), "foot": (3, 3, 3)})
    assert headline(table, PLACES).endswith("in front: bus; car")


def test_an_order_of_those_who_took_part_is_stable_or_could_change():
    stable = ranks({"bus": (1, 1, 1), "car": (2, 2, 2)}, design="open")
    assert headline(stable, PLACES) == (
        "Ranked highest by those who took part, all places taken together: bus"
    )
    open_order = ranks({"bus": (1, 1, 2), "car": (2, 1, 2)}, design="open")
    assert headline(open_order, PLACES) == (
        "Ranked highest by those who took part, though the order could change: bus"
    )


def matrix(*quadrants: Statement, design="random"):
    sheet = Sheet("priority-matrix", design)
    for field in ("f1", "f2"):
        sheet.add("", "importance", category=field, n=40, base=400, share=0.1)
    return sheet.protected("matrix", ("q05",), base=400, statements=quadrants)


def test_only_decided_fields_are_named_to_begin_with():
    found = (
        Statement("quadrant", "", "act", category="f1"),
        Statement("quadrant", "", "open", category="f2"),
    )
    assert headline(matrix(*found)) == (
        "More important and less satisfying than the mean of the fields: "
        "Language and education"
    )
    assert headline(matrix(*found, design="open")) == (
        "More important and less satisfying to those who took part: "
        "Language and education"
    )


def test_without_a_decided_field_none_is_singled_out():
    undecided = Statement("quadrant", "", "open", category="f1")
    assert headline(matrix(undecided)) == (
        "No field of action can be singled out to begin with"
    )


def taking_part(rate: float | None, design="random"):
    sheet = Sheet("participation", design)
    sheet.add("", "completed", n=600)
    if rate is None:
        sheet.add("", "response_rate", sign="not_meaningful")
    else:
        sheet.add("", "response_rate", n=600, base=800, share=rate)
    return sheet.protected("participation", (), base=600)


def test_who_took_part_is_counted_and_held_against_the_invited():
    assert headline(taking_part(0.75)) == (
        "About 600 people answered, 75% of those invited"
    )
    assert headline(taking_part(None, "open")) == "About 600 people answered"


def test_a_headline_begins_with_a_capital_letter():
    few = {"top2": (0.42, 0.30, 0.55)}
    table = single(SHARES, kind="agreement", sums=few)
    table.figures["base"] = 60
    assert headline(table, scale(*FIVE)) == ("About 42% answered “very good” or “good”")


def few(kind, *statistics, table="q50", items=("q50",), **more):
    """A table of which only rounded counts may be shown."""
    sheet = Sheet(table, "random")
    sheet.add(items[0], "share", category="bus", n=10, base=20, sign="uncertain")
    for statistic in statistics:
        for item in items:
            sheet.add(item, statistic, category="bus", base=20, sign="few")
    return sheet.protected(kind, items, base=20, **more)


def test_counts_in_brackets_make_no_finding():
    said = "Too few answers to say how opinion is spread"
    assert headline(few("dots"), WAYS) == said
    assert headline(few("agreement", "top2"), scale("bus", "car")) == said
    assert headline(few("ranks", "rank"), WAYS) == said
    fields = choice("bus", name="", kind="pick", field="bus")
    assert headline(few("matrix", "importance", items=("",)), fields) == said
    rows = {"q60_a": None, "q60_b": None}
    battery_of_few = few("agreement", "top2", table="q60", items=tuple(rows))
    items = [scale("bus", "car", name=name) for name in rows]
    assert headline(battery_of_few, *items) == said


def test_without_a_count_who_took_part_is_only_a_title():
    sheet = Sheet("participation", "random")
    sheet.add("", "invited", n=800)
    assert headline(sheet.protected("participation", ())) == "Who took part"
