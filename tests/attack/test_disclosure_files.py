"""The attacker reads the files of a report, as anybody can who downloads them.

First every number of every text, picture and workbook is shown to stand in figures.csv
as well, and every share and interval to follow from two rounded counts. So a linear
programme over figures.csv is one over everything.
"""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure import publish
from analysis.files import tables, workbook
from analysis.language import registry
from analysis.report import About, compose, pictures, write
from tests.attack.towns import town
from tests.contract import reading
from tests.disclosure.attacker import Attacker
from tests.disclosure.truth import true_counts

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
# Said of the rules themselves: multiples of 5, steps of 5, the line at 100 percent.
OF_THE_RULES = {5.0, 100.0}
AXIS = range(0, 101, 5)
CODE_OF_NO_ANSWER = re.compile(r"-[1-5]")
ENGLISH = registry().get("en")
CREATED = date(2031, 7, 17)
SIZES = [(60, 1), (220, 2), (1000, 3)]


class Files:
    """A report and a workbook on disk, and the survey they are about."""

    def __init__(self, people, seed, folder):
        self.survey = town(people, seed)
        self.publication = publish(self.survey, seed=1, resamples=30)
        about = About(
            survey="town",
            codebook=self.survey.codebook,
            design="open",
            package_hash=self.survey.hash,
            created=CREATED,
        )
        contents = compose(self.publication, about, [ENGLISH])
        self.folder = folder / "report"
        write(contents, self.folder)
        self.book = folder / "tables.xlsx"
        sheets = tables.sheets(contents, ENGLISH)
        self.book.write_bytes(workbook.write(sheets, CREATED))
        self.figures = pd.read_csv(
            self.folder / "figures.csv", keep_default_na=False, na_values={
                name: [""] for name in ("n", "base", "share", "low", "high")
            }
        )  # fmt: skip

    def as_read(self):
        """The publication as it stands in figures.csv, with what words say of it."""
        found = []
        for table in self.publication.tables:
            own = self.figures[self.figures["table"] == table.table]
            found.append(
                SimpleNamespace(
                    table=table.table,
                    kind=table.kind,
                    items=table.items,
                    group_variable=table.group_variable,
                    statements=table.statements,
                    figures=own,
                )
            )
        return SimpleNamespace(tables=tuple(found))

    def published(self, name):
        """Every number that figures.csv has of one table, as texts may say it."""
        own = self.figures[self.figures["table"] == name]
        found = set(OF_THE_RULES)
        for column in ("n", "base"):
            found |= set(own[column].dropna().abs())
        for column in ("share", "low", "high"):
            values = own[column].dropna().abs()
            found |= set((100 * values).round()) | set(values[values >= 1])
        return found


