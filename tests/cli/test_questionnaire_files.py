"""Taking in a file: everything wrong is said at once, and nothing is written."""

from __future__ import annotations

import pytest

from survey.storage import engine, questionnaires

TEN_FAULTS = """\
name = "broken"
language = "de"
title = "Zehn Fehler"
screened_out_if = "${q99} = 'no'"

[[fields]]
code = "f1"
label = "Wohnen"
short = "Wohnen"

[[pages]]
name = "one"

[[pages.questions]]
name = "q01"
kind = "singel"
label = "Eins?"
options = [{code = "a", label = "A"}, {code = "b", label = "B"}]

[[pages]]
name = "two"

[[pages.questions]]
name = "q__2"
kind = "single"
label = "Zwei?"
options = [{code = "a", label = "A"}, {code = "b", label = "B"}]

[[pages]]
name = "three"

[[pages.questions]]
name = "q03"
kind = "single"
label = "Drei?"
field = "f9"
options = [{code = "a", label = "A"}, {code = "a", label = "B"}]

[[pages]]
name = "four"

[[pages.questions]]
name = "q04"
kind = "single"
label = "Vier?"
shown_if = "${q05} = 'a' and"
options = [{code = "a", label = "A"}, {code = "b", label = "B"}]

[[pages]]
name = "five"

[[pages.questions]]
name = "q05"
kind = "pick"
label = "Fünf?"
role = "wish"
options = [{code = "a", label = "A"}, {code = "b", label = "B"}]

[[pages]]
name = "six"

[[pages.questions]]
name = "q06"
kind = "rank"
label = "Sechs?"

[[pages]]
name = "seven"

[[pages.questions]]
name = "q07"
kind = "single"
label = "Wohnen Sie in {plase}?"
shown_if = "${q03} = 'zzz'"
options = [{code = "a", label = "A"}, {code = "b", label = "B"}]
"""


def test_ten_faults_give_ten_located_messages_in_one_run(shell, tmp_path):
    shell.ok("init")
    file = tmp_path / "broken.toml"
    file.write_text(TEN_FAULTS, encoding="utf-8")
    before = sorted(shell.folder.rglob("*"))
    said = shell.refused("questionnaire", "import", file)
    located = [line for line in said.splitlines() if "broken.toml:" in line]
    assert len(located) >= 10, said
    for place in ("q99", "singel", "q__2", "f9", "'a'", "q04", "wish", "q06", "plase"):
        assert place in said, place
    assert sorted(shell.folder.rglob("*")) == before


def test_checking_writes_nothing_and_needs_no_instance(shell, tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text(TEN_FAULTS, encoding="utf-8")
    said = shell.refused("questionnaire", "check", file)
    assert "broken.toml:" in said
    assert not shell.folder.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        "title = „Umfrage“".encode(),
        b"= = =",
        b"[[pages]]\n" * 3,
        b"name = 3\nlanguage = []\ntitle = {}\npages = 'x'\n",
        b"a" * 5_000_001,
        b"[" * 2000,
    ],
    ids=["empty", "bytes", "quotes", "signs", "bare", "types", "huge", "deep"],
)
def test_hostile_files_are_refused_in_words(shell, tmp_path, content):
    shell.ok("init")
    file = tmp_path / "hostile.toml"
    file.write_bytes(content)
    assert "hostile.toml" in shell.refused("questionnaire", "import", file)


def test_a_file_saved_by_a_windows_editor_is_taken(shell, tmp_path):
    from survey.authoring import shipped

    shell.ok("init")
    file = tmp_path / "Umfrage.toml"
    text = shipped.source("zusammenleben").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    shell.ok("questionnaire", "import", file)
    found = engine.connect(_settings(shell))
    assert questionnaires.questionnaire(found, "umfrage") is not None
    found.dispose()


def _settings(shell):
    from survey import settings

    return settings.read(shell.folder, {})
