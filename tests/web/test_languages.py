"""The registry, the catalogs and what happens when one of them is not whole."""

from __future__ import annotations

import threading
from datetime import date

import polib
import pytest

from survey.language import (
    CatalogError,
    MissingText,
    check,
    gettext,
    ngettext,
    pgettext,
    registry,
    speaking,
)
from tests import pseudo

ROW = """
[[language]]
code = "{code}"
html = "{code}"
endonym = "{endonym}"
direction = "{direction}"
catalog = "{code}"
locale = "{code}"
plural = "nplurals=2; plural=(n != 1);"
status = "{status}"
"""
GERMAN = {"code": "de", "endonym": "Deutsch", "direction": "ltr", "status": "reviewed"}
ENGLISH = {"code": "en", "endonym": "English", "direction": "ltr", "status": "complete"}
ARABIC = {"code": "ar", "endonym": "العربية", "direction": "rtl", "status": "complete"}


def catalog(folder, code, name, **texts):
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    context = "name of this language"
    file.append(polib.POEntry(msgctxt=context, msgid="English", msgstr=name))
    for msgid, msgstr in texts.items():
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    (folder / code / "LC_MESSAGES").mkdir(parents=True)
    file.save_as_mofile(str(folder / code / "LC_MESSAGES" / "survey.mo"))


def listed(folder, *rows):
    text = "".join(ROW.format(**row) for row in rows)
    (folder / "languages.toml").write_text(text, encoding="utf-8")


def test_only_complete_and_reviewed_languages_are_released(tmp_path):
    listed(tmp_path, GERMAN, ENGLISH, {**ARABIC, "status": "draft"})
    found = registry(tmp_path)
    assert [language.code for language in found.all] == ["de", "en", "ar"]
    assert [language.code for language in found.released] == ["de", "en"]
    assert found.get("ar") is None


def test_whole_catalogs_pass_the_check(tmp_path):
    listed(tmp_path, GERMAN, ENGLISH, ARABIC)
    catalog(tmp_path, "de", "Deutsch", Send="Absenden")
    catalog(tmp_path, "ar", "العربية", Send="إرسال")
    found = registry(tmp_path)
    check(found)
    with speaking(found.words(found.get("ar"))):
        assert gettext("Send") == "إرسال"


def test_a_missing_catalog_stops_the_start(tmp_path):
    listed(tmp_path, GERMAN, ENGLISH)
    with pytest.raises(CatalogError, match="make catalogs"):
        check(registry(tmp_path))


def test_a_missing_registry_stops_the_start(tmp_path):
    with pytest.raises(CatalogError, match="make catalogs"):
        registry(tmp_path)


def test_a_catalog_of_another_language_stops_the_start(tmp_path):
    listed(tmp_path, GERMAN, ENGLISH, ARABIC)
    catalog(tmp_path, "de", "Deutsch")
    catalog(tmp_path, "ar", "فارسی")
    with pytest.raises(CatalogError, match="ar: its catalog calls itself 'فارسی'"):
        check(registry(tmp_path))


def test_a_text_that_only_one_language_lacks_stops_the_start(tmp_path):
    listed(tmp_path, GERMAN, ENGLISH, ARABIC)
    catalog(tmp_path, "de", "Deutsch", Send="Absenden")
    catalog(tmp_path, "ar", "العربية")
    with pytest.raises(CatalogError, match="ar: 'Send' is missing"):
        check(registry(tmp_path))


def test_a_missing_text_raises_where_it_must_not_happen(tmp_path):
    listed(tmp_path, GERMAN)
    catalog(tmp_path, "de", "Deutsch")
    found = registry(tmp_path, strict=True)
    with speaking(found.words(found.get("de"))), pytest.raises(MissingText):
        gettext("Send")


def test_german_stands_in_for_a_missing_text_and_the_log_says_so(tmp_path, caplog):
    listed(tmp_path, GERMAN, ARABIC)
    catalog(tmp_path, "de", "Deutsch", Send="Absenden")
    catalog(tmp_path, "ar", "العربية")
    found = registry(tmp_path)
    with speaking(found.words(found.get("ar"))):
        assert gettext("Send") == "Absenden"
    assert "no translation into ar of: Send" in caplog.text


def test_the_catalogs_that_ship_are_whole():
    check(registry())


def test_numbers_choose_the_form_of_a_text():
    with speaking(pseudo.Words()):
        one = ngettext("%(num)s answer", "%(num)s answers", 1)
        many = ngettext("%(num)s answer", "%(num)s answers", 2)
    assert (one, many) == ("⟦1 áñšwéŕ···⟧", "⟦2 áñšwéŕš····⟧")


def test_a_context_tells_equal_words_apart():
    found = registry()
    with speaking(found.words(found.get("de"))):
        assert pgettext("name of this language", "English") == "Deutsch"


def test_threads_never_mix_their_languages():
    heard = {}
    meet = threading.Barrier(2, timeout=10)

    def speak(name, words):
        with speaking(words):
            meet.wait()
            heard[name] = gettext("Send")
            meet.wait()

    class Shouting(pseudo.Words):
        def gettext(self, message):
            return message.upper()

    threads = [
        threading.Thread(target=speak, args=("quiet", pseudo.Words())),
        threading.Thread(target=speak, args=("loud", Shouting())),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {"quiet": "⟦Šéñd··⟧", "loud": "SEND"}


def test_dates_and_numbers_have_latin_digits_in_every_language():
    for language in registry().all:
        day = language.day(date(2026, 11, 22))
        assert "2026" in day
        assert "22" in day
        assert language.number(46000).replace("\u202f", ".") in ("46.000", "46,000")


def test_a_pseudo_text_is_two_fifths_longer_and_keeps_its_places():
    text = pseudo.translate("Open until %(day)s")
    assert text == "⟦Ópéñ úñtíl %(day)s·····⟧"
    assert text % {"day": "Monday"} == "⟦Ópéñ úñtíl Monday·····⟧"
