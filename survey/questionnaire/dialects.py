"""Names the right operator where one of another language stands.

A faulty sign is replaced by the right one, so that reading goes on and every
fault is found at once. Capital letters are only noted. What an expression
means, it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from survey.questionnaire.excerpts import visible
from survey.questionnaire.functions import FUNCTIONS
from survey.questionnaire.spelling import REFERENCE, TEXT, Rewriting, Spelled

# sign: what is read in its place, and how to write it
_NO_POWER = "Multiply, such as ${a} * ${a}."
_SIGNS: Mapping[str, tuple[str, str]] = {
    "===": ("=", "Write =."),
    "==": ("=", "Write =."),
    ":=": ("=", "Write =."),
    "!==": ("!=", "Write !=."),
    "=!": ("!=", "Write !=."),
    "<>": ("!=", "Write !=."),
    "≠": ("!=", "Write !=."),
    "=>": (">=", "Write >=."),
    "≥": (">=", "Write >=."),
    "⩾": (">=", "Write >=."),
    "≧": (">=", "Write >=."),
    "=<": ("<=", "Write <=."),
    "≤": ("<=", "Write <=."),
    "⩽": ("<=", "Write <=."),
    "≦": ("<=", "Write <=."),
    "&&": ("and", "Write and."),
    "&": ("and", "Write and."),
    "∧": ("and", "Write and."),
    "||": ("or", "Write or."),
    "|": ("or", "Write or."),
    "∨": ("or", "Write or."),
    "!": ("", "Write not(…)."),
    "¬": ("", "Write not(…)."),
    "×": ("*", "Write *."),
    "·": ("*", "Write *."),
    "⋅": ("*", "Write *."),
    "∗": ("*", "Write *."),
    "÷": ("div", "Write div."),
    "∕": ("div", "Write div."),
    "%": ("mod", "Write mod for the remainder, div 100 for a percentage."),
    "−": ("-", "Write -."),
    "–": ("-", "Write -."),
    "—": ("-", "Write -."),
    "‐": ("-", "Write -."),
    "‑": ("-", "Write -."),
    "**": ("*", _NO_POWER),
    "^": ("*", _NO_POWER),
    ";": (",", "Write a comma between arguments."),
    "،": (",", "Write a comma between arguments."),
    "؛": (",", "Write a comma between arguments."),
    "、": (",", "Write a comma between arguments."),
    "٫": (".", "Write a point in a number."),
    "٬": ("", "Write the number without separators."),
    "٪": ("mod", "Write mod for the remainder, div 100 for a percentage."),
    "。": (".", "Write a point."),
}
_KNOWN_WORDS = ("and", "or", "div", "mod")
_LARGEST_EXPONENT = 15

_signs = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?P<kept>{REFERENCE}|{TEXT}|!=(?!=)|<=|>=)"
    r"|(?P<wide>[\uff01-\uff5e]+)"
    r"|(?P<power>[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+(?!\w))"
    r"|(?P<coded>[0-9]+_\w*|[0-9]+(?!(?:and|or|div|mod)\b)[A-Za-z]\w*)"
    r"|(?P<digits>\d+(?:٫\d+)?)"
    r"|(?P<word>[^\W\d][\w:.-]*)"
    r"|(?P<path>\.{0,2}/(?:[^\W\d][\w.:-]*/?)*)"
    rf"|(?P<sign>{_signs})"
)


def translated(source: Spelled) -> Spelled:
    """The source with our operators, and a fault for each that was none."""
    rewriting = Rewriting(source)
    for match in _SPOKEN.finditer(source.text):
        group = match.lastgroup
        if group in _REWRITE and group != "kept":
            _REWRITE[group](rewriting, match)
    return rewriting.spelled()


def _wide(rewriting: Rewriting, match: re.Match[str]) -> None:
    right = unicodedata.normalize("NFKC", match[0])
    reason = f"{match[0]} is written in full width."
    rewriting.fault(match.start(), reason, f"Write {right}.")
    rewriting.put(match, right)


def _power(rewriting: Rewriting, match: re.Match[str]) -> None:
    digits, _, exponent = match[0].lower().partition("e")
    right = "1"
    remedy = "Write the number out."
    if abs(int(exponent[:6])) <= _LARGEST_EXPONENT:
        right = f"{float(match[0]):.15f}".rstrip("0").rstrip(".")
        remedy = f"Write {right}."
    rewriting.fault(match.start(), f"{match[0]} is not read as a number.", remedy)
    rewriting.put(match, right)


def _coded(rewriting: Rewriting, match: re.Match[str]) -> None:
    reason = f"{match[0]} is neither a number nor a text."
    rewriting.fault(match.start(), reason, f"Write '{match[0]}' for a code.")
    rewriting.put(match, f"'{match[0]}'")


def _digits(rewriting: Rewriting, match: re.Match[str]) -> None:
    if match[0].isascii():
        return
    right = "".join(str(unicodedata.decimal(sign, ".")) for sign in match[0])
    reason = f"The digits {match[0]} are not read in an expression."
    rewriting.fault(match.start(), reason, f"Write {right}.")
    rewriting.put(match, right)


def _word(rewriting: Rewriting, match: re.Match[str]) -> None:
    """Capitals are noted: other programs read them."""
    small = match[0].lower()
    if small == match[0]:
        return
    is_called = match.string[match.end() :].lstrip()[:1] == "("
    if small in _KNOWN_WORDS or (is_called and small in FUNCTIONS):
        reason = f"{match[0]} is written with capitals."
        remedy = f"It is read as {small}; write {small} to be safe."
        rewriting.fault(match.start(), reason, remedy, is_warning=True)
        rewriting.put(match, small)


def _path(rewriting: Rewriting, match: re.Match[str]) -> None:
    name = match[0].strip("./").rpartition("/")[2]
    if name:
        reason = f"The path {match[0]} is not read."
        remedy = f"Write ${{{name}}} for an answer."
        if match.string[: match.start()].rstrip()[-1:] in (")", "]"):
            remedy = "Compare codes, or use a choice filter: no other list is read."
        rewriting.fault(match.start(), reason, remedy)
        rewriting.put(match, f"${{{name}}}")
    else:
        reason = f"{match[0]} is no operator here."
        rewriting.fault(match.start(), reason, "Write div to divide.")
        rewriting.put(match, " div ")


def _sign(rewriting: Rewriting, match: re.Match[str]) -> None:
    right, remedy = _SIGNS[match[0]]
    reason = f"{visible(match[0])} is no operator here."
    rewriting.fault(match.start(), reason, remedy)
    rewriting.put(match, f" {right} " if right.isalpha() else right)


_REWRITE = {
    "wide": _wide,
    "power": _power,
    "coded": _coded,
    "digits": _digits,
    "word": _word,
    "path": _path,
    "sign": _sign,
}
