"""A translator's files on the command line, with a changed source in between."""

from __future__ import annotations

import polib
import pytest

from survey.storage import engine, translations
from tests.questionnaire.translating import ARABIC, UKRAINIAN

GERMAN = """\
name = "bus"
language = "de"
title = "Leben in {place}"

[settings]
place = "Musterstadt"

[[pages]]
name = "bus"

[[pages.questions]]
name = "bus"
kind = "single"
label = "Wie oft fahren Sie Bus?"
options = [
  { code = "daily", label = "Täglich" },
  { code = "never", label = "Nie" },
]

[[pages]]
name = "idea"

[[pages.questions]]
name = "idea"
kind = "text"
label = "Was ist Ihre Idee?"
longest = 100
"""
CHANGED = GERMAN.replace("Was ist Ihre Idee?", "Was fehlt Ihnen?")


class Desk:
    """An administrator with one survey, and a translator with a PO editor."""

    def __init__(self, shell, folder):
        self.shell = shell
        self.folder = folder

    def source(self, text, slug="bus"):
        file = self.folder / "bus.toml"
        file.write_text(text, encoding="utf-8")
        return self.shell.ok("questionnaire", "import", file, "--slug", slug)

    def export(self, code, name, *more, form="po"):
        path = self.folder / name
        said = self.shell.ok(
            *("translations", "export", "bus", "--language", code),
            *("--format", form, "--out", path, *more),
        )
        return path, said

    def import_(self, path, *more):
        return self.shell.ok("translations", "import", "bus", path, *more)

    def status(self, *more):
        return self.shell.ok("translations", "status", "bus", *more)

    def kept(self):
        from survey import settings

        found = engine.connect(settings.read(self.shell.folder, {}))
        try:
            return translations.kept(found, "bus")
        finally:
            found.dispose()


def fill(path, words):
    file = polib.pofile(str(path))
    for text in file:
        if text.msgctxt in words:
            text.msgstr = words[text.msgctxt]
            text.flags = [flag for flag in text.flags if flag != "fuzzy"]
            text.previous_msgid = None
    file.save(str(path))


@pytest.fixture
def desk(shell, tmp_path):
    shell.ok("init")
    for name in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
        shell.environment[f"SURVEY_{name}"] = "none"
    found = Desk(shell, tmp_path)
    found.source(GERMAN)
    return found


def test_a_translators_round_trip_with_a_changed_source_in_between(desk):
    path, said = desk.export("ar", "ar.po")
    assert "To translate: 5 texts, 13 words, 0 of them repeated." in said
    fill(path, ARABIC)
    desk.source(CHANGED)
    said = desk.import_(path)
    assert "ar: 5 taken, 0 unchanged, 0 conflict, 0 refused." in said
    assert "idea.label: taken: Taken as outdated" in said
    said = desk.shell.refused("publish", "bus", "--languages", "de,ar")
    assert "1 of 5 texts" in said
    assert "idea.label" in said
    path, said = desk.export("ar", "again.po", "--changed-only")
    assert "1 texts. To translate: 1 texts, 3 words" in said
    [text] = polib.pofile(str(path))
    assert (text.msgid, text.previous_msgid) == (
        "Was fehlt Ihnen?",
        "Was ist Ihre Idee?",
    )
    fill(path, {"idea.label": "ما الذي ينقصكم؟"})
    assert "1 taken" in desk.import_(path, "--reviewed-by", "Amal")
    said = desk.shell.ok("publish", "bus", "--languages", "de,ar")
    assert "4 of 5 texts have no reviewer." in said
    assert "ar (العربية) can be offered." in desk.status()


def test_a_language_of_no_interface_is_translated_and_not_offered(desk):
    path, said = desk.export("uk", "uk.po")
    assert "cannot be offered yet" in said
    fill(path, UKRAINIAN)
    assert "5 taken" in desk.import_(path)
    said = desk.status("--language", "uk")
    assert "uk (українська) is not a language of the interface." in said
    assert "5 translated" in said
    assert "uk" in desk.shell.refused("publish", "bus", "--languages", "de,uk")


