"""The files: the same bytes every time, small, with nothing of the machine in them."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from analysis.charts import draw, fingerprint, lay_out
from analysis.charts.scale import DOT
from tests.charts.examples import ARABIC, GERMAN, words
from tests.disclosure import examples as tables

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 25_000
PROGRAM = """
import hashlib, sys
from analysis.charts import draw
from tests.charts.examples import ARABIC, words
from tests.disclosure.examples import agreement
picture = draw(agreement(), words(ARABIC), language=ARABIC, framed=True)
from matplotlib.font_manager import fontManager
families = sorted({entry.name for entry in fontManager.ttflist})
digest = hashlib.sha256(picture.svg + picture.png).hexdigest()
sys.stdout.write(f"{digest} {families}")
"""


def elsewhere(home: Path, seed: str) -> str:
    """Draw a picture in a process of its own whose home is ``home``."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
    }
    environment = {**clean, "HOME": str(home), "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_a_picture_is_the_same_in_every_process_and_nothing_is_left_at_home(tmp_path):
    here = draw(tables.agreement(), words(ARABIC), language=ARABIC, framed=True)
    assert here.png is not None
    expected = hashlib.sha256(here.svg + here.png).hexdigest()
    digest, _, families = elsewhere(tmp_path, "1").partition(" ")
    assert digest == expected
    assert families == "['Almarai', 'DejaVu Sans', 'Fira Sans']"
    assert list(tmp_path.iterdir()) == []


def test_a_page_picture_is_at_most_25_kilobytes_compressed(page):
    assert len(gzip.compress(page.picture.svg, mtime=0)) <= LARGEST


def test_a_page_picture_comes_without_png_and_names_no_program(page):
    assert page.picture.png is None
    text = page.picture.svg.decode()
    for word in ("<metadata", "Matplotlib", "matplotlib.org", "<text", "<image"):
        assert word not in text


def test_a_letter_is_outlined_once_however_often_it_is_written():
    picture = draw(tables.agreement(), words(GERMAN), language=GERMAN, framed=False)
    text = picture.svg.decode()
    outlines = [part.split('"')[0] for part in text.split('<path id="')[1:]]
    assert len(outlines) == len(set(outlines))
    used = {part.split('"')[0] for part in text.split('<use xlink:href="#')[1:]}
    assert used == set(outlines)


@pytest.mark.parametrize("table", tables.every_kind(), ids=lambda table: table.table)
def test_a_framed_picture_comes_as_png_on_pure_white(table):
    picture = draw(table, words(GERMAN), language=GERMAN, framed=True)
    assert picture.png is not None
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.width == 1400
        colours = image.convert("RGB").getcolors(1 << 16)
    assert colours is not None
    assert max(colours)[1] == (255, 255, 255)
    assert b"Software" not in picture.png


def test_the_png_keeps_the_colours_of_the_palette():
    picture = draw(tables.agreement(), words(GERMAN), language=GERMAN, framed=True)
    assert picture.png is not None
    with Image.open(io.BytesIO(picture.png)) as image:
        found = {colour for _, colour in image.convert("RGB").getcolors(1 << 16) or []}
    assert {(18, 67, 109), (94, 155, 209), (217, 217, 217), (140, 59, 0)} <= found


def test_every_dot_of_a_sheet_is_on_the_png():
    said = words(GERMAN)
    sheet = lay_out(tables.multiple(), said, language=GERMAN, framed=True)
    picture = draw(tables.multiple(), said, language=GERMAN, framed=True)
    assert picture.png is not None
    dots = [shape.box for shape in sheet.shapes if shape.look == DOT]
    assert len(dots) == 5
    with Image.open(io.BytesIO(picture.png)) as image:
        pixels = image.convert("RGB")
        unit = image.width / sheet.width
        for box in dots:
            x, y = box.left + box.width / 2, box.top + box.height / 2
            assert pixels.getpixel((int(x * unit), int(y * unit))) == (18, 67, 109)


def test_a_fingerprint_changes_with_whatever_changes_the_picture():
    table, said = tables.dots(), words(GERMAN)
    first = fingerprint(table, said, language=GERMAN, framed=True)
    assert first == fingerprint(
        tables.dots(), words(GERMAN), language=GERMAN, framed=True
    )
    others = {
        fingerprint(table, said, language=GERMAN, framed=False),
        fingerprint(tables.dots("open"), said, language=GERMAN, framed=True),
        fingerprint(
            table, replace(said, headline="anders"), language=GERMAN, framed=True
        ),
        fingerprint(table, said, language=ARABIC, framed=True),
        fingerprint(
            replace(table, notes=("reversed",)), said, language=GERMAN, framed=True
        ),
    }
    assert len(others | {first}) == 6
