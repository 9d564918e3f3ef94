"""Every sentence and word of a report has a place in docs/planners, and only there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "planners"
LABELS = "heads-and-labels.md"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)s")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
QUOTED = re.compile(r"^> - (.+)$", re.MULTILINE)
# A sentence from here says something about figures; no list of labels may hold it.
CLAIMING = ("headlines", "comparisons", "cautions", "corrections")
PARTS = ("**Computed.**", "**Not to be ", "**Example.**")


def printed() -> dict[str, set[str]]:
    """What a report can print, placeholders as …, with the modules it stands in."""
    with (ROOT / "translations" / "analysis.pot").open("rb") as lines:
        catalog = read_po(lines)
    found: dict[str, set[str]] = {}
    for message in catalog:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        modules = {Path(place).stem for place, _ in message.locations}
        for form in forms:
            if form:
                found.setdefault(as_quoted(form), set()).update(modules)
    return found


def as_quoted(text: str) -> str:
    return PLACEHOLDER.sub("…", text)


def sections(text: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    parts = HEADING.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def explained(pages: dict[str, str]) -> dict[str, list[str]]:
    """Every quoted statement with the places that explain it."""
    found: dict[str, list[str]] = {}
    for page, text in pages.items():
        for heading, section in sections(text).items():
            for said in QUOTED.findall(section):
                found.setdefault(said, []).append(f"{page}: {heading}")
    return found


@pytest.fixture(name="pages", scope="module")
def fixture_pages() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(PAGES.glob("*.md"))}


def unexplained(statements: set[str], pages: dict[str, str]) -> set[str]:
    return statements - explained(pages).keys()


def test_every_statement_of_a_report_is_explained(pages):
    assert unexplained(set(printed()), pages) == set()


def test_nothing_is_explained_that_no_report_prints(pages):
    assert explained(pages).keys() - printed().keys() == set()


def test_every_statement_is_explained_in_one_place(pages):
    twice = {said: places for said, places in explained(pages).items() if places[1:]}
    assert not twice


def test_a_finding_is_no_label(pages):
    labels = explained({LABELS: pages[LABELS]})
    known = printed()
    assert not [said for said in labels if known[said].intersection(CLAIMING)]


def test_every_explanation_says_how_when_not_and_gives_an_example(pages):
    incomplete = [
        f"{page}: {heading}: {part}"
        for page, text in pages.items()
        if page != LABELS
        for heading, section in sections(text).items()
        if QUOTED.search(section)
        for part in PARTS
        if part not in section
    ]
    assert not incomplete, "\n".join(incomplete)


def test_what_is_printed_nowhere_says_so_and_when_it_must_not_be_made(pages):
    silent = {
        heading: section
        for text in pages.values()
        for heading, section in sections(text).items()
        if not QUOTED.search(section)
    }
    assert not [
        heading
        for heading, section in silent.items()
        if not section.lstrip().startswith(("*", "The message"))
    ]


def test_every_page_is_linked_from_the_page_for_planners(pages):
    text = (ROOT / "docs" / "planners.md").read_text("utf-8")
    assert not [page for page in pages if f"(planners/{page})" not in text]


def test_a_statement_without_an_explanation_is_found(pages):
    said = {as_quoted("%(share)s of the town are satisfied")}
    assert unexplained(said, pages) == {"… of the town are satisfied"}
