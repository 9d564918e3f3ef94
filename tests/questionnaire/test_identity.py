"""The same words and the same answers, and nothing else, make the same item."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from survey.questionnaire.identity import identities, reworded
from tests.questionnaire.examples import NAMES, edition
from tests.questionnaire.test_comparison import frozen, only_in


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_an_identity_in_every_language(name):
    found = identities(edition(name))
    items = [
        item.name for stop in edition(name).route.stops.values() for item in stop.items
    ]
    assert list(found) == items
    for one in found.values():
        assert list(one.wording) == ["de"]
        assert len(one.wording["de"]) == len(one.structure) == 16


def test_hashes_are_those_of_the_documented_content():
    """The JSON written by hand as docs/data-package.md says, hashed by sha256sum.

    {"label":"Sind Sie Mitglied?","option no":"Nein","option yes":"Ja"} and
    {"beside":[true,false,false],"kind":"single","limits":[0,0],"options":
    [["yes",false],["no",false]],"reversed":false,"scale":"","unit":[0,""]}
    """
    found = identities(frozen())["member"]
    assert found.wording["de"] == "077214c7bd7d9162"
    assert found.structure == "923a9a8e44fbe5a3"


def test_only_the_items_that_read_otherwise_are_reworded():
    old = frozen()
    assert list(reworded(old, old)) == []
    assert list(reworded(old, frozen(("Are you a", "Are you still a")))) == [
        ("member", "en")
    ]
    sports = ('label = { de = "Sport", en = "Sports" }', 'label = "Bewegung"')
    german = freeze_german(sports)
    assert list(reworded(freeze_german(), german)) == [
        ("liked_f1", "de"),
        ("most", "de"),
    ]


def freeze_german(*changes):
    return frozen(*changes, languages=["de"])


def test_a_question_above_rows_rewords_every_row():
    new = frozen(("How do you like …?", "How happy are you with …?"))
    assert list(reworded(frozen(), new)) == [("liked_f1", "en"), ("liked_f2", "en")]


def test_an_added_language_rewords_nothing():
    assert list(reworded(frozen(languages=["de"]), frozen())) == []


def test_white_space_composition_and_slots_are_not_words():
    new = frozen(
        ("Wie gefällt Ihnen …?", "  Wie  gefällt Ihnen\\u00a0…?"),
        ('place = "Musterstadt"', 'place = "Neustadt"'),
    )
    texts = dict(new.questionnaire.texts)
    texts["de"] = {
        key: unicodedata.normalize("NFD", text) for key, text in texts["de"].items()
    }
    new = replace(new, questionnaire=replace(new.questionnaire, texts=texts))
    assert identities(new) == identities(frozen())


def test_words_and_answers_are_told_apart():
    old = identities(frozen())
    limit = identities(frozen(("at_most = 1", "at_most = 2")))
    assert limit["most"].wording == old["most"].wording
    assert limit["most"].structure != old["most"].structure
    turned = identities(frozen(('options = ["f1", "f2",', 'options = ["f2", "f1",')))
    assert turned["most"].wording == old["most"].wording
    assert turned["most"].structure != old["most"].structure


def test_where_an_item_is_not_asked_it_has_no_wording():
    found = identities(only_in(frozen(), "most", ("de",)))["most"]
    assert found.wording["en"] == ""
    assert found.wording["de"]
