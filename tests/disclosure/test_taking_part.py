"""Who took part: stages, channels, rates, pages; all of them rounded."""

import pandas as pd
import pytest

from analysis.disclosure import publish
from analysis.package import Design
from tests.disclosure.surveys import answers, package

INVITED = Design("random", population=46_000, invited=801, channels=("code",))
STAGES = (
    ("code", "invited", "", 801),
    ("code", "undeliverable", "", 12),
    ("code", "started", "", 263),
    ("code", "completed", "", 202),
    ("code", "screened_out", "", 8),
    ("code", "page", "p1", 263),
    ("code", "page", "p2", 240),
    ("link", "started", "", 900),
)


def figures_of(survey):
    table = publish(survey, seed=1, resamples=10).table("participation")
    return table.figures.set_index(["statistic", "category", "channel"]), table


@pytest.fixture(name="invited", scope="module")
def fixture_invited():
    responses = answers(202, 3, channel="code", empty=0.0)
    responses.loc[:20, "liking"] = "-5"
    survey = package(
        responses, design=INVITED, stages=STAGES, excluded={"identical": 3, "empty": 7}
    )
    return figures_of(survey)


@pytest.mark.parametrize(
    ("statistic", "category", "n"),
    [
        ("invited", "", 800),
        ("undeliverable", "", 10),
        ("started", "", 265),
        ("completed", "", 200),
        ("partial", "", 20),
        ("ineligible", "", 10),
        ("excluded", "identical", 5),
        ("excluded", "empty", 5),
        ("reached", "p1", 265),
        ("reached", "p2", 240),
    ],
)
def test_every_count_is_rounded_and_open_ways_in_are_left_out(
    invited, statistic, category, n
):
    figures, table = invited
    assert figures.loc[(statistic, category, ""), "n"] == n
    assert table.base == 200


def test_rates_are_made_of_published_counts(invited):
    figures, _ = invited
    assert figures.loc[("response_rate", "", ""), "share"] == 0.25
    assert figures.loc[("response_rate", "", "code"), "share"] == 0.25
    assert figures.loc[("completion_rate", "", ""), "share"] == 0.75
    assert figures.loc[("reached", "p2", ""), "share"] == 0.91
    # By hand: I = 170, P = 20, NC = 590, U = 10, NE = 10.
    assert figures.loc[("aapor", "RR1", ""), "share"] == 0.22
    assert figures.loc[("aapor", "RR2", ""), "share"] == 0.24
    assert figures.loc[("aapor", "RR6", ""), "share"] == 0.24


def test_nothing_is_said_of_refusals_that_nobody_counted(invited):
    figures, _ = invited
    signs = figures.loc["aapor"]["sign"].droplevel("channel").to_dict()
    assert signs == {f"RR{number}": "" for number in range(1, 7)} | dict.fromkeys(
        ("COOP", "REF", "CON"), "not_meaningful"
    )


def test_demographic_answers_and_languages_are_part_of_it(invited):
    _, table = invited
    shown = table.figures[table.figures["statistic"] == "share"]
    assert set(shown["item"]) == {"age", "sex", "form_language"}
    assert "merged:sex" in table.notes
    assert "diverse" not in set(shown["category"])


def test_who_took_part_is_counted_and_not_estimated(invited):
    _, table = invited
    assert table.figures[["low", "high"]].isna().all(axis=None)
    shares = table.figures[table.figures["statistic"] == "share"]
    ages = shares[shares["item"] == "age"]
    assert ages["share"].notna().all()


def test_an_open_survey_has_no_response_rate():
    stages = [("link", "started", "", 130), ("link", "completed", "", 100)]
    figures, _ = figures_of(package(answers(100, 3), stages=stages))
    assert "response_rate" not in figures.index.get_level_values(0)
    assert "aapor" not in figures.index.get_level_values(0)
    assert figures.loc[("completion_rate", "", ""), "share"] == 0.77


def test_pages_without_a_number_of_starts_have_no_share():
    stages = [("link", "page", "p1", 40)]
    figures, _ = figures_of(package(answers(40, 3), stages=stages))
    reached = figures.loc[("reached", "p1", "")]
    assert (reached["n"], reached["sign"]) == (40, "few")
    assert pd.isna(reached["share"])


def test_a_channel_under_the_base_is_not_named():
    responses = pd.concat(
        [answers(60, 3, channel="code"), answers(4, 4, channel="assisted")],
        ignore_index=True,
    )
    design = Design("random", population=900, invited=100)
    stages = [("code", "invited", "", 100), ("assisted", "completed", "", 4)]
    figures, table = figures_of(package(responses, design=design, stages=stages))
    named = figures.loc["completed"].index.get_level_values("channel")
    assert set(named) == {"", "other"}
    assert "merged:channel" not in table.notes
