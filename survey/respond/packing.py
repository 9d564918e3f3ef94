"""A record of a draft as bytes, and back. Knows neither key nor store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from survey.respond import kept_way
from survey.respond.draft import Draft, Parked, Receipt, Record, Sent

_FORMS = {b"d": Draft, b"s": Sent, b"r": Receipt, b"p": Parked}
_MARKS = {kind: mark for mark, kind in _FORMS.items()}
_READERS: dict[bytes, msgspec.msgpack.Decoder[Any]] = {
    mark: msgspec.msgpack.Decoder(tuple[kind, list[Any] | None])  # type: ignore[valid-type] # read by msgspec
    for mark, kind in _FORMS.items()
}
_write = msgspec.msgpack.Encoder().encode


def encode(record: Record) -> bytes:
    """The record as bytes that ``decode`` reads; a mark of its kind in front."""
    way = None
    if isinstance(record, Draft) and record.way is not None:
        # its way is told in short, beside the answers it is the way of
        way, record = kept_way.plain(record.way), replace(record, way=None)
    return _MARKS[type(record)] + _write((record, way))


def decode(content: bytes) -> Record | None:
    """What ``encode`` was given; ``None`` for what another version has written."""
    reader = _READERS.get(content[:1])
    if reader is None:
        return None
    record: Record
    try:
        record, way = reader.decode(memoryview(content)[1:])
    except msgspec.DecodeError:
        return None
    if way is None or not isinstance(record, Draft):
        return record
    return replace(record, way=kept_way.read(way, record.answers, record.reached))
