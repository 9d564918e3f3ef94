"""datapackage.json: version, design, languages, hashes, columns; knows no answers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from analysis.package.codes import DESIGNS, FORMAT_VERSION
from analysis.package.contents import Design
from analysis.package.problems import Findings
from analysis.package.source import DESCRIPTOR, LIMITS
from analysis.package.tables import decoded

EXPORT_AGAIN = "Export the package again."
HASH = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of responses.csv as the descriptor promises it."""

    name: str
    categories: tuple[str, ...]
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The parts of datapackage.json that reading depends on."""

    raw: Mapping[str, Any]
    design: Design
    languages: tuple[str, ...]
    default_language: str
    hashes: Mapping[str, str]
    columns: Mapping[str, Column]


def read_json(name: str, content: bytes, findings: Findings) -> Mapping[str, Any]:
    """The object a JSON file holds; {} with a note when it holds none."""
    text = decoded(name, content, findings)
    if text is None:
        return MappingProxyType({})
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        findings.add(name, "It is not valid JSON.", EXPORT_AGAIN, row=error.lineno)
        return MappingProxyType({})
    except (RecursionError, ValueError):
        findings.add(name, "It is not usable JSON.", EXPORT_AGAIN)
        return MappingProxyType({})
    if not isinstance(value, dict):
        findings.add(name, "It must hold one JSON object.", EXPORT_AGAIN, row=1)
        return MappingProxyType({})
    return MappingProxyType(value)


def read_descriptor(content: bytes, findings: Findings) -> Descriptor | None:
    """Read and check datapackage.json; None when the rest cannot be judged."""
    before = len(findings.problems)
    raw = read_json(DESCRIPTOR, content, findings)
    if len(findings.problems) > before or not _is_known_version(raw, findings):
        return None
    _check_names(raw, findings)
    languages, default = _languages(raw, findings)
    resources = _resources(raw, findings)
    return Descriptor(
        raw=raw,
        design=_design(raw, findings),
        languages=languages,
        default_language=default,
        hashes=_hashes(resources, findings),
        columns=_columns(resources, findings),
    )


def check_hashes(
    descriptor: Descriptor, digests: Mapping[str, str], findings: Findings
) -> None:
    """Compare every file's hash; note missing, unlisted, changed files."""
    told = {problem.file for problem in findings.problems}
    for name, promised in descriptor.hashes.items():
        if name not in LIMITS or (name not in digests and name in told):
            continue
        if name not in digests:
            findings.add(
                name,
                "The descriptor names this file, but it is missing.",
                "Copy the package again, complete.",
            )
        elif promised and digests[name] != promised:
            findings.add(
                name,
                "It was changed after the export: its hash is another one.",
                EXPORT_AGAIN,
            )
    for name in digests:
        if name not in descriptor.hashes and name != DESCRIPTOR:
            findings.add(
                name,
                "The descriptor does not name this file.",
                "Remove it, or export the package again.",
            )


def _is_known_version(raw: Mapping[str, Any], findings: Findings) -> bool:
    version = raw.get("version")
    if version == FORMAT_VERSION:
        return True
    findings.add(
        DESCRIPTOR,
        f"Its format version is {version!r}; this program reads {FORMAT_VERSION!r}.",
        "Use a newer version of this program, or export the package again.",
        column="version",
    )
    return False


def _check_names(raw: Mapping[str, Any], findings: Findings) -> None:
    """What figures and pages quote must be there: names, edition, days."""
    for name in ("survey", "wave", "edition"):
        if not isinstance(raw.get(name), str) or not raw[name]:
            findings.add(
                DESCRIPTOR, "This entry is missing or empty.", EXPORT_AGAIN, column=name
            )
    stated = raw.get("field_time", {})
    days = stated if isinstance(stated, dict) else {"field_time": stated}
    for name, day in {"created": raw.get("created"), **days}.items():
        if not _is_day(day):
            findings.add(
                DESCRIPTOR,
                "It must be a day such as 2026-01-31.",
                EXPORT_AGAIN,
                column=str(name),
            )


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value)[:10])
    except ValueError:
        return False
    return True


