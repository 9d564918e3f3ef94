"""Extract every text into a .pot and bring the .po files up to date.

Knows nothing of what the texts say; compiling is the work of build_catalogs.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent
FOLDERS = ("survey", "analysis")
INTERFACE = ("survey", "analysis")
INTERFACE_LANGUAGE = "en"


def languages() -> list[dict[str, str]]:
    """The entries of the registry, in its order."""
    registry = ROOT / "translations" / "languages.toml"
    entries: list[dict[str, str]] = tomllib.loads(registry.read_text("utf-8"))[
        "language"
    ]
    return entries


def domain_of(path: str) -> str:
    """The catalog a source file's texts belong to."""
    source = Path(path)
    if source.suffix == ".toml":
        return source.stem
    return source.parts[0]


def is_source_folder(folder: str) -> bool:
    """Whether texts may stand in a folder: only the two packages hold any."""
    place = Path(folder).resolve().relative_to(ROOT)
    return place == Path() or place.parts[0] in FOLDERS


def extract() -> dict[str, Catalog]:
    """All texts by domain, from code, templates and shipped questionnaires."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as lines:
        methods, options = parse_mapping_cfg(lines)
    catalogs = {domain: Catalog(charset="utf-8") for domain in INTERFACE}
    found = extract_from_dir(
        ROOT,
        method_map=methods,
        options_map=options,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=is_source_folder,
    )
    for path, _, text, comments, context in found:
        source = Path(path).as_posix()
        catalog = catalogs.setdefault(domain_of(source), Catalog(charset="utf-8"))
        catalog.add(
            text, locations=[(source, None)], auto_comments=comments, context=context
        )
    return catalogs


def source_language_of(domain: str) -> str:
    """The language a domain's message ids are written in."""
    if domain in INTERFACE:
        return INTERFACE_LANGUAGE
    path = ROOT / "survey" / "questionnaires" / f"{domain}.toml"
    return str(tomllib.loads(path.read_text("utf-8"))["language"])


def merged(template: Catalog, translated: Catalog) -> Catalog:
    """The template's texts with the translations there are.

    A text under a stable key (context) whose source has changed keeps its
    translation and is marked fuzzy, that is: outdated.
    """
    catalog = Catalog(locale=translated.locale, charset="utf-8")
    by_key = {entry.context: entry for entry in translated if entry.context}
    for text in template:
        if not text.id:
            continue
        known = translated.get(text.id, text.context) or by_key.get(text.context)
        catalog.add(
            text.id,
            known.string if known is not None else None,
            locations=text.locations,
            auto_comments=text.auto_comments,
            user_comments=known.user_comments if known is not None else (),
            flags=flags_of(text, known),
            context=text.context,
        )
    return catalog


def flags_of(text: Message, known: Message | None) -> set[str]:
    """Flags of a merged entry: those of the source, and whether it is outdated."""
    flags = set(text.flags) - {"fuzzy"}
    if known is not None and (known.fuzzy or known.id != text.id):
        flags.add("fuzzy")
    return flags


def header(domain: str, *, language: dict[str, str] | None = None) -> str:
    """A header without dates and names, so that files are reproducible."""
    fields = [f"Project-Id-Version: vielstimmig {domain}"]
    if language is not None:
        fields.append(f"Language: {language['html']}")
    fields += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if language is not None:
        fields.append(f"Plural-Forms: {language['plural']}")
    lines = "".join(f'"{line}\\n"\n' for line in fields)
    return f'msgid ""\nmsgstr ""\n{lines}\n'


def written(domain: str, catalog: Catalog, head: str) -> bytes:
    """The file of a catalog, without line numbers, one line per text.

    Texts of the interface are sorted; a questionnaire keeps its own order.
    """
    out = BytesIO()
    write_po(
        out,
        catalog,
        width=0,
        omit_header=True,
        sort_output=domain in INTERFACE,
        ignore_obsolete=True,
        include_lineno=False,
    )
    body = out.getvalue().decode("utf-8").strip("\n")
    return f"{head}{body}\n".encode() if body else head.encode()


def templates(catalogs: dict[str, Catalog]) -> Iterator[tuple[Path, bytes]]:
    """Every .pot with its content."""
    for domain, catalog in sorted(catalogs.items()):
        path = ROOT / "translations" / f"{domain}.pot"
        yield path, written(domain, catalog, header(domain))


def read(path: Path, locale: str) -> Catalog:
    """An existing .po, or an empty catalog."""
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as lines:
        return read_po(lines, locale=locale)


def translations(catalogs: dict[str, Catalog]) -> Iterator[tuple[Path, bytes]]:
    """Every .po brought up to date with the templates."""
    for language in languages():
        for domain, template in sorted(catalogs.items()):
            if language["code"] == source_language_of(domain):
                continue
            folder = ROOT / "translations" / language["catalog"] / "LC_MESSAGES"
            path = folder / f"{domain}.po"
            catalog = merged(template, read(path, language["locale"]))
            yield path, written(domain, catalog, header(domain, language=language))


def write(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write what has changed and say so."""
    for path, content in files:
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    EXTRACTED = extract()
    write(templates(EXTRACTED))
    write(translations(EXTRACTED))
