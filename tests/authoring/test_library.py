"""The shipped library, and what of it is taken into a questionnaire."""

from __future__ import annotations

import pytest

from survey.authoring import library, shipped, toml
from survey.authoring.library_entries import FIELD, entries
from survey.authoring.toml_extract import LONGEST_SHORT
from survey.language.registry import registry
from survey.questionnaire import check
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.problem import errors_only
from survey.questionnaire.texts import completeness, text_keys

LANGUAGES = [language.code for language in registry().released]
ENTRIES = list(entries())
QUESTIONS = [entry for entry in ENTRIES if entry.kind != FIELD]
FIELDS = [entry for entry in ENTRIES if entry.kind == FIELD]
SMALL = """
name = "small"
language = "{language}"
title = "{title}"

[settings]
place = "Musterstadt"
help_address = "Rathaus"
{fields}
[[pages]]
name = "first"

[[pages.questions]]
{question}
"""


def small(question='library = "welcome"', *, fields="", language="de", title="Ort"):
    text = SMALL.format(
        language=language, title=title, fields=fields, question=question
    )
    return toml.inspect(text.encode(), name="small")


def line_of(problem, needle, **more):
    """Whether a problem stands on the line with these words."""
    text = SMALL.format(**{"language": "de", "title": "Ort", "fields": "", **more})
    lines = text.splitlines()
    return needle in lines[problem.line - 1]


def field_of(code):
    return f'[[fields]]\ncode = "{code}"\nlabel = "Feld"\nshort = "Feld"\n'


def reference_with(page):
    """The reference questionnaire with one more page before its last."""
    text = shipped.source("zusammenleben")
    before, last, after = text.rpartition('[[pages]]\nname = "final"')
    return toml.inspect(f"{before}{page}\n{last}{after}".encode())


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry.name)
def test_a_question_stands_in_the_reference_questionnaire_by_its_name_alone(entry):
    page = f'[[pages]]\nname = "own"\npart = "more"\n\n{entry.header}\n'
    asked, problems = reference_with(f'{page}library = "{entry.name}"\n')
    assert errors_only(problems) == []
    taken = asked.question(entry.name)
    assert taken.kind == entry.kind
    assert taken.field_of_action in {field.code for field in asked.fields}
    whole = shipped.with_translations(asked)
    for language in LANGUAGES:
        assert completeness(whole, language).missing == ()


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry.name)
def test_a_question_is_optional_balanced_and_says_what_it_is_for(entry):
    taken = shipped.in_every_language(library.NAME).question(entry.name)
    assert taken.field_of_action
    assert taken.role in ("experience", "barrier", "other")
    assert not taken.shown_if
    kind = KINDS[taken.kind]
    has_way_out = taken.has_dont_know or taken.has_prefer_not
    stands_alone = any(option.exclusive for option in taken.options)
    knows_oneself = {option.code for option in taken.options} & {
        "never",
        "not_applicable",
        "not_interested",
    }
    assert has_way_out or stands_alone or knows_oneself or not kind.is_closed


@pytest.mark.parametrize("entry", FIELDS, ids=lambda entry: entry.name)
def test_a_field_has_a_short_name_that_fits_a_chart_in_every_language(entry):
    whole = shipped.in_every_language(library.NAME)
    for language in LANGUAGES:
        short = whole.texts[language][f"field.{entry.name}.short"]
        assert 0 < len(short) <= LONGEST_SHORT
        assert len(short) <= len(whole.texts[language][f"field.{entry.name}.label"])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_an_entry_is_there_in_every_released_language(entry):
    assert set(entry.languages) == set(LANGUAGES)


def test_no_name_is_one_of_the_reference_questionnaire():
    reference = shipped.load("zusammenleben")
    taken = {entry.key for entry in text_keys(reference)} - {"title"}
    assert not taken & {
        entry.key for entry in text_keys(shipped.in_every_language(library.NAME))
    }
    names = {"q22", "d6", *(page.name for page in reference.pages)}
    names |= {question.name for question in reference.questions()}
    assert not names & {entry.name for entry in ENTRIES}


def test_there_are_some_forty_questions_and_twenty_fields():
    assert len(QUESTIONS) >= 40
    assert len(FIELDS) >= 20


def test_what_is_written_out_is_what_is_taken():
    for entry in QUESTIONS:
        taken, _ = small(f'library = "{entry.name}"')
        themes = "cross_cutting"
        lines = [line for line in entry.toml.split("\n") if not line.startswith(themes)]
        written, _ = small("\n".join(lines))
        assert taken.question(entry.name) == written.question(entry.name)
        assert taken.texts == written.texts


