"""Patterns: the same answers as Python's, in bounded time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from survey.questionnaire.pattern import LONGEST_TEXT, compile_pattern
from survey.questionnaire.pattern_source import PatternError

LETTERS = "ab1_ .-\n"


def patterns():
    single = st.sampled_from(
        ["a", "b", "1", ".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", r"\."]
        + ["[ab]", "[^a]", "[a-b1]", r"[\d_]", "[.-]", r"[^\s]", "^", "$", r"\b", r"\B"]
    )
    counts = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,}", "{0,3}", "*?"])

    def repeated(part, count):
        is_place = part in ("^", "$", r"\b", r"\B")
        return part if is_place else part + count

    atom = st.builds(repeated, single, counts)
    return st.recursive(
        atom,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map("".join),
            st.lists(inner, min_size=2, max_size=3).map(
                lambda parts: f"({'|'.join(parts)})"
            ),
            st.builds(lambda part, count: f"(?:{part}){count}", inner, counts),
        ),
        max_leaves=5,
    )


def place_of_fault(source, text):
    try:
        compile_pattern(source).fits(text)
    except PatternError as error:
        return error.position
    return 0


@given(patterns(), st.text(LETTERS, max_size=8))
def test_a_pattern_fits_what_pythons_fits(source, text):
    # Python's . leaves out \n only; $ also stands before a last \n there
    assume(text or r"\B" not in source)  # Python's \B never stands in an empty text
    python = re.compile(source.replace("$", r"\Z"))
    assert compile_pattern(source).fits(text) is (python.fullmatch(text) is not None)


@given(st.text(max_size=30), st.text(max_size=20))
def test_any_text_is_a_pattern_or_refused_with_a_place(source, text):
    assert 0 <= place_of_fault(source, text) <= len(source)


@pytest.mark.parametrize(
    ("source", "text", "fits"),
    [
        ("[0-9]{5}", "70794", True),
        ("[0-9]{5}", "70794 ", False),
        ("^[A-Z]{2}$", "DE", True),
        (r"\d+", "٣٤", True),
        (r"\w+", "Grüße", True),
        (r"\p{L}+", "مرحبا", True),
        (r"\p{Lu}\p{Ll}*", "Ort", True),
        (r"\P{L}", "7", True),
        (r"\pN", "7", True),
        (r"[\p{L}\-' ]+", "O'Neil-Ä b", True),
        (r"a\tb", "a\tb", True),
        ("[]a]+", "]a", True),
        ("[a-]+", "a-", True),
        (r"[\]\\]+", "]\\", True),
        (r"[a\-z]+", "-", True),
        (r"[!-\]]+", "A", True),
        (".", "\n", False),
        ("a|b|", "", True),
        ("(a|b)?c{0}", "b", True),
    ],
)
def test_what_authors_write(source, text, fits):
    assert compile_pattern(source).fits(text) is fits


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("*a", 0),
        ("a**", 2),
        ("a{2}{3}", 4),
        ("a{", 2),
        ("a{x}", 2),
        ("a{,3}", 2),
        ("a{3,2}", 2),
        ("a{99999}", 2),
        ("a{²}", 2),
        ("(a", 0),
        ("a)", 1),
        ("[a", 0),
        ("[b-a]", 1),
        ("(?=a)", 0),
        ("(?<name>a)", 0),
        (r"(a)\1", 3),
        (r"\p{Foo}", 0),
        (r"\p{", 0),
        ("\\", 1),
        (r"[\q]", 1),
        ("^*", 1),
        ("(" * 21 + ")" * 21, 20),
        ("a" * 501, 500),
        ("(a{100}){100}", 0),
        ("((){999}){999}", 0),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(source, position):
    with pytest.raises(PatternError) as caught:
        compile_pattern(source)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "source", ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*x", "((a?){30}){20}b"]
)
def test_no_pattern_takes_long(source):
    before = time.process_time()
    assert not compile_pattern(source).fits("a" * LONGEST_TEXT)
    assert time.process_time() - before < 5


def test_a_text_over_the_limit_never_fits():
    assert compile_pattern("a*").fits("a" * LONGEST_TEXT)
    assert not compile_pattern("a*").fits("a" * (LONGEST_TEXT + 1))
