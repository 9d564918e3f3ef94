"""Results for everybody: charts with table, text and downloads per language.

Shows what stands in the published report and nothing else.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Sequence

from flask import Blueprint, Response, abort, request

from survey.headers import FOREVER, REVALIDATE
from survey.language import Language
from survey.respond import reports
from survey.respond.rendering import Choice, kept, render, send, takes_gzip
from survey.respond.reports import Chart, Report
from survey.respond.services import services

blueprint = Blueprint("results", __name__)

PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
# what a spreadsheet would take for a formula, unless it is just a number
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+\-]?[\d.,\s\u00a0\u202f%]+")


@blueprint.get("/<language:language>/<slug>/results/")
def overview(language: Language, slug: str) -> Response:
    """All charts but those by group, with links to these."""
    report = _report(slug, language)

    def write() -> str:
        return render(
            "results.html",
            language=language,
            page="results",
            slug=slug,
            texts=report.texts(language.code),
            sections=report.sections(language.code),
            version=report.version,
            has_figures=(report.folder / "figures.csv").is_file(),
            switch=_switch(report, f"{slug}/results/"),
        )

    return send(kept(("results", slug, report.version, language.code), write))


@blueprint.get("/<language:language>/<slug>/results/<section>/")
def comparisons(language: Language, slug: str, section: str) -> Response:
    """The charts of one section that compare groups."""
    report = _report(slug, language)
    sections = {one.id: one for one in report.sections(language.code)}
    shown = sections.get(section)
    if shown is None or not shown.comparisons:
        abort(404)

    def write() -> str:
        return render(
            "comparisons.html",
            language=language,
            page="results",
            slug=slug,
            texts=report.texts(language.code),
            section=shown,
            version=report.version,
            switch=_switch(report, f"{slug}/results/{section}/"),
        )

    return send(kept(("results", slug, report.version, language.code, section), write))


@blueprint.get("/<language:language>/<slug>/results/pictures/<name>")
def picture(language: Language, slug: str, name: str) -> Response:
    """A picture that the report names; no other file can be asked for."""
    path = _report(slug, language).pictures.get(name)
    if path is None or not path.is_file():
        abort(404)
    response = Response(path.read_bytes(), mimetype=PICTURES[path.suffix])
    if path.suffix == ".svg" and takes_gzip():
        response.data = gzip.compress(response.data, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    # pages add the report's version to the address
    response.headers["Cache-Control"] = FOREVER if "v" in request.args else REVALIDATE
    return response


@blueprint.get("/<language:language>/<slug>/results/tables/<name>.csv")
def table(language: Language, slug: str, name: str) -> Response:
    """The table of one chart, as shown."""
    chart = _report(slug, language).chart(name, language.code)
    if chart is None:
        abort(404)
    return _file(_as_csv(chart), f"{slug}-{name}-{language.code}.csv")


@blueprint.get("/<language:language>/<slug>/results/figures.csv")
def figures(language: Language, slug: str) -> Response:
    """Every published figure, for people who calculate."""
    path = _report(slug, language).folder / "figures.csv"
    if not path.is_file():
        abort(404)
    return _file(path.read_bytes(), f"{slug}-figures.csv")


def _report(slug: str, language: Language) -> Report:
    # only a survey of the store has a folder: the address never reaches a path
    survey = services().survey(slug)
    if survey is None:
        abort(404)
    found = reports.report(services().settings.reports_dir, survey.slug)
    if found is None or language.code not in found.languages:
        abort(404)
    return found


def _switch(report: Report, rest: str) -> list[Choice]:
    offered = services().languages.choose(report.languages)
    return [Choice(one, f"/{one.code}/{rest}") for one in offered]


def _file(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = REVALIDATE
    return response


def _as_csv(chart: Chart) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_neutral(chart.heads))
    for head, cells in chart.rows:
        writer.writerow(_neutral([head, *cells]))
    # the mark of byte order tells Excel that the letters are UTF-8
    return text.getvalue().encode("utf-8-sig")


def _neutral(cells: Sequence[str]) -> list[str]:
    return [
        f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
        for cell in cells
    ]