def test_a_question_may_get_a_name_a_field_a_role_and_a_condition():
    own = """
library = "bus_rating"
name = "b1"
field = "f3"
role = "other"
"""
    asked, problems = small(own, fields=field_of("f3"))
    assert errors_only(problems) == []
    taken = asked.question("b1")
    assert (taken.field_of_action, taken.role) == ("f3", "other")
    assert [row.name for row in taken.rows][:2] == ["b1_frequency", "b1_evenings"]
    assert asked.texts["de"]["b1_prices.label"] == "Preise"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [(("safety", "f9"), "safety"), (("f9",), "f9"), (("safety",), "safety")],
)
def test_a_question_goes_to_the_first_of_its_fields_that_is_there(fields, expected):
    asked, problems = small(
        'library = "night_safety"', fields="\n".join(map(field_of, fields))
    )
    assert errors_only(problems) == []
    assert asked.question("night_safety").field_of_action == expected


def test_a_question_whose_fields_are_all_missing_says_so():
    _, [problem] = small('library = "night_safety"')
    assert problem.place == "night_safety.field"
    assert problem.reason == "There is no field of action safety."
    assert line_of(problem, "[[pages.questions]]", question="")


def test_a_field_may_get_a_code():
    fields = '[[fields]]\ncode = "f8"\nlibrary = "mobility"\n'
    asked, problems = small(fields=fields + field_of("f9"))
    assert errors_only(problems) == []
    assert asked.texts["de"]["field.f8.label"] == "Mobilität"
    assert [field.code for field in asked.fields] == ["f8", "f9"]


def test_what_the_library_lacks_is_named_with_what_was_meant():
    _, [problem] = small('library = "night_safty"')
    assert problem.place == "pages[1].questions[1].library"
    assert problem.reason == "The library has no question 'night_safty'."
    assert problem.remedy == "Did you mean night_safety?"
    assert line_of(problem, "night", question='library = "night_safty"')
    _, [problem, *_] = small(fields='[[fields]]\nlibrary = "zzz"\n')
    assert problem.reason == "The library has no field 'zzz'."
    assert "survey questionnaire library" in problem.remedy


@pytest.mark.parametrize("own", ['label = "Anders?"', "options = []", "kind = 1"])
def test_wordings_and_answers_stay_those_of_the_library(own):
    question, fields = f'library = "welcome"\n{own}', field_of("f9")
    _, [problem] = small(question, fields=fields)
    assert problem.place.rpartition(".")[2] == own.partition(" ")[0]
    assert line_of(problem, own, question=question, fields=fields)
    assert "name, field, cross_cutting, role, shown_if" in problem.remedy


@pytest.mark.parametrize(
    "own", ['library = ["welcome"]', "library = 1", "library = ''"]
)
def test_a_name_that_is_no_name_is_refused(own):
    _, [problem] = small(own)
    assert problem.place == "pages[1].questions[1].library"
    assert line_of(problem, own, question=own)


def test_a_town_that_writes_english_gets_the_library_in_english():
    asked, problems = small(
        'library = "welcome"', fields=field_of("f9"), language="en", title="Town"
    )
    assert errors_only(problems) == []
    assert asked.texts["en"]["welcome.label"] == "How welcome do you feel in {place}?"
    whole = shipped.with_translations(asked)
    assert whole.texts["ar"]["welcome.option.very"] == "ترحيب كبير"
    assert whole.texts["de"]["welcome.option.very"] == "Sehr willkommen"


def test_a_town_that_writes_a_language_the_library_lacks_is_told_what_is_missing():
    asked, problems = small(fields=field_of("f9"), language="nl", title="Stad")
    missing = {problem.place for problem in problems}
    assert "welcome.label" in missing
    assert (
        asked.texts["de"]["welcome.label"]
        == "Wie willkommen fühlen Sie sich in {place}?"
    )


def test_what_was_taken_comes_back_from_an_exported_file():
    asked, _ = small('library = "bus_rating"\nname = "b1"', fields=field_of("f8"))
    written = toml.write(asked)
    assert "library" not in written
    again = toml.read(written.encode())
    assert again == asked
    whole = shipped.with_translations(again)
    assert whole.texts["ar"]["b1_prices.label"] == "الأسعار"


def test_the_library_follows_the_rules_for_authors():
    whole = shipped.in_every_language(library.NAME)
    # title, slots, themes and length belong to the questionnaire that takes from it
    others = ("title", "cross_cutting", "pages")
    found = [
        problem
        for problem in check.check(whole)
        if not problem.place.endswith(others) and "slot" not in problem.reason
    ]
    assert found == []
