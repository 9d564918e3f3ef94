"""Letters, slips, posters and cards as the town hall orders them."""

from __future__ import annotations

import csv
import stat
from io import BytesIO

import pypdf
import pytest

from survey.letters import print_folder
from survey.urn import codes

TOWN = {
    "SURVEY_TOWN": "Musterstadt",
    "SURVEY_ADDRESS": "Rathausplatz 1\n12345 Musterstadt",
    "SURVEY_TELEPHONE": "07031 123-0",
    "SURVEY_HOURS": "Mo–Fr 9–12 Uhr",
    "SURVEY_PUBLIC_URL": "https://umfrage.musterstadt.example",
}


@pytest.fixture
def town(published):
    """A survey open by code and link, of a town that has filled in its settings."""
    published.environment |= TOWN
    published.ok(
        *("open", "--design", "random", "--population", 46000, "--invited", 800),
        *("--access", "both"),
    )
    return published


def listed(folder):
    with (folder / "codes.csv").open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


def texts(path):
    reader = pypdf.PdfReader(BytesIO(path.read_bytes()))
    return [page.extract_text() for page in reader.pages]


def test_letters_and_list_hold_the_same_codes_in_orders_of_their_own(town, tmp_path):
    out = tmp_path / "print"
    said = town.ok(
        *("codes", "--count", 12, "--letters", "--language", "de,ar", "--out", out)
    )
    assert "12 codes are in" in said
    assert {file.name for file in out.iterdir()} == {"codes.csv", "letters.pdf"}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in out.iterdir())
    made, pages = listed(out), texts(out / "letters.pdf")
    order = [next(code for code in made if codes.group(code) in page) for page in pages]
    assert sorted(order) == sorted(made)
    # twelve things are in the same order by chance once in 479,001,600 times
    assert order != made
    assert made != sorted(made)
    assert order != sorted(order)


def test_a_printed_code_admits(town, tmp_path):
    town.ok("codes", "--count", 2, "--slips", "--out", tmp_path)
    slips = tmp_path / "used.csv"
    slips.write_text("\n".join(listed(tmp_path)))
    assert "2 codes are marked as used." in town.ok("codes", "--used", slips)


def test_twenty_slips_fit_a_sheet(town, tmp_path):
    town.ok(
        *("codes", "--count", 21, "--slips", "--per-sheet", 20, "--language", "de"),
        *("--out", tmp_path),
    )
    assert len(texts(tmp_path / "slips.pdf")) == 2


def test_missing_settings_are_refused_by_name_before_any_code_is_made(
    published, tmp_path
):
    published.ok("open", "--design", "open")
    said = published.refused("codes", "--count", 5, "--letters", "--out", tmp_path)
    for name in ("town", "address", "telephone", "hours", "public_url"):
        assert f"{name}: " in said
    assert "codes made: 0" in published.ok("status")
    assert not list(tmp_path.glob("codes*"))


def test_a_full_disk_makes_no_code(town, tmp_path, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(print_folder, "_write", full)
    said = town.refused("codes", "--count", 5, "--letters", "--out", tmp_path / "out")
    assert "No space left on device" in said
    assert "codes made: 0" in town.ok("status")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_interrupted_run_is_finished_and_makes_no_second_codes(
    town, tmp_path, monkeypatch
):
    def killed(hidden, folder):
        raise SystemExit(137)

    with monkeypatch.context() as patched:
        patched.setattr(print_folder, "_moved", killed)
        town.refused("codes", "--count", 5, "--letters", "--out", tmp_path / "out")
    assert "codes made: 5" in town.ok("status")
    said = town.ok("codes", "--count", 5, "--letters", "--out", tmp_path / "out")
    assert "An earlier run had been interrupted" in said
    assert "codes made: 5" in town.ok("status")
    assert len(listed(tmp_path / "out")) == 5
    assert len(texts(tmp_path / "out" / "letters.pdf")) > 0


def test_the_sheets_say_when_no_last_day_is_set(town, tmp_path):
    said = town.ok("codes", "--count", 1, "--letters", "--out", tmp_path)
    assert "The survey has no last day" in said


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--spare", "x", "--letters"), "--letters needs --count"),
        (("--count", 1, "--per-sheet", 20), "--per-sheet is about --slips"),
        (("--count", 1, "--language", "de"), "--language is about"),
        (("--count", 1, "--letters"), "--count needs --out"),
        (("--count", 1, "--letters", "--language", "fr", "--out", "x"), "not speak fr"),
        (("--count", 0, "--letters", "--out", "x"), "0 is not in the range"),
    ],
)
def test_what_does_not_go_together_is_refused_in_words(town, words, complaint):
    assert complaint in town.refused("codes", *words)


def test_a_survey_that_is_not_published_gets_no_letters(shell, tmp_path):
    shell.environment |= TOWN
    shell.ok("init")
    from survey.authoring import shipped

    file = tmp_path / "zusammenleben.toml"
    file.write_text(shipped.source("zusammenleben"), encoding="utf-8")
    shell.ok("questionnaire", "import", file)
    said = shell.refused("codes", "--count", 1, "--letters", "--out", tmp_path)
    assert "zusammenleben is draft" in said


@pytest.mark.parametrize("reason", ["", "  ", "x" * 61, "a\x07b"])
def test_a_spare_code_needs_a_reason_that_can_be_read(town, reason):
    assert "needs a reason" in town.refused("codes", "--spare", reason)


def test_spare_codes_are_counted_by_reason_and_end_for_the_day(town):
    for _ in range(2):
        town.ok("codes", "--spare", "lost  letter")
    town.ok("codes", "--spare", "moved here")
    said = town.ok("status")
    assert "spare codes among them: 3" in said
    assert "spare codes, lost letter: 2" in said
    assert "spare codes, moved here: 1" in said
    for _ in range(17):
        town.ok("codes", "--spare", "desk")
    assert "20 spare codes were handed out today" in town.refused(
        "codes", "--spare", "desk"
    )


def test_a_poster_is_drawn_in_the_languages_asked_for(town, tmp_path):
    out = tmp_path / "poster.pdf"
    town.ok("letters", "poster", "--language", "de,en", "--out", out)
    (text,) = texts(out)
    assert "Ihre Meinung zählt" in text
    assert "Your opinion counts" in text


def test_a_poster_without_an_open_link_is_refused(opened, tmp_path):
    opened.environment |= TOWN
    said = opened.refused("letters", "poster", "--out", tmp_path / "poster.pdf")
    assert "no open link" in said
    assert not (tmp_path / "poster.pdf").exists()


def test_an_unknown_channel_is_refused_with_those_there_are(town, tmp_path):
    said = town.refused(
        *("letters", "poster", "--channel", "school", "--out", tmp_path / "x.pdf")
    )
    assert "'school', only link" in said


def test_reminder_cards_say_how_often_to_print_them(town, tmp_path):
    said = town.ok("letters", "cards", "--language", "de", "--out", tmp_path / "c.pdf")
    assert "Print it 200 times, on both sides" in said
    assert len(texts(tmp_path / "c.pdf")) == 2
