from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.urn import codes

# Valid by Luhn's rule, computed with pencil: a well-known test card number.
KNOWN = "4539148803436467"
FULL_WIDTH = "".join(chr(0xFF10 + int(digit)) for digit in KNOWN)


def test_a_code_has_sixteen_digits_and_no_two_are_alike():
    made = codes.generate(500)
    assert len(set(made)) == 500
    assert all(len(code) == 16 and code.isascii() and code.isdigit() for code in made)


def test_every_code_made_is_accepted():
    assert all(codes.normalise(code) == code for code in codes.generate(200))


@pytest.mark.parametrize(
    "typed",
    [
        "4539148803436467",
        "4539 1488 0343 6467",
        "4539-1488-0343-6467",
        " 4539\u20111488\u00a00343\u20136467 ",
        "٤٥٣٩ ١٤٨٨ ٠٣٤٣ ٦٤٦٧",
        "۴۵۳۹۱۴۸۸۰۳۴۳۶۴۶۷",
        "४५३९१४८८०३४३६४६७",
        FULL_WIDTH,
        "\u2066٤٥٣٩١٤٨٨٠٣٤٣٦٤٦٧\u2069",
    ],
)
def test_a_code_is_read_in_any_script_and_grouping(typed: str):
    assert codes.normalise(typed) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4539",
        "45391488034364677",
        "4539148803436468",
        "4539148803436469x",
        "hello there, you",
        "453914880343646²",
        "ⅣⅤⅢ9148803436467",
    ],
)
def test_what_cannot_be_a_code_is_refused(typed: str):
    assert codes.normalise(typed) is None


@given(
    position=st.integers(0, 15),
    wrong=st.integers(1, 9),
    seed=st.integers(0, 10**15 - 1),
)
def test_one_wrong_digit_is_always_noticed(position: int, wrong: int, seed: int):
    body = f"{seed:015d}"
    code = next(
        body + str(digit)
        for digit in range(10)
        if codes.normalise(body + str(digit)) is not None
    )
    digit = (int(code[position]) + wrong) % 10
    assert codes.normalise(code[:position] + str(digit) + code[position + 1 :]) is None


def test_a_code_is_printed_in_four_groups():
    assert codes.group(KNOWN) == "4539 1488 0343 6467"


def test_a_mark_is_the_first_half_of_the_keyed_hash_of_the_code():
    key = bytes(range(32))
    expected = hmac.new(key, b"4539148803436467", hashlib.sha256).digest()[:16]
    assert codes.mark(key, KNOWN) == expected


def test_marks_differ_between_keys_persons_drafts_and_sheets():
    key = bytes(32)
    marks = {
        codes.mark(key, KNOWN),
        codes.mark(bytes(31) + b"\1", KNOWN),
        codes.draft_mark(key, b"draft", 1),
        codes.draft_mark(key, b"draft", 2),
        codes.draft_mark(key, b"other", 1),
        codes.paper_mark(key, b"draft", 1),
        codes.paper_mark(key, b"draft", 2),
    }
    assert len(marks) == 7
    assert all(len(mark) == 16 for mark in marks)
