"""Forms are read as the framework reads them, only sooner."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import pytest
from flask import Flask, Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from survey.asked import FORM, Asked, first, looks

# what a browser sends: every byte, quoted or not, that makes a text
SENT = st.text(st.sampled_from("abcä1 &=+%;\n\0ش%41%zz%ff"), max_size=60) | st.lists(
    st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=5
).map(lambda pairs: urlencode(pairs, errors="replace"))


def asked(body: bytes, kind: str = FORM) -> Asked:
    request = Asked(
        EnvironBuilder(method="POST", input_stream=io.BytesIO(body)).get_environ()
        | {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
    )
    request.body = body
    return request


def framework(body: bytes) -> Request:
    return Request(
        EnvironBuilder(method="POST", input_stream=io.BytesIO(body)).get_environ()
        | {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(body))}
    )


@given(SENT)
def test_a_form_says_what_the_framework_says(text):
    body = text.encode("utf-8", "replace")
    assert list(asked(body).form.items(multi=True)) == list(
        framework(body).form.items(multi=True)
    )


def test_bytes_that_are_no_text_cost_only_themselves():
    form = asked(b"q01=a1&q02=\xff\xfe&go=next").form
    assert form["q01"] == "a1"
    assert form["go"] == "next"
    assert form["q02"] == "\ufffd\ufffd"


@pytest.mark.parametrize("kind", [f"{FORM}; charset=utf-8", FORM.upper()])
def test_the_kind_of_a_form_may_say_more(kind):
    assert asked(b"a=1", kind).form["a"] == "1"


def test_what_is_no_form_is_read_as_none():
    assert not asked(b'{"a": 1}', "application/json").form
    request = Asked(EnvironBuilder(path="/").get_environ())
    assert not request.form
    assert not request.args


def test_what_stands_behind_the_question_mark_is_read():
    request = Asked(
        EnvironBuilder(path="/", query_string="from=review&x").get_environ()
    )
    assert request.args.to_dict() == {"from": "review", "x": ""}


def test_looks_come_in_the_order_they_were_asked_for():
    app = Flask("empty", static_folder=None)
    first(app, print)
    first(app, len)
    assert looks(app) == [print, len]
