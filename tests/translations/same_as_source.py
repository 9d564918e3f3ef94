"""Which texts may read the same as their source: the list beside this file."""

from __future__ import annotations

import tomllib
from pathlib import Path

LIST = Path(__file__).with_suffix(".toml")


def allowed(domain: str, language: str) -> set[str]:
    """Texts of a catalog that rightly stay as they are."""
    lists = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return set(lists[domain].get(language, []))
