"""Every check of the gate finds its fault and leaves good texts alone."""

from __future__ import annotations

import polib
import pytest

from survey.questionnaire.glossary import Glossary, Term
from survey.questionnaire.language_rules import LanguageRules
from tests.translations import catalogs, checks, wording
from tests.translations.entries import Entry, entry

GERMAN = {"html": "de", "plural": "nplurals=2; plural=(n != 1);"}
GERMAN_TERMS = LanguageRules(
    "de",
    glossary=Glossary(
        (
            Term(("response",), ("Antwortbogen",)),
            Term(("response rate",), ("Rücklaufquote",)),
            Term(("area",), ("Bereich",)),
        )
    ),
)
ARABIC_TERMS = LanguageRules("ar", glossary=Glossary((Term(("area",), ("مجال",)),)))


def arabic(*forms: str) -> Entry:
    return Entry(("One answer from %(place)s", "%(count)s answers, %(place)s"), forms)


@pytest.mark.parametrize("text", ["", "   "])
def test_a_missing_text_is_found(text):
    assert checks.missing(entry("Send", text))


def test_a_missing_plural_form_is_found():
    assert checks.missing(Entry(("One", "Many"), ("Eine", "")))


def test_a_text_that_is_there_is_not_missing():
    assert not checks.missing(entry("Send", "Senden"))


def test_a_fuzzy_text_is_found():
    assert checks.fuzzy(Entry(("Send",), ("Senden",), is_fuzzy=True))
    assert not checks.fuzzy(entry("Send", "Senden"))


@pytest.mark.parametrize(
    "target", ["Seite %(nummer)s", "Seite", "Seite %(number)s %(number)s", "{number}"]
)
def test_a_changed_place_is_found(target):
    assert checks.placeholders(entry("Page %(number)s", target))


def test_places_in_another_order_are_fine():
    source, target = "%(part)s of %(whole)s in {place}", "{place}: %(whole)s, %(part)s"
    assert not checks.placeholders(entry(source, target))


def test_a_form_for_one_may_write_its_numeral_as_a_word():
    forms = ("لا %(place)s", "إجابة %(place)s", "إجابتان %(place)s")
    full = "%(count)s %(place)s"
    assert not checks.placeholders(arabic(*forms, full, full, full))


def test_a_form_for_many_may_not_lose_its_numeral():
    full = "%(count)s %(place)s"
    assert checks.placeholders(arabic(full, full, full, "%(place)s", full, full))
    assert checks.placeholders(arabic("لا", full, full, full, full, full))


def test_a_place_without_a_name_is_found():
    assert checks.named_places(entry("Page %s", "Seite %s"))
    assert not checks.named_places(entry("%(n)s %%", "%(n)s %%"))


@pytest.mark.parametrize("target", ["<b>Hilfe", "Hilfe", "<i>Hilfe</i>"])
def test_changed_tags_are_found(target):
    assert checks.tags(entry("<b>Help</b>", target))


def test_equal_tags_are_fine():
    assert not checks.tags(entry("<b>Help</b>", "<b>Hilfe</b>"))


def test_a_letter_in_two_pieces_is_found():
    assert checks.composed(entry("About you", "U\u0308ber Sie"))
    assert not checks.composed(entry("About you", "Über Sie"))


@pytest.mark.parametrize("control", ["\u200f", "\u2068", "\u202e", "\u061c"])
def test_a_bidi_control_is_found(control):
    assert checks.no_bidi_controls(entry("Yes", f"نعم{control}"))


def test_a_text_in_the_wrong_script_is_found():
    assert checks.own_script(entry("Clear and leave", "Clear and leave"), "ARABIC")
    assert checks.own_script(entry("Send", "ارسل now please"), "ARABIC")


def test_a_name_in_latin_letters_inside_an_arabic_text_is_fine():
    target = "تنزيل الصورة بصيغة PNG لاستخدامها في التقارير المطبوعة"
    assert not checks.own_script(entry("Download as PNG", target), "ARABIC")
    assert not checks.own_script(entry("%(share)s %%", "%(share)s %%"), "ARABIC")


def test_a_text_left_in_the_source_language_is_found():
    assert checks.really_translated(entry("Send", "Send"), allowed=set())
    assert not checks.really_translated(entry("Website", "Website"), {"Website"})
    assert not checks.really_translated(entry("%(share)s", "%(share)s"), set())


@pytest.mark.parametrize("target", ["Nach dem", "Nach dem Absenden " * 9])
def test_a_text_cut_short_or_padded_is_found(target):
    assert checks.length(entry("After sending nobody can find your answer.", target))


def test_short_texts_may_grow():
    assert not checks.length(entry("Net", "Saldo der Antworten"))


@pytest.mark.parametrize("target", ["Senden ", " Senden", "Jetzt  senden"])
def test_stray_blanks_are_found(target):
    assert checks.edges(entry("Send", target))


