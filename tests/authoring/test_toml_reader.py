"""Reading TOML: everything that is wrong is located, and nothing breaks."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring import toml
from survey.authoring.toml_source import LARGEST_FILE
from survey.questionnaire.model import FieldOfAction, Option, Row
from survey.questionnaire.problem import errors_only
from tests.questionnaire.examples import FOLDER, NAMES, questionnaire

TEN_FAULTS = """\
name = "ten_faults"
language = "de"
title = "Zehn Fehler"
screened_out_if = "${q1} = 'nein'"

[settings]
groups = ["q7"]

[[pages]]
name = "p1"

[[pages.questions]]
name = "q1"
kind = "single"
lable = "Wohnen Sie hier?"
options = [
  { code = "yes", label = "Ja" },
  { code = "yes", label = "Nein" },
]

[[pages]]
name = "p2"

[[pages.questions]]
name = "q2"
kind = "pick"
label = "Welche Themen?"
options = [
  { code = "a", label = "Arbeit" },
  { code = "b", label = "Bus" },
  { code = "c__1", label = "Kita" },
]

[[pages.questions]]
name = "q3"
kind = "text"
label = 3
longest = 100
shown_if = "selected(${q2}, 'a'"

[[pages]]
name = "p3"
"""


def problems(text):
    content = text if isinstance(text, bytes) else text.encode()
    return toml.inspect(content, name="made_up")[1]


def read(text):
    return toml.read(text.encode(), name="made_up")


def test_ten_faults_give_their_messages_in_one_run():
    assert [(p.line, p.place, p.reason) for p in problems(TEN_FAULTS)] == [
        (4, "screened_out_if", "q1 has no answer 'nein'."),
        (7, "settings.groups", "There is no question q7."),
        (15, "q1.lable", "This key is not known here."),
        (18, "q1.option.yes", "There are two options with the code yes."),
        (21, "page.p2", "A page of several questions needs a heading."),
        (24, "q2.at_most", "A pick needs a limit."),
        (31, "q2.option.c__1", "The code 'c__1' cannot be used."),
        (37, "q3.label", "This is a whole number."),
        (39, "q3.shown_if", "A bracket is never closed."),
        (41, "page.p3", "The page has no question."),
    ]


def test_messages_say_file_line_place_reason_and_remedy():
    with pytest.raises(toml.AuthoringError) as caught:
        toml.read(TEN_FAULTS.encode(), name="ten_faults")
    lines = str(caught.value).splitlines()
    assert lines[0] == (
        "ten_faults.toml:4: screened_out_if: q1 has no answer 'nein'. Use one of yes."
    )
    assert lines[1:3] == ["  ${q1} = 'nein'", "          ^"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"\xff\xfen\x00a\x00", 1, "The file is not written in UTF-8."),
        ('name = "x"\ntitle = "Zürich"'.encode("latin-1"), 2, "The file is not"),
        ("مدينة".encode("cp1256"), 1, "The file is not written in UTF-8."),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00\xb5", 1, "The file is not written"),
        (b"#" * (LARGEST_FILE + 1), 1, f"The file has {LARGEST_FILE + 1} bytes."),
        (b"a = " + b"[" * 5000, 1, "Lists or tables are nested too deeply."),
        (b"a = " + b"[" * 50 + b"]" * 50, 1, "Lists or tables are nested too deeply."),
        (b"a." * 20 + b"a = 1", 1, "Lists or tables are nested too deeply."),
        (b"a = " + b"9" * 5000, 1, "A number in the file is too long."),
        (b'a = "\x00"', 1, "This is not valid TOML: Illegal character '\\x00'"),
        (b"a = 1\na = 2", 2, "This is not valid TOML: Cannot overwrite a value"),
        (b'a = """x', 1, "This is not valid TOML:"),
        (b"<?xml version='1.0'?>", 1, "This is not valid TOML: Invalid statement"),
        (b'{"json": true}', 1, "This is not valid TOML: Invalid statement"),
    ],
)
def test_what_is_no_toml_is_said_to_be_none(content, line, reason):
    found = [p for p in problems(content) if p.place == "file"]
    assert found[0].line == line
    assert found[0].reason.startswith(reason)
    assert found[0].remedy
    assert len(found) == 1


