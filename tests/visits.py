"""A resident as a program: fills in forms by the markup the contract promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import html5lib

from tests.page_lint import strip_namespace

MOST_PAGES = 60

Inputs = dict[str, list[str]]


@dataclass
class Page:
    """What a script can rely on: kind, address, the one form and its inputs."""

    kind: str
    path: str
    inputs: Inputs = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def can(self, name: str, value: str) -> bool:
        return (name, value) in self.buttons


def read(response: Any) -> Page:
    """A page as a script sees it."""
    tree = html5lib.parse(response.get_data(as_text=True))
    strip_namespace(tree)
    page = Page(tree.find("body").get("data-page"), response.request.path)
    form = tree.find(".//form[@id='answers']")
    for element in form.iter() if form is not None else ():
        _take(element, page)
    return page


def _take(element: Any, page: Page) -> None:
    name = element.get("name")
    if name is None:
        return
    if element.tag == "button":
        page.buttons.append((name, element.get("value")))
    elif element.tag == "select":
        options = list(element.iter("option"))
        page.offered[name] = [option.get("value") for option in options]
        chosen = [o.get("value") for o in options if o.get("selected") is not None]
        page.inputs[name] = chosen or page.offered[name][:1]
    elif element.tag == "textarea":
        page.inputs[name] = [element.text or ""]
        page.offered[name] = []
    elif element.get("type") in ("radio", "checkbox"):
        page.offered.setdefault(name, []).append(element.get("value"))
        if element.get("checked") is not None:
            page.inputs.setdefault(name, []).append(element.get("value"))
    elif element.tag == "input":
        page.inputs[name] = [element.get("value") or ""]
        page.offered.setdefault(name, [])


def post(client: Any, page: Page, go: str, answers: Mapping[str, Any] = {}) -> Any:
    """Send the form of a page with a button, and follow the redirect."""
    inputs = {
        name: answers.get(name, given)
        for name, given in {**dict.fromkeys(page.offered, []), **page.inputs}.items()
    }
    return client.post(page.path, data={**inputs, "go": go}, follow_redirects=True)


def respond(
    client: Any,
    answers: Mapping[str, Any],
    language: str = "en",
    *,
    slug: str = "zusammenleben",
    code: str = "",
    until: str = "thanks",
) -> Any:
    """Answer a whole survey, or up to a kind of page; the last page's response.

    A page that refuses an answer (422) is the last one, too.

    ``answers`` maps names of inputs to one value or a list of values; what is
    not named stays empty.
    """
    response = client.get(f"/{language}/{slug}/")
    start = {"code": code} if code else {}
    page = read(response)
    response = post(client, page, "start", start)
    for _ in range(MOST_PAGES):
        page = read(response)
        is_last = page.kind in (until, "thanks", "used", "closed", "error", "about")
        if is_last or response.status_code == 422:
            return response
        go = "send" if page.kind == "review" else "next"
        response = post(client, page, go, answers)
    raise AssertionError(f"no end after {MOST_PAGES} pages")
