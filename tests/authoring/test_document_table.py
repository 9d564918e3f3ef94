"""The translators' document: python-docx reads what goes out, Word's marks come in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from survey.authoring import document_table
from survey.authoring.problems import AuthoringError
from tests.authoring.exchanges import language, mixed, sent
from tests.authoring.workbooks import archive
from tests.questionnaire.translating import UKRAINIAN, ask, translated

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = ("Key", "Source (de)", "Translation (ar)", "State")


def written(exchange=None, code="ar"):
    return document_table.write(exchange or sent(mixed()), language(code))


def run(text, marks=""):
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def cell(content, marks=""):
    inner = content if content.startswith("<") else run(content)
    paragraph = inner if inner.startswith("<w:p") else f"<w:p>{inner}</w:p>"
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{paragraph}</w:tc>"


def row(*cells, marks=""):
    made = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{marks}</w:trPr>{made}</w:tr>"


def document(path, *rows, before="<w:p><w:r><w:t>Survey: umfrage</w:t></w:r></w:p>"):
    """A document as a word processor packs it, of these rows."""
    xml = (
        f'<w:document xmlns:w="{WORDS}" xmlns:mc="urn:mc"><w:body>{before}'
        f"<w:tbl>{''.join(rows)}</w:tbl></w:body></w:document>"
    )
    return archive(path, word__document___xml=xml)


def read_rows(tmp_path, *rows, **how):
    return document_table.read(document(tmp_path / "umfrage.docx", *rows, **how))


def translation(tmp_path, content):
    """The translation in a row whose cell holds this XML."""
    found = read_rows(tmp_path, row(*HEAD), row("title", "L", cell(content), ""))
    [entry] = found.entries
    return entry.target


def test_a_word_processor_shows_one_row_a_text():
    opened = docx.Document(io.BytesIO(written()))
    rows = [[one.text for one in line.cells] for line in opened.tables[0].rows]
    assert rows[0] == [
        *("Key", "Context", "Source (de)", "Translation (ar)", "State", "Note")
    ]
    assert rows[1][0].startswith("title\nt-")
    assert rows[1][2:5] == [
        "Leben in {place} & <Umgebung>",
        "الحياة في {place} & <ما حولها>",
        "translated",
    ]
    assert rows[5][2] == "Was ist Ihre Idee?\nEin Satz genügt."
    assert opened.paragraphs[0].text == "Survey: umfrage"


def test_a_language_from_the_right_is_written_from_the_right():
    def xml(content):
        return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()

    assert "<w:rtl/>" in xml(written())
    assert "<w:bidi/>" in xml(written())
    other = written(sent(translated(ask(uk=UKRAINIAN)), "uk"), "uk")
    assert "<w:rtl/>" not in xml(other)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"{run('حياة ')}<w:ins>{run('جديدة')}</w:ins>", "حياة جديدة"),
        (
            f"{run('حياة')}<w:del><w:r><w:delText> قديمة</w:delText></w:r></w:del>",
            "حياة",
        ),
        (
            f"<w:moveFrom>{run('x')}</w:moveFrom><w:moveTo>{run('حياة')}</w:moveTo>",
            "حياة",
        ),
        (f"{run('حياة')}{run(' مخفية', '<w:vanish/>')}", "حياة"),
        (f"{run('حياة')}<w:hyperlink>{run(' هنا')}</w:hyperlink>", "حياة هنا"),
        (f"<w:sdt><w:sdtContent>{run('حياة')}</w:sdtContent></w:sdt>", "حياة"),
        (
            "<w:r><w:instrText>DATE</w:instrText></w:r>" + run("حياة"),
            "حياة",
        ),
        (
            f"<mc:AlternateContent><mc:Choice>{run('حياة')}</mc:Choice>"
            f"<mc:Fallback>{run('حياة')}</mc:Fallback></mc:AlternateContent>",
            "حياة",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        (f"<w:p>{run('a')}</w:p><w:p>{run('b')}</w:p>", "a\nb"),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('a')}</w:p>"
            f"<w:p>{run('b')}</w:p>",
            "ab",
        ),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
    ],
)
def test_the_text_is_what_a_reader_sees(tmp_path, content, text):
    assert translation(tmp_path, content) == text


def test_deleted_rows_are_gone_and_inserted_ones_are_there(tmp_path):
    found = read_rows(
        tmp_path,
        row(*HEAD),
        row("title", "L", "حياة", "", marks="<w:del/>"),
        row("bus.label", "B", "حافلة", "", marks="<w:ins/>"),
    )
    assert [(one.key, one.row) for one in found.entries] == [("bus.label", 3)]


def test_merged_cells_are_named_and_the_others_are_read(tmp_path):
    wide = cell("حياة", '<w:gridSpan w:val="2"/>')
    over = cell("حياة", '<w:vMerge w:val="restart"/>')
    under = cell("", "<w:vMerge/>")
    found = read_rows(
        tmp_path,
        row(*HEAD),
        row("title", "L", wide),
        row("bus.label", "B", over, "translated"),
        row("idea.label", "I", under, ""),
        row("bus.option.daily", "T"),
        row("bus.option.never", "N", "أبدًا", ""),
    )
    faults = {one.key: one.fault for one in found.entries}
    assert "beside it" in faults["title"]
    assert faults["bus.label"] == ""
    assert "row above" in faults["idea.label"]
    assert "no cell" in faults["bus.option.daily"]
    assert faults["bus.option.never"] == ""
    assert found.entries[1].state == "translated"


def test_columns_may_stand_elsewhere_and_the_head_may_repeat(tmp_path):
    head = ("Nr.", "Translation (ar)", "Key", "Prüfung")
    found = read_rows(
        tmp_path,
        row("Sprachbüro", "2026"),
        row(*head),
        row("1", "حياة", "title", "ok"),
        row(*head),
        row("2", "حافلة", "bus.label", ""),
    )
    assert {one.key: one.target for one in found.entries} == {
        "title": "حياة",
        "bus.label": "حافلة",
    }
    assert (found.survey, found.language) == ("umfrage", "ar")


def test_a_table_inside_a_cell_does_not_take_rows_of_its_own(tmp_path):
    inner = f"<w:tbl>{row('title', 'x', 'y', '')}</w:tbl>"
    found = read_rows(tmp_path, row(*HEAD), row("title", "L", cell(inner), ""))
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word__document___xml": "<a"}, "no XML"),
        ({"word__document___xml": "<a/>"}, "Key and Translation"),
        ({"xl__workbook___xml": "<a/>"}, "no text document"),
        (
            {"word__document___xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
            "entities",
        ),
        ({"word__document___xml": "<a>" * 5000}, "nested"),
        ({"word__document___xml": b"0" * 11_000_000}, "unfolds"),
    ],
    ids=range(6),
)
def test_hostile_documents_are_refused_in_words(tmp_path, parts, said):
    path = archive(tmp_path / "umfrage.docx", **parts)
    with pytest.raises(AuthoringError) as caught:
        document_table.read(path)
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{\\rtf1 text}"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "umfrage.docx"
    path.write_bytes(content)
    with pytest.raises(AuthoringError, match=r"umfrage\.docx"):
        document_table.read(path)


def test_spans_that_no_table_has_cost_nothing(tmp_path):
    wide = cell("x", '<w:gridSpan w:val="99999999"/>')
    found = read_rows(tmp_path, row(*HEAD), row(wide), row("title", "L", "ح", ""))
    assert found.entries[-1].target == "ح"


def test_more_rows_than_anybody_can_work_with_are_not_written():
    exchange = sent(mixed())
    many = replace(exchange, entries=exchange.entries * 1001)
    with pytest.raises(AuthoringError, match="xlsx"):
        written(many)
