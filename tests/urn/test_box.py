from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from survey.urn.box import Place, seal, unseal
from survey.urn.errors import KeyMissing

KEY = bytes(range(32))
PLACE = Place("village", "main", "hot", 7, 2)


def hkdf_by_hand(key: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 with SHA-256, one block."""
    extracted = hmac.new(salt, key, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def test_answers_come_back_out_of_their_box():
    salt, box = seal(KEY, PLACE, [b"a" * 64, b"b" * 64])
    assert unseal(KEY, PLACE, salt, box) == [b"a" * 64, b"b" * 64]


def test_an_empty_box_opens_empty():
    salt, box = seal(KEY, PLACE, [])
    assert unseal(KEY, PLACE, salt, box) == []


def test_shorter_answers_are_padded_to_the_longest():
    salt, box = seal(KEY, PLACE, [b"aa", b"bbbb"])
    assert unseal(KEY, PLACE, salt, box) == [b"aa\0\0", b"bbbb"]


def test_an_independent_reading_of_the_format_opens_the_box():
    salt, box = seal(KEY, PLACE, [b"abcd"])
    key = hkdf_by_hand(KEY, salt, b"sealed urn, box, version 1")
    bound = json.dumps(["village", "main", "hot", 7, 2]).encode()
    plain = AESGCM(key).decrypt(box[:12], box[12:], bound)
    assert plain == b"\x00\x00\x00\x04abcd"


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, survey="town"),
        replace(PLACE, lane="other"),
        replace(PLACE, part="cold"),
        replace(PLACE, epoch=8),
        replace(PLACE, period=3),
    ],
)
def test_a_box_opens_only_in_its_place(place: Place):
    salt, box = seal(KEY, PLACE, [b"abcd"])
    with pytest.raises(KeyMissing):
        unseal(KEY, place, salt, box)


def test_a_box_needs_both_its_key_and_its_salt():
    salt, box = seal(KEY, PLACE, [b"abcd"])
    with pytest.raises(KeyMissing):
        unseal(bytes(32), PLACE, salt, box)
    with pytest.raises(KeyMissing):
        unseal(KEY, PLACE, bytes(32), box)


def test_a_changed_box_is_noticed():
    salt, box = seal(KEY, PLACE, [b"abcd"])
    changed = box[:-1] + bytes([box[-1] ^ 1])
    with pytest.raises(KeyMissing):
        unseal(KEY, PLACE, salt, changed)


def test_the_same_answers_never_look_the_same():
    assert seal(KEY, PLACE, [b"abcd"]) != seal(KEY, PLACE, [b"abcd"])
