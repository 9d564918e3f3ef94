"""Twisted files of strangers: read or refused in words; quickly, in little memory."""

from __future__ import annotations

from functools import partial

import pytest

from tests.attack import heavy_files, strangers_files, twisted_files
from tests.attack.watched import Attack, complaints

KINDS = sorted(twisted_files.KINDS)
EACH = 10_000 // len(KINDS)
WORKBOOKS = ("xlsform", "sheet")
HEAD = ["type", "name", "label", "relevant"]


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_of_twisted_files_does_no_harm(name):
    assert complaints(twisted_files.attack(name), range(30)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_ten_thousand_twisted_files_do_no_harm(name):
    assert complaints(twisted_files.attack(name), range(EACH)) == []


def same(content, seed):
    return content


def reasons(name, content):
    """What a reader says, once it has withstood the file under watch."""
    attack = Attack(partial(same, content), partial(twisted_files.judged, name))
    assert complaints(attack, [0]) == []
    return [reason for _, reason, _, _ in twisted_files.said(name, content)]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_an_archive_that_unfolds_to_hundreds_of_times_its_size_is_refused(name):
    [reason] = reasons(name, heavy_files.zip_bomb(megabytes=500))
    assert reason.startswith("The archive unfolds to 524,")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_sheet_of_two_hundred_megabytes_is_refused(name):
    content = heavy_files.large_sheet(megabytes=200)
    assert len(content) < 20_000_000
    [reason] = reasons(name, content)
    assert reason.startswith("The archive unfolds to 209,")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_sheet_that_is_just_small_enough_is_looked_at_quickly(name):
    [reason] = reasons(name, heavy_files.large_sheet(megabytes=110))
    assert reason.endswith(" rows, empty ones among them.")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_million_empty_rows_are_refused(name):
    [reason] = reasons(name, heavy_files.empty_rows(1_000_000))
    assert reason == "The sheet survey has 1,000,002 rows, empty ones among them."


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_cell_in_the_last_corner_takes_no_memory(name):
    [reason] = reasons(name, heavy_files.distant_cell())
    assert reason.startswith("The sheet survey reaches to cell XFD1048576")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_entities_inside_a_workbook_are_not_unfolded(name):
    assert reasons(name, heavy_files.with_entities_inside())


@pytest.mark.parametrize(
    ("name", "root"), [("lss", "document"), ("xliff1", "xliff"), ("xliff2", "xliff")]
)
@pytest.mark.parametrize("bomb", [heavy_files.entity_bomb, heavy_files.outside_entity])
def test_xml_with_entities_of_its_own_is_refused(name, root, bomb):
    reason = reasons(name, bomb(root))[0]
    assert reason == "The file defines entities or a document type of its own."


def test_formulas_are_read_by_their_values_and_their_faults_are_named():
    rows = [
        HEAD,
        ["text", "a", ("=1+1", "Was fehlt?")],
        ["text", "b", ("=1/0", "#DIV/0!")],
        ["text", "c", ("=NOW()", "")],
        ["text", "d", "Was noch?", ("=A1", "${a} = 'x'")],
    ]
    said = reasons("xlsform", strangers_files.workbook({"survey": rows}))
    assert not any("survey!C2" in reason for reason in said)
    assert any("survey!C3" in reason and "#DIV/0!" in reason for reason in said)
    assert any("survey!C4" in reason and "never stored" in reason for reason in said)


def test_what_a_merged_cell_covers_is_named():
    rows = [HEAD, ["text", "a", "Eins?"], ["", "b", "Zwei?"], ["text", "c", "Drei?"]]
    content = strangers_files.workbook({"survey": rows}, merged=(1, 0, 2, 0))
    said = reasons("xlsform", content)
    assert any("survey!A3" in r and "merged cells A2:A3" in r for r in said)


def test_more_rows_than_anybody_asks_are_refused_at_once():
    rows = [HEAD, *(["note", "same", f"Satz {number}"] for number in range(2_001))]
    content = strangers_files.workbook({"survey": rows})
    assert "The sheet has 2,002 rows." in reasons("xlsform", content)


def long_condition(number):
    return " or ".join(f"${{t{seen}}} = 'x'" for seen in range(number))


def test_more_conditions_than_anybody_writes_are_refused_at_once():
    rows = [["text", f"t{n}", "Was?", long_condition(min(n, 250))] for n in range(400)]
    said = reasons("xlsform", strangers_files.workbook({"survey": [HEAD, *rows]}))
    assert any(reason.startswith("Its expressions have ") for reason in said)
    relevance = "(q1 == 'Y') or " * 100_000
    content = strangers_files.lss(is_new=True).replace("!is_empty(q3_A)", relevance)
    assert reasons("lss", content.encode())[0].startswith("The conditions up to here")


@pytest.mark.parametrize(
    ("name", "content", "start"),
    [
        ("toml", b"[[pages]]\n" * 200_000, "The file has more than 5000 tables."),
        ("toml", b"x = " + b"[" * 900_000, "Lists or tables are nested too deeply."),
        ("toml", b"".join(b"k%d = 1\n" % n for n in range(140_000)), "This key"),
        ("csv", b"\n" * 3_000_000, "The file is empty."),
        ("csv", b"type,name\n" + b"text,a\n" * 300_000, "Up to row 200,001"),
        ("lss", b"<document>" * 100_000, "Elements are nested over 20 levels deep."),
        ("po", b'msgid "a"\nmsgstr "b"\n\n' * 200_000, "The file has 199,999 texts."),
        ("po", b'msgid ""\n' + b'"a"\n' * 500_000, "Line 1 is no PO"),
    ],
)
def test_files_that_go_on_and_on_are_refused_soon(name, content, start):
    assert any(reason.startswith(start) for reason in reasons(name, content))
