"""Takes in the body of a request: whole and of a bearable size, or not at all.

What a server hands on may be cut off or endless; a form of which a part is missing
must never be taken for one in which nothing was entered. Knows no form.
"""

from __future__ import annotations

import io

from flask import Flask, abort
from werkzeug.exceptions import BadRequest

from survey.asked import Asked, first

# the longest page of a questionnaire with its longest texts, typed in a script of
# four bytes a letter, stays far below
MOST_BYTES = 256 * 1024
# a page of a hundred questions with every option ticked has fewer
MOST_FIELDS = 2000
PIECE = 64 * 1024


def limit(app: Flask) -> None:
    """Have every body read before anything looks at a form."""
    # what stands in a header is refused without reading a byte
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    first(app, _take_in)


def _take_in(asked: Asked) -> None:
    environ = asked.environ
    expected = asked.content_length
    if expected is None and "HTTP_TRANSFER_ENCODING" not in environ:
        return
    if expected is not None and expected > MOST_BYTES:
        abort(413)
    body = _read(
        environ["wsgi.input"], MOST_BYTES + 1 if expected is None else expected
    )
    if len(body) > MOST_BYTES or body.count(b"&") >= MOST_FIELDS:
        abort(413)
    if expected is not None and len(body) < expected:
        abort(400)
    asked.body = body
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _read(stream: io.BufferedIOBase, most: int) -> bytes:
    """At most so many bytes; fewer when they end before."""
    pieces, missing = [], most
    while missing:
        try:
            piece = stream.read(min(missing, PIECE))
        except Exception as error:  # every server has errors of its own here
            raise BadRequest from error
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
