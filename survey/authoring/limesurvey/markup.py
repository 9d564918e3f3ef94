"""HTML of LimeSurvey's texts → plain words, with an account of what is lost; back.

Knows no question. Every step looks at each character a fixed number of times.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

LONGEST_MARKUP = 10_000
MOST_LOSSES = 10
GAP = "…"
# Unambiguous, and quotes are bounded, so that no text makes it try for long.
_INSERTION = re.compile(
    r"""(?<!\\)\{(?=\S)((?:[^{}"']|"[^"]{0,300}"|'[^']{0,300}')*)\}"""
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MARKED = re.compile(f"[<&{{}}\\\\]|{_HIDDEN.pattern}")
_TAG_FAST = re.compile(r"<[^<>]*>|&[#A-Za-z0-9]{1,10};")
HURRY = "There is so much formatting in the file that all of it is cut out here."
_ATTRIBUTE = re.compile(r"""\b(alt|src|href)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_UNSEEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_LINES = """
    address article blockquote center dd div dl dt fieldset figure footer form
    h1 h2 h3 h4 h5 h6 header hr ol p pre section table tbody thead tr ul
"""
_BLOCKS = frozenset(_LINES.split())
_PLACES = frozenset(("audio", "embed", "iframe", "object", "video"))


@dataclass(slots=True)
class Plain:
    """Words without markup; ``losses`` are sentences that say what was left out.

    ``images`` are the names of image files that stood in the text.
    """

    text: str = ""
    losses: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)


def to_plain(markup: str) -> Plain:
    """The words of a text as LimeSurvey keeps it."""
    found = Plain()
    if len(markup) <= LONGEST_MARKUP and not _MARKED.search(markup):
        found.text = " ".join(markup.split())
        return found
    if len(markup) > LONGEST_MARKUP:
        markup = markup[:LONGEST_MARKUP]
        _lose(found, f"What follows {LONGEST_MARKUP} characters is left out.")
    seen = _without_unseen(markup, found)
    seen = _INSERTION.sub(lambda match: _inserted(match, found), seen)
    walk = _Walk(found)
    words = html.unescape(walk.text(seen)).replace("\u00a0", " ")
    if _HIDDEN.search(words):
        _lose(found, "Invisible characters are left out.")
        words = _HIDDEN.sub("", words)
    words = words.replace("\\{", "{").replace("\\}", "}")
    if "{" in words or "}" in words:
        _lose(found, "Braces became round brackets.")
        words = words.replace("{", "(").replace("}", ")")
    found.text = _tidied(words)
    return found


def _lose(found: Plain, sentence: str) -> None:
    if len(found.losses) < MOST_LOSSES and sentence not in found.losses:
        found.losses.append(sentence)


def _inserted(match: re.Match[str], found: Plain) -> str:
    source = " ".join(html.unescape(match[0]).split())
    shown = source if len(source) <= 60 else f"{source[:58]}…}}"
    reason = f"{shown} inserts a value, which no text can do here: {GAP} stands for it."
    _lose(found, reason)
    return GAP


def _without_unseen(markup: str, found: Plain) -> str:
    """Comments, scripts and styles cut out."""
    for start, end in _UNSEEN:
        if start not in markup.lower():
            continue
        if start == "<script":
            _lose(found, "A script is left out.")
        markup = _cut(markup, start, end)
    return markup


def _cut(markup: str, start: str, end: str) -> str:
    small = markup.lower()
    if len(small) != len(markup):  # a few letters change their length
        small = markup
    kept, at = [], 0
    while (begin := small.find(start, at)) >= 0:
        kept.append(markup[at:begin])
        finish = small.find(end, begin)
        at = len(markup) if finish < 0 else finish + len(end)
    kept.append(markup[at:])
    return " ".join(kept)


class _Walk:
    """Goes through the tags of one text, once."""

    def __init__(self, found: Plain) -> None:
        self.found = found
        self.out: list[str] = []
        self.lists: list[int] = []
        self.open_link: tuple[str, int] | None = None

    def text(self, markup: str) -> str:
        """The text with the sense of its tags: lines, items, addresses."""
        at = 0
        for match in _TAG.finditer(markup):
            self.words(markup[at : match.start()])
            self.tag(match[2].lower(), match[3], is_end=bool(match[1]))
            at = match.end()
        self.words(markup[at:])
        return "".join(self.out)

    def words(self, words: str) -> None:
        """Words between tags; a line end in HTML is a space."""
        if words:
            self.out.append(words.replace("\r", " ").replace("\n", " "))

    def tag(self, name: str, inside: str, *, is_end: bool) -> None:
        """What a tag means to somebody who reads."""
        if name == "br" or name in _BLOCKS:
            self.block(name, is_end=is_end)
        elif name == "li":
            self.out.append("" if is_end else self.item())
        elif name in ("td", "th"):
            self.out.append(" ")
        elif name == "img":
            self.image(inside)
        elif name == "a":
            self.link(inside, is_end=is_end)
        elif name in _PLACES:
            _lose(self.found, "A film, a sound or another page is left out.")
        else:
            _lose(self.found, "Formatting is left out.")
        if "style" in inside:
            _lose(self.found, "Formatting is left out.")

    def block(self, name: str, *, is_end: bool) -> None:
        """A line of its own; lists remember whether and where they count."""
        self.out.append("\n")
        if name == "table":
            _lose(self.found, "A table became lines.")
        if name in ("ol", "ul") and not is_end:
            self.lists.append(0 if name == "ol" else -1)
        elif name in ("ol", "ul") and self.lists:
            self.lists.pop()

    def item(self) -> str:
        """How an item of the list around it begins."""
        if not self.lists or self.lists[-1] < 0:
            return "\n– "
        self.lists[-1] += 1
        return f"\n{self.lists[-1]}. "

    def image(self, inside: str) -> None:
        """The words that stand for an image, if it has any."""
        attributes = _attributes(inside)
        name = PurePosixPath(attributes.get("src", "")).name or "without a name"
        self.found.images.append(name)
        _lose(self.found, f"The image {name} is left out.")
        self.out.append(attributes.get("alt", ""))

    def link(self, inside: str, *, is_end: bool) -> None:
        """The address behind the words, unless the words are the address."""
        if not is_end:
            self.open_link = (_attributes(inside).get("href", ""), len(self.out))
        if not is_end or self.open_link is None:
            return
        address, start = self.open_link
        self.open_link = None
        address = address.removeprefix("mailto:").removeprefix("tel:")
        words = "".join(self.out[start:])
        if address and address not in words and not address.startswith(("#", GAP)):
            self.out.append(f" ({address})")


def _attributes(inside: str) -> dict[str, str]:
    return {name: value.strip("\"'") for name, value in _ATTRIBUTE.findall(inside)}


def _tidied(words: str) -> str:
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line and line != "–")


def stripped(markup: str) -> Plain:
    """The words of a text in a hurry, tags cut out whatever they mean."""
    words = _TAG_FAST.sub(" ", markup[:LONGEST_MARKUP])
    words = _HIDDEN.sub("", words).replace("{", "(").replace("}", ")")
    return Plain(" ".join(words.split()), [HURRY])


def to_markup(text: str) -> str:
    """Plain words as LimeSurvey keeps them."""
    escaped = html.escape(text, quote=False).replace("\n", "<br />")
    return escaped.replace("{", "\\{").replace("}", "\\}")


def joined(sentences: Iterable[str]) -> str:
    """Sentences, each once, in their order."""
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))
