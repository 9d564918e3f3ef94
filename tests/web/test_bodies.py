"""Bodies are taken in whole and of a bearable size, or refused in words."""

from __future__ import annotations

import io

import pytest

from survey.bodies import MOST_BYTES, MOST_FIELDS

FORM = "application/x-www-form-urlencoded"


class Broken(io.RawIOBase):
    """What a server hands on when the other side talks nonsense."""

    def read(self, _size=-1):
        raise OSError("invalid chunk size")


@pytest.fixture
def post(app):
    @app.post("/<language:language>/form")
    def form(language):
        from flask import request

        text = ",".join(f"{name}={value}" for name, value in request.form.items())
        return text, {"Content-Type": "text/plain"}

    def post(stream, *, length=None, chunked=False, language="en"):
        environ = {"wsgi.input": stream, "wsgi.input_terminated": True}
        if chunked:
            environ["HTTP_TRANSFER_ENCODING"] = "chunked"
        if length is not None:
            environ["CONTENT_LENGTH"] = str(length)
        return app.test_client().open(
            f"/{language}/form",
            method="POST",
            content_type=FORM,
            environ_overrides=environ,
        )

    return post


def test_a_whole_form_arrives(post):
    assert post(io.BytesIO(b"a=1&b=2"), length=7).text == "a=1,b=2"


def test_a_form_in_pieces_arrives(post):
    assert post(io.BytesIO(b"a=1&b=2"), chunked=True).text == "a=1,b=2"


def test_a_form_that_broke_off_is_not_taken_for_a_shorter_one(post):
    answer = post(io.BytesIO(b"q01=yes&go=se"), length=400)
    assert answer.status_code == 400
    assert 'data-page="error"' in answer.text


def test_a_body_of_nonsense_is_refused_in_words(post):
    answer = post(Broken(), chunked=True, language="xm")
    assert answer.status_code == 400
    assert 'data-page="error"' in answer.text


@pytest.mark.parametrize("language", ["en", "xl", "xm"])
@pytest.mark.parametrize("chunked", [False, True])
def test_too_much_is_refused_in_the_language_of_the_page(post, language, chunked):
    body = b"a=" + b"x" * MOST_BYTES
    length = None if chunked else len(body)
    answer = post(io.BytesIO(body), length=length, chunked=chunked, language=language)
    assert answer.status_code == 413
    assert 'data-page="error"' in answer.text
    assert "07031 123-0" in answer.text


def test_an_endless_body_is_read_no_further_than_the_limit(post):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    stream = Endless()
    assert post(stream, chunked=True).status_code == 413
    assert stream.given <= MOST_BYTES + 1


def test_what_a_header_announces_too_large_is_not_read_at_all(post):
    stream = io.BytesIO(b"x" * 10)
    assert post(stream, length=MOST_BYTES + 1).status_code == 413
    assert stream.tell() == 0


def test_more_fields_than_any_page_has_are_refused(post):
    body = b"&".join(b"a=" for _ in range(MOST_FIELDS + 1))
    assert post(io.BytesIO(body), length=len(body)).status_code == 413
    body = b"&".join(b"a=" for _ in range(MOST_FIELDS))
    assert post(io.BytesIO(body), length=len(body)).status_code == 200


def test_bytes_that_are_no_text_are_no_failure(resident, publish):
    publish("single", access="both")
    answer = resident.post(
        "/en/single/", data=b"code=%00%ff%ed%a0%80&go=start", content_type=FORM
    )
    assert answer.status_code == 404  # single.toml is not offered in English
    answer = resident.post(
        "/xl/single/", data=b"code=%00%ff%ed%a0%80&go=start", content_type=FORM
    )
    assert answer.status_code == 422
