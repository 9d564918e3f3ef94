"""One town's translations enter at another, by what they say."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.authoring import language_pack, shipped, toml
from survey.authoring.language_pack_entry import enter
from survey.authoring.language_pack_reader import LARGEST_FILE, read
from survey.authoring.problems import AuthoringError

FIRST = """
name = "first"
language = "de"
title = "Unser Ort"

[settings]
place = "Seedorf"

[[fields]]
code = "w"
label = "Wasser"
short = "Wasser"

[[pages]]
name = "pool"

[[pages.questions]]
name = "pool"
kind = "single"
label = "Gehen Sie in {place} schwimmen?"
hint = "Auch im See"
options = [
  { code = "yes", label = "Ja" },
  { code = "no", label = "Nein" },
]

[[pages]]
name = "q07"

[[pages.questions]]
name = "q07"
kind = "multiple"
label = "Was würde Ihnen beim Deutschlernen am meisten helfen?"
options = [
  { code = "evening", label = "Ein Kurs am Abend" },
  { code = "other", label = "Etwas anderes" },
]
"""
UKRAINIAN = {
    "title": "Наше місто",
    "field.w.label": "Вода",
    "field.w.short": "Вода",
    "pool.label": "Чи плаваєте ви в {place}?",
    "pool.hint": "Також в озері",
    "pool.option.yes": "Так",
    "pool.option.no": "Ні",
    "q07.label": "Що найбільше допомогло б вам вивчати німецьку?",
    "q07.option.evening": "Вечірній курс",
}
SECOND = FIRST.replace('"pool"', '"swim"').replace('"yes"', '"y"').replace('"w"', '"x"')


def questionnaire(source, texts=None, *, language="uk"):
    asked = toml.read(source.encode())
    if not texts:
        return asked
    own = MappingProxyType(texts)
    return replace(asked, texts=MappingProxyType({**asked.texts, language: own}))


def packed(source=FIRST, texts=UKRAINIAN, *, except_for=()):
    asked = questionnaire(source, texts)
    return language_pack.write(
        language_pack.texts_in(asked, "uk", except_for=except_for),
        name="first",
        language="uk",
        source_language="de",
        origins=tuple(shipped.origins("de")),
    )


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(change):
    """A pack whose files or manifest a function has changed."""
    contents = files(packed())
    manifest = json.loads(contents["manifest.json"])
    change(contents, manifest)
    if "manifest.json" in contents:
        contents["manifest.json"] = json.dumps(manifest).encode()
    return zipped(contents)


def refused(content):
    with pytest.raises(AuthoringError) as caught:
        read(content, file="uk.zip")
    [problem] = caught.value.problems
    assert problem.file in ("uk.zip", "first.po")
    assert problem.remedy.endswith(".")
    return problem.reason


def test_every_text_enters_where_the_same_is_said_whatever_it_is_called():
    found = enter(read(packed(), file="uk.zip"), questionnaire(SECOND))
    assert found.taken == {
        "title": "Наше місто",
        "field.x.label": "Вода",
        "field.x.short": "Вода",
        "swim.label": "Чи плаваєте ви в {place}?",
        "swim.hint": "Також в озері",
        "swim.option.y": "Так",
        "swim.option.no": "Ні",
        "q07.label": "Що найбільше допомогло б вам вивчати німецьку?",
        "q07.option.evening": "Вечірній курс",
    }
    assert found.questionnaire.texts["uk"] == found.taken
    assert (found.kept, found.unmatched, found.lines) == (0, 0, ())


def test_a_text_whose_words_are_others_gets_nothing():
    source = SECOND.replace("Gehen Sie in {place} schwimmen?", "Baden Sie in {place}?")
    found = enter(read(packed(), file="uk.zip"), questionnaire(source))
    # the hint speaks for itself, answers do not
    assert [key for key in found.taken if key.startswith("swim")] == ["swim.hint"]
    assert found.unmatched == 3


def test_the_same_key_alone_is_no_reason():
    """A town's ``pool.label`` may ask something else altogether."""
    source = FIRST.replace("Gehen Sie in {place} schwimmen?", "Haben Sie einen Pool?")
    found = enter(read(packed(), file="uk.zip"), questionnaire(source))
    assert "pool.label" not in found.taken
    assert "pool.option.yes" not in found.taken


def test_words_of_the_town_stay_and_are_told_apart():
    own = {"swim.option.y": "Авжеж", "swim.option.no": "Ні"}
    found = enter(read(packed(), file="uk.zip"), questionnaire(SECOND, own))
    assert found.questionnaire.texts["uk"]["swim.option.y"] == "Авжеж"
    assert found.kept == 1
    [line] = found.lines
    assert (line.name, line.verdict) == ("swim.option.y", "changed")
    assert line.reason == "There are other words of your own; they stay."
    assert "Так" in str(line)