def _languages(
    raw: Mapping[str, Any], findings: Findings
) -> tuple[tuple[str, ...], str]:
    languages = raw.get("languages")
    default = raw.get("default_language")
    if (
        isinstance(languages, list)
        and languages
        and all(isinstance(language, str) and language for language in languages)
        and default in languages
    ):
        return tuple(languages), str(default)
    findings.add(
        DESCRIPTOR,
        "It must list the languages, the default one among them.",
        EXPORT_AGAIN,
        column="languages",
    )
    return (), ""


def _design(raw: Mapping[str, Any], findings: Findings) -> Design:
    given = raw.get("design")
    stated = given if isinstance(given, dict) else {}
    kind = stated.get("kind")
    sizes = {name: stated.get(name) for name in ("population", "invited")}
    channels = stated.get("channels", [])
    reason = ""
    if kind not in DESIGNS:
        reason = f"The design must be one of {', '.join(DESIGNS)}."
    elif not all(_is_size(size) for size in sizes.values()):
        reason = "Population and invited must be whole numbers above zero, or null."
    elif not _is_texts(channels):
        reason = "The channels must be a list of names."
    elif (sizes["invited"] or 0) > (sizes["population"] or float("inf")):
        reason = "More people were invited than live there."
    if reason:
        findings.add(DESCRIPTOR, reason, EXPORT_AGAIN, column="design")
        return Design("open")
    return Design(str(kind), sizes["population"], sizes["invited"], tuple(channels))


def _is_size(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _resources(raw: Mapping[str, Any], findings: Findings) -> list[dict[str, Any]]:
    resources = raw.get("resources")
    if not isinstance(resources, list) or not all(
        isinstance(resource, dict) and isinstance(resource.get("path"), str)
        for resource in resources
    ):
        findings.add(
            DESCRIPTOR,
            "It must list the files, each with its path.",
            EXPORT_AGAIN,
            column="resources",
        )
        return []
    return resources


def _hashes(resources: list[dict[str, Any]], findings: Findings) -> dict[str, str]:
    found: dict[str, str] = {}
    for resource in resources:
        path = resource["path"]
        if path in found or "/" in path or "\\" in path or path.startswith("."):
            findings.add(
                DESCRIPTOR,
                f"The path {path!r} stands twice or leads out of the package.",
                EXPORT_AGAIN,
                column="resources",
            )
            continue
        match = HASH.fullmatch(str(resource.get("hash", "")))
        if match is None:
            findings.add(
                DESCRIPTOR,
                f"The file {path!r} has no SHA-256 hash.",
                EXPORT_AGAIN,
                column="resources",
            )
        found[path] = match[1] if match else ""
    return found


def _columns(resources: list[dict[str, Any]], findings: Findings) -> dict[str, Column]:
    schema: Any = {}
    for resource in resources:
        if resource["path"] == "responses.csv":
            schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    found: dict[str, Column] = {}
    for position, field in enumerate(fields if isinstance(fields, list) else ()):
        column = _column(field)
        if column is None or column.name in found:
            findings.add(
                DESCRIPTOR,
                f"Field {position + 1} of responses.csv is unusable or stands twice.",
                EXPORT_AGAIN,
                column="fields",
            )
        else:
            found[column.name] = column
    if not found:
        findings.add(
            DESCRIPTOR,
            "It does not describe the columns of responses.csv.",
            EXPORT_AGAIN,
            column="fields",
        )
    return found


def _column(field: object) -> Column | None:
    """A column from its field; categories are codes or {value, label} objects."""
    if not isinstance(field, dict) or not isinstance(field.get("name"), str):
        return None
    categories = field.get("categories", [])
    if not isinstance(categories, list):
        return None
    values = [c.get("value") if isinstance(c, dict) else c for c in categories]
    if not _is_texts(values) or len(set(values)) != len(values):
        return None
    ordered = field.get("categoriesOrdered", False) is True
    return Column(field["name"], tuple(str(value) for value in values), ordered)