def test_importing_twice_changes_nothing_the_second_time(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    desk.import_(path)
    before = desk.kept()
    assert "0 taken, 5 unchanged" in desk.import_(path)
    assert desk.kept() == before


def test_words_of_two_translators_meet_and_both_are_kept(desk):
    first, _ = desk.export("ar", "first.po")
    second, _ = desk.export("ar", "second.po")
    fill(first, {"title": "الحياة في {place}"})
    fill(second, {"title": "العيش في {place}"})
    desk.import_(first)
    said = desk.import_(second)
    assert "الحياة في {place}" in said
    assert "العيش في {place}" in said
    assert "1 conflict" in said
    left = desk.folder / "second.conflicts.po"
    assert [text.msgstr for text in polib.pofile(str(left))] == ["العيش في {place}"]
    assert "1 taken" in desk.import_(left)
    source, _ = desk.kept()
    assert "العيش في {place}" in source
    fill(first, {"title": "السكن في {place}"})
    desk.import_(first)
    assert (desk.folder / "first.conflicts.po").exists()


def test_a_refused_text_leaves_the_rest_taken_and_is_kept_in_a_file(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, {**ARABIC, "title": "الحياة بلا مكان"})
    said = desk.import_(path)
    assert "4 taken" in said
    assert "1 refused" in said
    assert "lost the slot {place}" in said
    left = polib.pofile(str(desk.folder / "ar.conflicts.po"))
    assert [text.msgstr for text in left] == ["الحياة بلا مكان"]


def test_what_a_stranger_wrote_does_not_command_the_terminal(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, {"title": "\x1b[2J{place}"})
    said = desk.import_(path)
    assert "1 refused" in said
    assert "\x1b" not in said


def test_an_exported_file_is_never_written_over(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    content = path.read_bytes()
    said = desk.shell.refused(
        *("translations", "export", "bus", "--language", "ar"),
        *("--format", "po", "--out", path),
    )
    assert "translator's work" in said
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "written in"), ("x", "no language code"), ("../ar", "no language code")],
)
def test_languages_that_cannot_be_translated_into_are_refused(desk, language, said):
    assert said in desk.shell.refused(
        *("translations", "export", "bus", "--language", language),
        *("--format", "po", "--out", desk.folder / "x.po"),
    )
    assert not (desk.folder / "x.po").exists()


