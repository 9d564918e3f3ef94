"""What one edition changes of another: every change by its place, none forgotten."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType

import pytest

from survey.authoring import toml
from survey.questionnaire import comparison
from survey.questionnaire.comparison import SETTINGS, STRUCTURE, WORDING, difference
from survey.questionnaire.edition import freeze
from survey.questionnaire.model import (
    Medium,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from tests.questionnaire.examples import NAMES, edition

SOURCE = """
name = "clubs"
language = "de"
title = { de = "Vereine in {place}", en = "Clubs in {place}" }

[settings]
place = "Musterstadt"
release_hour = 4

[[fields]]
code = "f1"
label = { de = "Sport", en = "Sports" }
short = { de = "Sport", en = "Sports" }

[[fields]]
code = "f2"
label = { de = "Musik", en = "Music" }
short = { de = "Musik", en = "Music" }

[[pages]]
name = "first"
title = { de = "Zuerst", en = "First" }

[[pages.questions]]
name = "member"
kind = "single"
label = { de = "Sind Sie Mitglied?", en = "Are you a member?" }
dont_know = true
options = [
  { code = "yes", label = { de = "Ja", en = "Yes" } },
  { code = "no", label = { de = "Nein", en = "No" } },
]

[[pages.questions]]
name = "liked"
kind = "battery"
label = { de = "Wie gefällt Ihnen …?", en = "How do you like …?" }
rows = ["f1", "f2"]
options = [
  { code = "good", label = { de = "gut", en = "good" } },
  { code = "bad", label = { de = "schlecht", en = "bad" } },
]

[[pages]]
name = "second"

