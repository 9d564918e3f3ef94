"""Boxes that only the resident's browser can open."""

import os

import pytest

from survey.respond import sealing, token
from survey.respond.token import Claim

KEY = bytes(range(32))


# `openssl mac -macopt hexkey:… -macopt custom:vielstimmig BLAKE2BMAC` of OpenSSL
# 3.0.19 for 01 and 02, each followed by "town"; the last: `b2sum -l 256`
FIRST = (
    "21b4889e1a8d44795f3af08e648c53f6bf38efa903aa16ab2bf07423547dc10d"
    "3f1a3777dff19155b20064aa4eea4810d35fc59900e1dfc89092e155912f5446"
)
SECOND = (
    "eb95c90008b7be6ac16a8dbb1b38891de8c4cf3c91185ef6b6b5764693588d05"
    "672b29ab8f1b2da32f3986faf7e7955dc741f5f4f058941b6c6b215d1900b85d"
)
ID_HASH = "70a1466e625dab05bf2dd33e236395de49b05b5e605d71394df7682ccbc2a6fb"


def test_the_keys_are_derived_as_other_programs_do():
    keys = sealing.derive(KEY, "town")
    assert (keys.draft_id + keys.box).hex() == FIRST
    assert (keys.form + keys.order).hex() == SECOND
    assert keys.id_hash.hex() == ID_HASH


def test_one_browser_has_unrelated_keys_in_two_surveys():
    one, other = sealing.derive(KEY, "a"), sealing.derive(KEY, "b")
    assert not {one.draft_id, one.box, one.form} & {
        other.draft_id,
        other.box,
        other.form,
    }


def test_a_sealed_box_opens_only_with_its_key_and_its_binding():
    box = sealing.seal(KEY, b"answer", bound_to=b"here")
    assert sealing.unseal(KEY, box, bound_to=b"here") == b"answer"
    assert sealing.unseal(KEY, box, bound_to=b"there") is None
    assert sealing.unseal(bytes(32), box, bound_to=b"here") is None
    assert sealing.unseal(KEY, box[:-1] + b"\0", bound_to=b"here") is None
    assert sealing.unseal(KEY, b"", bound_to=b"here") is None


def test_the_same_content_never_makes_the_same_box():
    boxes = {sealing.seal(KEY, b"answer", bound_to=b"") for _ in range(50)}
    assert len(boxes) == 50


@pytest.mark.parametrize(
    ("length", "padded"), [(0, 4096), (1, 4096), (4092, 4096), (4093, 8192)]
)
def test_what_is_sealed_has_one_of_few_lengths(length, padded):
    content = os.urandom(length)
    assert len(sealing.pad(content)) == padded
    assert sealing.unpad(sealing.pad(content)) == content


def test_what_does_not_fit_is_deflated_before_it_takes_more_space():
    content = b"eine lange Antwort, " * 500
    assert len(sealing.pad(content)) == 4096
    assert sealing.unpad(sealing.pad(content)) == content


CLAIM = Claim(person=7, channel="poster", admission=bytes(range(16)))


def test_a_token_gives_back_what_was_claimed():
    written = token.write(KEY, "q05", CLAIM)
    assert token.page_of(written) == "q05"
    assert token.read(KEY, written) == CLAIM
    without = Claim(person=2**32 - 1, channel="link")
    assert token.read(KEY, token.write(KEY, "q05", without)) == without


def test_a_token_shows_neither_person_nor_admission():
    written = token.write(KEY, "q05", CLAIM)
    assert "poster" not in written
    assert bytes(range(16)).hex() not in written


@pytest.mark.parametrize("spoilt", ["", "q05", "q05.", "q05.ab", "q05.ä", ".", "a.b.c"])
def test_what_is_no_token_is_not_read(spoilt):
    assert token.read(KEY, spoilt) is None


def test_a_token_of_another_page_or_browser_is_not_read():
    written = token.write(KEY, "q05", CLAIM)
    assert token.read(KEY, written.replace("q05", "q06")) is None
    assert token.read(bytes(32), written) is None
