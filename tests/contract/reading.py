"""Reads every file of a report as outsiders would, without the code that wrote it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import html5lib

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPOKEN = ("alt", "aria-label", "title")
UNSEEN = ("style", "script")


def report(folder: Path) -> dict:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def strings(value: object) -> list[str]:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return []


def said(content: dict, language: str) -> list[str]:
    """Every text of report.json in one language."""
    found = strings(content["texts"][language])
    found += [section["titles"][language] for section in content["sections"]]
    for table in content["tables"].values():
        found += strings(table["languages"][language])
    return found


def on_page(path: Path) -> list[str]:
    """Every text of a page: what is seen, and what is only heard."""
    tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            continue
        found += [element.text or "", *(child.tail or "" for child in element)]
        found += [element.attrib.get(name, "") for name in SPOKEN]
    return [" ".join(text.split()) for text in found if text.strip()]


def in_picture(path: Path) -> list[str]:
    """Every text of a picture: they stand in it as comments."""
    text = path.read_text(encoding="utf-8")
    return [html.unescape(found.strip()) for found in COMMENT.findall(text)]


def in_workbook(path: Path) -> list[str]:
    """Every text of a workbook."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("xl/sharedStrings.xml")
    tree = ElementTree.fromstring(content)  # noqa: S314 - a file of our own
    return ["".join(each.itertext()) for each in tree.iter(f"{SHEETS}si")]


def member(path: Path, name: str) -> bytes:
    """One file out of an archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def figures(folder: Path) -> list[dict[str, str]]:
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def labels(package: Path) -> dict[str, list[str]]:
    """The wordings of a package's questionnaire by language, longest first."""
    with zipfile.ZipFile(package) as archive:
        text = archive.read("labels.csv").decode("utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["language"], []).append(row["text"])
    return {
        language: sorted(set(texts), key=len, reverse=True)
        for language, texts in found.items()
    }


def without(text: str, wordings: list[str]) -> str:
    """A text without the words of the questionnaire."""
    for wording in wordings:
        text = text.replace(wording, " ")
    return text
