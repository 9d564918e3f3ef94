"""A workbook holds what people read and what they calculate with, never a formula."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from analysis.codebook import codebook_of
from analysis.disclosure import FIGURE_COLUMNS, Publication
from analysis.files import tables, workbook
from analysis.report import compose
from tests.report import example
from tests.report.conftest import composed
from tests.report.saying import ENGLISH, LANGUAGES, about_of, choice, single

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Book:
    """A workbook as its files say it."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        strings = self.tree("xl/sharedStrings.xml").iter(f"{SPACE}si")
        self.strings = ["".join(each.itertext()) for each in strings]
        sheets = self.tree("xl/workbook.xml").iter(f"{SPACE}sheet")
        self.sheets = {
            sheet.attrib["name"]: self.tree(f"xl/worksheets/sheet{number}.xml")
            for number, sheet in enumerate(sheets, start=1)
        }

    def tree(self, name):
        return ElementTree.fromstring(self.archive.read(name))  # noqa: S314 - our own

    def cells(self, sheet):
        return list(self.sheets[sheet].iter(f"{SPACE}c"))

    def rows(self, sheet):
        return [
            [self.value(cell) for cell in row.iter(f"{SPACE}c")]
            for row in self.sheets[sheet].iter(f"{SPACE}row")
        ]

    def value(self, cell):
        value = cell.find(f"{SPACE}v")
        if value is None:
            return None
        if cell.attrib.get("t") == "s":
            return self.strings[int(value.text)]
        return float(value.text)


def written(contents, language):
    return workbook.write(tables.sheets(contents, language), contents.about.created)


@pytest.fixture(scope="module")
def book():
    return Book(written(composed("random"), ENGLISH))


def test_every_table_has_a_sheet_between_the_overview_and_the_figures(book):
    assert list(book.sheets) == [
        "0",
        "participation",
        "q04",
        "q15",
        "q14",
        "q13-by-d3",
        "priority-matrix",
        "q06",
        "figures",
    ]


def test_a_sheet_holds_headline_question_table_base_and_notes(book):
    rows = book.rows("q15")
    assert rows[0][0].startswith("“rather no” was chosen by about 40%")
    assert rows[2] == ["Answer", "Share", "Range of uncertainty", "Answers"]
    assert rows[3] == ["yes", "about 10%", "5%–20%", "10"]
    assert rows[-1] == [
        "More than a fifth of those asked gave no answer here: read with care."
    ]


def test_figures_are_numbers_and_withheld_ones_are_empty_beside_their_sign(book):
    rows = book.rows("figures")
    publication = example.publication()
    assert rows[0] == list(FIGURE_COLUMNS)
    assert len(rows) == 1 + len(publication.figures())
    share = ["q15", "q15", "yes", 10, 0.1, 0.05, 0.2]
    assert [row[:7] for row in rows if row[:3] == share[:3]] == [share]
    withheld = [row for row in rows if row[:2] == ["q04", "q04_f8"]]
    assert withheld
    for row in withheld:
        numbers = [value for value in row if isinstance(value, float)]
        assert len(numbers) == 2  # the figure's own number, and weighted: no
        assert "protected" in row


def test_no_cell_is_a_formula_or_leads_out_of_the_book():
    about = example.about()
    texts = dict.fromkeys(about.codebook.texts, '=HYPERLINK("http://a.example")')
    hostile = codebook_of(
        about.codebook.items,
        fields=about.codebook.fields,
        languages=about.codebook.languages,
        texts=texts,
    )
    contents = compose(
        example.publication(), replace(about, codebook=hostile), [ENGLISH]
    )
    book = Book(written(contents, ENGLISH))
    for sheet in book.sheets:
        for cell in book.cells(sheet):
            assert cell.find(f"{SPACE}f") is None
            assert cell.attrib.get("t") != "str"
    names = [name for name in book.archive.namelist() if name.endswith(".rels")]
    for name in names:
        assert "http://a.example" not in book.archive.read(name).decode()


def test_a_book_reads_from_the_right_where_its_language_does():
    arabic = Book(written(composed("open"), LANGUAGES[2]))
    view = arabic.sheets["q15"].find(f"{SPACE}sheetViews/{SPACE}sheetView")
    assert view.attrib["rightToLeft"] == "1"


def test_the_same_report_gives_the_same_book():
    contents = composed("random")
    first = written(contents, ENGLISH)
    assert written(contents, ENGLISH) == first


@pytest.mark.parametrize("item", ["figures", "history", "a" * 40])
def test_no_name_of_a_table_gets_into_the_way_of_a_sheet(item):
    table = single({"yes": (0.4, 0.3, 0.5)}, item=item)
    both = (table, replace(table, table=f"{item}b"))
    about = about_of(choice("yes", name=item))
    contents = compose(Publication(both), about, [ENGLISH])
    names = list(Book(written(contents, ENGLISH)).sheets)
    assert len({name.lower() for name in names}) == len(names) == 4
    assert max(map(len, names)) <= 31


def test_a_table_without_figures_still_says_why():
    table = single({"yes": None})
    contents = compose(Publication((table,)), about_of(choice("yes")), [ENGLISH])
    rows = Book(written(contents, ENGLISH)).rows("q50")
    assert rows[0] == ["Withheld to protect people: no figures are published."]
