"""PO as other programs write and read it; polib is the witness."""

from __future__ import annotations

import polib
import pytest

from survey.authoring import po
from survey.authoring.exchange import going_out
from survey.authoring.problems import AuthoringError
from survey.questionnaire.translation import texts_of
from tests.authoring.exchanges import language, mixed, sent
from tests.questionnaire.translating import ARABIC, RULES, ask, translated

HEADER = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"X-Survey: umfrage\\n"\n'


def written(tmp_path, exchange=None, code="ar"):
    path = tmp_path / "umfrage.po"
    path.write_bytes(po.write(exchange or sent(mixed()), language(code)))
    return path


def hand_written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "umfrage.po"
    path.write_bytes(text.encode(encoding))
    return po.read(path)


def only(exchange):
    [entry] = exchange.entries
    return entry


def test_another_program_reads_keys_sources_and_translations(tmp_path):
    found = {text.msgctxt: text for text in polib.pofile(str(written(tmp_path)))}
    assert found["title"].msgid == "Leben in {place} & <Umgebung>"
    assert found["title"].msgstr == "الحياة في {place} & <ما حولها>"
    assert found["bus.option.never"].msgstr == ""
    assert found["idea.label"].msgid == "Was ist Ihre Idee?\nEin Satz genügt."


def test_drafts_and_outdated_texts_are_fuzzy_and_the_old_source_stands_beside(tmp_path):
    found = {text.msgctxt: text for text in polib.pofile(str(written(tmp_path)))}
    fuzzy = {key for key, text in found.items() if text.fuzzy}
    assert fuzzy == {"bus.option.daily", "idea.label"}
    assert found["idea.label"].previous_msgid == "Was ist Ihre Idee?"
    assert found["bus.option.daily"].previous_msgid is None


def test_the_header_names_language_plural_rule_and_survey_and_no_date(tmp_path):
    header = polib.pofile(str(written(tmp_path))).metadata
    assert header["Language"] == "ar"
    assert header["Plural-Forms"].startswith("nplurals=6;")
    assert header["X-Survey"] == "umfrage"
    assert not [name for name in header if "Date" in name]
    assert (
        "Plural-Forms" not in polib.pofile(str(written(tmp_path, code="uk"))).metadata
    )


def test_context_and_glossary_stand_above_a_text(tmp_path):
    whole = translated(ask(ar=ARABIC))
    texts = tuple(texts_of(whole, "ar"))
    exchange = going_out("umfrage", whole.questionnaire, texts, RULES)
    found = {t.msgctxt: t for t in polib.pofile(str(written(tmp_path, exchange)))}
    assert found["idea.label"].comment.split("\n")[:2] == [
        "question idea",
        "Glossary: Idee = فكرة",
    ]


def test_what_another_program_saved_is_read(tmp_path):
    path = written(tmp_path)
    file = polib.pofile(str(path), wrapwidth=30)
    for text in file:
        if text.msgctxt == "idea.label":
            text.msgstr = "ما الفكرة؟ جملة واحدة تكفي، وليس من الضروري أن تكون طويلة."
            text.flags.remove("fuzzy")
            text.previous_msgid = None
            text.tcomment = "Bitte prüfen"
    file.save(str(path))
    [found] = [one for one in po.read(path).entries if one.key == "idea.label"]
    assert found.target.endswith("وليس من الضروري أن تكون طويلة.")
    assert found.state == "translated"
    assert found.remark == "Bitte prüfen"


def test_a_percent_sign_makes_no_format_of_a_programming_language(tmp_path):
    asked = ask({"title": "50 % der Leute", "bus.label": "20 % davon"})
    content = po.write(sent(translated(asked)), language("ar"))
    assert b"format" not in content


def test_fuzzy_without_a_stamp_is_a_draft_or_outdated(tmp_path):
    draft = '#, fuzzy\nmsgctxt "title"\nmsgid "Leben"\nmsgstr "حياة"\n'
    outdated = f'#, fuzzy\n#| msgid "Wohnen"\n{draft.partition(chr(10))[2]}'
    assert only(hand_written(tmp_path, HEADER + "\n" + draft)).state == "machine_draft"
    found = only(hand_written(tmp_path, HEADER + "\n" + outdated))
    assert (found.state, found.previous) == ("outdated", "Wohnen")


def test_obsolete_texts_and_other_comments_are_passed_over(tmp_path):
    text = (
        f'{HEADER}\n#: umfrage.toml:3\nmsgctxt "title"\nmsgid "Leben"\nmsgstr "حياة"\n'
        '\n#~ msgctxt "old"\n#~ msgid "Alt"\n#~ msgstr "قديم"\n'
    )
    assert only(hand_written(tmp_path, text)).key == "title"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
def test_other_encodings_are_read_when_they_are_what_the_file_says(tmp_path, encoding):
    named = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(encoding, encoding)
    head = HEADER + f'"Content-Type: text/plain; charset={named}\\n"\n'
    text = f'{head}\nmsgctxt "title"\nmsgid "Leben"\nmsgstr "سلام"\n'
    assert only(hand_written(tmp_path, text, encoding)).target == "سلام"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"this is no catalog", "Line 1"),
        (HEADER.encode() + b'\nmsgid "a"\nmsgstr "b"\nnonsense', "Line 8"),
        (HEADER.encode() + b'\nmsgid "a"\n', "Line 6"),
        (HEADER.encode() + b'\nmsgid "a"\nmsgstr[x] "b"\n', "no PO"),
        (HEADER.encode(), "no text"),
        (
            b'msgid ""\nmsgstr "Language: de_SPEAK!"\n\nmsgid "a"\nmsgstr "b"',
            "language",
        ),
        (b'msgid "a"\nmsgstr "b"\n', "does not say into which language"),
        (b'"Content-Type: text/plain; charset=utf-8\\n"\n"\xff"', "written in utf-8"),
        (b'"Content-Type: text/plain; charset=klingon\\n"', "klingon"),
        (b"\x00" * 5000, "Line 1"),
    ],
)
def test_what_is_no_po_is_refused_with_the_place(tmp_path, content, said):
    path = tmp_path / "umfrage.po"
    path.write_bytes(content)
    with pytest.raises(AuthoringError) as caught:
        po.read(path)
    assert said in str(caught.value)
    assert "umfrage.po" in str(caught.value)


def test_a_header_that_asks_for_a_billion_plural_forms_costs_nothing(tmp_path):
    bomb = '"Plural-Forms: nplurals=999999999; plural=n;\\n"\n'
    text = (
        f'{HEADER}{bomb}\nmsgctxt "a"\nmsgid "x"\nmsgid_plural "y"\n'
        'msgstr[0] "eins"\nmsgstr[1] "zwei"\n'
    )
    assert only(hand_written(tmp_path, text)).target == "eins"
