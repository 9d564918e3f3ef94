"""The report as one page per language that needs nothing beside itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from analysis.language import Language
from analysis.report.contents import Chart, Contents
from analysis.report.drawings import Drawings
from analysis.report.labels import question_of
from analysis.report.sections import Section


@dataclass(frozen=True)
class Shown:
    """A chart on the page; its picture, and the comparisons that stand below it."""

    chart: Chart
    picture: Markup
    comparisons: tuple[Shown, ...] = ()


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
    drawings = Drawings()

    def shown(chart: Chart, comparisons: tuple[Shown, ...] = ()) -> Shown:
        picture = Markup()
        if chart.svg:
            svg = (folder / chart.svg).read_bytes()
            picture = drawings.put(svg, chart.alternative)
        return Shown(chart, picture, comparisons)

    placed = []
    for section in contents.sections:
        charts = [
            shown(chart, tuple(shown(each) for each in compared))
            for chart, compared in _nested(section, contents, language)
        ]
        title = section.title(contents.about, language)
        placed.append({"id": section.id, "title": title, "charts": charts})
    return _template().render(
        language=language,
        texts=contents.texts(language),
        sections=placed,
        letters=drawings.letters,
        style=_style(),
        words=_words(language),
        created=language.date(contents.about.created),
        edition=contents.about.package_hash[:12],
    )


def _nested(
    section: Section, contents: Contents, language: Language
) -> list[tuple[Chart, list[Chart]]]:
    """The charts of a section, each with the comparisons of its groups."""
    found: dict[str, tuple[Chart, list[Chart]]] = {}
    for name in section.tables:
        chart = contents.chart(name, language)
        question = question_of(name)
        if question in found:
            found[question][1].append(chart)
        else:
            found[name] = (chart, [])
    return list(found.values())


@lru_cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _words(language: Language) -> dict[str, str]:
    _ = language.gettext
    return {
        "contents": _("On this page"),
        "how": _("How to read the figures"),
        "weighting": _("About the weighting of the answers"),
        "table": _("Show as a table"),
        "groups": _("Compare groups"),
        "made": _("Made on %(date)s from package %(hash)s"),
    }
