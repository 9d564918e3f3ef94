"""The one cookie a resident can get: the key of what is kept for this browser.

Name and flags follow the settings, never the request. Knows nothing of drafts.
"""

from __future__ import annotations

import base64
import binascii

from flask import Request, Response

from survey.respond.sealing import KEY_BYTES, new_key
from survey.settings import Settings

# What a browser shall forget on leaving. Cookies are expired by name instead:
# "cookies" here would also sign out of every neighbour under the same domain.
FORGET = '"cache", "storage"'


def read(request: Request, settings: Settings) -> bytes | None:
    """The browser's key, or ``None`` when it has none."""
    text = _value(request.headers.get("Cookie", ""), settings.cookie_name)
    try:
        key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _value(header: str, name: str) -> str:
    """What the first cookie of that name says.

    Our own is never quoted, so the header need not be read by all the rules.
    """
    for cookie in header.split(";"):
        own, _, value = cookie.partition("=")
        if own.strip() == name:
            return value.strip()
    return ""


def give(response: Response, settings: Settings, key: bytes) -> Response:
    """Set the browser's key; it ends with the browser session."""
    text = base64.urlsafe_b64encode(key).rstrip(b"=").decode()
    response.set_cookie(
        settings.cookie_name,
        text,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def take(response: Response, settings: Settings) -> Response:
    """Take the key away and have the browser forget the pages it has kept.

    Chromium drops the pages it keeps for going back when a cookie has changed since
    they were shown, but miscounts by one where the page itself came with a cookie,
    as the thank-you page does. So the key is replaced first, then taken away.
    """
    give(response, settings, new_key())
    response.delete_cookie(
        settings.cookie_name,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Clear-Site-Data"] = FORGET
    return response
