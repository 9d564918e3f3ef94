"""Write the tables "what is kept" of docs/privacy.md from the tables themselves.

Run after every change of the schema; a test compares page and schema. The words are
those residents read (survey/respond/stored.py), so that nobody is told another story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from survey.respond import stored
from survey.storage.tables import metadata
from survey.storage.travel import WAYS

PAGE = Path(__file__).resolve().parent / "docs" / "privacy.md"
BEGIN = "<!-- stored: written by document_storage.py -->\n"
END = "<!-- /stored -->\n"
DRAFTS = (("id", "box"), "in no backup")
"""The store of drafts is a file of its own, described in survey/storage/drafts.py."""


def tables() -> str:
    """Both tables, as they stand between the marks."""
    people = _table(
        ("what", "table and columns", "until", "backup"),
        (
            (words[0], _columns(name), words[1], _way(name))
            for name in ("drafts", *metadata.tables)
            if (words := stored.WORDS.get(stored.SAME.get(name, name)))
        ),
    )
    office = _table(
        ("what the town hall writes", "table and columns", "backup"),
        (
            (what, _columns(name), _way(name))
            for name, what in sorted(stored.OFFICE.items())
        ),
    )
    return f"{BEGIN}{people}\n{office}{END}"


def renewed(page: str) -> str:
    """The page with its tables as they are now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{tables()}{after}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruler = f"|{'---|' * len(head)}\n"
    lines = [f"| {' | '.join(line)} |\n" for line in (head, *rows)]
    return "".join([lines[0], ruler, *lines[1:]])


def _columns(name: str) -> str:
    names = DRAFTS[0] if name == "drafts" else _names(name)
    return f"`{name}`: {', '.join(names)}"


def _names(name: str) -> Iterator[str]:
    return (column.name for column in metadata.tables[name].columns)


def _way(name: str) -> str:
    return DRAFTS[1] if name == "drafts" else WAYS[name].value


def main() -> None:
    """Write the page."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
