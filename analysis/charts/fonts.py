"""The fonts of the charts and how wide a text is in them.

The only place that starts matplotlib, in a folder of our own; knows no charts.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.charts.words import ChartError

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

FAMILIES = ("Fira Sans", "Almarai", "DejaVu Sans")
FACES = (
    ("Fira Sans", 400, "fontpkg_fira_sans", "files/FiraSans-Regular.ttf"),
    ("Fira Sans", 700, "fontpkg_fira_sans", "files/FiraSans-Bold.ttf"),
    ("Almarai", 400, "fontpkg_almarai", "files/Almarai-Regular.ttf"),
    ("Almarai", 700, "fontpkg_almarai", "files/Almarai-Bold.ttf"),
    ("DejaVu Sans", 400, "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
    ("DejaVu Sans", 700, "matplotlib", "mpl-data/fonts/ttf/DejaVuSans-Bold.ttf"),
)
REGULAR, BOLD = 400, 700
EM = 100.0
# The layout of matplotlib's own list of fonts; another version builds its own list.
LIST_VERSION = "3.11.0"


class MissingGlyph(ChartError):
    """No font has a letter of a text: the picture would show an empty box."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file."""

    family: str
    weight: int
    path: Path


@lru_cache
def faces() -> tuple[Face, ...]:
    """Every font file, in the order in which they are asked for a letter."""
    return tuple(
        Face(family, weight, _package(package) / place)
        for family, weight, package, place in FACES
    )


@lru_cache
def start() -> None:
    """Start matplotlib with our fonts only, writing nothing into anybody's home."""
    if "matplotlib" not in sys.modules and "MPLCONFIGDIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="charts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["MPLCONFIGDIR"] = str(folder)
        name = f"fontlist-v{LIST_VERSION}.json"
        (folder / name).write_text(_font_list(), encoding="utf-8")
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for face in faces():
        if str(face.path) not in known:
            fontManager.addfont(face.path)
    # A font belongs to the process that opened it.
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_fonts.cache_clear)


@lru_cache
def font_files(weight: int) -> tuple[Path, ...]:
    """The files of a weight, in the order in which they are asked for a letter."""
    return tuple(face.path for face in faces() if face.weight == weight)


@lru_cache
def properties(weight: int, size: float) -> FontProperties:
    """What matplotlib needs to know to find our fonts."""
    start()
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(FAMILIES), weight=weight, size=size)


@lru_cache(65536)
def width_of(text: str, weight: int = REGULAR) -> float:
    """How far a text reaches, in em.

    Raises
    ------
    MissingGlyph
        if no font has one of its letters, or no single one a whole Arabic word.
    """
    require_glyphs(text, weight)
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        text, properties(weight, EM), ismath=False
    )
    return float(width) / EM


def require_glyphs(text: str, weight: int = REGULAR) -> None:
    """Make sure that every letter of ``text`` can be drawn.

    Raises
    ------
    MissingGlyph
        naming the letter, its word, and the setting that cures it.
    """
    for word in text.split():
        first_fonts = set()
        for letter in word:
            having = _fonts_having(letter, weight)
            if having and _joins(letter):
                first_fonts.add(having[0])
            if not having or len(first_fonts) > 1:
                raise MissingGlyph(
                    f"No font has “{letter}” (U+{ord(letter):04X}) of the word "
                    f"“{word}”; fonts are {', '.join(FAMILIES)}."
                )


@lru_cache(4096)
def _fonts_having(letter: str, weight: int) -> tuple[int, ...]:
    """Places in the family list of the fonts that can draw a letter."""
    if unicodedata.category(letter) in {"Cf", "Zs"}:
        return tuple(range(len(FAMILIES)))
    return tuple(
        place
        for place, font in enumerate(_fonts(weight))
        if font.get_char_index(ord(letter))
    )


@lru_cache
def _fonts(weight: int) -> tuple[FT2Font, ...]:
    start()
    from matplotlib.ft2font import FT2Font

    return tuple(FT2Font(path) for path in font_files(weight))


@lru_cache(4096)
def _joins(letter: str) -> bool:
    """Whether a letter takes its shape from its neighbours, so fonts must not mix."""
    return unicodedata.bidirectional(letter) in {"AL", "NSM"}


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ChartError(f"The package {name} with the fonts is not installed.")
    return Path(spec.origin).parent


def _font_list() -> str:
    """The list of fonts matplotlib reads, with ours alone, so that it searches none."""
    entries = [
        {
            "fname": str(face.path),
            "index": 0,
            "name": face.family,
            "style": "normal",
            "variant": "normal",
            "weight": face.weight,
            "stretch": "normal",
            "size": "scalable",
            "__class__": "FontEntry",
        }
        for face in faces()
    ]
    return json.dumps(
        {
            "_version": LIST_VERSION,
            "_FontManager__default_weight": "normal",
            "default_size": None,
            "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
            "afmlist": [],
            "ttflist": entries,
            "__class__": "FontManager",
        }
    )
