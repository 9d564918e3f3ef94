"""Extraction keeps what translators wrote and writes the same file every day."""

from __future__ import annotations

import polib
import pytest
from babel.messages.catalog import Catalog

from tests.translations.entries import registry
from tests.translations.extractor import extracted, extractor

ARABIC = next(row for row in registry() if row["code"] == "ar")


def catalog(*texts, locale="ar") -> Catalog:
    """A catalog of (source, translation, key)."""
    made = Catalog(locale=locale)
    for source, translation, key in texts:
        made.add(source, translation, context=key)
    return made


def merged_file(template: Catalog, translated: Catalog) -> polib.POFile:
    made = extractor().merged(template, translated)
    head = extractor().header("survey", language=ARABIC)
    return polib.pofile(extractor().written("survey", made, head).decode("utf-8"))


def test_a_translation_survives_a_new_extraction():
    file = merged_file(catalog(("Send", None, None)), catalog(("Send", "إرسال", None)))
    assert [(text.msgid, text.msgstr, text.fuzzy) for text in file] == [
        ("Send", "إرسال", False)
    ]


def test_a_changed_source_under_a_stable_key_keeps_its_translation_as_outdated():
    file = merged_file(
        catalog(("Wohnen Sie hier?", None, "q01.label")),
        catalog(("Leben Sie hier?", "هل مكان سكنك هنا؟", "q01.label")),
    )
    assert [(text.msgid, text.msgstr, text.fuzzy) for text in file] == [
        ("Wohnen Sie hier?", "هل مكان سكنك هنا؟", True)
    ]


def test_a_text_that_is_gone_leaves_nothing_behind():
    file = merged_file(catalog(("Send", None, None)), catalog(("Old", "قديم", None)))
    assert [text.msgid for text in file] == ["Send"]
    assert not file.obsolete_entries()


def test_a_text_with_a_number_has_a_line_for_each_of_six_arabic_forms():
    forms = ("لا شيء", "واحد", "اثنان", "قليل", "كثير", "غير ذلك")
    file = merged_file(
        catalog((("One", "Many"), None, None)),
        catalog((("One", "Many"), forms, None)),
    )
    assert file[0].msgstr_plural == dict(enumerate(forms))


def test_files_hold_no_date_no_line_number_and_no_name():
    for _, content in extractor().templates(extracted()):
        text = content.decode("utf-8")
        assert "Date" not in text.partition("\n\n")[0]
        assert "Translator" not in text.partition("\n\n")[0]
        assert not [
            line
            for line in text.splitlines()
            if line.startswith("#: ") and line[-1].isdigit()
        ]


@pytest.mark.parametrize(
    ("path", "domain"),
    [
        ("survey/respond/front.py", "survey"),
        ("survey/templates/base.html", "survey"),
        ("analysis/report/words.py", "analysis"),
        ("survey/questionnaires/zusammenleben.toml", "zusammenleben"),
    ],
)
def test_every_place_belongs_to_one_catalog(path, domain):
    assert extractor().domain_of(path) == domain


def test_the_questionnaire_is_keyed_and_complete():
    found = extracted()["zusammenleben"]
    assert found.get("Wohnen Sie in {place}?", "q01.label") is not None
    assert found.get("Sprache und Bildung", "field.f1.label") is not None
    assert found.get("Kann ich nicht beurteilen", "q04.dont_know") is not None
