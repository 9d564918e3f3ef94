"""The XML of a file: read to its limits, and never beyond."""

from __future__ import annotations

import pytest

from survey.authoring import limesurvey
from survey.authoring.limesurvey import document
from survey.authoring.limesurvey.document import Unreadable, read
from survey.authoring.problems import AuthoringError
from tests.authoring.limesurvey.files import inspected

START = b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>"


def stopped(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value


def test_rows_keep_their_cells_numbers_and_lines():
    content = (
        START + b"<questions>\n<fields><fieldname>qid</fieldname></fields>\n<rows>\n"
    )
    content += b"<row><qid><![CDATA[7]]></qid><title/></row>\n<row><qid>8</qid></row>"
    content += b"</rows></questions></document>"
    first, second = read(content)["questions"].rows
    assert (first["qid"], first["title"], first.number, first.line) == ("7", "", 1, 4)
    assert (second["qid"], second.number, second.line) == ("8", 2, 5)


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b"", "file", "This is not a file of LimeSurvey."),
        (b"hello", "file", "This is not valid XML: syntax error, column 1."),
        (b"<html></html>", "file", "This is not a file of LimeSurvey."),
        (START, "file", "This is not valid XML: no element found, column 56."),
        (
            START + b"<answers><rows>\n<row><qid>1",
            "answers",
            "This is not valid XML: no element found, column 12.",
        ),
        (
            b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>",
            "file",
            "This is an export of 'Group', not of a survey.",
        ),
        (
            b'<?xml version="1.0" encoding="klingon"?><document/>',
            "file",
            "The file is written in an encoding that cannot be read.",
        ),
        (
            b"<document>\xff</document>",
            "file",
            "This is not valid XML: not well-formed (invalid token), column 11.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(content, place, reason):
    stop = stopped(content)
    assert (stop.place, stop.reason) == (place, reason)
    assert stop.remedy
    assert stop.line >= 1


def test_entities_are_refused_before_they_grow():
    entities = b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">'
    bomb = b"<!DOCTYPE d [" + entities + b"]><document>&b;</document>"
    assert stopped(bomb).reason == (
        "The file defines entities or a document type of its own."
    )


def test_a_file_of_a_million_rows_stops_at_the_limit(monkeypatch):
    monkeypatch.setattr(document, "MOST_ROWS", 3)
    stop = stopped(START + b"<quota><rows>" + b"<row><id>1</id></row>\n" * 1_000)
    assert (stop.place, stop.number) == ("quota", 4)
    assert stop.reason == "The file has over 3 rows."


def test_endless_elements_stop_at_the_limit(monkeypatch):
    monkeypatch.setattr(document, "MOST_ELEMENTS", 10)
    assert "over 10 elements" in stopped(START + b"<a><b/>" + b"<c/>" * 100).reason


def test_deep_nesting_stops_at_the_limit():
    assert "20 levels deep" in stopped(START + b"<a>" * 100).reason


def test_a_file_too_large_is_not_even_opened(tmp_path):
    path = tmp_path / "large.lss"
    with path.open("wb") as file:
        file.seek(200_000_000)
        file.write(b"x")
    [found] = limesurvey.inspect(path).lines
    assert found.reason == "The file has 200000001 bytes."


def test_a_missing_file_is_the_only_error_that_is_raised(tmp_path):
    with pytest.raises(AuthoringError) as caught:
        limesurvey.inspect(tmp_path / "missing.lss")
    assert "missing.lss: file: The file cannot be opened" in str(caught.value)


def test_an_unreadable_file_gives_one_line_and_one_problem():
    intake = inspected(b"<document>", name="kaputt.lss")
    [found], [problem] = intake.lines, intake.problems
    assert intake.questionnaire is None
    assert str(found).startswith("file: refused: This is not valid XML")
    assert (problem.file, problem.place, problem.line) == ("kaputt.lss", "file", 1)
