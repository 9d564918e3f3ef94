"""Puts pictures into a page that shares one set of letters among all of them.

Letters are half of a picture's weight, and the same in all. Knows how
`analysis.charts` writes its files, nothing of what they show.
"""

from __future__ import annotations

import base64
import re

from markupsafe import Markup, escape

DRAWING = re.compile(r"<svg\b.*</svg>", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
STYLE = re.compile(r"<defs>\s*<style\b.*?</style>\s*</defs>", re.DOTALL)
LETTER = re.compile(r'<path id="([^"]+)" d="[^"]*"/>')
LETTERS = re.compile(rf"<defs>(?:{LETTER.pattern})+</defs>")
SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')
COUNTER = re.compile(r' id="(?:figure|patch|text)_\d+"')
OWN_NAME = re.compile(r'(?<= id=")([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))')
SPACE = re.compile(r"\s*\n\s*")


class Drawings:
    """The pictures of one page; ``letters`` has to stand on it before they do."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._count = 0

    @property
    def letters(self) -> Markup:
        """All letters the pictures refer to, shown nowhere."""
        outlines = "".join(self._letters.values())
        return Markup(  # noqa: S704 - outlines of letters, written by ourselves
            f'<svg class="letters" aria-hidden="true"><defs>{outlines}</defs></svg>'
        )

    def put(self, svg: bytes, alternative: str) -> Markup:
        """One picture, to be heard as ``alternative``."""
        self._count += 1
        text = svg.decode()
        found = DRAWING.search(text)
        own = {each[1]: each[0] for each in LETTER.finditer(text)}
        if found is None or self._differ(own):
            return _image(svg, alternative)
        self._letters |= own
        drawing = found[0]
        for waste in (COMMENT, STYLE, LETTERS, COUNTER):
            drawing = waste.sub("", drawing)
        head, _, rest = drawing.partition(">")
        head = SIZE.sub("", head) + f' role="img" aria-label="{escape(alternative)}">'
        rest = OWN_NAME.sub(rf"\g<0>-{self._count}", rest)
        rest = rest.replace("xlink:href", "href")
        return Markup(SPACE.sub(" ", head + rest))  # noqa: S704 - as above

    def _differ(self, letters: dict[str, str]) -> bool:
        """Whether a letter has the name of another one on this page."""
        known = self._letters
        return any(known.get(name, text) != text for name, text in letters.items())


def _image(svg: bytes, alternative: str) -> Markup:
    data = base64.b64encode(svg).decode("ascii")
    return Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(
        data, alternative
    )