def test_a_file_of_another_survey_is_refused_and_nothing_is_taken(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    desk.source(GERMAN, slug="other")
    before = desk.kept()
    said = desk.shell.refused("translations", "import", "other", path)
    assert "belongs to the survey 'bus', not to 'other'" in said
    assert desk.kept() == before


def test_a_file_from_or_into_the_wrong_language_is_refused(desk):
    path, _ = desk.export("ar", "ar.po")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Language: ar", "Language: de"), encoding="utf-8")
    assert "written in" in desk.shell.refused("translations", "import", "bus", path)
    path.write_text(
        text.replace("X-Source-Language: de", "X-Source-Language: fr"), encoding="utf-8"
    )
    assert "from 'fr'" in desk.shell.refused("translations", "import", "bus", path)


def test_a_country_behind_the_language_does_no_harm(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Language: ar", "Language: ar_SA"), encoding="utf-8")
    assert "ar: 5 taken" in desk.import_(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.po", b"nonsense"),
        ("a.xlf", b"<a/>"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.docx", b""),
        ("a.txt", b"x"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(desk, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    before = desk.kept()
    assert name in desk.shell.refused("translations", "import", "bus", path)
    assert desk.kept() == before


@pytest.mark.parametrize(
    ("form", "ending"), [("xliff", "xlf"), ("xlsx", "xlsx"), ("docx", "docx")]
)
def test_the_other_formats_travel_the_same_way(desk, form, ending):
    path, said = desk.export("ar", f"ar.{ending}", form=form)
    assert "5 texts" in said
    assert "0 taken, 5 unchanged" in desk.import_(path)


def test_nothing_open_writes_no_file(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    desk.import_(path)
    path, said = desk.export("ar", "open.po", "--changed-only")
    assert "Nothing is open" in said
    assert not path.exists()


def test_status_names_every_text_that_is_not_ready(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, {**ARABIC, "bus.option.never": "كل يوم", "idea.label": "ما الفكرة?"})
    desk.import_(path)
    said = desk.status("--language", "ar")
    assert "bus.option.never: wrong: reads like the option daily" in said
    assert "idea.label: worth a look: question mark" in said
    assert "1 with problems" in said
    assert "en (English) cannot be offered yet." in desk.status()


def test_a_corrected_slip_costs_no_translation_once_it_is_confirmed(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    desk.import_(path)
    desk.source(GERMAN.replace("Bus?", "Busse?").replace("Nie", "Niemals"))
    assert "2 outdated" in desk.status()
    said = desk.shell.ok(
        *("translations", "confirm", "bus", "--language", "ar", "--key", "bus.label")
    )
    assert "bus.label" in said
    assert "bus.option.never" not in said
    assert "1 outdated" in desk.status()
    said = desk.shell.refused(
        *("translations", "confirm", "bus", "--language", "ar", "--key", "title")
    )
    assert "title is not outdated" in said
    desk.shell.ok("translations", "confirm", "bus", "--language", "ar")
    assert "5 translated, 0 outdated" in desk.status()
    said = desk.shell.ok("translations", "confirm", "bus", "--language", "ar")
    assert "nothing is outdated" in said


def test_a_corrected_slip_of_the_reference_questionnaire_keeps_every_language(
    published, tmp_path
):
    from survey.authoring import shipped

    source = shipped.source("zusammenleben").replace("Wohnen Sie in", "Leben Sie in")
    file = tmp_path / "zusammenleben.toml"
    file.write_text(source, encoding="utf-8")
    published.ok("questionnaire", "import", file)
    assert "q01.label" in published.refused("publish", "--languages", "de,en,ar")
    published.ok("translations", "confirm", "--language", "en,ar")
    published.ok("publish", "--languages", "de,en,ar")


ASKED_APART = GERMAN.replace(
    "longest = 100", "longest = 100\nwhere_translated = true"
).replace('place = "Musterstadt"', 'place = "Musterstadt"\nlanguage_groups = ["de"]')


@pytest.mark.parametrize("how", ["missing", "outdated"])
def test_a_towns_own_question_that_is_not_ready_costs_no_language(desk, how):
    desk.source(ASKED_APART)
    path, _ = desk.export("ar", "ar.po")
    words = {k: w for k, w in ARABIC.items() if how == "outdated" or k != "idea.label"}
    fill(path, words)
    desk.import_(path)
    if how == "outdated":
        desk.source(ASKED_APART.replace("Was ist Ihre Idee?", "Was fehlt Ihnen?"))
    said = desk.shell.ok("publish", "bus", "--languages", "de,ar")
    assert "Left out, not translated yet: idea." in said
    assert "idea is asked only in de." in said


def test_only_finished_texts_leave_for_another_town(desk, tmp_path):
    path, _ = desk.export("uk", "uk.po")
    fill(path, UKRAINIAN)
    desk.import_(path)
    desk.source(CHANGED)
    said = desk.shell.ok(
        *("translations", "pack", "bus", "--language", "uk"),
        *("--out", tmp_path / "uk.zip"),
    )
    assert "4 texts in uk" in said


def test_reviewed_in_the_file_asks_for_a_name(desk):
    path, _ = desk.export("ar", "ar.xlf", form="xliff")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "<source>Nie</source>",
            '<source>Nie</source><target state="final">أبدًا</target>',
        ),
        encoding="utf-8",
    )
    said = desk.import_(path)
    assert "1 taken" in said
    assert "--reviewed-by NAME" in said


def test_a_questionnaire_taken_in_again_tells_what_it_passed_over(desk):
    path, _ = desk.export("ar", "ar.po")
    fill(path, ARABIC)
    desk.import_(path)
    both = GERMAN.replace(
        'label = "Was ist Ihre Idee?"',
        'label = { de = "Was ist Ihre Idee?", ar = "ماذا ينقص؟" }',
    )
    said = desk.source(both)
    assert "ما الفكرة؟" in said
    assert "ماذا ينقص؟" in said
    source, _ = desk.kept()
    assert "ما الفكرة؟" in source
    assert "ماذا ينقص؟" not in source


def test_a_name_that_reads_the_same_is_sent_out_and_can_be_confirmed_by_a_reader(
    desk, tmp_path
):
    file = tmp_path / "same.toml"
    file.write_text(
        'name = "same"\nlanguage = "de"\n'
        'title = { de = "Musterstadt spricht", en = "Musterstadt spricht" }\n'
        '[[pages]]\nname = "q"\n[[pages.questions]]\nname = "q"\nkind = "text"\n'
        'longest = 100\nlabel = { de = "Ihre Idee?", en = "Your idea?" }\n',
        encoding="utf-8",
    )
    desk.shell.ok("questionnaire", "import", file)
    said = desk.shell.refused("publish", "same", "--languages", "de,en")
    assert "title" in said
    out = tmp_path / "same.po"
    words = ("same", "--language", "en", "--format", "po", "--changed-only")
    assert "1 texts" in desk.shell.ok("translations", "export", *words, "--out", out)
    confirm = ("translations", "confirm", "same", "--language", "en", "--key", "title")
    assert "--reviewed-by" in desk.shell.refused(*confirm)
    desk.shell.ok(*confirm, "--reviewed-by", "Erika Muster")
    desk.shell.ok("publish", "same", "--languages", "de,en")
