"""A codebook for archives: DDI Codebook 2.5. Knows only a file of rows in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from analysis.disclosure import AnalysisFile
from analysis.files.variables import Value, Variable
from analysis.language import Language

SPACE = "ddi:codebook:2_5"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
KIND = "survey data: closed answers, one row per person"


def write(
    file: AnalysisFile,
    known: Sequence[Variable],
    notes: Sequence[str],
    *,
    title: str,
    language: Language,
    rows: str,
    made: date,
) -> bytes:
    """The codebook of the CSV file called ``rows``, in one language."""
    book = Element(
        "codeBook",
        {"xmlns": SPACE, "version": "2.5", "xml:lang": language.html},
    )
    _study(book, file, notes, title, made)
    text = SubElement(SubElement(book, "fileDscr", ID="rows"), "fileTxt")
    _say(text, "fileName", rows)
    size = SubElement(text, "dimensns")
    _say(size, "caseQnty", str(len(file.table)))
    _say(size, "varQnty", str(len(known)))
    _say(text, "fileType", "CSV, UTF-8")
    data = SubElement(book, "dataDscr")
    for each in known:
        _variable(data, each)
    indent(book)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + tostring(book, encoding="unicode").encode() + b"\n"


def _study(
    book: Element, file: AnalysisFile, notes: Sequence[str], title: str, made: date
) -> None:
    study = SubElement(book, "stdyDscr")
    citation = SubElement(study, "citation")
    _say(SubElement(citation, "titlStmt"), "titl", title)
    production = SubElement(citation, "prodStmt")
    SubElement(production, "prodDate", date=made.isoformat()).text = made.isoformat()
    about = SubElement(study, "stdyInfo")
    _say(SubElement(about, "sumDscr"), "dataKind", KIND)
    for text in notes:
        _say(study, "notes", text)
    _say(study, "notes", f"package {file.package_hash}")


def _variable(data: Element, each: Variable) -> None:
    nature = "ordinal" if each.column.is_ordinal else "nominal"
    found = SubElement(
        data, "var", ID=f"v_{each.name}", name=each.name, files="rows", nature=nature
    )
    _say(found, "labl", each.label)
    _say(SubElement(found, "qstn"), "qstnLit", each.question)
    for value in each.values:
        _category(found, value)
    for value in each.missing:
        _category(found, value, missing="Y")
    is_code = bool(each.values)
    SubElement(found, "varFormat", type="character" if is_code else "numeric")


def _category(found: Element, value: Value, **attributes: str) -> None:
    category = SubElement(found, "catgry", attributes)
    _say(category, "catValu", value.code)
    _say(category, "labl", value.label)


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = UNWRITABLE.sub(" ", text)
