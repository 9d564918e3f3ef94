"""Any questionnaire survives the way through a .lss file."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from survey.authoring import limesurvey
from survey.questionnaire import document
from survey.questionnaire.kinds import KINDS
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
from survey.questionnaire.rules.names import RESERVED
from survey.questionnaire.texts import text_keys
from tests.authoring.limesurvey.files import inspected

NAME = st.from_regex(r"[a-z0-9]{1,4}(_[a-z0-9]{1,3})?", fullmatch=True)
LONG = st.from_regex(r"[a-z]{25,36}", fullmatch=True)
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
WORDS = st.text(
    st.one_of(SIGNS, st.sampled_from("{}<>&\n \"'")), min_size=1, max_size=12
)
NAMES = st.lists(
    st.one_of(NAME, LONG).filter(lambda name: name not in RESERVED),
    min_size=16,
    max_size=16,
    unique_by=lambda name: name.replace("_", ""),
)
CONDITIONS = ["", "${%s} = 'x'", "${%s} != ''", "count-selected(${%s}) mod 2 = 1"]
FLAGS = (
    "has_hint has_dont_know has_prefer_not is_sensitive is_reversed has_random_order "
    "has_constraint_message has_other has_audio is_asked_where_translated"
)


@st.composite
def questions(draw, names, earlier, lists):
    """One question of any kind, with whatever its kind can have."""
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    name = next(names)
    codes = draw(st.lists(NAME, min_size=2, max_size=4, unique=True))
    options = tuple(
        Option(
            code,
            f"{name}.option.{code}",
            exclusive=kind.allows_exclusive and draw(st.booleans()),
            properties=(("p", "v"),) if draw(st.booleans()) else (),
            pictogram=draw(st.sampled_from(["", "a.png"])),
        )
        for code in codes
    )
    rows = tuple(Row(row, f"{row}.label") for row in (next(names), next(names)))
    shared = draw(st.sampled_from([None, *lists]))
    condition = draw(st.sampled_from(CONDITIONS))
    found = {
        "options": options,
        "rows": rows,
        "field_of_action": draw(st.sampled_from(["", "f1"])),
        "role": draw(st.sampled_from(["other", "demographic"])),
        "scale": draw(st.sampled_from(["", "scale5"])),
        "shown_if": condition.replace("%s", earlier) if earlier else "",
        "at_most": draw(st.integers(0, 3)),
        "longest": draw(st.integers(1, 200)),
        "choice_filter": draw(st.sampled_from(["", "p = 'v'"])),
        "constraint": draw(st.sampled_from(["", ". != 'x'", "string-length(.) > 2"])),
        "calculation": "1 + 1",
        "default": draw(st.sampled_from(["", codes[0], "7", "2020-01-01"])),
        "default_from": draw(st.sampled_from(["", "today()"])),
        "least": draw(st.sampled_from(["", "0", "1.50"])),
        "most": draw(st.sampled_from(["", "9"])),
        "decimals": draw(st.integers(0, 4)),
        "total": draw(st.integers(1, 100)),
        "precision": draw(st.sampled_from(["day", "month", "year"])),
        "options_from": shared.name if shared else "",
        **{flag: draw(st.booleans()) for flag in FLAGS.split()},
    }
    if shared:
        found["options"] = shared.options
    always = {"field_of_action", "role", "shown_if", "has_hint"}
    always |= {"is_sensitive", "has_audio", "is_asked_where_translated"}
    if kind.is_asked and kind.inputs(Question(name, kind.name, options, rows)):
        always |= {"constraint"} | (
            {"has_constraint_message"} if found["constraint"] else set()
        )
    used = {part: found[part] for part in found if part in kind.attributes | always}
    if "options_from" in used and "options" not in used:
        del used["options_from"]
    return Question(name=name, kind=kind.name, **used)


@st.composite
def questionnaires(draw):
    names = iter(draw(NAMES))
    lists = (
        OptionList(
            "shared", (Option("a", "list.shared.a"), Option("b", "list.shared.b"))
        ),
    )
    pages, earlier = [], ""
    for count in draw(st.lists(st.integers(1, 2), min_size=1, max_size=2)):
        asked = []
        for _ in range(count):
            asked.append(draw(questions(names, earlier, lists)))
            earlier = asked[-1].name if not asked[-1].rows else earlier
        title = draw(st.booleans())
        pages.append(
            Page(f"p{len(pages)}", tuple(asked), has_title=title, has_hint=title)
        )
    found = Questionnaire(
        name=draw(NAME),
        source_language="de",
        fields=(FieldOfAction("f1"),),
        pages=tuple(pages),
        texts=MappingProxyType({}),
        cross_cutting=tuple(draw(st.lists(NAME, max_size=1))),
        screened_out_if=draw(st.sampled_from(["", "${x} = 'y'"])),
        settings=SurveySettings(
            slots=MappingProxyType(
                draw(st.sampled_from([{}, {"place": "<Ort> & Co"}]))
            ),
            groups=tuple(draw(st.lists(NAME, max_size=1))),
            interim=draw(st.booleans()),
        ),
        lists=lists,
    )
    return replace(found, texts=draw(texts(found)))


@st.composite
def texts(draw, asked):
    """Words in German, and for some keys in Arabic."""
    words = st.one_of(WORDS, st.sampled_from(["In {place}", " a  b ", "x\ny"]))
    base = MappingProxyType({"de": {}})
    keys = [entry.key for entry in text_keys(replace(asked, texts=base))]
    for question in asked.questions():
        for part in ("dont_know", "prefer_not", "other"):
            if getattr(question, f"has_{part}") and draw(st.booleans()):
                keys.append(question.key(part))
    german = {key: draw(words) for key in keys}
    arabic = {key: draw(words) for key in keys if draw(st.booleans())}
    return MappingProxyType({"de": german, **({"ar": arabic} if arabic else {})})


@settings(max_examples=40)
@given(questionnaires())
def test_whatever_is_written_comes_back(asked):
    back = inspected(limesurvey.write(asked)).questionnaire
    whole, again = document.plain(asked), document.plain(back)
    found, expected = again.pop("texts"), whole.pop("texts")
    assert again == whole
    keys = {entry.key for entry in text_keys(asked)}
    for language, own in expected.items():
        needed = {key: own[key] for key in own if key in keys}
        assert {k: found[language][k] for k in found[language] if k in keys} == needed
