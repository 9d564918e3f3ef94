"""Pictograms and sounds of published editions, kept by browsers for ever."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, request

from survey.headers import FOREVER
from survey.respond.services import services
from survey.storage import media

blueprint = Blueprint("media", __name__)
_FROZEN = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{3,4}")


@blueprint.get("/media/<name>")
def show(name: str) -> Response:
    """One file, whole or the part a player asks for."""
    content = None
    if _FROZEN.fullmatch(name):
        content = media.read(services().settings, name)
    if content is None:
        abort(404)
    response = Response(content, mimetype=media.mimetype(name))
    response.headers["Cache-Control"] = FOREVER
    response.headers["Accept-Ranges"] = "bytes"
    response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return response
