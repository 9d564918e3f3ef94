"""One stylesheet: small, for old browsers, both directions, with strong contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import survey

PATH = Path(survey.__file__).parent / "static" / "residents.css"
TEXT = re.sub(r"/\*.*?\*/", "", PATH.read_text(encoding="utf-8"), flags=re.DOTALL)
PHYSICAL = (
    r"(?<![-\w])(margin|padding|border|inset)?-?(left|right|top|bottom)(-\w+)*\s*:"
)
TOO_NEW = (
    r"(?<![-\w])(margin|padding|border|inset)-(inline|block)\s*:",
    r"(?<![-\w])border-(start|end)-(start|end)-radius",
    r"(?<![-\w])(row-|column-)?gap\s*:",
    r"(?<![-\w])(inset|aspect-ratio|translate|scale|rotate)(-\w+)*\s*:",
    r":(is|where|has|not)\([^)]*,",
    r":(is|where|has)\(",
    r"@(layer|container|supports|import|font-face)",
    r"\b(min|max|clamp)\(",
    r"url\(",
    r"!important",
)


def test_it_stays_under_twelve_kilobytes():
    assert PATH.stat().st_size <= 12_000


def test_it_knows_no_left_and_no_right():
    assert not re.findall(PHYSICAL, TEXT)
    assert "float" not in TEXT
    assert not re.search(r"text-align:\s*(left|right)", TEXT)


@pytest.mark.parametrize("pattern", TOO_NEW)
def test_it_asks_no_old_browser_for_what_it_lacks(pattern):
    assert not re.findall(pattern, TEXT)


def test_sides_that_differ_are_written_one_by_one():
    shorthands = re.findall(r"(?:margin|padding):\s*([^;]+);", TEXT)
    assert all(len(value.split()) <= 2 for value in shorthands)


def test_the_focus_is_visible_also_where_focus_visible_is_unknown():
    rules = re.findall(r"([^{}]+)\{", TEXT)
    mixed = [rule for rule in rules if ":focus-visible" in rule and "," in rule]
    assert not mixed
    assert TEXT.index(":focus {") < TEXT.index(":focus-visible")


@pytest.mark.parametrize(
    "feature",
    [
        "prefers-color-scheme: dark",
        "forced-colors: active",
        "@media print",
        ":lang(ar)",
    ],
)
def test_it_serves_every_way_of_reading(feature):
    assert feature in TEXT


def colours(scheme):
    blocks = re.findall(r":root\s*\{([^}]*)\}", TEXT)
    found = {}
    for block in blocks[: 2 if scheme == "dark" else 1]:
        found |= dict(re.findall(r"(--[a-z-]+):\s*(#[0-9a-f]{3,6})", block))
    return found


def luminance(colour):
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_the_one_of_wcag():
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("--text", "--ground", 7),
        ("--quiet", "--ground", 7),
        ("--action", "--ground", 7),
        ("--on-action", "--action", 7),
        ("--text", "--chosen", 7),
        ("--action", "--chosen", 7),
        ("--wrong", "--ground", 7),
        ("--wrong", "--wrong-ground", 7),
        ("--text", "--wrong-ground", 7),
        ("--line", "--ground", 3),
    ],
)
def test_text_and_borders_stand_out(scheme, text, ground, least):
    found = colours(scheme)
    assert contrast(found[text], found[ground]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_name_of_the_town_stands_out_on_its_band(scheme):
    assert contrast("#fff", colours(scheme)["--band"]) >= 7
