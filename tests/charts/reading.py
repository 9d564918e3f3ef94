"""Reads finished pictures back: the texts of an SVG, its numbers, its shapes."""

from __future__ import annotations

import re

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
NUMBER = re.compile(
    r"[(%]?[+\N{MINUS SIGN}]?\d[\d.,\N{EN DASH}]*[\N{NO-BREAK SPACE}]?[%)]?"
)


def comments(svg: bytes) -> list[str]:
    """The texts that stand in an SVG as comments."""
    found = re.findall(r"<!-- (.*?) -->", svg.decode(), flags=re.DOTALL)
    return [text.replace("- -", "--").strip() for text in found]


def plain(text: str) -> str:
    """A text without the marks that keep numbers in order."""
    return text.translate(ISOLATES)


def numbers(texts: list[str]) -> list[str]:
    """Those texts that are a number and nothing else."""
    return [plain(text) for text in texts if NUMBER.fullmatch(plain(text))]
