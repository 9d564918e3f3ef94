"""Checks every page that any test fetches, as HTML5 and for the people who read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient

from survey.headers import CONTENT_SECURITY_POLICY, STEP
from survey.language import Language
from survey.respond.services import EXTENSION
from tests import pseudo

PAGES = {
    "languages",
    "surveys",
    "about",
    "begun",
    "used",
    "question",
    "review",
    "thanks",
    "closed",
    "left",
    "error",
    "results",
    "information",
}
ANSWER_PAGES = {"begun", "question", "review", "thanks"}
SPOKEN = ("alt", "aria-label", "title", "placeholder")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form")


class PageLintError(AssertionError):
    """A page that residents must not meet."""


class Resident(FlaskClient):
    """A test client that reads every page it is given like a strict reviewer."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            services = self.application.extensions[EXTENSION]
            sent = Sent(
                status=response.status_code,
                html=response.get_data(as_text=True)
                if "Content-Encoding" not in response.headers
                else "",
                headers=dict(response.headers),
                cookies=response.headers.getlist("Set-Cookie"),
                length=len(response.get_data()),
            )
            problems = list(lint(sent, services))
            if problems:
                where = f"{response.request.method} {response.request.path}"
                raise PageLintError("\n  ".join([where, *problems]))
        return response


@dataclass(frozen=True)
class Sent:
    """What a browser was sent."""

    status: int
    html: str
    headers: Mapping[str, str]
    cookies: list[str]
    length: int


def lint(sent: Sent, services: Any) -> Iterator[str]:
    """Everything that is wrong with a page."""
    yield from _headers(sent, services.settings.cookie_name)
    if not sent.html:
        return
    parser = html5lib.HTMLParser()
    page = parser.parse(sent.html)
    for _, name, values in parser.errors:
        yield f"not HTML5: {name} {values}"
    strip_namespace(page)
    language = _language(page, services)
    if language is None:
        yield f"lang={page.get('lang')!r} dir={page.get('dir')!r} is in no registry"
        return
    yield from _frame(page, sent, services.languages.words(language))
    yield from _structure(page)
    yield from _names(page)
    yield from _addresses(page)
    if any(mark in sent.html for mark in ("\x02", "\x03", "\ue000")):
        yield "a variable place was left open"
    if language in pseudo.LANGUAGES:
        yield from _untranslated(page)


def strip_namespace(page: Element) -> None:
    for element in page.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]


def _headers(sent: Sent, cookie_name: str) -> Iterator[str]:
    if sent.headers.get("Content-Security-Policy") != CONTENT_SECURITY_POLICY:
        yield "the content security policy is missing or another one"
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ):
        if sent.headers.get(name) != value:
            yield f"{name} is not {value}"
    if "Cache-Control" not in sent.headers:
        yield "nothing says how long a browser may keep the page"
    for cookie in sent.cookies:
        name = cookie.partition("=")[0]
        if name != cookie_name:
            yield f"an undeclared cookie: {name}"
        if "HttpOnly" not in cookie or "SameSite=Lax" not in cookie:
            yield f"the cookie {name} lacks HttpOnly or SameSite"


def _language(page: Element, services: Any) -> Language | None:
    for language in services.languages.released:
        same = (page.get("lang"), page.get("dir"))
        if same == (language.html, language.direction):
            return language
    return None


def _frame(page: Element, sent: Sent, words: Any) -> Iterator[str]:
    if len(list(page.iter("h1"))) != 1:
        yield f"{len(list(page.iter('h1')))} headings of level 1"
    kind = page.find("body").get("data-page")
    if kind not in PAGES:
        yield f"data-page={kind!r}"
    if (kind == "error") is not (sent.status >= 400 and sent.status != 422):
        yield f"data-page={kind!r} with status {sent.status}"
    title = _text(page.find("head/title")).strip()
    error = words.gettext("Error: %(title)s").partition("%(title)s")[0]
    if not title:
        yield "no title"
    if title.startswith(error) is not (sent.status == 422):
        yield f"title {title!r} with status {sent.status}"
    if sent.status == 422 and page.find(".//*[@id='errors']") is None:
        yield "no summary of errors"
    if kind in ANSWER_PAGES:
        yield from _answer_page(sent)


