"""Writing pages: templates in one language, kept when nothing in them changes.

Knows nothing of what stands on a page.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from flask import Response, current_app, request

from survey.headers import REVALIDATE
from survey.language import Language, own_name, speaking
from survey.respond.services import services

MOST_KEPT = 500


class Choice(NamedTuple):
    """One entry of the language switch."""

    language: Language
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page without anybody's data, packed once."""

    body: bytes
    packed: bytes
    tag: str


def render(template: str, *, language: Language, page: str, **values: object) -> str:
    """Write a template in a language; ``page`` names its kind for scripts."""
    words = services().languages.words(language)
    with speaking(words):
        return current_app.jinja_env.get_template(template).render(
            language=language,
            language_name=own_name(words),
            page=page,
            **values,
        )


def kept(key: Hashable, write: Callable[[], str]) -> Page:
    """The page kept under ``key``, or a new one written by calling ``write``."""
    pages: dict[Hashable, Page] = current_app.extensions.setdefault("pages", {})
    page = pages.get(key)
    if page is None:
        body = write().encode()
        if len(pages) >= MOST_KEPT:
            pages.clear()
        tag = blake2b(body, digest_size=12).hexdigest()
        page = pages[key] = Page(body, gzip.compress(body, 9, mtime=0), tag)
    return page


def send(page: Page, status: int = 200) -> Response:
    """A page for everybody: packed if the browser can, checked again each time."""
    is_packed = takes_gzip()
    response = Response(
        page.packed if is_packed else page.body, status, mimetype="text/html"
    )
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = REVALIDATE
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    if status == 200:
        response.set_etag(page.tag + ("g" if is_packed else ""))
        response.make_conditional(request)
    return response


def takes_gzip() -> bool:
    """Whether the browser can unpack what is sent to it."""
    return request.accept_encodings["gzip"] > 0
