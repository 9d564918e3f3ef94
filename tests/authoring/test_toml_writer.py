"""Writing TOML: what is written reads back as the same questionnaire."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring import toml
from survey.authoring.toml_writer import quoted
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.texts import text_keys
from tests.questionnaire.examples import NAMES, questionnaire

NAME = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
WORDS = st.text(min_size=1, max_size=20).filter(lambda text: text == text.strip() != "")


@pytest.mark.parametrize("name", [*NAMES, "zusammenleben"])
def test_what_is_written_reads_back_the_same(name):
    asked = questionnaire(name)
    text = toml.write(asked)
    again = toml.read(text.encode())
    assert again == asked
    assert toml.write(again) == text


def test_the_file_is_written_as_an_author_would():
    lines = toml.write(questionnaire("pick_and_rank")).splitlines()
    assert lines[:3] == [
        'name = "pick_and_rank"',
        'language = "de"',
        'title = "Auswählen und ordnen"',
    ]
    assert "options = [" in lines
    assert '  "f1",' in lines
    none = '  { code = "none", label = "In keinem Bereich", exclusive = true },'
    assert none in lines
    assert lines.count("options = [") == 1  # the rank takes its options over
    assert "at_most = 3" in lines
    assert "random_order = true" in lines


def test_translations_stand_beside_their_source():
    text = toml.write(questionnaire("languages"))
    assert 'label = { de = "Ja", ar = "نعم", en = "Yes" }' in text
    assert "[settings.slots]" in text


@given(st.text())
def test_every_text_can_be_quoted(text):
    clean = text.encode("utf-8", "ignore").decode()
    assert tomllib.loads(f"a = {quoted(clean)}")["a"] == clean


@st.composite
def questionnaires(draw):
    """Any questionnaire that a file can hold, whether it makes sense or not."""
    fields = tuple(map(FieldOfAction, draw(st.lists(NAME, max_size=3, unique=True))))
    names = iter(draw(st.lists(NAME, min_size=8, max_size=8, unique=True)))
    pages = tuple(
        Page(
            name=next(names),
            questions=tuple(draw(questions(next(names), fields)) for _ in range(count)),
            part=draw(st.sampled_from(["core", "more"])),
            has_title=draw(st.booleans()),
            has_hint=draw(st.booleans()),
        )
        for count in draw(st.lists(st.integers(0, 2), min_size=1, max_size=2))
    )
    asked = Questionnaire(
        name=draw(NAME),
        source_language="de",
        fields=fields,
        pages=pages,
        texts=MappingProxyType({"de": {}}),
        cross_cutting=tuple(draw(st.lists(NAME, max_size=2, unique=True))),
        screened_out_if=draw(st.sampled_from(["", "${q} = 'no'"])),
        settings=draw(settings()),
    )
    return replace(asked, texts=draw(texts(asked)))


@st.composite
def questions(draw, name, fields):
    codes = draw(st.lists(NAME, max_size=3, unique=True))
    own = [
        Option(c, f"{name}.option.{c}", exclusive=draw(st.booleans())) for c in codes
    ]
    shared = [Option(field.code, f"field.{field.code}.label") for field in fields]
    rows = [Row(f"{name}_{f.code}", f"field.{f.code}.label", f.code) for f in fields]
    rows += [Row(c, f"{c}.label", draw(st.sampled_from(["", "f"]))) for c in codes]
    flag = st.booleans()
    return Question(
        name=name,
        kind=draw(st.sampled_from(["single", "multiple", "battery", "text"])),
        options=tuple(draw(st.permutations([*own, *shared]))),
        rows=tuple(draw(st.permutations(rows))) if draw(flag) else (),
        field_of_action=draw(st.sampled_from(["", "f1"])),
        cross_cutting=tuple(draw(st.lists(NAME, max_size=2))),
        role=draw(st.sampled_from(["other", "pick"])),
        scale=draw(st.sampled_from(["", "scale5"])),
        shown_if=draw(st.sampled_from(["", '${a} = "it\'s" and ${b} > 3'])),
        at_most=draw(st.integers(0, 9)),
        longest=draw(st.integers(0, 9)),
        has_hint=draw(flag),
        has_dont_know=draw(flag),
        has_prefer_not=draw(flag),
        is_sensitive=draw(flag),
        is_reversed=draw(flag),
        has_random_order=draw(flag),
    )


@st.composite
def settings(draw):
    slots = draw(st.dictionaries(NAME, WORDS, max_size=2))
    if draw(st.booleans()):
        slots = {"place": draw(WORDS), **slots}
    return SurveySettings(
        slots=MappingProxyType(slots),
        privacy_profile=draw(st.sampled_from(["standard", "village"])),
        groups=tuple(draw(st.lists(NAME, max_size=2))),
        three_way=tuple(draw(st.lists(NAME, max_size=3))),
        language_groups=tuple(draw(st.sampled_from([[], ["de", "ar"]]))),
        group_base=draw(st.integers(0, 60)),
        interim=draw(st.booleans()),
        release_hour=draw(st.integers(0, 30)),
        review_rules=tuple(draw(st.lists(NAME, max_size=1))),
    )


@st.composite
def texts(draw, asked):
    """Every needed text in German, some in Arabic, own words where offered."""
    keys = [entry.key for entry in text_keys(asked)]
    for question in asked.questions():
        for part in ("dont_know", "prefer_not"):
            if getattr(question, f"has_{part}") and draw(st.booleans()):
                keys.append(question.key(part))
    german = {key: draw(WORDS) for key in keys}
    arabic = {key: draw(WORDS) for key in keys if draw(st.booleans())}
    found = {"de": german, **({"ar": arabic} if arabic else {})}
    return MappingProxyType(found)


@given(questionnaires())
def test_any_questionnaire_survives_being_written(asked):
    text = toml.write(asked)
    again, _ = toml.inspect(text.encode())
    assert again == asked
