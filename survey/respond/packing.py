"""A record of a draft as bytes, and back. Knows neither key nor store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from survey.questionnaire.values import Value
from survey.respond import kept_way
from survey.respond.draft import (
    Draft,
    Inputs,
    Parked,
    Receipt,
    Record,
    Sent,
    WayBack,
)
from survey.respond.token import Claim

# made once: ``json.dumps`` would make one each time
_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(record: Record) -> bytes:
    """The record as text that ``decode`` reads."""
    content = {
        "kind": type(record).__name__,
        "touched": record.touched.isoformat(),
        **_plain(record),
    }
    return _as_text(content).encode()


def decode(content: bytes) -> Record:
    """What ``encode`` was given."""
    given = json.loads(content)
    touched = datetime.fromisoformat(given["touched"])
    if given["kind"] == "Sent":
        return Sent(bytes.fromhex(given["receipt_key"]), touched)
    if given["kind"] == "Parked":
        origin = bytes.fromhex(given["origin"])
        return Parked(touched, _draft(given["draft"], touched), origin)
    if given["kind"] == "Receipt":
        origin = bytes.fromhex(given["origin"])
        answers, reached = _answers(given), tuple(given["reached"])
        is_certain, has_contact = given["is_certain"], given.get("has_contact", False)
        return Receipt(touched, answers, reached, origin, is_certain, has_contact)
    return _draft(given, touched)


def _plain(record: Record) -> dict[str, object]:
    if isinstance(record, Sent):
        return {"receipt_key": record.receipt_key.hex()}
    if isinstance(record, Parked):
        return {"draft": _plain(record.draft), "origin": record.origin.hex()}
    shared = {"answers": record.answers, "reached": record.reached}
    if isinstance(record, Receipt):
        return {
            **shared,
            "origin": record.origin.hex(),
            "is_certain": record.is_certain,
            "has_contact": record.has_contact,
        }
    claim, back = record.claim, record.way_back
    return {
        **shared,
        "claim": [
            claim.person,
            claim.channel,
            claim.admission.hex(),
            claim.begun,
            claim.is_trapped,
        ],
        "receipt_key": record.receipt_key.hex(),
        "pending": record.pending,
        "is_rebuilt": record.is_rebuilt,
        **({"way": kept_way.plain(record.way)} if record.way else {}),
        "way_back": back and [part.hex() for part in _parts(back)],
    }


def _parts(back: WayBack) -> tuple[bytes, bytes, bytes]:
    return back.words, back.key, back.admission


def _draft(given: Mapping[str, Any], touched: datetime) -> Draft:
    person, channel, admission, begun, is_trapped = given["claim"]
    back, way = given["way_back"], given.get("way")
    answers, reached = _answers(given), tuple(given["reached"])
    return Draft(
        claim=Claim(person, channel, bytes.fromhex(admission), begun, is_trapped),
        receipt_key=bytes.fromhex(given["receipt_key"]),
        touched=touched,
        answers=answers,
        reached=reached,
        pending={page: _inputs(typed) for page, typed in given["pending"].items()},
        is_rebuilt=given["is_rebuilt"],
        way=kept_way.read(way, answers, reached) if way else None,
        way_back=WayBack(*map(bytes.fromhex, back)) if back else None,
    )


def _answers(given: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _value(value) for name, value in given["answers"].items()}


def _value(value: str | list[str]) -> Value:
    return value if isinstance(value, str) else tuple(value)


def _inputs(typed: Mapping[str, list[str]]) -> Inputs:
    return {name: tuple(values) for name, values in typed.items()}
