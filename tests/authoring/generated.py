"""Questionnaires made up by chance that can be published, of every kind."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import assume
from hypothesis import strategies as st

from survey.questionnaire import check
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    OptionList,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)
from survey.questionnaire.problem import errors_only
from survey.questionnaire.texts import text_keys

CODES = ("yes", "no", "partly", "other_one", "1", "24")
SIGNS = " =+-@'\"&<>;,.:\n…_*()/\\09"
WORDS = st.sampled_from(["abz XYZ", "ابت نعم", "Привіт їж"]).flatmap(
    lambda letters: st.text(letters + SIGNS, max_size=12).map(
        lambda text: f"{letters[0]}{text.strip()}"
    )
)
FLAG = st.booleans()


@st.composite
def options(draw, start):
    """Two options or more, some with a picture, the last perhaps one of a field."""
    codes = draw(st.lists(st.sampled_from(CODES), min_size=2, max_size=4, unique=True))
    found = [Option(code, f"{start}.{code}") for code in codes]
    if draw(FLAG):
        found[0] = replace(found[0], pictogram="bus.svg")
    if draw(FLAG):
        found[-1] = Option("f1", "field.f1.label")
    return tuple(found)


def _choosing(draw, name, lists):
    """Own options, or those of a shared list."""
    if lists and draw(FLAG):
        shared = draw(st.sampled_from(lists))
        return {"options": shared.options, "options_from": shared.name}
    return {"options": draw(options(f"{name}.option"))}


def _refusals(draw):
    return {"has_dont_know": draw(FLAG), "has_prefer_not": draw(FLAG)}


def _single(draw, name, lists):
    return {
        **_choosing(draw, name, lists),
        **_refusals(draw),
        "has_other": draw(FLAG),
        "has_random_order": draw(FLAG),
        "scale": draw(st.sampled_from(["", "scale5"])),
        "is_reversed": draw(FLAG),
    }


def _multiple(draw, name, lists):
    values = _choosing(draw, name, lists) | _refusals(draw)
    if not values.get("options_from") and draw(FLAG):
        first, *rest = values["options"]
        values["options"] = (*rest, replace(first, exclusive=True))
    return values | {"has_other": draw(FLAG)}


def _pick(draw, name, lists):
    values = _choosing(draw, name, lists) | _refusals(draw)
    return values | {"at_most": 1}


def _points(draw, name, lists):
    return _choosing(draw, name, lists) | {"total": draw(st.integers(1, 20))}


def _battery(draw, name, lists):
    rows = [Row(f"{name}_a", f"{name}_a.label")]
    if draw(FLAG):
        rows.append(Row(f"{name}_f1", "field.f1.label", "f1"))
    if draw(FLAG):
        rows.append(Row(f"{name}_b", f"{name}_b.label", "f2"))
    values = _choosing(draw, name, lists) | _refusals(draw)
    return values | {"rows": tuple(rows)}


def _number(draw, name, lists):
    least = draw(st.sampled_from(["", "0", "18"]))
    most = draw(st.sampled_from(["", "18", "120"]))
    default = draw(st.sampled_from(["", "18"]))
    values = {"least": least, "most": most, "decimals": draw(st.integers(0, 4))}
    return values | {"default": default} | _refusals(draw)


def _date(draw, name, lists):
    return _refusals(draw) | {
        "precision": draw(st.sampled_from(["day", "month", "year"])),
        "least": draw(st.sampled_from(["", "2020-01-31"])),
        "most": draw(st.sampled_from(["", "2026-12-31"])),
        "default_from": draw(st.sampled_from(["", "today()"])),
    }


def _text(draw, name, lists):
    default = draw(st.sampled_from(["", "Deutschland", "a b"]))
    return {"longest": draw(st.integers(20, 200)), "default": default}


KINDS = {
    "single": _single,
    "select": _single,
    "district": _single,
    "multiple": _multiple,
    "pick": _pick,
    "points": _points,
    "rank": lambda draw, name, lists: _choosing(draw, name, lists),
    "battery": _battery,
    "number": _number,
    "date": _date,
    "text": _text,
    "short_text": _text,
    "note": lambda draw, name, lists: {},
    "calculated": lambda draw, name, lists: {"calculation": "1 + 1"},
}


@st.composite
def questions(draw, name, lists, earlier):
    kind = draw(st.sampled_from(sorted(KINDS)))
    values = KINDS[kind](draw, name, lists)
    if earlier and kind != "note" and draw(FLAG):
        values["shown_if"] = f"${{{draw(st.sampled_from(earlier))}}} != ''"
    if kind in ("number", "text", "short_text") and draw(FLAG):
        values |= {"constraint": ". != '7'", "has_constraint_message": draw(FLAG)}
    return Question(
        name,
        kind,
        **values,
        has_hint=draw(FLAG),
        role=draw(st.sampled_from(["other", "experience"])),
        field_of_action=draw(st.sampled_from(["", "f2"])),
        cross_cutting=draw(st.sampled_from([(), ("age",)])),
    )


@st.composite
def questionnaires(draw):
    """One that has no error, in German and perhaps partly in Arabic."""
    names = [f"list{number}" for number in range(draw(st.integers(0, 2)))]
    lists = tuple(OptionList(name, draw(options(f"list.{name}"))) for name in names)
    pages, earlier = [], []
    for number in range(draw(st.integers(1, 4))):
        pages.append(draw(_page(f"p{number}", lists, earlier)))
        earlier += [q.name for q in pages[-1].questions if q.kind in ("number", "text")]
    asked = Questionnaire(
        name=draw(st.sampled_from(["town", "town-2026", "t_1"])),
        source_language="de",
        fields=(FieldOfAction("f1"), FieldOfAction("f2")),
        pages=tuple(pages),
        texts=MappingProxyType({"de": {}}),
        cross_cutting=("age",),
        settings=draw(_settings()),
        lists=lists,
    )
    asked = replace(asked, texts=draw(_texts(asked)))
    assume(not errors_only(check.check(asked)))
    return asked


@st.composite
def _page(draw, name, lists, earlier):
    count = draw(st.integers(1, 3))
    found = tuple(
        draw(questions(f"{name}_q{at}", lists, earlier)) for at in range(count)
    )
    is_plain = count == 1 and draw(FLAG)
    return Page(
        found[0].name if is_plain else name,
        found,
        has_title=count > 1 or draw(FLAG),
        has_hint=draw(FLAG),
        **draw(_demands(found, earlier)),
    )


@st.composite
def _demands(draw, found, earlier):
    """What typed answers of the page must fulfil together, perhaps with an earlier."""
    typed = [q.name for q in found if q.kind in ("number", "text", "short_text")]
    if not typed or draw(FLAG):
        return {}
    names = [*typed, *(earlier[:1] if draw(FLAG) else ())]
    given = ", ".join(f"${{{name}}}" for name in names)
    source = draw(
        st.sampled_from(
            [f"count({given}) >= 1", f"${{{typed[-1]}}} != '7'", f"max({given}) < 99"]
        )
    )
    return {"constraint": source, "has_constraint_message": draw(FLAG)}


@st.composite
def _settings(draw):
    slots = draw(st.sampled_from([{}, {"place": "Ort"}, {"mayor": "Eva"}]))
    return SurveySettings(
        slots=MappingProxyType(slots),
        privacy_profile=draw(st.sampled_from(["standard", "village"])),
        interim=draw(FLAG),
        group_base=draw(st.sampled_from([10, 12])),
        three_way=draw(st.sampled_from([(), ("d1", "d2", "d3")])),
        review_rules=draw(st.sampled_from([(), ("r1", "r2")])),
    )


@st.composite
def _texts(draw, asked):
    """Every needed text in German, some in Arabic, own words where offered."""
    keys = [entry.key for entry in text_keys(asked)]
    for question in asked.questions():
        for part in ("dont_know", "prefer_not", "other"):
            if getattr(question, f"has_{part}") and draw(FLAG):
                keys.append(question.key(part))
    german = {key: draw(WORDS) for key in keys}
    arabic = {key: draw(WORDS) for key in keys if draw(FLAG)}
    return MappingProxyType({"de": german, **({"ar": arabic} if arabic else {})})
