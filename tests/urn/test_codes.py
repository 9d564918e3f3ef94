from __future__ import annotations

import hashlib
import hmac
import unicodedata

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


SCRIPTS = [
    chr(zero)
    for zero in range(0x110000)
    if unicodedata.category(chr(zero)) == "Nd" and unicodedata.decimal(chr(zero)) == 0
]


@pytest.mark.parametrize("zero", SCRIPTS, ids=unicodedata.name)
def test_the_digits_of_every_script_are_read(zero: str):
    typed = "".join(chr(ord(zero) + int(digit)) for digit in KNOWN)
    assert codes.normalise(typed) == KNOWN


def test_digits_of_several_scripts_in_one_code_are_read():
    assert codes.normalise("٤٥٣٩ 1488 ۰۳۴۳ ６４６７") == KNOWN


@pytest.mark.parametrize(
    "between",
    [
        *(chr(x) for x in range(0x2000, 0x2010)),
        *(chr(x) for x in range(0x2010, 0x2016)),
        *"\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u2800\u3164",
        *"-_.·•・−\u02d7\u2043\u058a\u05be\u1806\u2e3a\u30fc\ufe58\ufe63\uff0d\u00ad",
        *"\u061c\u202a\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f\u034f",
        *"\t\r\n\x00",
        "\u200f - \u200e",
    ],
)
def test_whatever_stands_between_the_groups_is_passed_over(between: str):
    assert codes.normalise(between.join(["4539", "1488", "0343", "6467"])) == KNOWN
    assert codes.normalise(f"{between}{KNOWN}{between}") == KNOWN


def test_digits_on_keycaps_are_read():
    assert codes.normalise("".join(f"{digit}\ufe0f\u20e3" for digit in KNOWN)) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        f"https://umfrage.example/s/round-2027#{KNOWN}",
        f"#{KNOWN}",
        "umfrage.example/s/x#4539 1488 0343 6467\n",
    ],
)
def test_the_whole_address_of_a_qr_code_is_read(typed: str):
    assert codes.normalise(typed) == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        KNOWN + "\ud800",
        KNOWN + "\ue000",
        KNOWN[:-1] + "⑦",
        KNOWN[:-1] + "七",
        KNOWN[:-1] + "¾",
        "0x" + KNOWN,
        "+" + KNOWN,
        f"{KNOWN},{KNOWN}",
        f"{KNOWN}#",
        " " * 1_000_000 + KNOWN,
        "\u202e" * 100_000,
        "9" * 1_000_000,
    ],
    ids=range(12),
)
def test_what_only_looks_like_a_code_is_refused_at_once(typed: str):
    assert codes.normalise(typed) is None


@given(st.text(max_size=500))
def test_any_text_is_a_code_of_sixteen_ascii_digits_or_none(typed: str):
    found = codes.normalise(typed)
    assert found is None or (len(found) == 16 and found.isascii() and found.isdigit())


@given(st.text(alphabet=st.characters(categories=["Nd"]), min_size=16, max_size=16))
def test_any_sixteen_digits_are_read_as_their_values(typed: str):
    plain = "".join(str(int(digit)) for digit in typed)
    assert codes.normalise(typed) == codes.normalise(plain)


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
