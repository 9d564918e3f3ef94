"""Lines of keys: the same keys as Python's reader finds, on the right lines."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring.positions import positions_of
from survey.authoring.toml_writer import quoted
from tests.questionnaire.examples import FOLDER

AWKWARD = '''# a comment with [brackets] and = signs
name = "x"  # "quotes"
"quoted key" = 'a # no comment'
dotted.key.deep = 1
long = """
[not.a.header]
key = "no key" \\""" still
"""
raw = \'\'\'
it's = "raw"
\'\'\'
list = [ # first
  1, [2, "]"],  # second
  { code = "a", label = { de = "}", en = '{' } },

  { code = "b" },
]
[ table . sub ]
a = 1979-05-27T07:32:00Z
[[pages]]
name = "p1"
[[pages.questions]]
name = "q1"
[[pages.questions]]
name = "q2"
options = [{code = "x"}, {code = "y"}]
[pages.extra]
b = true
[[pages]]
[[pages.questions]]
name = "q3"
'''


def paths_of(value, path=()):
    """Every path of a document as Python reads it."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths_of(part, (*path, key))
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from paths_of(part, (*path, index))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda p: p.stem)
def test_every_key_of_a_questionnaire_has_a_line(path):
    text = path.read_text(encoding="utf-8")
    if path.stem != "syntax_is_toml":
        assert set(positions_of(text).lines) == set(paths_of(tomllib.loads(text)))


def test_lines_are_right_in_an_awkward_document():
    found = positions_of(AWKWARD)
    assert set(found.lines) == set(paths_of(tomllib.loads(AWKWARD)))
    lines = found.lines
    assert lines["name",] == 2
    assert lines["quoted key",] == 3
    assert lines["dotted", "key", "deep"] == 4
    assert lines["long",] == 5
    assert lines["raw",] == 9
    assert lines["list", 0] == 13
    assert lines["list", 1, 1] == 13
    assert lines["list", 2, "label", "en"] == 14
    assert lines["list", 3, "code"] == 16
    assert lines["table", "sub", "a"] == 19
    assert lines["pages", 0, "questions", 1, "options", 1, "code"] == 26
    assert lines["pages", 0, "extra", "b"] == 28
    assert lines["pages", 1, "questions", 0, "name"] == 31
    assert found.headers == (18, 20, 22, 24, 27, 29, 30)


TEXTS = st.text(alphabet="ab[]{}=#,.'\"\\\n\t", max_size=8).map(quoted)
VALUES = st.recursive(
    st.one_of(TEXTS, st.sampled_from(["1", "true", "1.5", "'raw # ['"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[ {' , '.join(parts)} ]"),
        st.lists(inner, max_size=3).map(lambda parts: "[\n" + ",\n".join(parts) + "]"),
        st.lists(inner, max_size=3).map(
            lambda parts: (
                "{" + ", ".join(f"k{i} = {p}" for i, p in enumerate(parts)) + "}"
            )
        ),
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.sampled_from(["", "[t]", "[[l]]", "[[l.m]]"]), VALUES)))
def test_generated_documents_have_a_line_for_every_key(entries):
    parts, is_table_open = [], False
    for number, (header, value) in enumerate(entries):
        if header == "[t]" and is_table_open:
            header = ""
        is_table_open = is_table_open or header == "[t]"
        parts.append(f"{header}\nkey{number} = {value} # [c]")
    text = "\n".join(parts)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = positions_of(text)
    assert set(found.lines) == set(paths_of(data))
    lines = text.split("\n")
    for path, line in found.lines.items():
        if isinstance(path[-1], str) and path[-1].startswith("key"):
            assert lines[line - 1].startswith(path[-1])
