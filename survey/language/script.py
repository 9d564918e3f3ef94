"""In which script a language is written, and from which side, as CLDR knows it.

For languages that nobody has listed; what the registry says comes first.
"""

from __future__ import annotations

from collections.abc import Mapping

from babel.core import get_global

RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})

# How Unicode names the letters of a script, where that is not Latin.
_LETTERS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Beng": "BENGALI",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Hans": "CJK",
    "Hant": "CJK",
    "Hebr": "HEBREW",
    "Khmr": "KHMER",
    "Kore": "HANGUL",
    "Mymr": "MYANMAR",
    "Sinh": "SINHALA",
    "Syrc": "SYRIAC",
    "Taml": "TAMIL",
    "Thaa": "THAANA",
    "Thai": "THAI",
}


def script_of(code: str) -> str:
    """The ISO 15924 code of a language's script, such as ``Arab``."""
    base, *rest = code.replace("_", "-").split("-")
    named = [part.title() for part in rest if len(part) == 4 and part.isalpha()]
    aliases: Mapping[str, str] = get_global("language_aliases")
    likely: Mapping[str, str] = get_global("likely_subtags")
    base = aliases.get(base, base).split("_")[0]
    guessed = likely.get(base, "").split("_")[1:2]
    return [*named, *guessed, "Latn"][0]


def letters_of(code: str) -> str:
    """How Unicode names the letters of a language; empty for Latin ones."""
    return _LETTERS.get(script_of(code), "")
