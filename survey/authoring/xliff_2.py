"""XLIFF 2.0 and 2.1: out as 2.0, in as either.

Knows nothing of version 1.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as tree
from xml.etree.ElementTree import Element

from survey.authoring import inline
from survey.authoring.exchange import Entry, Exchange, Stamp, stamp_in
from survey.authoring.exchange_file import heading
from survey.authoring.inline import Piece
from survey.authoring.xml_units import events, name_of, on_lines
from survey.language.registry import Language
from survey.questionnaire.translation import (
    MACHINE_DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    TRANSLATED,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OURS = frozenset({"context", "glossary", "previous", "stamp"})
_OUT = {
    MISSING: "initial",
    MACHINE_DRAFT: "initial",
    TRANSLATED: "translated",
    OUTDATED: "initial",
    REVIEWED: "reviewed",
}
_READ = frozenset({"reviewed", "final"})


def write(exchange: Exchange, language: Language) -> bytes:
    """The file: one unit a text, slots as codes, context and glossary as notes."""
    about = {"srcLang": exchange.source_language, "trgLang": language.html}
    root = Element("xliff", {"version": "2.0", "xmlns": NAMESPACE, **about})
    file = tree.SubElement(root, "file", {"id": "f1", "original": exchange.survey})
    notes = tree.SubElement(file, "notes")
    stamp = tree.SubElement(notes, "note", {"category": "source-hash"})
    stamp.text = exchange.source_hash
    for entry in exchange.entries:
        _unit(file, entry)
    on_lines(root, inline.WHOLE)
    return bytes(tree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _unit(file: Element, entry: Entry) -> None:
    about = {"id": entry.key, "name": entry.key, _SPACE: "preserve"}
    unit = tree.SubElement(file, "unit", about)
    notes = tree.SubElement(unit, "notes")
    for category, text in _notes(entry):
        tree.SubElement(notes, "note", {"category": category}).text = text
    slots = inline.slots_in(entry.source, entry.target)
    if slots:
        data = tree.SubElement(unit, "originalData")
        for number, slot in enumerate(slots, start=1):
            tree.SubElement(data, "data", {"id": f"d{number}"}).text = slot
    states = {"state": _OUT[entry.state]}
    if entry.state in (MACHINE_DRAFT, OUTDATED):
        states["subState"] = f"vielstimmig:{entry.state}"
    segment = tree.SubElement(unit, "segment", states)
    source = tree.SubElement(segment, "source")
    inline.fill(source, entry.source, slots, _code)
    if entry.target:
        target = tree.SubElement(segment, "target")
        inline.fill(target, entry.target, slots, _code)


def _code(element: Element, piece: Piece) -> Element:
    """A slot as a code that tools show and protect."""
    about = {"id": piece.id, "dataRef": f"d{piece.number}", "equiv": piece.text}
    return tree.SubElement(element, "ph", about)


def _notes(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "context", entry.context
    for note in entry.notes:
        yield "glossary", note
    if entry.previous:
        yield "previous", entry.previous
    yield "stamp", str(entry.stamp)


def read(path: Path, content: bytes) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``."""
    languages: dict[str, str] = {}
    about: dict[str, str] = {}
    entries: list[Entry] = []
    for event, element in events(path, content):
        name = name_of(element)
        if event == "start" and name == "xliff":
            languages = dict(element.attrib)
        if event == "start" and name == "file":
            about = {**element.attrib, **about}
        if event == "end" and element.get("category") == "source-hash":
            about.setdefault("source-hash", (element.text or "").strip())
        if event == "end" and name == "unit":
            if element.get("translate", "yes") != "no":
                entries.append(_entry(element, len(entries) + 1))
            element.clear()
    told = heading(
        path,
        survey=about.get("original", ""),
        language=languages.get("trgLang", ""),
        source_language=languages.get("srcLang", ""),
        source_hash=about.get("source-hash", ""),
    )
    return told.exchange(tuple(entries))


def _entry(unit: Element, number: int) -> Entry:
    data = {
        str(one.get("id")): "".join(one.itertext())
        for one in unit.iter()
        if name_of(one) == "data"
    }
    notes = [
        (str(one.get("category", "")), "".join(one.itertext()))
        for one in unit.iter()
        if name_of(one) == "note"
    ]
    stamp = stamp_in(" ".join(text for name, text in notes if name == "stamp"))
    parts = [one for one in unit if name_of(one) in ("segment", "ignorable")]
    source = "".join(inline.words(_child(one, "source"), data, {}) for one in parts)
    target, fault = _target(parts, data)
    return Entry(
        key=str(unit.get("name") or unit.get("id") or ""),
        source=source,
        target=target,
        state=_state(parts, stamp) if target.strip() else "",
        stamp=stamp,
        remark=" ".join(text.strip() for name, text in notes if name not in _OURS),
        place="unit",
        row=number,
        fault=fault,
    )


def _child(part: Element, name: str) -> Element | None:
    for child in part:
        if name_of(child) == name:
            return child
    return None


def _target(parts: list[Element], data: dict[str, str]) -> tuple[str, str]:
    """The segments' targets in their order, and why they make no text."""
    placed: list[tuple[int, str]] = []
    lacking = done = 0
    for number, part in enumerate(parts, start=1):
        source, target = _child(part, "source"), _child(part, "target")
        is_segment = name_of(part) == "segment"
        codes = inline.codes_of(source, data)
        if target is None and is_segment:
            lacking += 1
            continue
        text = inline.words(source if target is None else target, data, codes)
        done += 1 if is_segment and text.strip() else 0
        order = target.get("order", "") if target is not None else ""
        placed.append((int(order) if order.isdecimal() else number, text))
    if lacking and done:
        return "", f"{lacking} of its {lacking + done} segments have no translation."
    if not done:
        return "", ""
    return "".join(text for _, text in sorted(placed)), ""


def _state(parts: list[Element], stamp: Stamp | None) -> str:
    """The least of the segments' states; without one, what stands there counts."""
    said = {str(one.get("state", "")) for one in parts if name_of(one) == "segment"}
    if said <= _READ:
        return REVIEWED
    if "initial" not in said:
        return TRANSLATED
    sent = stamp.state if stamp else ""
    is_as_sent = sent in _OUT and _OUT[sent] == "initial"
    return sent if is_as_sent else MACHINE_DRAFT
