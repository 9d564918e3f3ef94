"""Names that authors give languages → the codes we know them by.

Understands codes, names in many languages and own names; asks rather than guesses
where a name stands for several languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from survey.language.registry import registry

_NAMING = "en de"
_NAMING_TOO = (
    "ar bg bn bs cs da el es et fa fi fr hi hr hu it lt lv mk nl no pl ps pt ro ru sk "
    "sl so sq sr sv sw ti tr uk ur vi zh"
)
_FAMILIAR = {
    "farsi": ("fa",),
    "dari": ("fa",),
    "kurdish": ("ku", "ckb"),
    "kurdisch": ("ku", "ckb"),
    "kurmanji": ("ku",),
    "kurmancî": ("ku",),
    "sorani": ("ckb",),
    "tigrigna": ("ti",),
    "castellano": ("es",),
    "moldovan": ("ro",),
    "mandarin": ("zh",),
    "flemish": ("nl",),
    "chinese simplified": ("zh",),
    "simplified chinese": ("zh",),
    "einfache sprache": ("de-simple",),
    "leichte sprache": ("de-simple",),
    "einfaches deutsch": ("de-simple",),
    "deutsch (einfache sprache)": ("de-simple",),
    "deutsch (leichte sprache)": ("de-simple",),
    "plain german": ("de-simple",),
    "easy german": ("de-simple",),
}
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_IN_BRACKETS = re.compile(r"^(.*?)[(\[]([^()\[\]]*)[)\]]\s*$")
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}|[a-z]{4}")
_PARTS = re.compile(r"\s*[/|]\s*|\s+[-–—]\s+")


def codes_of(name: str) -> tuple[str, ...]:
    """Codes a name may mean: one when it is clear, none when it is unknown."""
    spelled = _spelled(name)
    if spelled in _FAMILIAR:
        return _known(_FAMILIAR[spelled])
    match = _IN_BRACKETS.match(spelled)
    if match:
        code = code_of(match[2])
        return (code,) if code else codes_of(match[1]) or codes_of(match[2])
    found = _named(spelled) or ((code_of(spelled),) if code_of(spelled) else ())
    if found or not _PARTS.search(spelled):
        return found
    parts = {codes_of(part) for part in _PARTS.split(spelled) if part} - {()}
    return parts.pop() if len(parts) == 1 else ()


def code_of(code: str) -> str:
    """A language code as we spell it; empty for what is none."""
    spelled = code.strip().lower().replace("_", "-")
    if not _CODE.fullmatch(spelled):
        return ""
    if spelled in _registered():
        return spelled
    primary, _, rest = spelled.partition("-")
    primary = _modern(primary)
    if not primary:
        return ""
    if not rest or (primary in _registered() and _REGION.fullmatch(rest)):
        return primary
    return f"{primary}-{rest}"


def endonym(code: str) -> str:
    """A language's own name; the code where nobody knows it."""
    known = _registered().get(code)
    if known:
        return known
    try:
        locale = Locale.parse(code.partition("-")[0])
    except (UnknownLocaleError, ValueError):
        return code
    return str(locale.languages.get(locale.language) or code)


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes as the registry spells them."""
    spelled = {"ku": "kmr"} if "kmr" in _registered() else {}
    return tuple(spelled.get(code, code) for code in codes)


def _spelled(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    kept = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return " ".join(kept.split()).casefold()


def _named(spelled: str) -> tuple[str, ...]:
    """By name: the registry's first, then English and German, then all others."""
    own = [code for code, name in _registered().items() if name.casefold() == spelled]
    for languages in (_NAMING, _NAMING_TOO):
        if own:
            break
        own = sorted(_names(languages).get(spelled, ()))
    return _known(tuple(own))


@lru_cache
def _registered() -> Mapping[str, str]:
    return {language.code: language.endonym for language in registry().all}


@lru_cache
def _names(languages: str) -> Mapping[str, frozenset[str]]:
    """Name → codes, in all of these languages."""
    found: dict[str, set[str]] = {}
    for language in languages.split():
        for code, name in Locale.parse(language).languages.items():
            if _CODE.fullmatch(code):
                found.setdefault(_spelled(name), set()).add(_modern(code) or code)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache
def _spoken() -> frozenset[str]:
    return frozenset(Locale("en").languages) - {"und", "mul", "mis", "zxx"}


def _modern(code: str) -> str:
    """Two letters in place of three where there are; empty for no language."""
    alias = str(get_global("language_aliases").get(code, code)).partition("_")[0]
    return alias if alias in _spoken() else code if code in _spoken() else ""


def offered() -> Iterable[str]:
    """Codes of the registry, to choose from."""
    return tuple(_registered())
