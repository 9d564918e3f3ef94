"""Under which host names pages are shown, and whether a proxy stands in front.

An address that a browser claims is compared and never repeated. Knows no page.
"""

from __future__ import annotations

import ipaddress
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, abort

from survey.asked import Asked, first
from survey.settings import Settings
from survey.settings.checks import is_loopback

# asked by the machine itself, which knows no name of ours; they repeat nothing
FOR_THE_MACHINE = ("/health", "/metrics")
_PORTS = {"http": 80, "https": 443}
_FORWARDED = frozenset(
    ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
)


def refuse_strangers(app: Flask, settings: Settings) -> None:
    """Answer only to the name residents were given; note a proxy nobody counted."""
    noted = _mark(settings)
    public = urlsplit(settings.public_url).hostname or ""
    is_public = not is_loopback(public) and not settings.demo
    is_noted = False
    if settings.trusted_proxies:
        noted.unlink(missing_ok=True)

    def look(asked: Asked) -> None:
        nonlocal is_noted
        if asked.path in FOR_THE_MACHINE:
            return
        if (
            not is_noted
            and not settings.trusted_proxies
            and _is_proxied(asked, is_public=is_public)
        ):
            is_noted = True
            _note(noted)
        # as it was sent: nothing of it is read but whether it is ours
        if not is_own(asked.environ.get("HTTP_HOST") or asked.host, settings):
            abort(400)

    first(app, look)


def is_own(host: str, settings: Settings) -> bool:
    """Whether a ``Host`` header names this instance."""
    return _names(host, settings.public_url, is_demo=settings.demo)


# every request asks, nearly always the same; a flood of names only pushes others out
@lru_cache(maxsize=256)
def _names(host: str, public_url: str, *, is_demo: bool) -> bool:
    own = urlsplit(public_url)
    name, port = _parts(host)
    own_name = (own.hostname or "").lower()
    if is_loopback(own_name) and is_loopback(name):
        return True
    if is_demo and _is_address(name):
        # no web page elsewhere can have a number of this machine as its name
        return True
    default = _PORTS.get(own.scheme)
    return name == own_name and (port or default) == (own.port or default)


def was_proxied(settings: Settings) -> bool:
    """Whether requests came through a proxy that the settings do not count."""
    return not settings.trusted_proxies and _mark(settings).exists()


def _parts(host: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return "", None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_proxied(asked: Asked, *, is_public: bool) -> bool:
    """Whether somebody near passes on what others asked for.

    Headers alone prove nothing: anybody can send them from afar.
    """
    is_passed_on = not _FORWARDED.isdisjoint(asked.environ)
    if not is_passed_on and not is_public:
        return False
    try:
        near = ipaddress.ip_address(asked.remote_addr or "")
    except ValueError:
        return False
    return near.is_private if is_passed_on else near.is_loopback


def _mark(settings: Settings) -> Path:
    return settings.instance / "proxy-seen"


def _note(mark: Path) -> None:
    with suppress(OSError):
        mark.touch(mode=0o600)
        os.utime(mark, (0, 0))  # that it happened, not when
