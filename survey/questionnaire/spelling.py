"""Reads over what word processors and web pages make of an expression.

Typographic quotes, escaped signs, unusual spaces and invisible characters are
read as what was meant, with a note; what stands inside quotes stays as it is.
What an expression means, it does not know.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire.fault import Fault

SINGLE = "‘’‚‛‹›′´`＇"
DOUBLE = "“”„‟«»″〝〞＂"
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
_SPACES = "\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

REFERENCE = r"\$\{[^{}\n]*\}"
TEXT = "'[^']*'|\"[^\"]*\""
_WRITTEN = re.compile(
    rf"(?P<reference>{REFERENCE})|(?P<text>{TEXT})"
    rf"|(?P<single>[{SINGLE}'][^'{SINGLE}]*[{SINGLE}'])"
    rf'|(?P<double>[{DOUBLE}"][^"{DOUBLE}]*[{DOUBLE}"])'
    r"|(?P<quoted>&(?:amp;)*(?P<quote>quot|apos|\#34|\#39);"
    r"(?P<inside>[^&'\"]*)&(?:amp;)*(?P=quote);)"
    r"|(?P<escaped>&(?:amp;)*(?:lt|gt|amp|nbsp|\#(?:60|62|38|160));)"
    rf"|(?P<space>[{_SPACES}]+)|(?P<invisible>[{INVISIBLE}]+)"
)
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_JOINERS = "\u200c\u200d"  # parts of words in some scripts
_NOTES = {
    "quotes": (
        "There are typographic quotes here.",
        "They are read as straight ones; write ' or \" to be safe.",
    ),
    "escaped": (
        "A sign is written as on web pages here.",
        "It is read as the sign itself; write < > & ' or \" to be safe.",
    ),
    "space": (
        "There is an unusual space here.",
        "It is read as a space; type it anew to be safe.",
    ),
    "invisible": (
        "There is an invisible character here.",
        "It is left out; type the words around it anew to be safe.",
    ),
    "hidden": (
        "There is an invisible character in this text.",
        "Type the text anew: with the character it equals nothing else.",
    ),
    "answer": (
        "Inside quotes an answer is not looked at.",
        "Write concat('text ', ${name}), or check where the quote ends.",
    ),
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A plain source; ``at`` says where each of its characters stood, none: there."""

    text: str
    at: tuple[int, ...] | None = None
    faults: tuple[Fault, ...] = ()

    def position(self, place: int) -> int:
        """Where in the original a place of the plain source stands."""
        if self.at is None:
            return place
        if place < len(self.at):
            return self.at[place]
        return self.at[-1] + 1 if self.at else 0


class Rewriting:
    """Puts a source together anew and remembers where everything stood."""

    def __init__(self, source: Spelled) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self._texts: list[str] = []
        self._at: list[int] = []
        self._done = 0

    def put(self, match: re.Match[str], text: str) -> None:
        """Write a text in place of a match."""
        self._keep(match.start())
        last = match.end() - 1
        for place in range(match.start(), match.start() + len(text)):
            self._at.append(self.source.position(min(place, last)))
        self._texts.append(text)
        self._done = match.end()

    def fault(
        self, place: int, reason: str, remedy: str, *, is_warning: bool = False
    ) -> None:
        """Report something at a place of the source."""
        position = self.source.position(place)
        self.faults.append(Fault(position, reason, remedy, is_warning))

    def _keep(self, end: int) -> None:
        """Take over what stands between what is written anew."""
        self._texts.append(self.source.text[self._done : end])
        self._at.extend(map(self.source.position, range(self._done, end)))

    def spelled(self) -> Spelled:
        """All of it, with the faults of before."""
        faults = (*self.source.faults, *self.faults)
        if not self._texts:
            return Spelled(self.source.text, self.source.at, faults)
        self._keep(len(self.source.text))
        end = self.source.position(len(self.source.text))
        return Spelled("".join(self._texts), (*self._at, end), faults)


def plain(source: str) -> Spelled:
    """The source as it was meant, with a note for each kind of change."""
    rewriting = Rewriting(Spelled(source))
    noted: set[str] = set()
    for match in _WRITTEN.finditer(source):
        for kind, place in _changed(rewriting, match):
            if kind not in noted:
                noted.add(kind)
                rewriting.fault(place, *_NOTES[kind], is_warning=True)
    return rewriting.spelled()


def _changed(rewriting: Rewriting, match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Rewrites one match; yields what there is to note and where."""
    group, found = match.lastgroup, match[0]
    if group == "text":
        yield from _within(found, match.start())
    elif group == "reference":
        if not found.isascii() and _HIDDEN.search(found):
            rewriting.put(match, _HIDDEN.sub("", found))
            yield "invisible", match.start()
    elif group in ("single", "double"):
        quote = "'" if group == "single" else '"'
        rewriting.put(match, f"{quote}{found[1:-1]}{quote}")
        yield "quotes", match.start()
        yield from _within(found, match.start())
    else:
        rewriting.put(match, _meant(match))
        yield ("escaped" if match["quoted"] else str(group)), match.start()


def _meant(match: re.Match[str]) -> str:
    if match["quoted"]:
        quote = "'" if match["quote"] in ("apos", "#39") else '"'
        return f"{quote}{match['inside']}{quote}"
    if match["escaped"]:
        return html.unescape(re.sub("&(?:amp;)+(?=.)", "&", match[0])).strip() or " "
    return " " if match["space"] else ""


def _within(text: str, start: int) -> Iterator[tuple[str, int]]:
    """What is noteworthy in a quoted text, which is never changed."""
    if "${" in text and "}" in text:
        yield "answer", start + text.index("${")
    if text.isascii():
        return
    for match in _HIDDEN.finditer(text):
        if match[0] not in _JOINERS:
            yield "hidden", start + match.start()
            return
