"""XLIFF as translation tools write it, by hand; lxml reads what goes out."""

from __future__ import annotations

import pytest
from lxml import etree

from survey.authoring import xliff
from survey.authoring.problems import AuthoringError
from tests.authoring.exchanges import language, mixed, sent

ONE = "urn:oasis:names:tc:xliff:document:1.2"
TWO = "urn:oasis:names:tc:xliff:document:2.0"


def written(version):
    content = xliff.write(sent(mixed()), language("ar"), version=version)
    return etree.fromstring(content)


def one(tmp_path, unit, *, about='original="umfrage" target-language="ar-SA"'):
    """The entry of a file of version 1.2 with one unit."""
    text = (
        f'<?xml version="1.0"?><xliff version="1.2" xmlns="{ONE}" '
        'xmlns:mq="MQXliff" xmlns:okp="okapi-framework:xliff-extensions">'
        f'<file source-language="de-DE" datatype="xml" {about}>'
        "<header><skl><internal-file>x</internal-file></skl></header>"
        f"<body><group id='g'>{unit}</group></body></file></xliff>"
    )
    return single(tmp_path, text)


def two(tmp_path, unit, *, version="2.0"):
    """The entry of a file of version 2 with one unit."""
    text = (
        f'<xliff xmlns="{TWO}" version="{version}" srcLang="de" trgLang="ar">'
        f'<file id="f1" original="umfrage"><group id="g">{unit}</group></file></xliff>'
    )
    return single(tmp_path, text)


def single(tmp_path, text):
    path = tmp_path / "umfrage.xlf"
    path.write_text(text, encoding="utf-8")
    [entry] = xliff.read(path).entries
    return entry


def test_version_one_has_states_notes_and_protected_slots():
    root = written("1.2")
    units = {unit.get("id"): unit for unit in root.iter(f"{{{ONE}}}trans-unit")}
    title = units["title"]
    words = "".join(title.find(f"{{{ONE}}}source").itertext())
    assert words == "Leben in {place} & <Umgebung>"
    assert title.find(f"{{{ONE}}}source/{{{ONE}}}ph").text == "{place}"
    target = {key: unit.find(f"{{{ONE}}}target") for key, unit in units.items()}
    assert target["title"].get("state") == "translated"
    assert target["bus.label"].get("state") == "final"
    assert units["bus.label"].get("approved") == "yes"
    assert target["bus.option.daily"].get("state") == "needs-review-translation"
    assert target["bus.option.daily"].get("state-qualifier") == "mt-suggestion"
    assert target["bus.option.never"] is None
    before = units["idea.label"].find(f"{{{ONE}}}alt-trans")
    assert before.get("alttranstype") == "previous-version"
    assert before.findtext(f"{{{ONE}}}source") == "Was ist Ihre Idee?"
    assert title.find(f"{{{ONE}}}note[@from='context']").text == (
        "title of the questionnaire"
    )


def test_version_two_has_states_notes_and_protected_slots():
    root = written("2.0")
    assert (root.get("srcLang"), root.get("trgLang")) == ("de", "ar")
    units = {unit.get("id"): unit for unit in root.iter(f"{{{TWO}}}unit")}
    segment = {key: unit.find(f"{{{TWO}}}segment") for key, unit in units.items()}
    states = {key: found.get("state") for key, found in segment.items()}
    assert states == {
        "title": "translated",
        "bus.label": "reviewed",
        "bus.option.daily": "initial",
        "bus.option.never": "initial",
        "idea.label": "initial",
    }
    source = segment["title"].find(f"{{{TWO}}}source/{{{TWO}}}ph")
    target = segment["title"].find(f"{{{TWO}}}target/{{{TWO}}}ph")
    assert source.attrib == target.attrib
    data = units["title"].find(f"{{{TWO}}}originalData/{{{TWO}}}data")
    assert (data.get("id"), data.text) == (source.get("dataRef"), "{place}")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('العيش في <x id="1"/>', "العيش في {place}"),
        ('<g id="7">العيش</g> في <ph id="1">{place}</ph>', "العيش في {place}"),
        ('العيش <bpt id="8"/>في<ept id="8"/> <ph id="1"/>', "العيش في {place}"),
        ('العيش في <x id="9" equiv-text="{place}"/>', "العيش في {place}"),
        ("<![CDATA[العيش في {place}]]>", "العيش في {place}"),
        ('<mrk mtype="term">العيش</mrk> في {place}', "العيش في {place}"),
        (
            '<mrk mtype="seg" mid="0">العيش</mrk> <mrk mtype="seg" mid="1">في '
            '<x id="1"/></mrk>',
            "العيش في {place}",
        ),
        ("العيش &amp; في {place}", "العيش & في {place}"),
    ],
)
def test_inline_codes_and_segments_of_version_one_make_one_text(tmp_path, words, text):
    unit = (
        '<trans-unit id="title"><source>Leben in <ph id="1">{place}</ph></source>'
        f"<target>{words}</target></trans-unit>"
    )
    assert one(tmp_path, unit).target == text


@pytest.mark.parametrize(
    ("target", "words", "state"),
    [
        ("", "حياة", "translated"),
        ('state="translated"', "حياة", "translated"),
        ('state="final"', "حياة", "reviewed"),
        ('state="signed-off"', "حياة", "reviewed"),
        ('state="needs-review-translation"', "حياة", "machine_draft"),
        ('state="needs-adaptation"', "حياة", "machine_draft"),
        ('state="new"', "حياة", "machine_draft"),
        ('state="needs-translation"', "", ""),
    ],
)
def test_states_of_version_one(tmp_path, target, words, state):
    unit = f'<trans-unit id="a"><source>L</source><target {target}>{words}</target>'
    assert one(tmp_path, f"{unit}</trans-unit>").state == state


