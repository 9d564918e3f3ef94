"""Data and the name of a sheet → a PDF for everybody (PDF/UA-1).

A child process with little memory and little time draws it, without network, with
no fonts but ours; knows nothing of what the sheets say.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from survey.letters.errors import LettersError

SHEETS = Path(__file__).with_name("sheets")
FONTS = (
    ("fontpkg_fira_sans", "files"),
    ("fontpkg_almarai", "files"),
    ("matplotlib", "mpl-data/fonts/ttf"),
)
_CHILD = Path(__file__).with_name("typesetting_child.py")
# 1,000 letters in two languages take 1.1 GB of addresses and 7 s on a quiet core
_MEMORY = 3_000_000_000
_SECONDS = 300
_REFUSED = 3
_MISFIT = re.compile(r"does not fit: ([^\"\n]*)")


def typeset(sheet: str, data: Mapping[str, object]) -> bytes:
    """The PDF of a sheet; the same data give the same bytes.

    Raises ``LettersError`` when something does not fit or cannot be drawn.
    """
    template = SHEETS / f"{sheet}.typ"
    limits = [str(_MEMORY), str(_SECONDS)]
    command = [sys.executable, "-I", str(_CHILD), str(template), *limits, *_fonts()]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command,
            input=json.dumps(data, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=2 * _SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _burst() from None
    if done.returncode == 0:
        return done.stdout
    raise _fault(done.returncode, done.stderr.decode("utf-8", "replace"))


def _fault(status: int, said: str) -> LettersError:
    # anything but the child's own answer ended it from outside
    if status != _REFUSED:
        return _burst()
    if misfit := _MISFIT.search(said):
        return LettersError(
            f"There is too much text for the sheet: {misfit[1]} does not fit. "
            "Shorten it, or choose fewer languages."
        )
    return LettersError(f"The sheet cannot be set: {said.strip()[:300]}")


def _burst() -> LettersError:
    return LettersError(
        "The sheets need more memory or time than they are given. Choose fewer "
        "languages, or free memory on this machine."
    )


def _fonts() -> list[str]:
    """Folders of the fonts, found without importing their packages."""
    folders = []
    for package, folder in FONTS:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise LettersError(
                f"The package {package} with the fonts is not installed."
            )
        folders.append(str(Path(spec.origin).parent / folder))
    return folders
