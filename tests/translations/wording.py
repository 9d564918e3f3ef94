"""Letters, address and terms of the languages: what is right in one and not in all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.translations.checks import bare
from tests.translations.entries import Entry

SCRIPTS = {"ar": "ARABIC"}

# What must not stand in a text of the language, and why.
LETTERS: dict[str, dict[str, str]] = {
    "de": {
        r"(?i)\b(strasse|gr(o|ö)sse|weiss\b|heiss|ausser|schliess|massnahm|gross|gruss|"
        r"fuss|regelmässig|mässig|draussen)": "ss instead of ß",
        r"[\"'`]": "straight quotation mark or apostrophe",
        r"\.\.\.": "three dots instead of …",
        r"\w[:*_]in(nen)?\b|[a-zäöüß]Innen\b": "gender sign; use a neutral noun",
        r"(?<=\w) - (?=\w)": "hyphen instead of a dash",
    },
    "en": {
        r"(?i)\b(color|neighborhood|organization|behavior)\b": "American spelling",
        r"\.\.\.": "three dots instead of …",
    },
    "ar": {
        r"\?": "question mark instead of ؟",
        r",": "comma instead of ،",
        r";": "semicolon instead of ؛",
        "[\u0660-\u0669\u06f0-\u06f9]": "digits are Latin",
        "\u0640": "tatweel",
        "[\u06cc\u06a9\u06c1]": "Persian or Urdu letter",
        r"[\"'`]": "straight quotation mark",
        r"\.\.\.": "three dots instead of …",
        r"\s[،؛؟:.!]": "blank before a mark",
    },
}

# Familiar or gendered address.
ADDRESS: dict[str, dict[str, str]] = {
    "de": {
        r"(?i)\b(du|dir|dich|dein(e[rmns]?)?|euch|euer|eure[rmns]?)\b": "familiar form",
        r"(?i)\bbitte (klick|wähl|gib|schreib|lies|mach|geh|schick|tipp)(e|st)?\b": (
            "familiar imperative"
        ),
    },
    "en": {},
    "ar": {
        r"(?<!\w)[وف]?(اضغط|اختر|أدخل|ادخل|اكتب|انقر|أرسل|حدد|حدّد|تأكد|انتظر|ابدأ|أعد|"
        r"اقرأ|تحقق|استخدم|افتح|أغلق|جرب|جرّب|احذف|راجع|تواصل|اتصل|احفظ|اطبع|"
        r"أكمل|أجب|رتب|رتّب|انتبه|تذكر|لاحظ)[يوا]*(?!\w)": "gendered imperative",
        r"(?<!\w)[وف]?(تريد|ترغب|تود|تستطيع|تسكن|تقيم|تشعر|تعتقد|تفضل|تفضّل|تختار|تقوم|"
        r"تتحدث|تضغط|تكون قد)(ين)?(?!\w)": "gendered verb",
        r"(?<!\w)(عزيزي|عزيزتي|أنتَ|أنتِ|أنت)(?!\w)": "gendered address",
    },
}

# Words that claim certainty. In surveys open to everybody none may be printed, so a
# translation of the report uses one only where its source does.
CERTAINTY: dict[str, str] = {
    "en": r"(?i)\b(secured|uncertain\w*|sure|margins?|errors?|significan\w*)\b",
    "de": r"(?i)\b((un)?(ge)?sicher|fehler|signifikan|zuverlässig)",
    "ar": r"مؤكد|هامش|خطأ|دلالة|يقين|موثوق",
}


def found_patterns(found: Entry, patterns: Mapping[str, str]) -> list[str]:
    """Complaints for every pattern that occurs in a form."""
    return [
        f"{why}: {hit[0]!r}"
        for form in found.target
        for pattern, why in patterns.items()
        for hit in re.finditer(pattern, bare(form, stand_in="1"))
    ]


def letters(found: Entry, language: str) -> list[str]:
    """Letters and marks as the language writes them."""
    return found_patterns(found, LETTERS.get(language, {}))


def address(found: Entry, language: str) -> list[str]:
    """People are addressed politely, and nobody's sex is assumed."""
    return found_patterns(found, ADDRESS.get(language, {}))


def certainty(found: Entry, source: str, language: str) -> list[str]:
    """No more certainty than the source claims."""
    if re.search(CERTAINTY[source], " ".join(found.source)):
        return []
    return found_patterns(found, {CERTAINTY[language]: "claims certainty"})


def says(text: str, variants: Sequence[str]) -> bool:
    """Whether one of the variants occurs as a word or as its beginning."""
    return any(
        re.search(rf"(?i)(?<!\w){re.escape(variant)}(s|es|en)?(?!\w)", text)
        for variant in variants
    )


def contains(text: str, variants: Sequence[str]) -> bool:
    """Whether one of the variants occurs, also inside a compound or inflected."""
    return any(variant.casefold() in text.casefold() for variant in variants)


def terms(
    found: Entry,
    glossary: Sequence[Mapping[str, Sequence[str]]],
    source: str,
    language: str,
) -> list[str]:
    """Where the source uses an approved term, so does the translation."""
    complaints = []
    text = bare(" ".join(found.source))
    for term in sorted(glossary, key=lambda row: -len(row[source][0])):
        if not term[language][0] or not says(text, term[source]):
            continue
        text = without(text, term[source])
        forms = [form for form in found.target if form.strip()]
        if not all(contains(form, term[language]) for form in forms):
            complaints.append(f"{term[source][0]!r} is {term[language][0]!r}")
    return complaints


def without(text: str, variants: Sequence[str]) -> str:
    """The text without a term that was looked at, so that longer ones go first."""
    for variant in variants:
        text = re.sub(rf"(?i)(?<!\w){re.escape(variant)}\w*", " ", text)
    return text
