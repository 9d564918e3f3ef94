"""Strangers' files through the command line: the report, the answers, the way back."""

from __future__ import annotations

import pytest

from survey.authoring import formats
from survey.authoring.intake import Line
from survey.authoring.problems import AuthoringError
from survey.cli.intake_report import folded
from tests.authoring.workbooks import workbook

SURVEY = [
    ["type", "name", "label::German", "label::Kurdish"],
    ["start", "start"],
    ["end", "end"],
    ["select_one yn", "Home", "Wohnen Sie hier?", "Li vir?"],
    ["text", "why", "Warum?", "Çima?"],
]
CHOICES = [
    ["list_name", "name", "label::German", "label::Kurdish"],
    ["yn", "yes", "Ja", "Erê"],
    ["yn", "no", "Nein", "Na"],
]
ANSWER = ("--language-of", "label::Kurdish=ckb")


@pytest.fixture
def form(tmp_path):
    return workbook(
        tmp_path / "Unsere Umfrage.xlsx",
        survey=SURVEY,
        choices=CHOICES,
        settings=[["form_title", "default_language"], ["Umfrage", "German"]],
    )


def test_a_question_about_a_language_stops_the_import_and_says_how_to_answer(
    shell, form
):
    shell.ok("init")
    said = shell.refused("questionnaire", "import", form)
    assert "survey: label::Kurdish: Which language is 'Kurdish'?" in said
    assert "--language-of label::Kurdish=CODE" in said
    assert "ku, ckb" in said
    assert "1 question waits for an answer; nothing is written." in said
    assert "there is: none yet" in shell.refused("status", "x")


def test_the_report_says_what_became_of_every_row_and_what_comes_next(shell, form):
    shell.ok("init")
    said = shell.ok("questionnaire", "import", form, *ANSWER)
    assert (
        "survey:2–3 (2 rows): start … end: refused: No time, no device and no place is "
        "kept of anybody who answers. Leave the row out."
    ) in said
    assert "survey:4: Home: changed: It is called home here." in said
    assert "survey:5" not in said
    assert "Unsere Umfrage.xlsx: 3 taken, 3 changed, 2 refused." in said
    assert "ckb: complete, but this language cannot be offered yet." in said
    assert "Complete: de." in said
    assert "unsere_umfrage is taken in: `survey publish unsere_umfrage" in said


def test_checking_a_strangers_file_writes_nothing(shell, form):
    said = shell.ok("questionnaire", "check", form, *ANSWER)
    assert "Unsere Umfrage.xlsx can be published: 2 pages" in said
    assert not shell.folder.exists()


@pytest.mark.parametrize("name", formats.NAMES)
def test_what_is_taken_in_leaves_and_comes_back_the_same(shell, form, tmp_path, name):
    from survey.settings import read
    from survey.storage import engine, questionnaires

    shell.ok("init")
    shell.ok("questionnaire", "import", form, "--slug", "first", *ANSWER)
    suffix = next(f.suffixes[0] for f in formats.FORMATS if f.name == name)
    out = tmp_path / f"back{suffix}"
    words = ("--format", name, "--out", out)
    assert "holds the questionnaire of first" in shell.ok(
        "questionnaire", "export", "first", *words
    )
    shell.ok("questionnaire", "import", out, "--slug", "second")
    found = engine.connect(read(shell.folder, {}))
    kept = [questionnaires.questionnaire(found, slug) for slug in ("first", "second")]
    found.dispose()
    assert kept[0] == kept[1]


def test_answers_and_files_that_cannot_be_used_are_refused_in_words(
    shell, form, tmp_path
):
    said = shell.refused("questionnaire", "check", form, "--language-of", "Kurdish")
    assert "write --language-of COLUMN=CODE" in said
    letter = tmp_path / "letter.odt"
    letter.write_bytes(b"x")
    said = shell.refused("questionnaire", "check", letter)
    assert "Files ending in .odt are not read." in said
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    said = shell.refused("questionnaire", "check", broken)
    assert "its archive cannot be opened" in said
    shell.ok("init")
    words = ("--format", "xlsform", "--out", tmp_path / "x.xlsx")
    assert "there is: none yet" in shell.refused("questionnaire", "export", *words)


def test_rows_of_which_the_same_is_said_are_printed_once():
    lines = [Line("choices", n, f"c{n}", "changed", "So.") for n in (2, 3, 7)]
    lines.append(Line("choices", 8, "c8", "refused", "So."))
    lines.append(Line("survey", 8, "q", "refused", "So."))
    lines += [Line("media", 0, "", "refused", "So.")] * 2
    assert list(folded(lines)) == [
        "choices:2–7 (3 rows): c2 … c7: changed: So.",
        "choices:8: c8: refused: So.",
        "survey:8: q: refused: So.",
        "media: refused: So.",
        "media: refused: So.",
    ]


def test_every_format_has_a_reader_and_a_writer(tmp_path):
    asked = formats.inspect(_toml(tmp_path), name="x").questionnaire
    for name in formats.NAMES:
        assert formats.write(asked, name)
    with pytest.raises(AuthoringError) as caught:
        formats.inspect(tmp_path / "x")
    assert "Files ending in nothing are not read." in str(caught.value)


def _toml(folder):
    from tests.questionnaire.examples import FOLDER

    path = folder / "single.toml"
    path.write_bytes((FOLDER / "single.toml").read_bytes())
    return path
