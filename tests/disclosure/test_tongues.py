"""Wordings are to be compared where one form language stands far apart, securely."""

import numpy as np
import pandas as pd

from analysis.disclosure import Secured, publish
from analysis.disclosure.policy import thresholds
from analysis.disclosure.tongues import translations_to_check
from analysis.package import Item
from tests.disclosure.surveys import SCALE, package

OWN = thresholds()
LIKING = Item("liking", "single", scale="liking5", options=SCALE, is_ordinal=True)


def difference(effect, *, group="ar", variable="form_language", item="q"):
    return Secured(item, group, effect, 0.001, group_variable=variable)


def checked(*differences):
    found = translations_to_check(differences, {"de", "ar"}, OWN)
    return [(each.item, each.value) for each in found]


def test_large_differences_by_language_ask_for_a_reading():
    assert checked(difference(0.15), difference(-0.4, item="r")) == [
        ("q", "ar"),
        ("r", "ar"),
    ]


def test_small_ones_other_variables_and_languages_together_do_not():
    assert checked(difference(0.146)) == []
    assert checked(difference(0.4, variable="age")) == []
    assert checked(difference(0.4, group="other")) == []


def test_an_item_and_language_are_named_once():
    assert checked(difference(0.4), difference(0.2)) == [("q", "ar")]


def statements(arabic):
    rng = np.random.default_rng(1)
    german = rng.choice(SCALE, 300, p=(0.3, 0.3, 0.2, 0.1, 0.1))
    others = rng.choice(SCALE, 150, p=arabic)
    table = pd.DataFrame({"liking": [*german, *others]})
    table["channel"] = "link"
    table["form_language"] = ["de"] * 300 + ["ar"] * 150
    publication = publish(package(table, items=(LIKING,)), seed=1, resamples=10)
    return [
        (each.kind, each.item, each.value)
        for each in publication.table("liking-by-form_language").statements
        if each.kind == "check_translation"
    ]


def test_the_gate_says_so_of_published_figures():
    # Two languages: whatever one says of the other holds the other way round.
    assert sorted(statements((0.02, 0.08, 0.2, 0.3, 0.4))) == [
        ("check_translation", "liking", "ar"),
        ("check_translation", "liking", "de"),
    ]


def test_alike_languages_are_not_suspected():
    assert statements((0.3, 0.3, 0.2, 0.1, 0.1)) == []
