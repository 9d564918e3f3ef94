"""What every answer to a browser carries: security headers and cache rules.

Knows nothing of questionnaires; each value has its reason in docs/privacy.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort
from werkzeug.datastructures import Headers

from survey.asked import Asked, first

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

STEP = 4096
_BEFORE, _BEHIND = b"<!-- ", b" -->"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# a picture opened on its own is a document: it may style itself and nothing else
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "sync-xhr",
    "usb",
    "xr-spatial-tracking",
)

ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in _FEATURES)),
    # no-referrer would make browsers send "Origin: null" with every form
    ("Referrer-Policy", "same-origin"),
)
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")

HTML = "text/html; charset=utf-8"
NO_STORE = "no-store, no-transform"
REVALIDATE = "no-cache, private"
FOREVER = "public, max-age=31536000, immutable"


def protect(app: Flask, *, public_url: str) -> None:
    """Give every response its headers and refuse forms posted from other sites."""
    always = list(ALWAYS)
    if public_url.startswith("https://"):
        always.append(STRICT_TRANSPORT)
    own_host = urlsplit(public_url).netloc

    def refuse_foreign_forms(asked: Asked) -> None:
        if asked.method == "POST" and is_foreign(asked, own_host):
            abort(403)

    first(app, refuse_foreign_forms)

    inner = app.wsgi_app
    pictures = [*always, ("Content-Security-Policy", PICTURE_POLICY)]
    pages = [*always, ("Content-Security-Policy", CONTENT_SECURITY_POLICY)]

    def covered(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def begin(status: str, own: list[tuple[str, str]], *fault: Any) -> Any:
            is_picture, is_ruled = _look_over(own)
            # what nobody thought of is not kept by a browser either
            ruled = [] if is_ruled else [("Cache-Control", NO_STORE)]
            added = pictures if is_picture else pages
            return start(status, [*own, *added, *ruled], *fault)

        return inner(environ, begin)

    # below Flask's responses, which check every header they are given each time
    app.wsgi_app = covered  # type: ignore[method-assign,assignment] # Flask's own way


def _look_over(headers: list[tuple[str, str]]) -> tuple[bool, bool]:
    """Whether a response is a picture, and whether it says how long to keep it."""
    is_picture = is_ruled = False
    for name, value in headers:
        if name == "Content-Type":
            is_picture = value.startswith("image/svg+xml")
        elif name == "Cache-Control":
            is_ruled = True
    return is_picture, is_ruled


def plain(public_url: str) -> tuple[tuple[str, str], ...]:
    """Headers of a page that is sent without the application."""
    policy = ("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    strict = (STRICT_TRANSPORT,) if public_url.startswith("https://") else ()
    return (*ALWAYS, *strict, policy, ("Cache-Control", NO_STORE))


def is_foreign(form: Request, own_host: str) -> bool:
    """Whether a form was sent from another site, as far as the browser says.

    Old browsers send neither header; that never blocks anybody.
    """
    site = form.environ.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = form.environ.get("HTTP_ORIGIN")
    if origin is None:
        return False
    return urlsplit(origin).netloc not in (own_host, form.host)


def is_unasked(headers: Headers) -> bool:
    """Whether a page was fetched that nobody on our pages has pressed for.

    A link elsewhere, or a browser that loads ahead, must not delete what somebody
    is writing.
    """
    if headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    purpose = headers.get("Sec-Purpose") or headers.get("Purpose") or ""
    return "prefetch" in purpose or "prerender" in purpose


def answer_page(html: str, status: int = 200, *, spare: int = 0) -> Response:
    """A page with somebody's answers: never kept, never packed, of a common length.

    A log in front of us would otherwise tell questions and answers apart by size.
    ``spare`` is by how much the page could have been longer with other answers.
    """
    body = html.encode()
    around = len(_BEFORE) + len(_BEHIND)
    missing = spare + -(len(body) + spare + around) % STEP
    body = b"".join((body, _BEFORE, b"." * missing, _BEHIND))
    return Response(body, status, {"Cache-Control": NO_STORE}, content_type=HTML)
