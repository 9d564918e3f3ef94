"""Which offered languages a browser asks for, best first (RFC 9110, RFC 4647).

Looks up every range in its own right, with the likely subtags of CLDR; knows
nothing of requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from babel.core import get_global

MOST_RANGES = 20


@dataclass(frozen=True, slots=True)
class _Tag:
    language: str
    script: str
    region: str
    variants: tuple[str, ...]
    named_region: str


def match(accept_language: str, offered: Sequence[tuple[str, str]]) -> list[str]:
    """Codes that a header asks for, best first, each once.

    ``offered`` holds pairs of a code and its language tag.

    Every range is looked up in its own right, so ``uk-UA, en;q=.5`` finds
    Ukrainian before English; likely subtags tell zh-CN from zh-TW.
    """
    tags = [(code, _offered_tag(tag)) for code, tag in offered]
    found: list[str] = []
    refused: set[str] = set()
    for quality, text in _ranges(accept_language):
        for code in _lookup(_tag(text), tags):
            if quality == 0:
                refused.add(code)
            elif code not in found:
                found.append(code)
    return [code for code in found if code not in refused]


def _ranges(header: str) -> list[tuple[float, str]]:
    ranges = []
    for part in header.split(",")[:MOST_RANGES]:
        text, *parameters = (piece.strip() for piece in part.split(";"))
        if not text or text == "*":
            continue
        quality = _quality(parameters)
        if quality is not None:
            ranges.append((quality, text))
    # the sort is stable: equal wishes stay in the order of the header
    return sorted(ranges, key=lambda item: -item[0])


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0


def _lookup(wanted: _Tag, tags: Sequence[tuple[str, _Tag]]) -> list[str]:
    """Best fitting languages of one range: variant, then region, then language."""
    same = [
        (code, tag)
        for code, tag in tags
        if (tag.language, tag.script) == (wanted.language, wanted.script)
        and set(tag.variants) <= set(wanted.variants)
    ]
    same.sort(
        key=lambda item: (
            -len(item[1].variants),
            item[1].named_region != wanted.named_region,
            item[1].region != wanted.region,
        )
    )
    return [code for code, _ in same]


def _tag(text: str) -> _Tag:
    language, script, region, variants = _parts(text)
    aliases: Mapping[str, str] = get_global("language_aliases")
    language, *more = aliases.get(language, language).split("_")
    for part in more:
        script = script or (part if len(part) == 4 else "")
        region = region or (part if len(part) == 2 else "")
    likely: Mapping[str, str] = get_global("likely_subtags")
    named_region = region
    for key in _keys(language, script, region):
        if key in likely:
            _, likely_script, likely_region = (likely[key].split("_") + ["", ""])[:3]
            script, region = script or likely_script, region or likely_region
            break
    return _Tag(language, script, region, variants, named_region)


# languages on offer are few and stay; what browsers ask for is not kept anywhere
_offered_tag = cache(_tag)


def _keys(language: str, script: str, region: str) -> list[str]:
    keys = (
        (language, script, region),
        (language, region),
        (language, script),
        (language,),
    )
    return ["_".join(part for part in key if part) for key in keys]


def _parts(text: str) -> tuple[str, str, str, tuple[str, ...]]:
    language, *rest = text.replace("_", "-").split("-")
    script = region = ""
    variants = []
    for part in rest:
        if len(part) == 4 and part.isalpha() and not script:
            script = part.title()
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            region = region or part.upper()
        elif len(part) > 3:
            variants.append(part.lower())
    return language.lower(), script, region, tuple(variants)