def test_an_approved_unit_without_a_state_was_reviewed(tmp_path):
    unit = '<trans-unit id="a" approved="yes"><source>L</source><target>ح</target>'
    assert one(tmp_path, f"{unit}</trans-unit>").state == "reviewed"


def test_a_unit_with_an_open_segment_is_named(tmp_path):
    unit = (
        '<trans-unit id="a"><source>Eins. Zwei.</source><seg-source>'
        '<mrk mtype="seg" mid="0">Eins.</mrk> <mrk mtype="seg" mid="1">Zwei.</mrk>'
        '</seg-source><target><mrk mtype="seg" mid="0">واحد.</mrk> '
        '<mrk mtype="seg" mid="1"/></target></trans-unit>'
    )
    assert "1 of its 2 segments" in one(tmp_path, unit).fault


def test_old_suggestions_and_foreign_elements_are_passed_over(tmp_path):
    unit = (
        '<trans-unit id="x17" resname="title" mq:status="Confirmed">'
        "<source>Leben</source><target>حياة</target>"
        '<alt-trans match-quality="90"><source>Leben!</source><target>حياة!</target>'
        '</alt-trans><note from="translator">Ort?</note><okp:x/></trans-unit>'
    )
    found = one(tmp_path, unit)
    assert (found.key, found.source, found.target) == ("title", "Leben", "حياة")
    assert found.remark == "Ort?"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('العيش في <ph id="1"/>', "العيش في {place}"),
        ('العيش في <ph id="5" equiv="{place}"/>', "العيش في {place}"),
        ('العيش في <ph id="5" dataRef="d1"/>', "العيش في {place}"),
        ('<pc id="3">العيش</pc> في {place}', "العيش في {place}"),
        ('<mrk id="m">العيش</mrk> في <sc id="4"/>{place}<ec />', "العيش في {place}"),
        ('العيش<cp hex="0020"/>في {place}', "العيش في {place}"),
        ('العيش<cp hex="zz"/> في {place}', "العيش في {place}"),
    ],
)
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_inline_codes_of_version_two(tmp_path, words, text, version):
    unit = (
        '<unit id="title"><originalData><data id="d1">{place}</data></originalData>'
        '<segment><source>Leben in <ph id="1" dataRef="d1"/></source>'
        f"<target>{words}</target></segment></unit>"
    )
    assert two(tmp_path, unit, version=version).target == text


def test_segments_of_version_two_stand_in_the_order_of_the_translation(tmp_path):
    unit = (
        '<unit id="a"><segment id="1"><source>Eins.</source>'
        '<target order="3">واحد.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment id="2"><source>Zwei.</source>'
        '<target order="1">اثنان.</target></segment></unit>'
    )
    found = two(tmp_path, unit)
    assert found.source == "Eins. Zwei."
    assert found.target == "اثنان. واحد."


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("final", "reviewed"), "reviewed"),
        (("final", "translated"), "translated"),
        (("final", "initial"), "machine_draft"),
        (("", ""), "translated"),
    ],
)
def test_the_least_of_the_segments_states_counts(tmp_path, states, state):
    segments = "".join(
        f"<segment {f'state={chr(34)}{said}{chr(34)}' if said else ''}>"
        f"<source>{n}</source><target>ح</target></segment>"
        for n, said in enumerate(states)
    )
    assert two(tmp_path, f'<unit id="a">{segments}</unit>').state == state


def test_an_open_segment_of_version_two_is_named(tmp_path):
    unit = (
        '<unit id="a"><segment><source>Eins.</source><target>واحد.</target></segment>'
        "<segment><source>Zwei.</source></segment></unit>"
    )
    assert "1 of its 2 segments" in two(tmp_path, unit).fault


def test_a_unit_that_is_not_to_be_translated_is_left_alone(tmp_path):
    unit = '<trans-unit id="a" translate="no"><source>x</source></trans-unit>'
    with pytest.raises(AuthoringError, match="no text"):
        one(tmp_path, unit)


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("no xml at all", "no XML"),
        ("<xliff version='1.2'>", "no XML"),
        ("<html></html>", "begins with html"),
        ("<xliff version='9'/>", "XLIFF 9"),
        ("<xliff/>", "unknown version"),
        ("<xliff version='1.2'/>", "does not say into which language"),
        (f"<!DOCTYPE x [<!ENTITY a0 'x'>{ENTITIES}]><xliff>&a9;</xliff>", "entities"),
        ("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff version='1.2'/>", "entities"),
        ("<xliff version='1.2'>" + "<g>" * 100_000, "nested"),
        ("<?xml version='1.0' encoding='klingon'?><xliff version='1.2'/>", "no XML"),
    ],
    ids=range(11),
)
def test_hostile_files_are_refused_in_words(tmp_path, content, said):
    path = tmp_path / "umfrage.xlf"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuthoringError) as caught:
        xliff.read(path)
    assert said in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-6", "utf-8-sig"])
def test_the_encoding_that_a_file_declares_is_read(tmp_path, encoding):
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    text = (
        f'<?xml version="1.0" encoding="{named}"?><xliff version="1.2">'
        '<file original="umfrage" source-language="de" target-language="ar"><body>'
        '<trans-unit id="a"><source>Ja</source><target>نعم</target></trans-unit>'
        "</body></file></xliff>"
    )
    path = tmp_path / "umfrage.xlf"
    path.write_bytes(text.encode(encoding))
    assert xliff.read(path).entries[0].target == "نعم"
