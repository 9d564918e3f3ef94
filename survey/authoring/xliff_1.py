"""XLIFF 1.2, out and in, as most translation tools write it.

Knows nothing of versions 2.
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

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROGRAM = "vielstimmig"
_OURS = frozenset({"context", "glossary", "stamp"})
_OUT = {
    MISSING: "needs-translation",
    MACHINE_DRAFT: "needs-review-translation",
    TRANSLATED: "translated",
    OUTDATED: "needs-review-translation",
    REVIEWED: "final",
}
_READ = frozenset({"final", "signed-off"})
_OPEN = "needs-"


def write(exchange: Exchange, language: Language) -> bytes:
    """The file: one unit a text, slots as codes, context and glossary as notes."""
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    file = tree.SubElement(
        root,
        "file",
        {
            "original": exchange.survey,
            "datatype": "plaintext",
            "source-language": exchange.source_language,
            "target-language": language.html,
            "product-name": _PROGRAM,
            "build-num": exchange.source_hash,
        },
    )
    body = tree.SubElement(file, "body")
    for entry in exchange.entries:
        _unit(body, entry, language)
    on_lines(root, inline.WHOLE)
    return bytes(tree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def _unit(body: Element, entry: Entry, language: Language) -> None:
    is_reviewed = "yes" if entry.state == REVIEWED else "no"
    about = {"id": entry.key, "resname": entry.key, "approved": is_reviewed}
    unit = tree.SubElement(body, "trans-unit", {**about, _SPACE: "preserve"})
    slots = inline.slots_in(entry.source, entry.target, entry.previous)
    inline.fill(tree.SubElement(unit, "source"), entry.source, slots, _code)
    if entry.target:
        states = {"state": _OUT[entry.state]}
        if entry.state == MACHINE_DRAFT:
            states["state-qualifier"] = "mt-suggestion"
        target = tree.SubElement(unit, "target", {_LANG: language.html, **states})
        inline.fill(target, entry.target, slots, _code)
    for author, text in _notes(entry):
        tree.SubElement(unit, "note", {"from": author}).text = text
    if entry.previous:
        kind = {"alttranstype": "previous-version"}
        earlier = tree.SubElement(unit, "alt-trans", kind)
        before, made = (tree.SubElement(earlier, name) for name in ("source", "target"))
        inline.fill(before, entry.previous, slots, _code)
        inline.fill(made, entry.target, slots, _code)


def _code(element: Element, piece: Piece) -> Element:
    """A slot as a code that tools show and protect."""
    code = tree.SubElement(element, "ph", {"id": piece.id})
    code.text = piece.text
    return code


def _notes(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "context", entry.context
    for note in entry.notes:
        yield "glossary", note
    yield "stamp", str(entry.stamp)


def read(path: Path, content: bytes) -> Exchange:
    """What a translator sends back; raises ``AuthoringError``."""
    about: dict[str, str] = {}
    entries: list[Entry] = []
    for event, element in events(path, content):
        name = name_of(element)
        if event == "start" and name == "file":
            about = {**element.attrib, **about}
        if event == "end" and name == "trans-unit":
            if element.get("translate", "yes") != "no":
                entries.append(_entry(element, len(entries) + 1))
            element.clear()
    told = heading(
        path,
        survey=about.get("original", ""),
        language=about.get("target-language", ""),
        source_language=about.get("source-language", ""),
        source_hash=about.get("build-num", ""),
    )
    return told.exchange(tuple(entries))


def _entry(unit: Element, number: int) -> Entry:
    children = {name_of(child): child for child in reversed(unit)}
    source, target = children.get("source"), children.get("target")
    codes = inline.codes_of(source, {})
    notes = [(str(n.get("from", "")), "".join(n.itertext())) for n in _named(unit)]
    stamp = stamp_in(" ".join(text for name, text in notes if name == "stamp"))
    text = inline.words(target, {}, codes)
    has_target = target is not None and bool(text.strip())
    return Entry(
        key=str(unit.get("resname") or unit.get("id") or ""),
        source=inline.words(source, {}, {}),
        target=text,
        state=_state(unit, target, stamp) if has_target else "",
        stamp=stamp,
        remark=" ".join(text.strip() for name, text in notes if name not in _OURS),
        place="unit",
        row=number,
        fault=_gap(target),
    )


def _gap(target: Element | None) -> str:
    """Why the segments of a target make no text: only some have one."""
    if target is None:
        return ""
    segments = [one for one in target.iter() if one.get("mtype") == "seg"]
    filled = [one for one in segments if "".join(one.itertext()).strip()]
    lacking = len(segments) - len(filled)
    if not filled or not lacking:
        return ""
    return f"{lacking} of its {len(segments)} segments have no translation."


def _named(unit: Element) -> Iterator[Element]:
    return (child for child in unit if name_of(child) == "note")


def _state(unit: Element, target: Element | None, stamp: Stamp | None) -> str:
    said = target.get("state", "") if target is not None else ""
    if said in _READ or (not said and unit.get("approved") == "yes"):
        return REVIEWED
    if not said.startswith(_OPEN) and said != "new":
        return TRANSLATED
    sent = stamp.state if stamp else ""
    is_as_sent = sent in _OUT and _OUT[sent] == said
    return sent if is_as_sent else MACHINE_DRAFT
