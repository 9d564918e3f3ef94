"""A request as our pages see it, and what looks at each before any page does.

Knows no page and no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import cast
from urllib.parse import parse_qsl

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

FORM = "application/x-www-form-urlencoded"
_LOOKS = "looks"
_NOTHING: MultiDict[str, str] = ImmutableMultiDict()


class Asked(Request):
    """A request whose body was taken in before anything looked at it."""

    body: bytes | None = None
    """The whole body, or ``None`` where none came."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What stands behind the question mark, nearly always nothing."""
        return super().args if self.query_string else _NOTHING

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """What was entered, in the order of the page."""
        kind, _, _ = self.environ.get("CONTENT_TYPE", "").partition(";")
        if self.body is None or kind.strip().lower() != FORM:
            return super().form
        # letters that are none are shown as such, never a reason to lose the rest
        text = self.body.decode(errors="replace")
        return ImmutableMultiDict(
            parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote")
        )


Look = Callable[[Asked], None]


def first(app: Flask, look: Look) -> None:
    """Have every request looked at, in this order, by what may abort it."""
    looks(app).append(look)


def looks(app: Flask) -> list[Look]:
    """What looks at every request."""
    return cast("list[Look]", app.extensions.setdefault(_LOOKS, []))
