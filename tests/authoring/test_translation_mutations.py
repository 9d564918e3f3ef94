"""Damaged files of translators are read or refused in words, whatever was damaged."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from survey.authoring.exchange import Exchange
from survey.authoring.problems import AuthoringError
from survey.authoring.taking import take
from survey.authoring.translation_formats import read, write
from tests.authoring.exchanges import language, mixed, sent
from tests.questionnaire.translating import RULES

PIECES = (b"<", b">", b'"', b"\\", b"\x00", b"\xff", b"\n", b"{place}", b"&#0;", b"]]>")
ROUNDS = {"po": 150, "xliff": 150, "docx": 60, "xlsx": 12}


def mutated(content: bytes, rng: random.Random) -> bytes:
    """A few bytes deleted, doubled, replaced or put in."""
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(len(damaged) + 1), rng.randint(0, 40)
        piece = rng.choice((b"", rng.choice(PIECES), bytes(damaged[at : at + length])))
        damaged[at : at + rng.choice((0, length))] = piece
    return bytes(damaged)


def repacked(content: bytes, rng: random.Random) -> bytes:
    """An archive with one of its parts damaged, and sometimes itself."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    names = packed.namelist()
    chosen = rng.choice(names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in names:
            inside = packed.read(name)
            again.writestr(name, mutated(inside, rng) if name == chosen else inside)
    whole = out.getvalue()
    return mutated(whole, rng) if rng.random() < 0.2 else whole


def damaged_files(name: str, version: str, rounds: int, seed: int):
    content = write(sent(mixed()), language("ar"), name, version=version)
    damage = repacked if name in ("docx", "xlsx") else mutated
    rng = random.Random(seed)
    for _ in range(rounds):
        yield damage(content, rng)


def read_or_refused(path: Path) -> Exchange | None:
    """What is in a file; anything else than a refusal in words is a fault of ours."""
    try:
        return read(path)
    except AuthoringError:
        return None


@pytest.mark.parametrize(
    ("name", "ending", "version"),
    [
        ("po", "po", ""),
        ("xliff", "xlf", "1.2"),
        ("xliff", "xlf", "2.0"),
        ("docx", "docx", ""),
        ("xlsx", "xlsx", ""),
    ],
)
def test_damage_is_told_and_what_is_kept_stays_usable(tmp_path, name, ending, version):
    path = tmp_path / f"umfrage.{ending}"
    for content in damaged_files(name, version, ROUNDS[name], seed=1):
        path.write_bytes(content)
        exchange = read_or_refused(path)
        if exchange is None:
            continue
        taking = take(exchange, mixed(), RULES)
        assert sum(taking.counts().values()) == len(exchange.entries)
        for words, _ in taking.changes().values():
            assert words == words.strip()
