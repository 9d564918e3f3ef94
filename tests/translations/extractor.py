"""The script that writes the files translators work on, loaded as a module."""

from __future__ import annotations

import importlib.util
from functools import cache
from types import ModuleType

from tests.translations.entries import TRANSLATIONS


@cache
def extractor() -> ModuleType:
    """``extract_texts.py``."""
    place = TRANSLATIONS.parent / "extract_texts.py"
    spec = importlib.util.spec_from_file_location("extract_texts", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def extracted():
    """Every text of the product, by domain; extracted once."""
    return extractor().extract()
