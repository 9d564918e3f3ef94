from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from survey.urn import envelope
from survey.urn.envelope import Sender
from survey.urn.errors import KeyMissing

SENDER = Sender("village", "b", 7)


@pytest.fixture
def private() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def test_the_closing_lane_reads_what_was_sealed_for_it(private: bytes):
    sealed = envelope.seal(envelope.public_of(private), SENDER, [b"one", b"three"])
    # all of one length: which is longer than another tells nobody anything
    assert envelope.unseal(private, SENDER, sealed) == [b"one\0\0", b"three"]


def test_nothing_is_an_envelope_too(private: bytes):
    sealed = envelope.seal(envelope.public_of(private), SENDER, [])
    assert envelope.unseal(private, SENDER, sealed) == []


@pytest.mark.parametrize(
    "change", [{"survey": "town"}, {"lane": "c"}, {"epoch": 8}], ids=str
)
def test_it_does_not_open_in_anybody_elses_name(
    private: bytes, change: dict[str, object]
):
    sealed = envelope.seal(envelope.public_of(private), SENDER, [b"one"])
    with pytest.raises(KeyMissing):
        envelope.unseal(private, replace(SENDER, **change), sealed)


def test_it_does_not_open_with_another_key(private: bytes):
    sealed = envelope.seal(envelope.public_of(private), SENDER, [b"one"])
    other = X25519PrivateKey.generate().private_bytes_raw()
    with pytest.raises(KeyMissing):
        envelope.unseal(other, SENDER, sealed)


@pytest.mark.parametrize("at", [0, 31, 32, 43, 44, -1])
def test_it_does_not_open_when_a_single_bit_was_changed(private: bytes, at: int):
    sealed = bytearray(envelope.seal(envelope.public_of(private), SENDER, [b"one"]))
    sealed[at] ^= 1
    with pytest.raises(KeyMissing):
        envelope.unseal(private, SENDER, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", bytes(31), bytes(200)])
def test_rubbish_is_refused(private: bytes, sealed: bytes):
    with pytest.raises(KeyMissing):
        envelope.unseal(private, SENDER, sealed)


def test_the_same_answers_never_look_the_same_twice(private: bytes):
    public = envelope.public_of(private)
    one, two = (envelope.seal(public, SENDER, [bytes(64)]) for _ in range(2))
    blocks = {one[at : at + 8] for at in range(len(one) - 7)}
    assert not any(two[at : at + 8] in blocks for at in range(len(two) - 7))
