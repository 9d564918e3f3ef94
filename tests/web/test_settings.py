"""Settings: one file and the environment, every problem in one go."""

from __future__ import annotations

import stat
from dataclasses import fields

import pytest

from survey import settings
from survey.settings import SettingsError


@pytest.fixture
def folder(tmp_path):
    settings.initialise(tmp_path / "town", {"town": "Musterstadt"})
    return tmp_path / "town"


def problems(folder, environ=None):
    with pytest.raises(SettingsError) as caught:
        settings.read(folder, environ or {})
    return [problem.place for problem in caught.value.problems]


def test_a_new_instance_can_be_read_at_once(folder):
    found = settings.read(folder, {})
    assert found.town == "Musterstadt"
    assert found.keys_dir == folder / "keys"
    assert len(found.secrets[0]) == 32
    assert found.unset_for_publishing() == ("upstream_logs", "image_backups")


def test_every_setting_is_described(folder):
    names = {field.name for field in fields(settings.Settings)}
    assert set(settings.DESCRIPTIONS) == names - {"instance", "secrets"}
    text = (folder / "settings.toml").read_text(encoding="utf-8")
    for name, description in settings.DESCRIPTIONS.items():
        assert f"# {description}\n" in text
        assert f"{name} = " in text


def test_the_environment_is_stronger_than_the_file(folder):
    settings.change(folder, {"demo": False, "trusted_proxies": 1})
    environ = {"SURVEY_DEMO": "true", "SURVEY_TRUSTED_PROXIES": "2", "PATH": "/bin"}
    found = settings.read(folder, environ)
    assert found.demo is True
    assert found.trusted_proxies == 2


def test_all_problems_are_listed_at_once(folder):
    settings.change(
        folder,
        {
            "public_url": "http://umfrage.example",
            "upstream_logs": "some",
            "image_backups": "daily",
            "demo": "perhaps",
            "trusted_proxies": -1,
            "publik_url": "https://umfrage.example",
        },
    )
    (folder / "keys" / "web.key").chmod(0o644)
    assert sorted(problems(folder, {"SURVEY_TWON": "X"})) == sorted(
        [
            "settings.toml, publik_url",
            "SURVEY_TWON",
            "trusted_proxies",
            "demo",
            str(folder / "keys" / "web.key"),
            "public_url",
            "upstream_logs",
            "image_backups",
        ]
    )


def test_a_misspelt_name_is_answered_with_the_right_one(folder):
    settings.change(folder, {"publik_url": "x"})
    with pytest.raises(SettingsError, match="Did you mean public_url"):
        settings.read(folder, {})


def test_a_missing_folder_says_what_to_run(tmp_path):
    with pytest.raises(SettingsError, match="survey init"):
        settings.read(tmp_path / "nowhere", {})


@pytest.mark.parametrize(
    ("url", "demo"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
        ("http://town.localhost", False),
        ("https://umfrage.example", False),
        ("http://192.168.1.20:8000", True),
    ],
)
def test_addresses_on_which_nobody_listens_in_are_accepted(folder, url, demo):
    settings.change(folder, {"public_url": url, "demo": demo})
    assert settings.read(folder, {}).public_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.20:8000",
        "http://umfrage.example",
        "ftp://umfrage.example",
        "umfrage.example",
        "https://umfrage.example/survey",
        "https://umfrage.example?x=1",
        "",
    ],
)
def test_addresses_on_which_others_listen_in_are_refused(folder, url):
    settings.change(folder, {"public_url": url})
    assert problems(folder) == ["public_url"]


def test_the_name_of_the_cookie_follows_the_address(folder):
    assert settings.read(folder, {}).cookie_name == "draft"
    settings.change(folder, {"public_url": "https://umfrage.example/"})
    found = settings.read(folder, {})
    assert found.cookie_name == "__Host-draft"
    assert found.public_url == "https://umfrage.example"


@pytest.mark.parametrize("value", ["none", "unknown", "days:7", ""])
def test_known_words_about_logs_are_accepted(folder, value):
    settings.change(folder, {"upstream_logs": value})
    assert settings.read(folder, {}).upstream_logs == value


def test_secrets_are_made_so_that_only_the_owner_reads_them(folder):
    for path in (folder / "keys" / "web.key", folder / "settings.toml"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "secret", "0" * 64, "ab" * 32, "g" * 64])
def test_a_secret_that_somebody_typed_is_refused(folder, content):
    (folder / "keys" / "web.key").write_text(content)
    assert problems(folder) == [str(folder / "keys" / "web.key")]


def test_a_missing_secret_is_refused(folder):
    (folder / "keys" / "web.key").unlink()
    assert problems(folder) == [str(folder / "keys" / "web.key")]


def test_keys_that_others_may_list_are_refused(folder):
    (folder / "keys").chmod(0o755)
    assert problems(folder) == [str(folder / "keys")]


def test_an_old_secret_stays_as_the_second_line(folder):
    path = folder / "keys" / "web.key"
    old = path.read_text()
    new = "0123456789abcdef" * 4 + "\n"
    path.write_text(new + old)
    assert settings.read(folder, {}).secrets == (
        bytes.fromhex(new.strip()),
        bytes.fromhex(old.strip()),
    )


def test_a_second_initialisation_keeps_settings_and_secret(folder):
    before = settings.read(folder, {})
    settings.initialise(folder, {"telephone": "07031 123"})
    after = settings.read(folder, {})
    assert after.secrets == before.secrets
    assert (after.town, after.telephone) == ("Musterstadt", "07031 123")


def test_a_change_replaces_one_line_and_keeps_the_comments(folder):
    lines = (folder / "settings.toml").read_text().splitlines()
    settings.change(folder, {"town": "Neustadt"})
    changed = (folder / "settings.toml").read_text().splitlines()
    different = [new for old, new in zip(lines, changed, strict=True) if old != new]
    assert different == ['town = "Neustadt"']


def test_secrets_do_not_show_in_the_settings_printed(folder):
    found = settings.read(folder, {})
    assert found.secrets[0].hex() not in repr(found)
    assert "secrets=" not in repr(found)


def test_a_key_folder_elsewhere_is_made_by_the_first_run(tmp_path):
    keys = tmp_path / "device" / "keys"
    settings.initialise(tmp_path / "town", {"keys_dir": str(keys)})
    assert settings.read(tmp_path / "town", {}).keys_dir == keys


def test_a_file_that_is_not_toml_is_one_located_problem(folder):
    (folder / "settings.toml").write_text("town = Musterstadt")
    assert problems(folder) == [str(folder / "settings.toml")]
