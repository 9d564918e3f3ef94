"""Words that claim more than an open round can know, in every language."""

from __future__ import annotations

import re

CLAIMS = {
    "en": re.compile(
        r"\b(margins?|errors?|sure|significan\w*|secured?|uncertain\w*|confidence)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(\w*fehler\w*|\w*spanne|\w*marge|signifikan\w*|gesichert\w*"
        r"|sicher|sichere[mnrs]?|\w*unsicher\w*|konfidenz\w*|schwankung\w*)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile("هامش|خطأ|أخطاء|مؤك|أكيد|متأكد|دلالة|يقين"),
}
EVERYBODY = {
    "en": re.compile(r"\b(residents|inhabitants|population|citizens)\b", re.IGNORECASE),
    "de": re.compile(r"\b(Einwohner\w*|Bevölkerung\w*|Bürger\w*)\b"),
    "ar": re.compile("السكان|سكان|المواطن"),
}


def claims(text: str, language: str) -> list[str]:
    """The forbidden words of a text, with what stands around them."""
    return [
        text[max(found.start() - 40, 0) : found.end() + 20]
        for words in (CLAIMS, EVERYBODY)
        for found in words[language].finditer(text)
    ]