@pytest.fixture(scope="module", params=SIZES, ids=lambda each: f"{each[0]} answers")
def files(request, tmp_path_factory):
    people, seed = request.param
    draw = pictures.draw

    def plain(*what, framed, **how):
        return replace(draw(*what, framed=False, **how), png=b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", plain)
        patch.setattr(pictures, "FEW", 10_000)
        return Files(people, seed, tmp_path_factory.mktemp("files"))


def numbers(text):
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def test_every_number_of_every_text_stands_in_the_figures(files):
    everybody = files.published("participation")
    for name, table in reading.report(files.folder)["tables"].items():
        allowed = files.published(name) | everybody
        for text in reading.strings(table["languages"]["en"]):
            if not text.startswith("pictures/"):
                assert numbers(text) <= allowed, (name, text)


def test_every_number_of_every_picture_stands_in_the_figures(files):
    everybody = files.published("participation")
    found = sorted(files.folder.glob("pictures/*.svg"))
    assert len(found) >= 10
    for path in found:
        name = path.name.split(".")[0]
        allowed = files.published(name) | everybody | set(map(float, AXIS))
        for text in reading.in_picture(path):
            assert numbers(text) <= allowed, (name, text)


def test_every_number_of_page_and_workbook_stands_in_the_figures(files):
    names = files.figures["table"].unique()
    allowed = set().union(*(files.published(name) for name in names))
    allowed |= {float(CREATED.day), float(CREATED.year)}
    for text in (
        *reading.on_page(files.folder / "en" / "index.html"),
        *reading.in_workbook(files.book),
    ):
        is_code = CODE_OF_NO_ANSWER.fullmatch(text)
        if files.survey.hash[:12] not in text and not is_code:
            assert numbers(text) <= allowed, text


def test_shares_and_intervals_follow_from_two_rounded_counts(files):
    counts = ("share", "top2", "bottom2", "first", "ranked")
    told = files.figures[files.figures["statistic"].isin(counts)]
    told = told.dropna(subset=["n", "share"])
    found = defaultdict(set)
    for row in told.itertuples():
        found[row.n, row.base].add((row.share, str(row.low), str(row.high)))
    assert len(found) > 3
    assert all(len(values) == 1 for values in found.values())


def test_no_base_is_under_the_minimum_and_no_count_unrounded(files):
    told = files.figures
    for column in ("n", "base"):
        assert (told[column].dropna() % 5 == 0).all()
    grouped = told[(told["group"] != "") & told["base"].notna()]
    assert (grouped["base"] >= 10).all()
    sensitive = grouped[grouped["item"] == "worse"]
    assert (sensitive["base"] >= 20).all()


def test_no_count_of_one_to_four_is_pinned_by_all_files_together(files):
    attacker = Attacker(files.survey.codebook).read(files.as_read())
    variables = sorted({t.group_variable for t in files.publication.tables} - {""})
    true = true_counts(files.survey, files.publication.merges, variables)
    small = [name for name, n in true.items() if 1 <= n <= 4 and name in attacker.names]
    assert small
    assert attacker.pinned(true) == []


def test_the_classical_rule_would_have_told_many(files, monkeypatch):
    """Cells under 5 hidden, nothing rounded: the attacker computes most of them."""
    if len(files.survey.responses) > 60:
        assert files.publication.tables
        return
    from tests.attack.test_disclosure_programme import Exact, unrounded

    unrounded(monkeypatch)
    publication = publish(files.survey, seed=1, resamples=20)
    for table in publication.tables:
        is_small = table.figures["n"].between(1, 4).fillna(value=False)
        table.figures.loc[is_small, "n"] = None
    variables = sorted({t.group_variable for t in publication.tables} - {""})
    true = true_counts(files.survey, publication.merges, variables)
    pinned = Exact(files.survey.codebook).read(publication).pinned(true)
    assert len(pinned) >= 10


def test_no_file_tells_a_day_an_hour_or_a_place_of_its_making(files):
    clock = re.compile(rb"20\d\d-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d")
    for path in (*files.folder.rglob("*"), files.book):
        if path.is_file() and path.suffix != ".xlsx":
            content = path.read_bytes()
            assert not clock.search(content), path.name
            assert b"/tmp" not in content
            assert str(files.folder.parent).encode() not in content
    properties = reading.member(files.book, "docProps/core.xml").decode()
    days = set(re.findall(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", properties))
    assert days == {f"{CREATED}T00:00:00Z"}


def test_codes_of_merged_groups_stand_in_no_file(files):
    merges = files.publication.merges
    hidden = {code for code, name in merges["district"].items() if code != name}
    shown = files.figures[files.figures["group_variable"] == "district"]["group"]
    assert hidden.isdisjoint(set(shown))
    languages = set(files.figures.query("item == 'form_language'")["category"])
    assert languages <= {*merges["form_language"], "other"}
    few = {"ti", "hr", "sq"} - languages
    if len(files.survey.responses) < 500:
        assert few


def test_the_figures_are_all_a_reader_has_so_nothing_here_is_empty(files):
    assert files.figures["n"].notna().sum() > 20
    assert np.isfinite(files.figures["figure_id"]).all()
