"""Compile translations/ into both packages; knows nothing of either's code."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "translations"
REGISTRY = "languages.toml"
RULES = ("wording.toml", "glossary.csv", "same_as_source.toml")
"""What the checks of questionnaire texts go by; only `survey` reads them."""
WORDS = "words"
"""The words in which somebody notes where they stopped; only `survey` reads them."""


def package_of(domain: str) -> str:
    """The package whose catalogs folder a domain's compiled texts belong to."""
    return "analysis" if domain == "analysis" else "survey"


def compile_catalog(source: Path, target: Path, locale: str) -> None:
    """Compile one .po; untranslated and fuzzy entries stay out."""
    with source.open("rb") as lines:
        catalog = read_po(lines, locale=locale, domain=source.stem)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as out:
        write_mo(out, catalog)
    unfinished.replace(target)


def compile_all(sources: Path, packages: Path) -> list[Path]:
    """Compile every catalog below ``sources`` into the packages; the files written."""
    written = []
    for package in ("survey", "analysis"):
        folder = packages / package / "catalogs"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sources / REGISTRY, folder / REGISTRY)
        written.append(folder / REGISTRY)
    for name in RULES:
        copy = packages / "survey" / "catalogs" / name
        shutil.copyfile(sources / name, copy)
        written.append(copy)
    (packages / "survey" / "catalogs" / WORDS).mkdir(exist_ok=True)
    for source in sorted(sources.glob(f"{WORDS}/*.txt")):
        copy = packages / "survey" / "catalogs" / WORDS / source.name
        shutil.copyfile(source, copy)
        written.append(copy)
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        catalog = source.parent.parent.name
        target = (
            packages
            / package_of(source.stem)
            / "catalogs"
            / catalog
            / "LC_MESSAGES"
            / f"{source.stem}.mo"
        )
        compile_catalog(source, target, catalog.partition("@")[0])
        written.append(target)
    return written


class BuildCatalogs(build_py):
    """``build_py`` that brings the compiled catalogs along."""

    def run(self) -> None:
        """Compile into the source tree, then build as usual."""
        compile_all(SOURCES, ROOT)
        super().run()


if __name__ == "__main__":
    for path in compile_all(SOURCES, ROOT):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