def test_an_empty_file_names_all_that_is_missing():
    found = [(p.line, p.place) for p in toml.inspect(b"")[1]]
    assert found == [(0, "language"), (1, "name"), (1, "pages"), (1, "title")]


def test_a_byte_order_mark_and_windows_line_ends_do_not_disturb():
    text = (FOLDER / "single.toml").read_text(encoding="utf-8")
    changed = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert toml.read(changed) == questionnaire("single")


def test_several_errors_of_syntax_are_reported_together():
    text = TEN_FAULTS.replace('kind = "text"', "kind = text").replace(
        'name = "p3"', 'name = "p3'
    )
    found = problems(text)
    syntax = [(p.line, p.reason) for p in found if p.place == "file"]
    assert [line for line, _ in syntax] == [36, 42]
    # the table of a line that cannot be read is judged later, the others now
    assert [p.line for p in found] == [4, 7, 15, 18, 21, 24, 31, 36, 42]


def test_a_bracket_that_is_never_closed_gives_one_message():
    text = TEN_FAULTS.replace('  { code = "yes", label = "Nein" },\n]', "")
    assert len([p for p in problems(text) if p.place == "file"]) == 1


def test_a_table_over_several_lines_is_explained():
    text = TEN_FAULTS.replace('  { code = "a",', '  { code = "a",\n   ')
    [found] = [p for p in problems(text) if p.place == "file"]
    assert (found.line, found.remedy.split(" and ")[0]) == (
        29,
        "A table in { } stands on one line",
    )


def test_reading_stops_after_many_errors_of_syntax():
    text = "\n".join(f"a{number} = x\nb{number} = 1" for number in range(50))
    assert len(problems(text)) == 20


WRONG_TYPES = ["5", "1.5", "true", "[]", "[1]", "{}", "{ a = 1 }", '"x"', "2026-01-01"]


