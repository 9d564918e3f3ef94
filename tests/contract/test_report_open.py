"""A report about an open round shows no interval and claims nothing, in any file."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.cli import _about
from analysis.disclosure import publish
from analysis.files import tables, workbook
from analysis.language import registry
from analysis.package import open_package
from analysis.report import compose, pictures, terms, write
from tests.contract import reading
from tests.contract.towns import LANGUAGES, Town
from tests.report.forbidden import claims

# Every kind of table, and one of the variables that groups are told apart by.
DRAWN_BY = ("", "d3")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    place = tmp_path_factory.mktemp("open")
    town = Town(place / "instance", design="open")
    town.answer(300)
    return town.export(place / "package.zip")


@pytest.fixture(scope="module")
def contents(package):
    opened = open_package(package)
    publication = publish(opened, seed=1)
    tables = tuple(
        table for table in publication.tables if table.group_variable in DRAWN_BY
    )
    few = replace(publication, tables=tables)
    return compose(few, _about(opened), registry().choose(LANGUAGES))


@pytest.fixture(scope="module")
def folder(contents, tmp_path_factory):
    """The report; its framed pictures hold the same texts and are left out here."""
    place = tmp_path_factory.mktemp("report") / "out"
    draw = pictures.draw

    def plain(*what, framed, **how):
        picture = draw(*what, framed=False, **how)
        return replace(picture, png=b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", plain)
        patch.setattr(pictures, "FEW", 10_000)
        write(contents, place)
    return place


@pytest.fixture(scope="module")
def wordings(package):
    return reading.labels(package)


def unasked(texts, wordings):
    """The texts without the words of the questionnaire."""
    return [reading.without(text, wordings) for text in texts]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_the_report_claims_anything(folder, wordings, code):
    texts = reading.said(reading.report(folder), code)
    assert len(texts) > 500
    for text in unasked(texts, wordings[code]):
        assert not claims(text, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_the_page_claims_anything(folder, wordings, code):
    texts = reading.on_page(folder / code / "index.html")
    assert len(texts) > 500
    for text in unasked(texts, wordings[code]):
        assert not claims(text, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_a_picture_claims_anything_or_explains_an_interval(
    folder, wordings, code
):
    interval = terms.legend(registry().get(code))["interval"]
    found = sorted(folder.glob(f"pictures/*.{code}.svg"))
    assert len(found) > 40
    for path in found:
        texts = reading.in_picture(path)
        assert texts
        assert interval not in texts
        for text in unasked(texts, wordings[code]):
            assert not claims(text, code), path.name


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_the_workbook_claims_anything(contents, wordings, tmp_path, code):
    path = tmp_path / "tables.xlsx"
    sheets = tables.sheets(contents, registry().get(code))
    path.write_bytes(workbook.write(sheets, contents.about.created))
    texts = set(reading.in_workbook(path)) - {"uncertain"}  # the sign's code
    assert len(texts) > 200
    for text in unasked(texts, wordings[code]):
        assert not claims(text, code)


def test_no_figure_has_an_interval(folder):
    rows = reading.figures(folder)
    assert {row["design"] for row in rows} == {"open"}
    assert not [row for row in rows if row["low"] or row["high"]]
    assert [row for row in rows if row["share"]]
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    assert not re.search(r"\b(margin|error|sure|significant)\b", text)


def test_no_table_has_a_column_or_a_cell_with_a_range(folder):
    content = reading.report(folder)
    assert content["design"] == "open"
    for table in content["tables"].values():
        for words in table["languages"].values():
            texts = reading.strings(words["rows"])
            assert not [text for text in texts if "[" in text]
    column = registry().get("de").gettext("Range of uncertainty")
    assert column not in reading.strings(content)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_base_line_says_that_participation_was_open(folder, code):
    words = registry().get(code).gettext("open participation, not a random sample")
    content = reading.report(folder)
    for table in content["tables"].values():
        assert words in table["languages"][code]["base_line"]


def test_every_headline_speaks_of_those_who_took_part(folder):
    speaks_of = ("took part", "people answered", "published", "singled out")
    for table in reading.report(folder)["tables"].values():
        said = table["languages"]["en"]["headline"]
        assert any(words in said for words in speaks_of), said
