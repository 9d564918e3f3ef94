"""The report as one page per language that needs nothing beside itself."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from analysis.language import Language
from analysis.report.contents import Contents
from analysis.report.sections import sections


@lru_cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("analysis.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def write(contents: Contents, language: Language, folder: Path) -> str:
    """The page; pictures are read from ``folder`` and put inside."""
    placed = [
        {
            "id": section.id,
            "title": section.title(contents.about, language),
            "charts": [contents.chart(name, language) for name in section.tables],
        }
        for section in sections(contents.publication, contents.about)
    ]
    return _template().render(
        language=language,
        texts=contents.texts(language),
        sections=placed,
        picture=lambda chart: _inside(folder / chart.svg),
        style=_style(),
        words=_words(language),
        created=language.date(contents.about.created),
        edition=contents.about.package_hash[:12],
    )


def _inside(path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"data:image/svg+xml;base64,{data}"


@lru_cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _words(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "contents": _("On this page"),
        "how": _("How to read the figures"),
        "table": _("Show as a table"),
        "made": _("Made on %(date)s from package %(hash)s"),
    }
