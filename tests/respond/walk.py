"""One person's steps through a survey, page by page, with every button."""

from __future__ import annotations

from typing import Any

import html5lib

from tests import visits
from tests.page_lint import strip_namespace


def is_key_taken(response: Any) -> bool:
    """Whether the browser has no key any more, after all the cookies it is sent.

    The key is replaced before it is taken away, so that going back shows nothing.
    """
    first, last = response.headers.getlist("Set-Cookie")
    return "Expires" not in first and "Expires=Thu, 01 Jan 1970" in last


class Walk:
    """A resident who keeps the page they see; ``page`` is what a script reads."""

    def __init__(self, client: Any, slug: str, language: str = "xl") -> None:
        self.client = client
        self.slug = slug
        self.language = language
        self.open()

    def open(self, place: str = "", **how: Any) -> Walk:
        """Fetch an address of the survey."""
        path = f"/{self.language}/{self.slug}/{place}"
        return self._see(self.client.get(path, follow_redirects=True, **how))

    def press(self, go: str, **answers: Any) -> Walk:
        """Send the form with a button; what is not named stays as it stands."""
        return self.send(self.inputs(**answers) | {"go": go})

    def switch(self, language: str, **answers: Any) -> Walk:
        """Send the form with a language button."""
        self.language = language
        return self.send(self.inputs(**answers) | {"language": language})

    def start(self, **answers: Any) -> Walk:
        return self.press("start", **answers)

    def next(self, **answers: Any) -> Walk:
        return self.press("next", **answers)

    def inputs(self, **answers: Any) -> dict[str, Any]:
        """What a browser would post."""
        return {**self.page.inputs, **answers}

    def send(self, data: dict[str, Any], **how: Any) -> Walk:
        """Post something to the address one is at."""
        return self._see(
            self.client.post(self.address, data=data, follow_redirects=True, **how)
        )

    def post(self, data: dict[str, Any]) -> Any:
        """The same without following where it leads."""
        return self.client.post(self.address, data=data)

    def _see(self, response: Any) -> Walk:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        query = response.request.query_string.decode()
        self.address = f"{self.path}?{query}" if query else self.path
        self.html = response.get_data(as_text=True) if not response.is_streamed else ""
        self.page = visits.read(response)
        form = self.find("form[@id='answers']")
        if form is not None:
            self.address = form.get("action") or self.address
        return self

    @property
    def kind(self) -> str:
        return self.page.kind

    @property
    def place(self) -> str:
        """The last part of the address."""
        return self.path.rpartition("/")[2]

    def tree(self) -> Any:
        page = html5lib.parse(self.html)
        strip_namespace(page)
        return page

    def find(self, path: str) -> Any:
        return self.tree().find(f".//{path}")

    def text(self, path: str) -> str:
        """All text of the first element found, spaces made one."""
        element = self.find(path)
        return "" if element is None else " ".join("".join(element.itertext()).split())

    def texts(self, path: str) -> list[str]:
        found = self.tree().findall(f".//{path}")
        return [" ".join("".join(one.itertext()).split()) for one in found]

    def answers(self) -> list[str]:
        """One's own answers as the page lists them."""
        return self.texts("dl[@class='answers']/dd")

    def heading(self) -> str:
        return self.text("h1")

    def problems(self) -> list[str]:
        """Ids of the fields that the summary of errors leads to."""
        links = self.tree().findall(".//*[@id='errors']//a")
        return [link.get("href").removeprefix("#") for link in links]