def test_a_question_of_more_than_twenty_words_is_found():
    assert checks.one_thought(entry("q", "Wort " * 21, key="q01.label"))
    assert not checks.one_thought(entry("q", "Wort " * 20, key="q01.label"))


@pytest.mark.parametrize(
    "text",
    [
        "Die Strasse ist zu",
        "Weiss nicht",
        "Bürger:innen",
        "Nachbar*in",
        "BürgerInnen",
        "Das 'Wort'",
        "Warten...",
    ],
)
def test_wrong_german_letters_are_found(text):
    assert wording.letters(entry("x", text), wording.rules("de"))


@pytest.mark.parametrize("text", ["Die Straße ist zu", "Weiß nicht", "zum Beispiel:"])
def test_right_german_letters_are_fine(text):
    assert not wording.letters(entry("x", text), wording.rules("de"))


@pytest.mark.parametrize(
    "text",
    ["هل هذا صحيح?", "نعم, لا", "نعم; لا", "١٢ سنة", "نعـم", "ماذا کان", "نعم ، لا"],
)
def test_wrong_arabic_letters_are_found(text):
    assert wording.letters(entry("x", text), wording.rules("ar"))


def test_right_arabic_letters_are_fine():
    assert not wording.letters(entry("x", "نعم، هل عمرك 12 سنة؟"), wording.rules("ar"))


def test_american_spelling_is_found():
    assert wording.letters(entry("x", "In the neighborhood"), wording.rules("en"))


@pytest.mark.parametrize(
    "text", ["Hast du Zeit?", "Deine Antwort", "Bitte wähle aus", "Was hilft euch?"]
)
def test_familiar_german_is_found(text):
    assert wording.address(entry("x", text), wording.rules("de"))


def test_polite_german_is_fine():
    assert not wording.address(
        entry("x", "Bitte wählen Sie Ihre Antwort."), wording.rules("de")
    )


@pytest.mark.parametrize(
    "text",
    ["اختر إجابة", "ثم اضغطي هنا", "هل تريد المتابعة؟", "أين تسكنين؟", "وأدخل الرمز"],
)
def test_gendered_arabic_is_found(text):
    assert wording.address(entry("x", text), wording.rules("ar"))


def test_verbal_nouns_are_fine():
    assert not wording.address(entry("x", "يُرجى اختيار إجابة."), wording.rules("ar"))


def test_a_term_that_is_not_the_approved_one_is_found():
    assert wording.terms(entry("Areas", "Themen"), GERMAN_TERMS)
    assert wording.terms(entry("The response rate", "Quote"), GERMAN_TERMS)


def test_approved_terms_are_fine_in_every_form():
    assert not wording.terms(entry("Areas", "Bereiche"), GERMAN_TERMS)
    assert not wording.terms(entry("Areas", "المجالات"), ARABIC_TERMS)


def test_a_longer_term_is_not_also_held_against_the_shorter_one():
    rate = entry("The response rate", "Die Rücklaufquote")
    assert not wording.terms(rate, GERMAN_TERMS)


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Ein gesicherter Unterschied"), ("ar", "فرق مؤكد")],
)
def test_certainty_that_the_source_does_not_claim_is_found(language, text):
    assert wording.certainty(entry("A clear difference", text), "en", language)
    assert not wording.certainty(entry("A secured difference", text), "en", language)


def test_an_obsolete_text_is_found():
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="Old", msgstr="Alt", obsolete=True))
    assert catalogs.obsolete(catalog)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("Language", "de_DE"),
        ("POT-Creation-Date", "2026-01-01 00:00+0000"),
    ],
)
def test_a_wrong_header_is_found(field, value):
    catalog = polib.POFile()
    catalog.metadata = {
        "Language": "de",
        "Plural-Forms": GERMAN["plural"],
        "Content-Type": "text/plain; charset=utf-8",
    }
    assert not catalogs.header(catalog, GERMAN)
    catalog.metadata[field] = value
    assert catalogs.header(catalog, GERMAN)


def test_the_swapped_arabic_rule_is_found():
    swapped = (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5);"
    )
    assert catalogs.plural_rule(swapped, catalogs.FORMS["ar"])
    assert not catalogs.plural_rule(GERMAN["plural"], catalogs.FORMS["de"])


def test_a_wrong_number_of_forms_is_found():
    text = Entry(("One", "Many"), ("Eine", "Viele"))
    assert catalogs.plural_forms([text], 6)
    assert not catalogs.plural_forms([text], 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("q19.option.often", "q19.option.sometimes"),
        ("q19.option.never", "q19.dont_know"),
        ("field.f1.label", "field.f2.label"),
        ("q04_f1.label", "q04_f2.label"),
    ],
)
def test_two_options_that_read_alike_are_found(first, second):
    alike = [entry("a", "Manchmal", first), entry("b", "manchmal", second)]
    assert catalogs.different_options(alike)


def test_options_of_two_questions_may_read_alike():
    alike = [entry("a", "Ja", "q01.option.yes"), entry("b", "Ja", "q08.option.yes")]
    assert not catalogs.different_options(alike)
