"""The formats translators work with, by name and by the ending of a file."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from survey.authoring import document_table, po, spreadsheet, xliff
from survey.authoring.archive import refusal
from survey.authoring.exchange import Exchange
from survey.language.registry import Language

FORMATS: dict[str, ModuleType] = {
    "po": po,
    "xliff": xliff,
    "xlsx": spreadsheet,
    "docx": document_table,
}
ENDINGS = {"po": "po", "xliff": "xlf", "xlsx": "xlsx", "docx": "docx"}


def format_of(path: Path) -> str:
    """The format of a file, by its ending; raises ``AuthoringError``."""
    suffix = path.suffix.lower()
    for name, module in FORMATS.items():
        if suffix in module.SUFFIXES:
            return name
    known = ", ".join(f".{ending}" for ending in ENDINGS.values())
    reason = f"Files that end in {suffix or 'nothing'} are not read."
    raise refusal(path, reason, f"Translations come as {known}.")


def read(path: Path) -> Exchange:
    """What a translator sends back, in any format; raises ``AuthoringError``."""
    found: Exchange = FORMATS[format_of(path)].read(path)
    return found


def write(
    exchange: Exchange, language: Language, name: str, *, version: str = ""
) -> bytes:
    """The file for a translator; ``version`` is that of XLIFF."""
    if version and FORMATS[name] is xliff:
        return xliff.write(exchange, language, version=version)
    written: bytes = FORMATS[name].write(exchange, language)
    return written
