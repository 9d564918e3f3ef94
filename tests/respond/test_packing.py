"""What is laid into a drawer is taken out as it was, and nothing else is."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.respond import packing
from survey.respond.draft import Draft, Parked, Receipt, Sent, WayBack
from survey.respond.token import Claim

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MOMENT = st.datetimes(timezones=st.just(UTC))
MANY = st.lists(TEXT, max_size=4).map(tuple)
ANSWERS = st.dictionaries(TEXT, TEXT | MANY, max_size=6)
BYTES = st.binary(max_size=40)
CLAIM = st.builds(
    Claim,
    st.integers(0, 2**32 - 1),
    TEXT,
    BYTES,
    st.integers(0, 2**40 - 1),
    st.booleans(),
)
DRAFT = st.builds(
    Draft,
    CLAIM,
    BYTES,
    MOMENT,
    ANSWERS,
    MANY,
    st.dictionaries(TEXT, st.dictionaries(TEXT, MANY, max_size=3), max_size=2),
    st.booleans(),
    st.none(),
    st.none() | st.builds(WayBack, BYTES, BYTES, BYTES),
)
RECORD = (
    DRAFT
    | st.builds(Sent, BYTES, MOMENT)
    | st.builds(Receipt, MOMENT, ANSWERS, MANY, BYTES, st.booleans(), st.booleans())
    | st.builds(Parked, MOMENT, DRAFT, BYTES)
)


@given(RECORD)
def test_every_record_comes_back_as_it_was(record):
    assert packing.decode(packing.encode(record)) == record


JSON = b'{"kind":"Sent","touched":"2026-11-28T12:00:00+00:00"}'


@pytest.mark.parametrize("content", [b"", JSON, b"x\0", b"d\x00", b"d"])
def test_what_another_version_has_written_is_none_of_ours(content):
    assert packing.decode(content) is None
