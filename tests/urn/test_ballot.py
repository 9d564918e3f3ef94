from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.storage.shapes import Shape
from survey.urn.ballot import Ballot, Comment, decode, encode
from survey.urn.errors import BallotError, TooLarge

SHAPE = Shape(("q01", "q02__a", "q02__b"), 512)
CLOSED = {"q01": "yes", "q02__a": "1", "q02__b": "-2"}


def test_an_answer_comes_back_as_it_was():
    ballot = Ballot(CLOSED, (Comment("q23", "ar", "طريق للدراجات"),), "link", "ar")
    assert decode(encode(ballot, 0, SHAPE), [SHAPE]) == ballot


@given(text=st.text(max_size=200))
def test_any_text_comes_back_as_it_was(text: str):
    ballot = Ballot(CLOSED, (Comment("q23", "de", text),), "code", "de")
    shape = Shape(SHAPE.columns, 1024)
    assert decode(encode(ballot, 0, shape), [shape]) == ballot


def test_every_answer_has_the_same_size():
    short = encode(Ballot(CLOSED), 0, SHAPE)
    long = encode(Ballot(CLOSED, (Comment("q23", "de", "x" * 400),)), 0, SHAPE)
    assert len(short) == len(long) == 512


@pytest.mark.parametrize("letter", ["w", "ö", "ش", "Ж", "አ", "好", "😀"])
def test_a_repetitive_text_of_full_length_fits_in_any_script(letter: str):
    shape = Shape(SHAPE.columns, 128 + 2 * 600)
    words = " ".join([letter * 5] * 100)
    ballot = Ballot(CLOSED, (Comment("q23", "de", words),), "code", "de")
    assert decode(encode(ballot, 0, shape), [shape]) == ballot


def test_a_text_no_space_is_kept_for_is_refused_before_it_is_sealed():
    noise = "".join(chr(0x4E00 + i * 37 % 20000) for i in range(600))
    with pytest.raises(TooLarge):
        encode(Ballot(CLOSED, (Comment("q23", "zh", noise),)), 0, SHAPE)


@pytest.mark.parametrize(
    "closed",
    [
        {"q01": "yes"},
        {**CLOSED, "q99": "1"},
        {"q01": "yes", "q02__a": "1", "q02__c": "0"},
        {**CLOSED, "q01": "a\x1fb"},
    ],
)
def test_an_answer_with_other_columns_is_the_callers_fault(closed: dict[str, str]):
    with pytest.raises(BallotError):
        encode(Ballot(closed), 0, SHAPE)


def test_half_a_surrogate_does_not_stop_an_answer():
    ballot = Ballot(CLOSED, (Comment("q23", "de", "a\ud800b"),))
    (comment,) = decode(encode(ballot, 0, SHAPE), [SHAPE]).comments
    assert comment.text == "a?b"


def test_answers_of_two_shapes_can_lie_in_one_box():
    later = Shape(("q01", "q04"), 640)
    one = encode(Ballot(CLOSED), 0, SHAPE)
    two = encode(Ballot({"q01": "no", "q04": "3"}), 1, later)
    assert decode(one.ljust(640, b"\0"), [SHAPE, later]).closed == CLOSED
    assert decode(two, [SHAPE, later]).closed == {"q01": "no", "q04": "3"}
