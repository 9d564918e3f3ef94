from __future__ import annotations

import pytest

from survey.letters.coded import slips
from survey.urn import codes
from tests.letters.conftest import HOST


@pytest.mark.parametrize(("per_sheet", "pages"), [(10, 3), (20, 2)])
def test_slips_fill_their_sheets_each_with_its_code(invite, read, per_sheet, pages):
    made = codes.generate(23)
    sheets = read(slips(invite("de", "ar"), made, per_sheet=per_sheet))
    assert len(sheets.texts) == pages
    written = " ".join(sheets.texts)
    assert all(written.count(codes.group(code)) == 1 for code in made)
    assert sheets.texts[0].count("umfrage.musterstadt.example/s/") == per_sheet


@pytest.mark.parametrize("per_sheet", [10, 20])
def test_every_symbol_of_a_sheet_can_be_read(invite, read, per_sheet):
    made = codes.generate(per_sheet)
    found = read(slips(invite("de"), made, per_sheet=per_sheet)).symbols()
    assert sorted(found) == [f"{HOST}/s/zusammenleben#{code}" for code in made]


def test_a_slip_says_that_it_admits_once_and_tells_nothing(invite, read):
    words = read(slips(invite("de"), ["4539148803436467"], per_sheet=10)).words
    assert "Mit diesem Code können Sie einmal teilnehmen." in words
    assert "Er sagt nichts über Sie aus" in words
    assert "Am Telefon oder auf Papier: 07031 123-0" in words


@pytest.mark.parametrize("per_sheet", [10, 20])
def test_slips_are_accessible_in_each_language(invite, read, per_sheet):
    made = ["4539148803436467"]
    sheets = read(slips(invite("de", "ar"), made, per_sheet=per_sheet))
    assert {"de", "ar"} <= sheets.languages
    assert b"pdfuaid:part" in sheets.pdf.root_object["/Metadata"].get_data()
