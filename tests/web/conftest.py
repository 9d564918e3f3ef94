"""A published report, as `analysis report` would leave it."""

from __future__ import annotations

import json

import pytest

from tests import pseudo

GERMAN = {
    "title": "Ergebnisse",
    "headline": "Zwei von drei sind zufrieden",
    "question": "Wie zufrieden sind Sie?",
}
PICTURE = (
    '<svg width="480pt" height="180.3pt" viewBox="0 0 480 180.3"'
    ' xmlns="http://www.w3.org/2000/svg">'
    '<rect width="400" height="40"/></svg>'
)


def words(code):
    """Protected texts of one chart in a language."""
    say = pseudo.translate if code in ("xl", "xm") else str
    return {
        "headline": say("Two in three are satisfied"),
        "subtitle": say("How satisfied are you?"),
        "base_line": say("Base: 600 answers"),
        "alt": say("Bars: 66 % satisfied, 34 % not"),
        "notes": [say("Figures are rounded")],
        "svg": f"pictures/satisfaction.{code}.svg",
        "png": f"pictures/satisfaction.{code}.png",
        "columns": [say("satisfied"), say("not satisfied")],
        "rows": [
            {"head": say("Language"), "cells": ["66 %", "34 %"]},
            {"head": say("=cmd|' /C calc'!A0"), "cells": ["-12 %", "+3"]},
        ],
    }


def texts(code):
    say = pseudo.translate if code in ("xl", "xm") else str
    return {
        "title": say("Results"),
        "summary": [say("600 people answered.")],
        "how_to_read": [say("Shares are rounded.")],
        "base": say("Base: all answers"),
    }


@pytest.fixture
def report(settings, publish):
    """Publish and report on a survey; gives the folder of the report."""

    def report(slug, languages):
        publish("zusammenleben", slug=slug, languages=languages)
        folder = settings.reports_dir / slug
        (folder / "pictures").mkdir(parents=True)
        for code in languages:
            (folder / "pictures" / f"satisfaction.{code}.svg").write_text(PICTURE)
            (folder / "pictures" / f"satisfaction.{code}.png").write_bytes(b"PNG")
        (folder / "figures.csv").write_text("table,item\nsatisfaction,q04\n")
        chart = {
            "section": "fields",
            "kind": "agreement",
            "languages": {code: words(code) for code in languages},
        }
        content = {
            "format": 1,
            "survey": slug,
            "languages": list(languages),
            "texts": {code: texts(code) for code in languages},
            "sections": [
                {
                    "id": "fields",
                    "titles": {code: texts(code)["title"] for code in languages},
                    "tables": ["satisfaction", "satisfaction-by-d1"],
                }
            ],
            "tables": {
                "satisfaction": chart,
                "satisfaction-by-d1": {**chart, "kind": "groups"},
            },
        }
        (folder / "report.json").write_text(json.dumps(content), encoding="utf-8")
        return folder

    return report
