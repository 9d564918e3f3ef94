"""Letters killed at any moment: no valid code is without its sheet, none on two."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from io import BytesIO

import pypdf

from survey.urn import CodeState, Urn, codes
from tests import instances

RUNS, LETTERS = 6, 30
COMMAND = "from survey.cli import main; main()"


def order(settings, folder, *, seconds):
    """`survey codes --letters`, killed after so many seconds."""
    words = ("codes", "--count", str(LETTERS), "--letters", "--language", "de")
    running = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words, "--out", str(folder)],
        env={**os.environ, "SURVEY_INSTANCE": str(settings.instance)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        return running.wait(seconds)
    running.kill()
    return running.wait(60)


def listed(folder):
    """The codes of every finished list, in all runs."""
    found = []
    for path in folder.glob("codes*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [row["code"] for row in csv.DictReader(lines)]
    return found


def printed(folder):
    """Every code that can be read on a letter."""
    pages = [
        page.extract_text()
        for path in folder.glob("letters*.pdf")
        for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages
    ]
    return [code for code in listed(folder) for p in pages if codes.group(code) in p]


def test_no_valid_code_is_ever_without_its_letter(tmp_path):
    settings = instances.fresh(
        tmp_path / "instance", public_url="https://umfrage.musterstadt.example"
    )
    instances.publish(
        settings, "zusammenleben", date(2026, 10, 5), languages=("de",), access="codes"
    )
    folder, urn = tmp_path / "out", Urn(settings, "zusammenleben")
    began = time.monotonic()
    assert order(settings, folder, seconds=120) == 0
    takes = time.monotonic() - began
    rng, killed = random.Random(5), 0
    for _ in range(RUNS):
        killed += order(settings, folder, seconds=rng.uniform(0.1, 0.9) * takes) < 0
        hidden = list(folder.glob(".unfinished-*/codes*.csv"))
        waiting = LETTERS if hidden else 0
        issued = urn.status().issued
        assert issued in (len(listed(folder)), len(listed(folder)) + waiting)
    order(settings, folder, seconds=120)
    made = listed(folder)
    assert killed
    assert len(set(made)) == len(made) == urn.status().issued
    assert sorted(printed(folder)) == sorted(made)
    assert all(urn.state_of(code) is CodeState.FREE for code in made)
    assert not list(folder.glob(".unfinished-*"))
