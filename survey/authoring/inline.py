"""Texts with slots as XLIFF has them, and back: each slot is a code nobody can spoil.

Knows both versions' inline elements, and nothing of units and files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.authoring.xml_units import name_of
from survey.questionnaire.texts import SLOT
from survey.questionnaire.translation_checks import CONTROLS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NATIVE = frozenset({"ph", "it", "bpt", "ept"})
_EMPTY = frozenset({"x", "bx", "ex", "sc", "ec"})
_NOTHING = frozenset({"sm", "em"})
_CHARACTER = "cp"
_SHOWN = ("equiv-text", "equiv", "disp")
WHOLE = frozenset({"source", "target", "note", "data"})
"""Elements in which a line break would be part of the words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or a slot with the id of its code and its number among the slots."""

    text: str
    id: str = ""
    number: int = 0


def slots_in(*texts: str) -> list[str]:
    """The slots of a text and its translation, each once."""
    found = (match[0] for text in texts for match in SLOT.finditer(text))
    return list(dict.fromkeys(found))


def pieces(text: str, slots: list[str]) -> Iterator[Piece]:
    """The text in pieces; the same slot has the same id in source and target."""
    text = CONTROLS.sub("", text)  # XML cannot hold them
    at = 0
    seen: Counter[str] = Counter()
    for slot in SLOT.finditer(text):
        if slot.start() > at:
            yield Piece(text[at : slot.start()])
        number = slots.index(slot[0]) + 1
        seen[slot[0]] += 1
        again = f".{seen[slot[0]]}" if seen[slot[0]] > 1 else ""
        yield Piece(slot[0], f"{number}{again}", number)
        at = slot.end()
    if at < len(text):
        yield Piece(text[at:])


def fill(
    element: Element,
    text: str,
    slots: list[str],
    code: Callable[[Element, Piece], Element],
) -> None:
    """Write a text into an element; ``code`` makes the element of a slot."""
    last: Element | None = None
    for piece in pieces(text, slots):
        if piece.id:
            last = code(element, piece)
        elif last is None:
            element.text = piece.text
        else:
            last.tail = piece.text


def codes_of(element: Element | None, data: Mapping[str, str]) -> dict[str, str]:
    """What the codes of a source stand for, by id: tools leave only the id."""
    found: dict[str, str] = {}
    for inner in element.iter() if element is not None else ():
        if name_of(inner) in _NATIVE | _EMPTY and inner.get("id"):
            found[str(inner.get("id"))] = _said(inner, data, {})
    return found


def words(
    element: Element | None, data: Mapping[str, str], codes: Mapping[str, str]
) -> str:
    """The text of a source or target; an unknown element is its words."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        parts += [_inside(inner, data, codes), inner.tail or ""]
    return "".join(parts)


def _inside(element: Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    name = name_of(element)
    if name in _NATIVE | _EMPTY:
        return _said(element, data, codes)
    if name in _NOTHING:
        return ""
    if name == _CHARACTER:
        return _character(str(element.get("hex", "")))
    return words(element, data, codes)


def _said(element: Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """What a code stands for: its own words, its data, what it is shown as."""
    native = "".join(element.itertext())
    referred = data.get(str(element.get("dataRef", "")), "")
    shown = [str(element.get(name, "")) for name in _SHOWN]
    known = codes.get(str(element.get("id", "")), "")
    for text in (native, referred, *shown, known):
        if SLOT.fullmatch(text.strip()):
            return text.strip()
    return native or referred or known


def _character(hexadecimal: str) -> str:
    """A character that XML cannot hold; what is none stays out."""
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
