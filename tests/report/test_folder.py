"""A report folder appears complete or not at all, and is the same every time."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from analysis.charts import ChartError
from analysis.disclosure import Publication
from analysis.report import ReportError, compose, folder, pictures, write
from tests.report import example
from tests.report.saying import LANGUAGES

GERMAN, ENGLISH, _ = LANGUAGES


@pytest.fixture
def small():
    """Two tables in two languages."""
    publication = example.publication()
    few = Publication(
        (publication.table("q15"), publication.table("q13-by-d3")), publication.merges
    )
    return compose(few, example.about(), (GERMAN, ENGLISH))


def content_of(place):
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }


def test_a_report_has_a_page_per_language_pictures_figures_merges_and_manifest(
    small, tmp_path
):
    write(small, tmp_path / "report")
    assert set(content_of(tmp_path / "report")) == {
        "manifest.json",
        "report.json",
        "figures.csv",
        "merges.json",
        "de/index.html",
        "en/index.html",
        *(
            f"pictures/{table}.{language}.{form}"
            for table in ("q15", "q13-by-d3")
            for language in ("de", "en")
            for form in ("svg", "png")
        ),
    }


def test_the_manifest_holds_the_digest_of_every_other_file(small, tmp_path):
    write(small, tmp_path / "report")
    found = content_of(tmp_path / "report")
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items()
    }


def test_report_json_names_only_pictures_that_are_there(small, tmp_path):
    write(small, tmp_path / "report")
    report = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    assert report["format"] == 1
    for table in report["tables"].values():
        for words in table["languages"].values():
            assert (tmp_path / "report" / words["svg"]).is_file()
            assert (tmp_path / "report" / words["png"]).is_file()


def test_merges_are_written_as_they_bind_later_reports(small, tmp_path):
    write(small, tmp_path / "report")
    merges = json.loads((tmp_path / "report" / "merges.json").read_text("utf-8"))
    assert merges == {"d3": {"parents": "other"}}


def test_the_same_publication_gives_the_same_bytes(small, tmp_path):
    write(small, tmp_path / "one")
    write(small, tmp_path / "two")
    assert content_of(tmp_path / "one") == content_of(tmp_path / "two")


def test_an_unchanged_report_draws_nothing_again(small, tmp_path, monkeypatch):
    write(small, tmp_path / "report")
    before = content_of(tmp_path / "report")
    drawn = []
    monkeypatch.setattr(pictures, "draw", lambda *_, **__: drawn.append(1))
    write(small, tmp_path / "report")
    assert not drawn
    assert content_of(tmp_path / "report") == before


def test_only_what_changed_is_drawn_again(small, tmp_path, monkeypatch):
    write(small, tmp_path / "report")
    real, drawn = pictures.draw, []

    def draw(protected, words, **how):
        drawn.append((protected.table, how["language"].code))
        return real(protected, words, **how)

    monkeypatch.setattr(pictures, "draw", draw)
    first = small.charts[0]
    other = replace(first, words=replace(first.words, categories=OTHER_WORDS))
    changed = replace(small, charts=(other, *small.charts[1:]))
    write(changed, tmp_path / "report")
    assert set(drawn) == {("q15", "de")}


OTHER_WORDS = dict.fromkeys(("yes", "rather_yes", "rather_no", "no"), "anders")


def test_a_damaged_picture_is_not_taken_over(small, tmp_path):
    write(small, tmp_path / "report")
    before = content_of(tmp_path / "report")
    (tmp_path / "report" / "pictures" / "q15.de.png").write_bytes(b"damaged")
    write(small, tmp_path / "report")
    assert content_of(tmp_path / "report") == before


def test_a_failure_leaves_nothing_behind(small, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "draw", fails_at_the(3))
    with pytest.raises(ChartError):
        write(small, tmp_path / "report")
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_older_report_as_it_was(small, tmp_path, monkeypatch):
    write(small, tmp_path / "report")
    before = content_of(tmp_path / "report")
    monkeypatch.setattr(folder.page, "write", fails_at_the(2))
    with pytest.raises(ChartError):
        write(small, tmp_path / "report")
    assert content_of(tmp_path / "report") == before
    assert list(tmp_path.iterdir()) == [tmp_path / "report"]


def test_a_failure_of_the_last_step_brings_the_older_report_back(
    small, tmp_path, monkeypatch
):
    write(small, tmp_path / "report")
    before = content_of(tmp_path / "report")
    real = folder.Path.replace

    def replace_path(source, target):
        if source.name == "report" and source.parent.name.startswith(".report-"):
            raise OSError("no room")
        return real(source, target)

    monkeypatch.setattr(folder.Path, "replace", replace_path)
    with pytest.raises(OSError, match="no room"):
        write(small, tmp_path / "report")
    monkeypatch.undo()
    assert content_of(tmp_path / "report") == before


def fails_at_the(number):
    calls = []

    def fail(*_, **__):
        calls.append(1)
        if len(calls) == number:
            raise ChartError("no ink")
        return _Nothing()

    return fail


class _Nothing(str):
    svg, png = b"<svg></svg>", b""


@pytest.mark.parametrize(
    ("name", "text"),
    [("letter.txt", "Dear"), ("manifest.json", '{"name": "an app"}')],
)
def test_another_folder_is_refused_and_kept(small, tmp_path, name, text):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / name).write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match="is no report"):
        write(small, tmp_path / "report")
    assert content_of(tmp_path / "report") == {name: text.encode()}


def test_a_file_in_the_place_of_the_folder_is_refused(small, tmp_path):
    (tmp_path / "report").write_text("Dear", encoding="utf-8")
    with pytest.raises(ReportError, match="is a file"):
        write(small, tmp_path / "report")


def test_what_somebody_put_into_an_older_report_is_never_deleted(small, tmp_path):
    write(small, tmp_path / "report")
    (tmp_path / "report" / "notes for the council.txt").write_text("x", "utf-8")
    with pytest.raises(ReportError, match="notes for the council"):
        write(small, tmp_path / "report")
    assert (tmp_path / "report" / "notes for the council.txt").exists()


def test_what_a_system_leaves_in_a_folder_is_in_nobodys_way(small, tmp_path):
    write(small, tmp_path / "report")
    (tmp_path / "report" / ".DS_Store").write_bytes(b"x")
    write(small, tmp_path / "report")
    assert not (tmp_path / "report" / ".DS_Store").exists()


def test_an_empty_folder_is_filled(small, tmp_path):
    (tmp_path / "report").mkdir()
    write(small, tmp_path / "report")
    assert (tmp_path / "report" / "report.json").exists()


def test_progress_is_told(small, tmp_path):
    told = []
    write(small, tmp_path / "report", progress=lambda *each: told.append(each))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


KILLED_AT_THE_THIRD_CHART = """
import os, signal, sys
from pathlib import Path
from analysis.report import compose, pictures, write
from tests.report import example
from tests.report.saying import LANGUAGES

real, drawn = pictures.draw, []

def draw(*what, **how):
    drawn.append(1)
    if len(drawn) > 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*what, **how)

pictures.draw = draw
contents = compose(example.publication(), example.about(), LANGUAGES[:1])
write(contents, Path(sys.argv[1]))
"""


@pytest.mark.thorough
def test_a_killed_program_leaves_no_half_report(small, tmp_path):
    command = [sys.executable, "-c", KILLED_AT_THE_THIRD_CHART]
    fresh, older = tmp_path / "fresh", tmp_path / "older"
    write(small, older)
    before = content_of(older)
    for out in (fresh, older):
        done = subprocess.run([*command, str(out)], check=False, timeout=120)  # noqa: S603 - our own program
        assert done.returncode == -signal.SIGKILL
    assert not fresh.exists()
    assert content_of(older) == before


@pytest.mark.thorough
def test_several_processes_draw_what_one_draws(small, tmp_path, monkeypatch):
    write(small, tmp_path / "one")
    monkeypatch.setattr(pictures, "FEW", 0)
    write(small, tmp_path / "many")
    assert content_of(tmp_path / "one") == content_of(tmp_path / "many")