@pytest.mark.parametrize("value", [*WRONG_TYPES, "[[1]]", '[{ code = ["x"] }]', "-1"])
@pytest.mark.parametrize("name", ["themes", "pick_and_rank", "battery", "languages"])
def test_a_wrong_type_anywhere_is_a_problem_and_no_traceback(name, value):
    lines = (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if " = " not in line or line.startswith("  "):
            continue
        key = line.partition(" = ")[0]
        if line.endswith(("[", "{")):
            continue
        changed = [*lines[:number], f"{key} = {value}", *lines[number + 1 :]]
        assert is_read_or_refused("\n".join(changed).encode())


def is_read_or_refused(content):
    questionnaire, found = toml.inspect(content, name="made_up")
    is_located = all(
        problem.file == "made_up.toml"
        and problem.place
        and problem.reason
        and problem.remedy
        for problem in found
    )
    return is_located and (questionnaire is not None or bool(found))


@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(content):
    assert is_read_or_refused(content)


def documents():
    keys = st.sampled_from(
        ["name", "language", "title", "pages", "questions", "fields", "settings"]
        + ["code", "label", "kind", "options", "rows", "shown_if", "at_most", "de"]
        + ["slots", "cross_cutting", "dont_know", "extra_options", "groups", "x"]
    )
    scalars = st.sampled_from(
        ["q1", "fields", "single", "rank", "pick", "${q1} = 'a'", "{place}", "", "de"]
        + [0, -1, 3, True, 1.5]
    )
    return st.recursive(
        st.dictionaries(keys, scalars, max_size=5),
        lambda inner: st.dictionaries(
            keys, st.one_of(inner, scalars, st.lists(st.one_of(inner, scalars)))
        ),
        max_leaves=12,
    )


def written(value):
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{k} = {written(v)}' for k, v in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(written(part) for part in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


@given(documents())
def test_no_document_gives_a_traceback(document):
    text = "\n".join(f"{key} = {written(value)}" for key, value in document.items())
    assert tomllib.loads(text) == document
    assert is_read_or_refused(text.encode())


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(toml.AuthoringError) as caught:
        toml.read(tmp_path / "missing.toml")
    assert "missing.toml: file: The file cannot be opened" in str(caught.value)


def test_a_file_without_a_name_takes_that_of_the_file(tmp_path):
    text = (FOLDER / "single.toml").read_text(encoding="utf-8")
    path = tmp_path / "umfrage_2026.toml"
    path.write_text(text.replace('name = "single"\n', ""), encoding="utf-8")
    assert toml.read(path).name == "umfrage_2026"


def test_notes_do_not_stop_reading():
    text = (FOLDER / "skip_logic.toml").read_text(encoding="utf-8")
    changed = text.replace("'yes'", "‘yes’").encode()
    asked, [note] = toml.inspect(changed)
    assert note.is_warning
    assert toml.read(changed) == asked
    wrong = changed.replace(b"${place}", b"${plaice}")
    with pytest.raises(toml.AuthoringError) as caught:
        toml.read(wrong)
    assert [p.is_warning for p in caught.value.problems] == [False]


def test_fields_stand_for_options_and_rows():
    first = questionnaire("pick_and_rank").question("first")
    assert first.options == (
        Option("f1", "field.f1.label"),
        Option("f2", "field.f2.label"),
        Option("f3", "field.f3.label"),
        Option("f4", "field.f4.label"),
        Option("none", "first.option.none", exclusive=True),
    )
    order = questionnaire("pick_and_rank").question("order")
    assert order.options == first.options[:4]
    content = questionnaire("battery_of_fields").question("content")
    assert content.rows[0] == Row("content_f1", "field.f1.label", "f1")
    join = questionnaire("themes").question("join")
    assert [option.code for option in join.options] == ["f1", "f4", "no_time"]


def test_everything_an_author_writes_arrives():
    asked = questionnaire("themes")
    assert asked.fields[0] == FieldOfAction("f1")
    assert asked.cross_cutting == ("children", "digital")
    bus = asked.question("bus")
    assert (bus.field_of_action, bus.role, bus.scale) == (
        "f2",
        "experience",
        "frequency3",
    )
    assert bus.cross_cutting == ("children", "digital")
    assert bus.is_reversed
    age = questionnaire("several_questions").question("age")
    assert age.has_prefer_not
    text = questionnaire("several_questions").texts["de"]
    assert text["age.prefer_not"] == "Keine Angabe"
    assert text["page.you.hint"] == "Jede Angabe ist freiwillig."


def test_settings_and_slots_arrive():
    settings = questionnaire("languages").settings
    assert settings.slots == {
        "place": "Musterstadt",
        "help_address": "Rathaus",
        "mayor": "Erika Muster",
    }
    assert settings.privacy_profile == "village"
    assert (settings.groups, settings.language_groups) == (("like",), ("de",))
    assert (settings.group_base, settings.release_hour) == (12, 4)
    assert settings.interim


def test_translations_beside_the_source_arrive():
    texts = questionnaire("languages").texts
    assert sorted(texts) == ["ar", "de", "en"]
    assert texts["ar"]["like.option.yes"] == "نعم"


@pytest.mark.parametrize("name", NAMES)
def test_tiny_questionnaires_have_no_problem(name):
    assert errors_only(toml.inspect(FOLDER / f"{name}.toml")[1]) == []


def test_a_file_of_thousands_of_tables_is_not_read():
    [problem] = toml.inspect(b"# many\n" + b"[[pages]]\n" * 5_001)[1]
    assert (problem.line, problem.reason) == (
        5_002,
        "The file has more than 5000 tables.",
    )


def test_of_thousands_of_unknown_keys_the_first_are_named():
    content = "\n".join(f"key_{number} = 1" for number in range(1_000))
    found = [p for p in toml.inspect(content.encode())[1] if "known here" in p.reason]
    assert len(found) == 51
    assert found[-1].reason == "950 more keys are not known here."
    assert found[-1].line == 51
