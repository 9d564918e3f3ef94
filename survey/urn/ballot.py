"""One person's answers as the urn takes them, and as bytes of one fixed size.

Knows nothing of who answered; the bytes are only ever written inside a box.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.storage.shapes import Shape
from survey.urn.errors import BallotError, TooLarge

SEPARATOR = "\x1f"
HEAD = struct.Struct(">BBI")
PLAIN, DEFLATED = 0, 1
CHANNEL, LANGUAGE, COMMENTS = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Comment:
    """One free text; leaves the urn apart from the closed answers."""

    question: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """Every column of the closed answers with its cell, and the free texts."""

    closed: Mapping[str, str]
    comments: tuple[Comment, ...] = ()
    channel: str = "code"
    form_language: str = ""


def encode(ballot: Ballot, number: int, shape: Shape) -> bytes:
    """The answers as ``shape.slot`` bytes; ``number`` says which shape that is.

    Raises ``TooLarge`` when they do not fit, ``BallotError`` for columns the
    survey does not have.
    """
    text = SEPARATOR.join(_fields(ballot, shape))
    if text.count(SEPARATOR) != len(shape.columns) + 2:
        raise BallotError("an answer holds a control character")
    body = text.encode("utf-8", "replace")
    how = PLAIN
    if len(body) > shape.slot - HEAD.size:
        body, how = zlib.compress(body, 9), DEFLATED
    if len(body) > shape.slot - HEAD.size:
        raise TooLarge("the answer is longer than the space kept for one answer")
    return (HEAD.pack(number, how, len(body)) + body).ljust(shape.slot, b"\0")


def decode(slot: bytes, shapes: Sequence[Shape]) -> Ballot:
    """The answers from their bytes."""
    number, how, length = HEAD.unpack_from(slot)
    body = slot[HEAD.size : HEAD.size + length]
    if how == DEFLATED:
        body = zlib.decompress(body)
    fields = body.decode("utf-8").split(SEPARATOR)
    comments = (Comment(*parts) for parts in json.loads(fields[COMMENTS]))
    return Ballot(
        closed=dict(zip(shapes[number].columns, fields[2:-1], strict=True)),
        comments=tuple(comments),
        channel=fields[CHANNEL],
        form_language=fields[LANGUAGE],
    )


def _fields(ballot: Ballot, shape: Shape) -> list[str]:
    if len(ballot.closed) != len(shape.columns):
        raise BallotError("an answer has other columns than the survey")
    try:
        cells = [ballot.closed[column] for column in shape.columns]
    except KeyError as error:
        raise BallotError(f"an answer lacks the column {error.args[0]}") from error
    comments = [[c.question, c.language, c.text] for c in ballot.comments]
    texts = json.dumps(comments, ensure_ascii=False, separators=(",", ":"))
    return [ballot.channel, ballot.form_language, *cells, texts]
