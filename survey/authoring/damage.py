"""Texts that a wrong encoding destroyed: ``????``, ``fÃ¼r``, ``ÇáÓáÇã``.

Knows neither files nor languages; a text is never mended, since a guess would be
read by residents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_REPLACED = re.compile("\ufffd")
_CONTROL = re.compile("[\x80-\x9f]")
_ADDRESS = re.compile(r"://|\w\?\w+=")
_LOST_WORD = re.compile(r"(?<![\w?!.…)\"'])\?{4,}|\?{2,}\s+\?{2,}")
_LOST_LETTER = re.compile(r"[^\W\d_]\?+[^\W\d_]")
_ONLY_MARKS = re.compile(r"[?\W\d_]*\?{3,}[?\W\d_]*")
_WORD = re.compile(r"[^\W\d_]+")
_LEADING = re.compile(r"[\u00c2-\u00db\u00e0-\u00e9][^\x00-\x7f]")
_HIGH = re.compile(r"[^\x00-\x7f]{2,}")
_CLOSING = "“”’»…–—•›"
_WESTERN = re.compile("[À-ÖØ-öø-ÿ]")
_BOTH_SCRIPTS = re.compile(r"[A-Za-z][\u0600-\u06ff]+[A-Za-z]")
_SHORTEST = 5  # letters of a word that can be judged
_MOST_ACCENTS = 0.75


def damage(text: str) -> str:
    """What an encoding did to a text, in words; empty when it reads well."""
    if text.isascii():
        return _of_marks(text) if "?" in text else ""
    if _REPLACED.search(text):
        return "Letters were lost: � stands in their place."
    if _CONTROL.search(text):
        return "The text was read in a wrong code page."
    if _twice_encoded(text):
        return "The text was encoded twice: UTF-8 was read as another encoding."
    if _in_wrong_page(text):
        return "The text was read in a wrong code page."
    return _of_marks(text) if "?" in text else ""


def _of_marks(text: str) -> str:
    """Question marks where letters were."""
    if _ADDRESS.search(text):
        return ""
    patterns = (_LOST_WORD, _LOST_LETTER)
    if _ONLY_MARKS.fullmatch(text) or any(p.search(text) for p in patterns):
        return "Letters were lost: question marks stand in their place."
    return ""


def _twice_encoded(text: str) -> bool:
    """Runs beyond ASCII that are the bytes of UTF-8, one letter a byte."""
    if not _LEADING.search(text):
        return False
    found = [pair for run in _HIGH.findall(text) for pair in _pairs(run)]
    # A capital before a closing quote (»MENÜ« … “) happens to look like one.
    sure = [pair for pair in found if pair[1] not in _CLOSING]
    return bool(sure) or len(found) > 1


def _pairs(run: str) -> Iterator[str]:
    """Pairs of letters in a run that together are one letter of UTF-8."""
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        raw = _bytes_of(run[at : at + 4])
        if raw and _is_letter(raw):
            yield pair


def _bytes_of(letters: str) -> bytes:
    found = bytearray()
    for letter in letters:
        if ord(letter) < 256:
            found.append(ord(letter))
            continue
        try:
            found += letter.encode("cp1252")
        except UnicodeEncodeError:
            break
    return bytes(found)


def _is_letter(raw: bytes) -> bool:
    """Whether bytes begin with one letter of UTF-8 that texts are likely to have."""
    length = 2 if 0xC3 <= raw[0] <= 0xDB or raw[0] == 0xC2 else 3
    if length == 3 and not 0xE0 <= raw[0] <= 0xE9:
        return False
    try:
        raw[:length].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(raw) >= length


def _in_wrong_page(text: str) -> bool:
    """Arabic or Cyrillic read as western letters, or western letters as Arabic."""
    if _BOTH_SCRIPTS.search(text):
        return True
    if not _WESTERN.search(text):
        return False
    letters = accents = 0
    for word in _WORD.findall(text):
        letters += len(word)
        accents += len(_WESTERN.findall(word))
    return letters >= _SHORTEST and accents > _MOST_ACCENTS * letters
