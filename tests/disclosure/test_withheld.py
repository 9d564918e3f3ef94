"""The list of withheld numbers is right, and a publication holds none of them."""

import io
import re

import pandas as pd

from analysis.disclosure import publish
from tests.disclosure.surveys import answers, package
from tests.disclosure.withheld import withheld, withheld_counts, withheld_shares


def survey():
    responses = answers(60, 4, empty=0.0)
    responses["place"] = ["yes"] * 31 + ["partly"] * 17 + ["no"] * 10 + ["not_me"] * 2
    return package(responses)


def test_counts_behind_rounded_figures_are_withheld_and_multiples_of_five_are_not():
    found = {
        each.category: each.count
        for each in withheld(survey())
        if each.item == "place" and not each.group and each.statistic == "share"
    }
    assert found == {"yes": 31, "partly": 17, "not_me": 2}


def test_shares_are_listed_in_both_notations():
    shares = withheld_shares(survey())
    assert {"51.67", "51,67", "28.3", "28,3", "3.333"} <= shares
    assert "10" not in shares


def test_the_figures_of_a_publication_hold_no_withheld_number():
    village = survey()
    publication = publish(village, seed=1, resamples=50)
    figures = publication.figures()
    text = io.StringIO()
    figures[["n", "base", "share", "low", "high"]].to_csv(text, sep=";")
    hidden = withheld_counts(village, publication)
    assert hidden
    for name in ("n", "base"):
        assert hidden.isdisjoint(figures[name].dropna().astype(int))
    numbers = set(re.findall(r"\d+[.,]\d+", text.getvalue()))
    assert numbers
    percent = {f"{100 * float(n):.1f}" for n in numbers}
    assert percent.isdisjoint(withheld_shares(village, publication))


def test_statements_hold_codes_and_effects_of_published_figures_only():
    village = survey()
    publication = publish(village, seed=1, resamples=50)
    for table in publication.tables:
        for said in table.statements:
            assert not re.search(r"\d{2,}", said.value)
        assert isinstance(table.figures, pd.DataFrame)
