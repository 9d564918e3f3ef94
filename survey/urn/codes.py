"""Invitation codes: made, read in any script of digits, and turned into marks.

Knows no storage; a code itself is never kept anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

DIGITS = 16
"""Fifteen random digits (49.8 bits) and a check digit, like a bank card."""
MARK_BYTES = 16
GROUP = 4
LONGEST_TYPED = 400
"""A code with its address and everything a keyboard may add; more is no code."""
IGNORED_CATEGORIES = ("Zs", "Zl", "Zp", "Pd", "Pc", "Cf", "Cc", "Mn", "Me")
"""Spaces, dashes and invisible marks that people and programs put in between;
marks on a digit, as a keycap has them."""
IGNORED = frozenset(
    "\u2212\u02d7\u2043\u00b7\u2022\u30fb\u30fc\uff70.\u2800\u3164\u115f"
)
"""What looks like a dash, a dot or nothing and is filed elsewhere in Unicode."""


def generate(count: int) -> list[str]:
    """``count`` different codes of sixteen digits."""
    found: set[str] = set()
    while len(found) < count:
        body = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
        found.add(body + _check_digit(body))
    return sorted(found)


def normalise(text: str) -> str | None:
    """The code somebody typed, in ASCII digits; ``None`` if it cannot be one.

    Any script's digits, spaces, hyphens and direction marks are accepted, and so
    is the whole address of a QR code; a wrong check digit is not.
    """
    if len(text) > LONGEST_TYPED:
        return None
    digits: list[str] = []
    for character in text.rpartition("#")[2]:
        value = unicodedata.decimal(character, None)
        if value is not None:
            digits.append(str(value))
        elif not _is_ignored(character):
            return None
    code = "".join(digits)
    if len(code) != DIGITS or _check_digit(code[:-1]) != code[-1]:
        return None
    return code


def group(code: str) -> str:
    """The code as it is printed: four groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def mark(key: bytes, code: str) -> bytes:
    """What the database keeps instead of the code."""
    return hmac.digest(key, code.encode("ascii"), hashlib.sha256)[:MARK_BYTES]


def draft_mark(key: bytes, draft_id: bytes, person: int) -> bytes:
    """Admission mark of somebody without a code: this draft, this person."""
    text = b"draft\x00" + person.to_bytes(8, "big") + draft_id
    return hmac.digest(key, text, hashlib.sha256)[:MARK_BYTES]


def paper_mark(key: bytes, batch: bytes, position: int) -> bytes:
    """Admission mark of one typed sheet, so that a repeated batch counts once."""
    text = b"paper\x00" + position.to_bytes(8, "big") + batch
    return hmac.digest(key, text, hashlib.sha256)[:MARK_BYTES]


def _is_ignored(character: str) -> bool:
    if character in IGNORED:
        return True
    return unicodedata.category(character) in IGNORED_CATEGORIES


def _check_digit(body: str) -> str:
    """Luhn's: notices every single wrong digit and most exchanged neighbours."""
    total = 0
    for at, character in enumerate(reversed(body)):
        value = int(character) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
