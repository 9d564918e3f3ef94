"""Writes the golden package: `python -m tests.contract.golden.make OUT`.

Run once per format version; the package it wrote is kept and never made again. Rows
come from the urn in an order of their own, so two runs differ in nothing else.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from analysis.disclosure import publish
from analysis.package import open_package
from survey.cli.results import export_package
from survey.storage import reviews
from tests.contract.towns import Town

INVITED, BY_CODE, BY_LINK = 500, 330, 60
REVIEWED = date(2026, 10, 6)


def make(out: Path, folder: Path) -> None:
    """A sample with an open link beside it, reviewed, its small groups merged."""
    town = Town(
        folder, design="random", access="both", population=12_000, invited=INVITED
    )
    town.answer(BY_CODE, seed=11, channel="code")
    town.answer(BY_LINK, seed=12)
    first = town.export(folder / "first.zip")
    merges = publish(open_package(first), seed=1).merges
    engine = town.instance.engine
    reviews.end_untouched(engine, town.slug, today=REVIEWED)
    reviews.keep_merges(engine, town.slug, json.dumps(merges, default=dict))
    export_package(town.instance, town.slug, out, with_comments=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        make(Path(sys.argv[1]), Path(place) / "instance")