def _answer_page(sent: Sent) -> Iterator[str]:
    if sent.headers.get("Cache-Control") != "no-store, no-transform":
        yield "a page with answers may be kept or changed on its way"
    if sent.length % STEP:
        yield f"a page with answers of {sent.length} bytes tells its length"


def _structure(page: Element) -> Iterator[str]:
    counts = Counter(e.get("id") for e in page.iter() if e.get("id"))
    yield from (f"id {name!r} occurs {n} times" for name, n in counts.items() if n > 1)
    levels = [int(e.tag[1]) for e in page.iter() if e.tag in HEADINGS]
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    for element in page.iter():
        yield from _references(element, counts)
        yield from _inline(element)


def _references(element: Element, ids: Mapping[Any, int]) -> Iterator[str]:
    for name in REFERENCES:
        for one in (element.get(name) or "").split():
            if one not in ids:
                yield f"{element.tag} {name}={one!r} leads nowhere"
    href = element.get("href") or ""
    if href.startswith("#") and href[1:] not in ids:
        yield f"the link {href} leads nowhere"


def _inline(element: Element) -> Iterator[str]:
    if element.get("style") is not None or element.tag == "style":
        yield f"{element.tag} has a style of its own"
    if any(name.startswith("on") for name in element.keys()):  # noqa: SIM118
        yield f"{element.tag} has a script of its own"
    if element.tag == "script" and (not element.get("src") or _text(element)):
        yield "a script stands in the page"


def _names(page: Element) -> Iterator[str]:
    labels = {e.get("for") for e in page.iter("label") if _text(e).strip()}
    for element in page.iter():
        if element.tag in ("input", "select", "textarea"):
            is_hidden = element.get("type") == "hidden"
            named = element.get("id") in labels or _is_named(element)
            if not is_hidden and not named:
                yield f"{element.tag} {element.get('name')!r} has no label"
        elif element.tag in ("a", "button", "summary", "legend", "caption"):
            if not _text(element).strip() and not _is_named(element):
                yield f"{element.tag} {element.attrib} says nothing"
        elif element.tag == "img" and element.get("alt") is None:
            yield f"the picture {element.get('src')} has no alternative text"
        elif element.tag == "fieldset" and element.find("legend") is None:
            yield "a fieldset without a legend"


def _is_named(element: Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby"))


def _addresses(page: Element) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src", "action", "formaction", "data", "srcset", "poster"):
            value = element.get(name)
            if value is None:
                continue
            parts = urlsplit(value)
            if parts.netloc or parts.scheme not in ("", "tel", "mailto"):
                yield f"{element.tag} leads to another host: {value}"


def _untranslated(page: Element) -> Iterator[str]:
    for words in pseudo.untranslated(_text(page.find("head/title"))):
        yield f"the title holds an untranslated text: {words!r}"
    for words in pseudo.untranslated(_text(page.find("body"), page.get("lang"))):
        yield f"an untranslated text: {words!r}"
    for element in _spoken(page, page.get("lang")):
        for name in SPOKEN:
            for words in pseudo.untranslated(element.get(name) or ""):
                yield f"an untranslated {name}: {words!r}"


def _is_foreign(element: Element, language: str | None) -> bool:
    return (
        element.tag in ("bdi", "script", "style", "textarea")
        or element.get("translate") == "no"
        or element.get("lang") not in (None, language)
    )


def _spoken(element: Element, language: str | None) -> Iterator[Element]:
    yield element
    for child in element:
        if not _is_foreign(child, language):
            yield from _spoken(child, language)


def _text(element: Element | None, language: str | None = None) -> str:
    """All text inside; with a language given, only what is written in it."""
    if element is None or not isinstance(element.tag, str):
        return ""
    parts = [element.text or ""]
    for child in element:
        if language is None or not _is_foreign(child, language):
            parts.append(_text(child, language))
        parts.append(child.tail or "")
    return "".join(parts)
