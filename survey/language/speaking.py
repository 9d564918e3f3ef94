"""The language of the page being written, and gettext in it.

One variable of the context holds it, so threads never mix their languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from survey.language.catalog import Words


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for extraction that is translated later."""
    return message


_speaking: ContextVar[Words] = ContextVar("speaking")


@contextmanager
def speaking(words: Words) -> Iterator[None]:
    """Make ``words`` the language of every text written inside."""
    token = _speaking.set(words)
    try:
        yield
    finally:
        _speaking.reset(token)


def speaks() -> Words:
    """The words of the language being written; ``LookupError`` outside."""
    return _speaking.get()


def gettext(message: str, **values: object) -> str:
    """A text in the language being written; named placeholders are filled."""
    text = _speaking.get().gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """A text that depends on a number, which may stand in it as ``%(num)s``."""
    return _speaking.get().ngettext(one, many, n) % {"num": n, **values}


def pgettext(context: str, message: str, **values: object) -> str:
    """A text told apart from others of the same English words by its context."""
    text = _speaking.get().pgettext(context, message)
    return text % values if values else text


def npgettext(context: str, one: str, many: str, n: int, **values: object) -> str:
    """Both: a context and a number."""
    return _speaking.get().npgettext(context, one, many, n) % {"num": n, **values}
