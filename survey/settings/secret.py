"""The secret of the web application: refused when missing, typed in or readable."""

from __future__ import annotations

import re
import secrets
import stat
from pathlib import Path

from survey.settings.model import Problem

FILE = "web.key"
BYTES = 32


def fresh() -> str:
    """The content of a new secret file."""
    return secrets.token_hex(BYTES) + "\n"


def read(path: Path, problems: list[Problem]) -> tuple[bytes, ...]:
    """The current secret first, then those it has replaced; problems are added."""
    place = str(path)
    if not path.is_file():
        problems.append(Problem(place, "the secret is missing.", "Run `survey init`."))
        return ()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        problems.append(
            Problem(place, "others may read the secret.", f"Run `chmod 600 {path}`.")
        )
    lines = path.read_text(encoding="utf-8", errors="replace").split()
    if not lines or not all(_is_secret(line) for line in lines):
        problems.append(
            Problem(
                place,
                "is not a secret made by this program.",
                "Delete the file and run `survey init`.",
            )
        )
        return ()
    return tuple(bytes.fromhex(line) for line in lines)


def _is_secret(line: str) -> bool:
    # a typed-in default ("0000…", "abab…") has few different digits; chance has not
    is_hex = re.fullmatch(f"[0-9a-f]{{{2 * BYTES}}}", line) is not None
    return is_hex and len(set(line)) > 8