[[pages.questions]]
name = "most"
kind = "pick"
label = { de = "Was zuerst?", en = "What first?" }
hint = { de = "Höchstens eins.", en = "One at most." }
at_most = 1
shown_if = "${member} = 'yes'"
options = ["f1", "f2", { code = "pool", label = { de = "Bad", en = "Pool" } }]
"""


def frozen(*changes, languages=("de", "en")):
    text = SOURCE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return freeze(toml.read(text.encode(), name="clubs"), languages)


def found(*changes, languages=("de", "en")):
    """Part, place, languages and whether it is refused, of every change."""
    return [
        (each.part, each.place, each.languages, not each.is_correction)
        for each in difference(frozen(), frozen(*changes, languages=languages))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_edition_does_not_differ_from_itself(name):
    assert difference(edition(name), edition(name)) == ()


def test_words_are_compared_where_they_are_read_and_per_language():
    assert found(("Are you a member?", "Are you a club member?")) == [
        (WORDING, "member.label", ("en",), False)
    ]
    assert found(('{ de = "Ja", en = "Yes" }', '{ de = "Jawohl", en = "Yes!" }')) == [
        (WORDING, "member.options.yes", ("de", "en"), False)
    ]
    assert found(('de = "Vereine in', 'de = "Klubs in')) == [
        (WORDING, "title", ("de",), False)
    ]
    assert found(('de = "Zuerst"', 'de = "Zum Anfang"')) == [
        (WORDING, "page.first.title", ("de",), False)
    ]


def test_a_wording_that_several_questions_share_is_named_once():
    new = 'label = { de = "Sport", en = "Sport and play" }'
    changed = ('label = { de = "Sport", en = "Sports" }', new)
    assert found(changed) == [(WORDING, "field.f1.label", ("en",), False)]


def test_words_kept_under_another_key_are_the_same_words():
    own = """options = [
  { code = "f1", label = { de = "Sport", en = "Sports" } },
  { code = "f2", label = { de = "Musik", en = "Music" } },"""
    other = frozen(('options = ["f1", "f2",', own))
    assert other != frozen()
    assert difference(frozen(), other) == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('hint = { de = "Höchstens eins.", en = "One at most." }\n', "", "most.hint"),
        (
            "dont_know = true",
            'dont_know = { de = "Keine Ahnung", en = "No idea" }',
            "member.dont_know",
        ),
        (
            'name = "second"\n',
            'name = "second"\ntitle = { de = "Dann", en = "Then" }\n',
            "page.second.title",
        ),
    ],
)
def test_hints_headings_and_own_words_may_come_and_go(old, new, place):
    assert found((old, new)) == [(WORDING, place, ("de", "en"), False)]


def test_another_picture_is_a_correction():
    old = edition("single")
    (page,) = old.questionnaire.pages
    (question,) = page.questions
    shown = replace(question, pictogram="club.svg")
    pages = (replace(page, questions=(shown,)),)
    new = replace(old, questionnaire=replace(old.questionnaire, pages=pages))
    (change,) = difference(old, new)
    assert (change.part, change.place) == (WORDING, f"{question.name}.pictogram")
    assert change.is_correction


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("at_most = 1", "at_most = 2", "most.at_most"),
        ("'yes'", "'no'", "most.shown_if"),
        ("dont_know = true\n", "", "member.has_dont_know"),
        ('name = "member"', 'name = "member"\nrole = "experience"', "member.role"),
        ('name = "member"', 'name = "member"\nscale = "yesno"', "member.scale"),
        ('name = "member"', 'name = "member"\nfield = "f1"', "member.field_of_action"),
        ('code = "bad"', 'code = "worse"', "liked.options"),
        ('rows = ["f1", "f2"]', 'rows = ["f1"]', "liked.rows"),
        ('rows = ["f1", "f2"]', 'rows = ["f2", "f1"]', "liked.rows"),
        ('options = ["f1", "f2",', 'options = ["f2", "f1",', "most.options"),
        (
            'en = "Pool" }',
            'en = "Pool" }, exclusive = true',
            "most.options.pool.exclusive",
        ),
        ('name = "most"', 'name = "best"', "page.second.questions"),
        ('name = "second"', 'name = "other"', "pages"),
        ('language = "de"', 'language = "en"', "source_language"),
        (
            'language = "de"',
            'language = "de"\nscreened_out_if = "${member} = \'no\'"',
            "screened_out_if",
        ),
    ],
)
def test_what_decides_an_answers_meaning_is_no_correction(old, new, place):
    changes = found((old, new))
    assert changes
    assert {part for part, *_ in changes} == {STRUCTURE}
    assert {where for _, where, *_ in changes} == {place}
    assert all(is_refused for *_, is_refused in changes)


def test_fields_in_another_order_are_no_correction():
    old = frozen()
    turned = replace(old.questionnaire, fields=old.questionnaire.fields[::-1])
    changes = difference(old, freeze(turned, ["de", "en"]))
    assert [(each.place, each.is_correction) for each in changes] == [("fields", False)]


def test_a_question_on_another_page_is_named_on_both():
    old = frozen()
    first, second = old.questionnaire.pages
    moved = (
        replace(first, questions=first.questions[:1]),
        replace(second, questions=(first.questions[1], *second.questions)),
    )
    new = replace(old, questionnaire=replace(old.questionnaire, pages=moved))
    told = [str(each) for each in difference(old, new)]
    assert told == [
        "page.first.questions: liked is missing.",
        "page.second.questions: liked is new.",
    ]


def changed(thing, name):
    """The thing with some other value of one attribute."""
    other = ("x",) if isinstance(getattr(thing, name), tuple) else "x"
    return replace(thing, **{name: other})


def test_what_a_page_demands_is_fixed_and_its_words_are_not():
    old = edition("together")
    asked = old.questionnaire
    said = {**asked.texts["de"], "page.years.constraint_message": "y"}
    assert [str(c) for c in difference(old, reworded(old, said))] == [
        "page.years.constraint_message (de): The words changed."
    ]
    *others, years = asked.pages
    without = replace(years, has_constraint_message=False)
    less = with_pages(old, (*others, without))
    assert all(change.is_correction for change in difference(old, less))
    stricter = with_pages(old, (*others, replace(years, constraint="${until} > 1")))
    (change,) = difference(old, stricter)
    assert (change.part, change.place) == (STRUCTURE, "page.years.constraint")


def reworded(edition, texts):
    changed = replace(edition.questionnaire, texts={"de": texts})
    return replace(edition, questionnaire=changed)


def with_pages(edition, pages):
    changed = replace(edition.questionnaire, pages=pages)
    return replace(edition, questionnaire=changed)


def test_an_attribute_that_is_not_listed_is_no_correction():
    """So that one added later is refused until somebody has thought about it."""
    old = edition("battery")
    asked = old.questionnaire
    (page,) = asked.pages
    (question,) = page.questions
    places = {
        Questionnaire: (asked, lambda new: new),
        Page: (page, lambda new: replace(asked, pages=(new,))),
        Question: (question, lambda new: within(page, new)),
        Option: (question.options[0], lambda new: with_option(new)),
        Row: (question.rows[0], lambda new: with_row(new)),
        SurveySettings: (asked.settings, lambda new: replace(asked, settings=new)),
    }

    def within(page, new):
        return replace(asked, pages=(replace(page, questions=(new,)),))

    def with_option(new):
        options = (new, *question.options[1:])
        return within(page, replace(question, options=options))

    def with_row(new):
        return within(page, replace(question, rows=(new, *question.rows[1:])))

    assert set(places) == set(comparison.APART)
    for kind, (thing, put) in places.items():
        names = {attribute.name for attribute in fields(kind)}
        assert names >= comparison.APART[kind]
        for name in names - comparison.APART[kind]:
            new = replace(old, questionnaire=put(changed(thing, name)))
            changes = difference(old, new)
            assert [each.is_correction for each in changes] == [False], (kind, name)


def test_another_file_under_the_same_name_is_a_correction():
    old = edition("single")
    editions = [
        replace(
            old,
            questionnaire=replace(
                old.questionnaire, media=(Medium("a.png", file), Medium("b.png", "b"))
            ),
        )
        for file in ("1.png", "2.png")
    ]
    (change,) = difference(*editions)
    assert (change.part, change.place) == (WORDING, "media.a.png")
    assert change.is_correction


def test_slots_are_corrected_and_other_settings_stand():
    assert found(('place = "Musterstadt"', 'place = "Neustadt"')) == [
        (SETTINGS, "settings.place", (), False)
    ]
    assert found(("release_hour = 4", "release_hour = 5")) == [
        (SETTINGS, "settings.release_hour", (), True)
    ]


def test_a_language_may_come_and_none_may_go():
    assert difference(frozen(languages=["de"]), frozen())[0].languages == ("en",)
    (change,) = difference(frozen(languages=["de"]), frozen())
    assert (change.part, change.place) == (SETTINGS, "languages")
    assert change.is_correction
    assert found(languages=("de",)) == [(SETTINGS, "languages", ("en",), True)]


def test_the_first_language_stays_first():
    assert found(languages=("en", "de")) == [(SETTINGS, "languages", (), True)]


def only_in(edition, name, languages):
    """The edition with one question asked in these languages alone."""
    pages = tuple(
        replace(
            page,
            questions=tuple(
                replace(each, only_in=languages) if each.name == name else each
                for each in page.questions
            ),
        )
        for page in edition.questionnaire.pages
    )
    return replace(edition, questionnaire=replace(edition.questionnaire, pages=pages))


def test_who_is_asked_shows_in_the_answers_and_stays():
    old, new = only_in(frozen(), "most", ("de",)), frozen()
    (change,) = difference(old, new)
    assert (change.part, change.place) == (STRUCTURE, "most.only_in")
    assert change.languages == ("en",)
    assert not change.is_correction


def test_a_new_language_without_a_question_that_everybody_had_is_refused():
    """Its answers would say "not asked", which nobody's said before."""
    old = frozen(languages=["de"])
    added, refused = difference(old, only_in(frozen(), "most", ("de",)))[::-1]
    assert added.is_correction
    assert (refused.place, refused.languages) == ("most.only_in", ("en",))
    assert not refused.is_correction


def test_a_new_language_may_lack_what_another_lacks_already():
    wide = MappingProxyType({**frozen().questionnaire.texts, "ar": {}})
    old = only_in(frozen(), "most", ("de",))
    new = replace(
        old,
        questionnaire=replace(old.questionnaire, texts=wide),
        languages=("de", "en", "ar"),
    )
    assert [each.place for each in difference(old, new)] == ["languages"]


def test_refusals_name_place_reason_and_remedy_and_leave_corrections_out():
    changes = difference(
        frozen(),
        frozen(("at_most = 1", "at_most = 2"), ("Are you a", "Are you still a")),
    )
    (problem,) = comparison.refusals(changes, file="clubs.toml")
    assert str(problem) == (
        "clubs.toml: most.at_most: It was “1” and is now “2”. "
        "Take it back, and ask it so in the next survey."
    )
