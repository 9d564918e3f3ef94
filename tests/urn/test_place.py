from __future__ import annotations

from pathlib import Path

import pytest

from survey.urn import Urn, place
from survey.urn.errors import KeysMisplaced
from tests.urn import town

MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:25 / /srv rw,relatime shared:2 - btrfs /dev/vdb rw,subvol=/
31 30 254:3 / /srv/keys rw,relatime - xfs /dev/vdc rw
32 22 0:27 / /mnt/with\\040space rw - zfs tank/keys rw
""".splitlines()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/opt/town/keys", "ext4"),
        ("/srv/town/keys", "btrfs"),
        ("/srv/keys", "xfs"),
        ("/srv/keys/town", "xfs"),
        ("/srv/keyserver", "btrfs"),
        ("/mnt/with space/keys", "zfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, kind: str):
    assert place.file_system(Path(folder), MOUNTS) == kind


def test_where_no_table_of_mounts_exists_nothing_is_claimed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "none")
    assert place.file_system(tmp_path) == ""


def test_an_urn_is_not_set_up_where_overwritten_keys_are_kept(
    place_on_btrfs: town.Place,
):
    urn = Urn(place_on_btrfs, town.SLUG)
    with pytest.raises(KeysMisplaced, match="btrfs"):
        urn.issue(1)
    assert not list(place_on_btrfs.keys_dir.glob("village.*"))
    assert any(finding.is_error for finding in place.findings(place_on_btrfs))


def test_keys_beside_the_database_are_a_warning(urn: Urn, founded: town.Place):
    (finding,) = place.findings(founded)
    assert not finding.is_error
    assert "device of the database" in finding.text


def test_a_folder_others_can_look_into_is_an_error(tmp_path: Path):
    there = town.Place(tmp_path, tmp_path / "keys")
    there.keys_dir.mkdir(mode=0o755)
    assert [finding.text for finding in place.findings(there) if finding.is_error] == [
        f"others can look into {there.keys_dir}: chmod 700"
    ]


@pytest.fixture
def place_on_btrfs(
    place: town.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> town.Place:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("22 1 0:25 / / rw,relatime - btrfs /dev/vda1 rw\n")
    monkeypatch.setattr("survey.urn.place.MOUNTS", mounts)
    return place
