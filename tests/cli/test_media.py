"""Pictures and sounds: frozen with an edition, refused when they cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey import create_app, settings
from survey.storage import media

PICTURES = Path(__file__).parent / "pictures.toml"
FILES = {
    "way.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "bus.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "ways-ar.mp3": b"ID3" + bytes(100),
}


@pytest.fixture
def office(shell):
    shell.ok("init")
    for name in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
        shell.environment[f"SURVEY_{name}"] = "none"
    shell.ok("questionnaire", "import", PICTURES)
    return shell


def keep(shell, **files):
    found = settings.read(shell.folder, {})
    for name, content in {**FILES, **files}.items():
        media.keep(found, "pictures", name, content)
    return found


def test_a_questionnaire_whose_files_lack_names_them_all(office):
    said = office.refused("publish", "--languages", "de,ar")
    assert all(name in said for name in FILES)


def test_files_are_frozen_and_shown_beside_the_words(office, monkeypatch):
    keep(office)
    office.ok("publish", "--languages", "de,ar")
    office.ok("open", "--design", "open", "--access", "link")
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    page = {}
    for language in ("de", "ar"):
        person = create_app().test_client()
        person.post(f"/{language}/pictures/", data={"go": "start"})
        page[language] = person.get(f"/{language}/pictures/p1").get_data(as_text=True)
    assert "<audio" not in page["de"]
    assert "<audio" in page["ar"]
    sources = [part.split('"')[0] for part in page["ar"].split('src="/media/')[1:]]
    assert [Path(name).suffix for name in sources] == [".svg", ".mp3", ".png"]
    for name, content in zip(sources, FILES.values(), strict=False):
        sent = person.get(f"/media/{name}")
        assert (sent.status_code, "immutable" in sent.headers["Cache-Control"]) == (
            200,
            True,
        )
        if name.endswith(".svg"):
            assert sent.data == content
            assert "sandbox" in sent.headers["Content-Security-Policy"]
    part = person.get(f"/media/{sources[1]}", headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.data) == (206, b"ID3")


def test_another_picture_under_the_same_name_is_another_edition(office):
    keep(office)
    first = office.ok("publish", "--languages", "de,ar").splitlines()[-1]
    keep(office, **{"way.svg": FILES["way.svg"] + b"<!-- -->"})
    assert office.ok("publish", "--languages", "de,ar").splitlines()[-1] != first


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("way.exe", b"MZ"),
        ("way.png", b"<svg/>"),
        ("way.svg", b"\x89PNG\r\n\x1a\n"),
        ("way.svg", b"<svg>" + bytes(12_000)),
        ("../way.svg", b"<svg/>"),
        (".svg", b"<svg/>"),
        ("way.svg", b""),
    ],
)
def test_what_is_no_such_file_is_refused_and_not_kept(office, name, content):
    found = settings.read(office.folder, {})
    with pytest.raises(media.MediumError):
        media.keep(found, "pictures", name, content)
    assert not list((office.folder / "media").rglob("*.*"))


@pytest.mark.parametrize("name", ["x", "../settings.toml", "0" * 64 + ".svg", "%2e%2e"])
def test_nothing_else_is_served(app, name):
    assert app.test_client().get(f"/media/{name}").status_code == 404


def test_an_import_takes_the_files_from_a_folder_or_names_what_lacks(office, tmp_path):
    folder = tmp_path / "pictures-media"
    folder.mkdir()
    (folder / "way.svg").write_bytes(b"no picture")
    words = ("questionnaire", "import", PICTURES, "--media", folder)
    said = office.refused(*words)
    assert all(name in said for name in FILES)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    office.ok(*words)
    office.ok("publish", "--languages", "de,ar")
