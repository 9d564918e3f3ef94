"""Texts of strangers → texts as our pages show them: plain, without answers inside.

Knows no question; says what was changed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

LONGEST = 2000
MARKUP = "Formatting is left out: texts are plain."
PIPING = "No answer is put into a text: … stands in its place."
INVISIBLE = "Invisible characters are left out."
BRACES = "Braces are written as brackets: they would stand for a place's name."

_TAGS = (
    "a b big br center code div em font h1 h2 h3 h4 h5 h6 hr i img li ol p small span "
    "strong sub sup u ul"
)
_TAG = re.compile(
    rf"<(/?)({'|'.join(_TAGS.split())})((?:\s+[\w-]+\s*=[^<>]*)?)\s*/?>", re.IGNORECASE
)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#[0-9]{2,5});", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_SLANTED = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+?)(?<=[^\s\\])\*(?![\w*])")
_SLANTED_TOO = re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_\n]+?)(?<=[^\s\\])_(?![\w_])")
_HEADLINE = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>-])")
_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")
_PIPED = re.compile(r"\$\{[^{}]*\}|<output\b[^<>]*/?>")
_BRACE = re.compile(r"[{}]")
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff]"
)


@dataclass(slots=True)
class Cleaned:
    """The text as it is kept and sentences on what was changed."""

    text: str
    notes: list[str] = field(default_factory=list)


def clean(text: str, slots: Collection[str] = (), *, is_plain: bool = False) -> Cleaned:
    """A text as pages can show it; a plain one has no formatting to take out."""
    cleaned = Cleaned(text)
    if not is_plain:
        _replace(cleaned, _without_markup(cleaned.text), MARKUP)
        _replace(cleaned, _PIPED.sub("…", cleaned.text), PIPING)
        _replace(cleaned, _without_braces(cleaned.text, slots), BRACES)
    _replace(cleaned, _visible(cleaned.text), INVISIBLE)
    cleaned.text = cleaned.text.strip()
    return cleaned


def paragraphs(texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """First paragraph and the rest, where every language has both; else nothing."""
    parts = {code: text.partition("\n\n") for code, text in texts.items()}
    if not all(rest.strip() for _, _, rest in parts.values()):
        return dict(texts), {}
    return (
        {code: first.strip() for code, (first, _, _) in parts.items()},
        {code: rest.strip() for code, (_, _, rest) in parts.items()},
    )


def _replace(cleaned: Cleaned, text: str, note: str) -> None:
    if text != cleaned.text:
        cleaned.text = text
        cleaned.notes.append(note)


def _without_markup(text: str) -> str:
    """The words without Markdown and HTML; a link keeps its address."""
    if not any(sign in text for sign in "*_<[#\\&"):
        return text
    plain = _LINK.sub(lambda m: _linked(m[1], m[2]), text)
    plain = _without_tags(plain)
    if _ENTITY.search(plain):
        plain = html.unescape(plain)
    plain = _BOLD.sub(r"\2", plain)
    plain = _SLANTED.sub(r"\1", plain)
    plain = _SLANTED_TOO.sub(r"\1", plain)
    plain = _HEADLINE.sub("", plain)
    plain = _ESCAPED.sub(r"\1", plain)
    if plain == text:
        return text
    return _MANY_LINES.sub("\n\n", _LINE_END.sub("", plain)).strip()


def _without_tags(text: str) -> str:
    addresses: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name == "a":
            return _anchor(match, addresses)
        if name in ("br", "li", "hr") and not match[1]:
            return "\n- " if name == "li" else "\n"
        if name in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6") and match[1]:
            return "\n\n"
        return ""

    return _TAG.sub(replaced, text)


def _anchor(match: re.Match[str], addresses: list[str]) -> str:
    if not match[1]:
        found = _HREF.search(match[3])
        addresses.append(found[1] if found else "")
        return ""
    address = addresses.pop() if addresses else ""
    return f" ({address})" if address else ""


def _linked(words: str, address: str) -> str:
    if not words or words == address:
        return address
    return f"{words} ({address})" if address else words


def _without_braces(text: str, slots: Collection[str]) -> str:
    kept = [match.span() for match in _SLOT.finditer(text) if match[1] in slots]

    def replaced(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in kept):
            return match[0]
        return "(" if match[0] == "{" else ")"

    return _BRACE.sub(replaced, text)


def _visible(text: str) -> str:
    """The text without control characters and marks that turn a line around."""
    return _HIDDEN.sub("", text.replace("\t", " "))
