"""A town changes the reference questionnaire; every language stays complete."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring import shipped, stored, toml
from survey.authoring.library_entries import FIELD, entries
from survey.language.registry import registry
from survey.questionnaire.edition import freeze
from survey.questionnaire.texts import completeness

SOURCE = shipped.source("zusammenleben")
LANGUAGES = [language.code for language in registry().released]
OWN_FIELD = """code = "f8"
label = "Mobilität und öffentliche Plätze"
short = "Mobilität"
"""
FREE = ("q03", "q07", "q08", "q09", "q10", "q11", "q12", "q13", "q14", "q15")
BY_KIND = {
    is_field: [entry.name for entry in entries() if (entry.kind == FIELD) == is_field]
    for is_field in (True, False)
}


def whole(source, name=""):
    """What is published of a file: taken in, kept, completed with translations."""
    asked = toml.read(source.encode(), name=name)
    return shipped.with_translations(stored.read(stored.write(asked), name=name))


def missing(questionnaire):
    """Language → keys it lacks."""
    return {
        language: completeness(questionnaire, language).missing
        for language in LANGUAGES
        if completeness(questionnaire, language).missing
    }


def with_page(source, content, name="own"):
    before, last, after = source.rpartition('[[pages]]\nname = "q24"')
    page = f'[[pages]]\nname = "{name}"\npart = "more"\n\n[[pages.questions]]\n'
    return f"{before}{page}{content}\n\n{last}{after}"


def without_page(source, name):
    return re.sub(
        rf'\[\[pages\]\]\nname = "{name}"\n.*?(?=\[\[pages\]\])',
        "",
        source,
        flags=re.DOTALL,
    )


def test_one_more_question_and_one_renamed_field():
    changed = SOURCE.replace(OWN_FIELD, 'code = "f8"\nlibrary = "mobility"\n')
    changed = with_page(changed, 'library = "night_safety"')
    assert missing(whole(changed)) == {}
    assert freeze(whole(changed), LANGUAGES).text("field.f8.label", "ar") == "التنقل"


def test_a_field_more_with_a_row_of_its_own():
    changed = SOURCE.replace(
        '[[fields]]\ncode = "f9"',
        '[[fields]]\nlibrary = "climate"\n\n[[fields]]\ncode = "f9"',
    )
    changed = changed.replace(
        '  { name = "q04_f9"', '  "climate",\n  { name = "q04_f9"'
    )
    found = whole(changed)
    assert missing(found) == {}
    row = found.question("q04").rows[-2]
    assert (row.name, row.field_of_action) == ("q04_climate", "climate")
    assert found.texts["ar"][row.text] == "المناخ والحماية من الحر"


@pytest.mark.parametrize("name", FREE)
def test_a_question_less(name):
    changed = without_page(SOURCE, name)
    assert f'name = "{name}"' not in changed
    assert missing(whole(changed)) == {}


@pytest.mark.parametrize("slug", ["unser-dorf", "library", "x"])
def test_another_name_of_the_questionnaire(slug):
    assert missing(whole(SOURCE.replace('"zusammenleben"', f'"{slug}"', 1))) == {}


def test_other_names_of_every_question_row_page_field_and_theme():
    names = set(re.findall(r'(?:name|code) = "([a-z]+[0-9a-z_]*)"', SOURCE))
    renamed = {name: f"x_{name}" for name in names if re.match(r"[qdf]\d", name)}
    changed = re.sub(
        r"\b[qdf]\d+(?:_f\d)?\b", lambda match: renamed.get(match[0], match[0]), SOURCE
    )
    changed = changed.replace('"zusammenleben"', '"other"', 1)
    changed = changed.replace('code = "children"', 'code = "kids"')
    changed = changed.replace('"children"', '"kids"')
    found = whole(changed)
    assert "q07" not in {question.name for question in found.questions()}
    assert missing(found) == {}
    original = shipped.load("zusammenleben")
    assert (
        found.texts["ar"]["x_q07.option.evening"]
        == original.texts["ar"]["q07.option.evening"]
    )
    assert found.texts["en"]["x_q04_f1.label"] == original.texts["en"]["q04_f1.label"]


def test_other_codes_of_the_answers():
    changed = SOURCE.replace('code = "no_need"', 'code = "none_needed"')
    found = whole(changed)
    assert missing(found) == {}
    original = shipped.load("zusammenleben").texts["ar"]["q07.option.no_need"]
    assert found.texts["ar"]["q07.option.none_needed"] == original


def test_a_changed_text_alone_is_missing_and_no_translation_is_mixed_in():
    changed = SOURCE.replace("Ein Kurs am Abend", "Ein Kurs am Wochenende")
    assert missing(whole(changed)) == {
        language: ("q07.option.evening",) for language in LANGUAGES if language != "de"
    }


def test_an_answer_means_something_only_with_its_question():
    """ "Gar nicht" of one question is another word in Arabic than of the next."""
    own = """name = "own"
kind = "single"
label = "Wie sehr stört Sie der Lärm?"
options = [
  { code = "very", label = "Sehr" },
  { code = "not_at_all", label = "Gar nicht" },
]"""
    found = missing(whole(with_page(SOURCE, own)))
    assert found["ar"] == ("own.label", "own.option.very", "own.option.not_at_all")


def test_words_of_the_town_stay_where_it_has_some():
    changed = SOURCE.replace(
        'label = "Ein Kurs am Abend"',
        'label = { de = "Ein Kurs am Abend", ar = "دورة في المساء" }',
    )
    found = whole(changed)
    assert found.texts["ar"]["q07.option.evening"] == "دورة في المساء"
    assert missing(found) == {}


@given(st.randoms(use_true_random=False), st.sampled_from(BY_KIND[False]))
def test_any_order_with_any_question_of_the_library(chance: random.Random, added):
    asked = toml.read(with_page(SOURCE, f'library = "{added}"').encode())
    pages = [page for page in asked.pages if page.name in (*FREE, "own")]
    kept = chance.sample(pages, chance.randint(1, len(pages)))
    others = [page for page in asked.pages if page.name not in (*FREE, "own")]
    found = shipped.with_translations(replace(asked, pages=(*others, *kept)))
    assert missing(found) == {}


@given(
    st.sampled_from([f"f{number}" for number in range(1, 10)]),
    st.sampled_from(BY_KIND[True]),
)
def test_any_field_renamed_from_the_library(code, entry):
    changed = re.sub(
        rf'code = "{code}"\nlabel = .*\nshort = .*\n',
        f'code = "{code}"\nlibrary = "{entry}"\n',
        SOURCE,
    )
    assert changed != SOURCE
    assert missing(whole(changed)) == {}