@pytest.mark.parametrize(
    ("key", "wording"),
    [
        ("pool.label", "Чи плаваєте ви?"),
        ("pool.label", "Чи плаваєте ви в {place} {mayor}?"),
        ("pool.hint", "Також\u202e в озері"),
        ("pool.hint", "Також\x07 в озері"),
        ("pool.hint", "Також в озері " * 200),
        ("pool.option.yes", "ні"),
    ],
)
def test_what_a_rule_refuses_does_not_enter_and_the_rest_does(key, wording):
    pack = read(packed(texts={**UKRAINIAN, key: wording}), file="uk.zip")
    found = enter(pack, questionnaire(FIRST))
    assert len(found.taken) == len(UKRAINIAN) - 1
    [line] = found.lines
    assert line.verdict == "refused"
    assert line.reason


def test_a_pack_from_another_source_language_says_nothing_here():
    pack = replace(read(packed(), file="uk.zip"), source_language="en")
    found = enter(pack, questionnaire(FIRST))
    assert found.taken == {}
    assert found.unmatched == 9


def test_texts_that_ship_leave_under_the_name_they_ship_with():
    contents = files(packed())
    assert sorted(contents) == ["first.po", "manifest.json", "zusammenleben.po"]
    reference = polib.pofile(contents["zusammenleben.po"].decode("utf-8"))
    assert [(text.msgctxt, text.msgstr) for text in reference] == [
        ("q07.label", UKRAINIAN["q07.label"]),
        ("q07.option.evening", UKRAINIAN["q07.option.evening"]),
    ]
    own = polib.pofile(contents["first.po"].decode("utf-8"))
    assert own.metadata["Language"] == "uk"
    assert own.find("Auch im See").msgctxt == "pool.hint"


def test_the_manifest_holds_hashes_and_no_word_of_the_town_but_its_questions():
    contents = files(packed())
    manifest = json.loads(contents["manifest.json"])
    assert (manifest["format"], manifest["language"]) == (1, "uk")
    assert manifest["source_language"] == "de"
    for file in manifest["files"]:
        digest = hashlib.sha256(contents[file["name"]]).hexdigest()
        assert file["sha256"] == digest
    everything = b"".join(contents.values()).decode("utf-8")
    assert "Seedorf" not in everything


def test_a_pack_is_the_same_bytes_every_time():
    assert packed() == packed()


def test_what_is_outdated_can_stay_at_home():
    found = enter(
        read(packed(except_for=["pool.hint"]), file="uk.zip"), questionnaire(FIRST)
    )
    assert "pool.hint" not in found.taken
    assert len(found.taken) == len(UKRAINIAN) - 1


def test_two_wordings_for_one_thing_are_none():
    page = FIRST[FIRST.index("[[pages]]") : FIRST.rindex("[[pages]]")]
    twice = FIRST + page.replace('"pool"', '"bath"')
    texts = UKRAINIAN | {
        "bath.label": "Ви плаваєте в {place}?",
        "bath.option.yes": "Так",
    }
    pack = read(packed(twice, texts), file="uk.zip")
    found = enter(pack, questionnaire(FIRST))
    assert "pool.label" not in found.taken
    assert found.taken["pool.option.yes"] == "Так"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no archive"),
        (b"PK\x03\x04 and nothing else", "no archive"),
        (packed()[:-40], "no archive"),
        (zipped({"other.txt": b"x"}), "no language pack"),
        (zipped({"manifest.json": b"{"}), "manifest cannot be read"),
        (zipped({"manifest.json": b"[" * 100_000}), "manifest cannot be read"),
        (zipped({"manifest.json": b"\xff\xfe"}), "manifest cannot be read"),
        (zipped({f"{n}.po": b"" for n in range(60)}), "holds 60 files"),
        (zipped({"manifest.json": b" " * 30_000_000}), "unfolds to 30,000,000 bytes"),
        (b"x" * (LARGEST_FILE + 1), "no pack is that large"),
    ],
    ids=lambda part: part if isinstance(part, str) else len(part),
)
def test_what_is_no_pack_is_refused_in_words(content, said):
    assert said in refused(content)


def drop(contents, manifest):
    del contents["first.po"]


def edit(contents, manifest):
    contents["first.po"] = contents["first.po"].replace("Так".encode(), "Ой".encode())


def no_catalog(contents, manifest):
    contents["first.po"] = b'msgid "\xff"\n'
    digest = hashlib.sha256(contents["first.po"]).hexdigest()
    [entry] = [file for file in manifest["files"] if file["name"] == "first.po"]
    entry["sha256"] = digest


def later(contents, manifest):
    manifest["format"] = 2


def nowhere(contents, manifest):
    manifest["language"] = "../../uk"


def odd_places(contents, manifest):
    manifest["files"][0]["texts"][0]["places"] = [["label"]]


def odd_words(contents, manifest):
    manifest["files"][0]["name"] = 7


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop, "first.po is missing"),
        (edit, "not as it was when the pack was written"),
        (no_catalog, "no gettext catalog"),
        (later, "format 2 is not known"),
        (nowhere, "manifest cannot be read"),
        (odd_places, "manifest cannot be read"),
        (odd_words, "manifest cannot be read"),
    ],
)
def test_a_pack_that_was_changed_is_refused_as_a_whole(change, said):
    assert said in refused(changed(change))


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_a_damaged_pack_is_read_or_refused_but_never_breaks(noise, place):
    whole = packed()
    content = whole[:place] + noise + whole[place + len(noise) :]
    with suppress(AuthoringError):
        assert read(content, file="uk.zip").language
