"""items.csv, fields.csv and labels.csv become the codebook; knows no answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.package.codes import (
    KINDS,
    MOST_COUNTED,
    NO_ANSWER,
    ROLES,
    SEPARATOR,
    SPREAD_KINDS,
    SYSTEM_COLUMNS,
    UNCOUNTED_KINDS,
)
from analysis.package.contents import Codebook, Item, LabelKey
from analysis.package.descriptor import Column, Descriptor
from analysis.package.problems import Findings
from analysis.package.tables import MAX_REPORTED, Row, rows

ITEMS, LABELS, FIELDS = "items.csv", "labels.csv", "fields.csv"
ITEM_COLUMNS = (
    "item",
    "kind",
    "scale",
    "field",
    "role",
    "page",
    "multiple",
    "reversed",
    "sensitive",
    "random_order",
    "shown_if",
)
ONLY_IN = "only_in"  # came later: packages without it were asked in all languages
LABEL_COLUMNS = ("item", "category", "kind", "language", "text")
LABEL_KINDS = frozenset({"label", "hint", "short"})
NAME = re.compile(r"[a-z0-9][a-z0-9_]*")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False, "": False}
CORRECT = "Correct the line, or export the package again."


def read_codebook(
    files: Mapping[str, bytes], descriptor: Descriptor, findings: Findings
) -> Codebook:
    """Read and check the codebook; every fault is noted with its line."""
    fields = _fields(files.get(FIELDS, b""), findings)
    items = tuple(_items(files.get(ITEMS, b""), fields, descriptor, findings))
    texts = _texts(files.get(LABELS, b""), items, fields, descriptor, findings)
    book = Codebook(
        items, fields, descriptor.languages, descriptor.default_language, texts
    )
    if texts and items:
        _check_complete(book, findings)
    return book


def _fields(content: bytes, findings: Findings) -> tuple[str, ...]:
    if not content:
        return ()
    placed: dict[str, int] = {}
    for row in rows(FIELDS, content, ("field", "order"), findings):
        code = row["field"]
        if not _is_name(code) or code in placed:
            _note(
                FIELDS, row, "field", "The code is invalid or stands twice.", findings
            )
        elif not (row["order"].isascii() and row["order"].isdigit()):
            _note(FIELDS, row, "order", "The order must be a whole number.", findings)
        else:
            placed[code] = int(row["order"][:9])
    return tuple(sorted(placed, key=lambda code: placed[code]))


def _items(
    content: bytes,
    fields: tuple[str, ...],
    descriptor: Descriptor,
    findings: Findings,
) -> list[Item]:
    if not content:
        return []
    found: dict[str, Item] = {}
    for row in rows(ITEMS, content, ITEM_COLUMNS, findings):
        name = row["item"]
        if not _is_name(name) or name in found or name in SYSTEM_COLUMNS:
            _note(ITEMS, row, "item", "The name is invalid or stands twice.", findings)
        elif _is_sound(row, fields, descriptor.languages, findings):
            columns = descriptor.columns
            item = _item(row, columns)
            if item.options or item.kind in UNCOUNTED_KINDS or _is_long(name, columns):
                found[name] = item
            else:
                reason = "The descriptor has no options for this item."
                _note(ITEMS, row, "item", reason, findings)
    return list(found.values())


def _is_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and SEPARATOR not in text


def _is_sound(
    row: Row, fields: tuple[str, ...], languages: tuple[str, ...], findings: Findings
) -> bool:
    faults = [
        ("kind", row["kind"] not in KINDS, "This kind of item is unknown."),
        ("role", row["role"] not in ROLES, "This role is unknown."),
        (
            "field",
            bool(row["field"]) and row["field"] not in fields,
            "This field of action does not stand in fields.csv.",
        ),
        (
            ONLY_IN,
            not set(row[ONLY_IN].split()) <= set(languages),
            "The descriptor has no such language.",
        ),
        *(
            (column, row[column] not in BOOLEANS, "It must be true or false.")
            for column in ("multiple", "reversed", "sensitive", "random_order")
        ),
    ]
    for column, is_wrong, reason in faults:
        if is_wrong:
            _note(ITEMS, row, column, reason, findings)
    return not any(is_wrong for _, is_wrong, _ in faults)


def _is_long(name: str, columns: Mapping[str, Column]) -> bool:
    return name in columns and len(columns[name].categories) > MOST_COUNTED


def _item(row: Row, columns: Mapping[str, Column]) -> Item:
    name, kind = row["item"], row["kind"]
    options: tuple[str, ...] = ()
    is_ordinal = False
    if kind in SPREAD_KINDS:
        start = name + SEPARATOR
        options = tuple(
            column.removeprefix(start) for column in columns if column.startswith(start)
        )
    elif name in columns and not _is_long(name, columns):
        options = tuple(c for c in columns[name].categories if c not in NO_ANSWER)
        is_ordinal = columns[name].is_ordered
    return Item(
        name=name,
        kind=kind,
        scale=row["scale"],
        field=row["field"],
        role=row["role"],
        page=row["page"],
        multiple=BOOLEANS[row["multiple"]],
        reversed=BOOLEANS[row["reversed"]],
        sensitive=BOOLEANS[row["sensitive"]],
        random_order=BOOLEANS[row["random_order"]],
        shown_if=row["shown_if"],
        wording_hash=row["wording_hash"],
        structure_hash=row["structure_hash"],
        options=options,
        is_ordinal=is_ordinal,
        only_in=tuple(row[ONLY_IN].split()),
    )


def _texts(
    content: bytes,
    items: tuple[Item, ...],
    fields: tuple[str, ...],
    descriptor: Descriptor,
    findings: Findings,
) -> dict[LabelKey, str]:
    if not content:
        return {}
    known = {item.name for item in items}
    found: dict[LabelKey, str] = {}
    first: dict[LabelKey, int] = {}
    faults: list[tuple[Row, str, str]] = []
    for row in rows(LABELS, content, LABEL_COLUMNS, findings):
        key = (row["item"], row["category"], row["kind"], row["language"])
        if key in first:
            reason = f"The same label stands in row {first[key]} already."
            faults.append((row, "item", reason))
        elif row["kind"] not in LABEL_KINDS:
            faults.append((row, "kind", "It must be label, hint or short."))
        elif row["language"] not in descriptor.languages:
            faults.append((row, "language", "The descriptor has no such language."))
        elif known and not row["item"] and row["category"] not in ("", *fields):
            faults.append((row, "category", "There is no such field of action."))
        else:
            found[key] = row["text"]
        first.setdefault(key, row.number)
    for row, column, reason in faults[:MAX_REPORTED]:
        _note(LABELS, row, column, reason, findings)
    if len(faults) > MAX_REPORTED:
        row = faults[MAX_REPORTED][0]
        count = len(faults) - MAX_REPORTED
        _note(LABELS, row, "", f"{count} further lines are at fault.", findings)
    return found


def _check_complete(book: Codebook, findings: Findings) -> None:
    """Every field, item and option needs its label wherever people met it."""
    places = [
        (item.name, category, language)
        for item in book.items
        for category in ("", *item.options)
        for language in item.only_in or book.languages
    ]
    places += [("", field, code) for field in book.fields for code in book.languages]
    missing = [
        (item, category, language)
        for item, category, language in places
        if not book.labels(item, category, "label", language)
    ]
    for item, category, language in missing[:MAX_REPORTED]:
        subject = " ".join(part for part in (item, category) if part)
        findings.add(
            LABELS,
            f"The label of {subject!r} is missing in {language!r}.",
            "Add the line, or export the package again.",
        )
    if len(missing) > MAX_REPORTED:
        findings.add(
            LABELS,
            f"{len(missing) - MAX_REPORTED} further labels are missing.",
            "Export the package again.",
        )


def _note(file: str, row: Row, column: str, reason: str, findings: Findings) -> None:
    findings.add(file, reason, CORRECT, row=row.number, column=column)
