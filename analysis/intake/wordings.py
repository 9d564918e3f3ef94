"""labels.csv of an intake: as much as there is, the codes for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.intake.plan import Line
from analysis.intake.reading import Source
from analysis.package.items import LABEL_KINDS
from analysis.package.problems import Findings

NEEDED = ("item", "text")
LANGUAGE = "en"
CORRECT = "Correct the line."
Key = tuple[str, str, str, str]  # item, category, kind, language


@dataclass(frozen=True, slots=True)
class Wordings:
    """Texts by item, code of the package, kind and language."""

    texts: Mapping[Key, str]
    languages: tuple[str, ...]

    def codes(self) -> dict[tuple[str, str], str]:
        """Which code a wording of an answer stands for."""
        return {
            (item, text.lower()): category
            for (item, category, kind, _), text in self.texts.items()
            if item and category and kind == "label"
        }

    def complete(
        self, options: Mapping[str, Sequence[str]], fields: Sequence[str]
    ) -> Iterator[tuple[Key, str]]:
        """Every text the package needs; a code stands for what nobody worded."""
        yield from self.texts.items()
        places = [(item, code) for item, codes in options.items() for code in codes]
        places += [(item, "") for item in options]
        places += [("", field) for field in fields]
        for item, category in places:
            for language in self.languages:
                key = item, category, "label", language
                if key not in self.texts:
                    yield key, category or item


def read_wordings(
    table: Source | None, lines: Sequence[Line], findings: Findings
) -> Wordings:
    """Read labels; categories may be codes of the table or of the package."""
    if table is None:
        return Wordings({}, (LANGUAGE,))
    missing = [name for name in NEEDED if name not in table.names]
    for name in missing:
        findings.add(
            table.file, "This column is missing.", "Add it.", row=1, column=name
        )
    if missing:
        return Wordings({}, (LANGUAGE,))
    known = {line.item: line for line in lines}
    texts: dict[Key, str] = {}
    for number, cells in zip(table.lines, table.rows, strict=True):
        row = dict(zip(table.names, cells, strict=True))
        key = _key(row, known)
        reason = ""
        if key[2] not in LABEL_KINDS:
            reason = "The kind must be label, hint or short."
        elif key in texts:
            reason = "The same label stands in an earlier row."
        elif key[0] and key[0] not in known:
            reason = f"items.csv has no item {key[0][:40]!r}."
        if reason:
            findings.add(table.file, reason, CORRECT, row=number)
        elif row["text"]:
            texts[key] = row["text"]
    languages = tuple(dict.fromkeys(key[3] for key in texts)) or (LANGUAGE,)
    return Wordings(texts, languages)


def _key(row: Mapping[str, str], known: Mapping[str, Line]) -> Key:
    item, category = row["item"], row.get("category", "")
    line = known.get(item)
    if line is not None:
        category = {**line.silences, **line.options}.get(category, category)
    kind = row.get("kind") or "label"
    return item, category, kind, (row.get("language") or LANGUAGE).lower()
