"""What goes out in a format comes back the same, in every format and direction."""

from __future__ import annotations

import pytest

from survey.authoring.problems import AuthoringError
from survey.authoring.taking import take
from survey.authoring.translation_formats import FORMATS, format_of, read, write
from tests.authoring.exchanges import MIXED_STATES, SLUG, language, mixed, sent
from tests.questionnaire.translating import RULES, UKRAINIAN, ask, translated

WRITERS = pytest.mark.parametrize(
    ("name", "ending", "version"),
    [
        ("po", "po", ""),
        ("xliff", "xlf", "1.2"),
        ("xliff", "xliff", "2.0"),
        ("xlsx", "xlsx", ""),
        ("docx", "docx", ""),
    ],
)


def round_trip(tmp_path, exchange, code, name, ending, version):
    path = tmp_path / f"umfrage.{ending}"
    path.write_bytes(write(exchange, language(code), name, version=version))
    return read(path)


@WRITERS
def test_every_text_comes_back_as_it_went(tmp_path, name, ending, version):
    out = sent(mixed())
    back = round_trip(tmp_path, out, "ar", name, ending, version)
    for went, came in zip(out.entries, back.entries, strict=True):
        assert (came.key, came.target, came.stamp) == (
            went.key,
            went.target,
            went.stamp,
        )
        assert came.source == went.source
        assert came.remark == came.fault == ""
    assert {one.key: one.state for one in back.entries if one.target} == {
        key: state for key, state in MIXED_STATES.items() if state != "missing"
    }


@WRITERS
def test_a_file_says_what_it_belongs_to(tmp_path, name, ending, version):
    back = round_trip(tmp_path, sent(mixed()), "ar", name, ending, version)
    assert (back.survey, back.language, back.source_language) == (SLUG, "ar", "de")
    assert back.source_hash == sent(mixed()).source_hash


@WRITERS
def test_an_untouched_file_changes_nothing(tmp_path, name, ending, version):
    back = round_trip(tmp_path, sent(mixed()), "ar", name, ending, version)
    assert take(back, mixed(), RULES).counts()["unchanged"] == 5


@WRITERS
def test_a_language_that_nobody_has_listed_travels_too(tmp_path, name, ending, version):
    whole = translated(ask(uk=UKRAINIAN))
    back = round_trip(tmp_path, sent(whole, "uk"), "uk", name, ending, version)
    assert back.language == "uk"
    assert {one.key: one.target for one in back.entries} == UKRAINIAN


@WRITERS
def test_the_same_texts_give_the_same_texts_again(tmp_path, name, ending, version):
    first = round_trip(tmp_path, sent(mixed()), "ar", name, ending, version)
    again = round_trip(tmp_path, sent(mixed()), "ar", name, ending, version)
    assert first == again


@pytest.mark.parametrize("name", ["umfrage.txt", "umfrage", "umfrage.pdf"])
def test_other_files_are_refused_with_what_is_read(tmp_path, name):
    with pytest.raises(AuthoringError, match=r"\.po, \.xlf, \.xlsx, \.docx"):
        format_of(tmp_path / name)


def test_every_ending_belongs_to_one_format():
    endings = [ending for module in FORMATS.values() for ending in module.SUFFIXES]
    assert len(set(endings)) == len(endings)
