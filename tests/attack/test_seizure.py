"""Somebody takes the running server: files, present keys and older copies."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from survey.urn import Urn
from tests.urn import town
from tests.urn.test_release import fill

Box = tuple[str, str, str, int, int, bytes, int, bytes]


def boxes(folder: Path) -> set[Box]:
    """Every box in a copy of the database."""
    connection = sqlite3.connect(folder / "survey.sqlite")
    found = connection.execute(
        "SELECT survey, lane, part, epoch, period, salt, n, box FROM pool"
    ).fetchall()
    connection.close()
    return set(found)


def opens(box: Box, key: bytes) -> bool:
    """Try a key on a box, by hand: HKDF of RFC 5869, then AES-GCM."""
    *place, salt, _, sealed = box
    extracted = hmac.new(salt, key, hashlib.sha256).digest()
    info = b"sealed urn, box, version 1\x01"
    derived = hmac.new(extracted, info, hashlib.sha256).digest()
    try:
        AESGCM(derived).decrypt(sealed[:12], sealed[12:], json.dumps(place).encode())
    except InvalidTag:
        return False
    return True


def keys_of(place: town.Place) -> list[bytes]:
    """The keys in the slots, read without the urn's own code."""
    data = (place.keys_dir / "village.main.pool").read_bytes()
    return [data[at + 16 : at + 48] for at in (0, 4096, 8192)]


def copy(place: town.Place, folder: Path) -> Path:
    folder.mkdir()
    for file in place.instance.glob("survey.sqlite*"):
        shutil.copy(file, folder)
    return folder


@dataclass
class Seized:
    """The present keys, the boxes of a copy after each answer, and their bytes."""

    keys: list[bytes]
    code_key: bytes
    copies: list[set[Box]]
    written: bytes


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Seized:
    """Two releases and a spill lie between the first copy and the seizure."""
    folder = tmp_path_factory.mktemp("seized")
    place = town.found(folder / "instance")
    town.open_survey(place)
    urn, copies = Urn(place, town.SLUG, clock=town.Clock()), []
    urn.act_if_due()
    for number in range(40):
        fill(urn, 1, start=number)
        copies.append(boxes(copy(place, folder / str(number))))
        if number in (12, 30):
            urn.release()
    fill(urn, 60, start=100)
    copies.append(boxes(copy(place, folder / "last")))
    urn.stop()
    written = b"".join(file.read_bytes() for file in folder.glob("*/survey.sqlite*"))
    code_key = (place.keys_dir / "village.code").read_bytes()
    return Seized(keys_of(place), code_key, copies, written)


def test_the_present_keys_open_no_earlier_box(seized: Seized):
    earlier = set().union(*seized.copies) - seized.copies[-1]
    assert len(earlier) >= 38
    for key in seized.keys:
        assert not any(opens(box, key) for box in earlier)


def test_this_test_can_open_a_box_with_its_key(seized: Seized):
    assert len(seized.copies[-1]) == 2
    for box in seized.copies[-1]:
        assert sum(opens(box, key) for key in seized.keys) == 1


def test_no_copy_holds_any_key(seized: Seized):
    for key in [*seized.keys, seized.code_key]:
        assert not any(key) or key not in seized.written


def test_a_box_of_the_database_is_worth_nothing_without_its_salt(seized: Seized):
    for survey, lane, part, epoch, period, _, n, box in seized.copies[-1]:
        without = (survey, lane, part, epoch, period, bytes(32), n, box)
        assert not any(opens(without, key) for key in seized.keys)


def test_after_close_no_key_of_the_survey_is_left(urn: Urn, place: town.Place):
    fill(urn, 6)
    keys = [key for key in keys_of(place) if any(key)]
    keys.append((place.keys_dir / "village.code").read_bytes())
    urn.close()
    urn.stop()
    for file in place.instance.rglob("*"):
        if file.is_file():
            assert not any(key in file.read_bytes() for key in keys), file
