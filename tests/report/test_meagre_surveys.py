"""A report comes out of any survey, and says what it cannot say."""

from __future__ import annotations

import csv
import json
import re

import pytest
from click.testing import CliRunner

from analysis.charts import Picture
from analysis.cli import analysis
from analysis.estimates import shares
from analysis.package import AnalysisError, open_package
from analysis.report import pictures
from analysis.weights import TRIM, rake
from tests.analysis import synthetic

MANY = tuple(
    synthetic.Line(
        f"x{number}",
        "battery",
        synthetic.SATISFACTION,
        scale="satisfaction5",
        page=f"x{number // 10}",
    )
    for number in range(200 - len(synthetic.LINES))
)


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch):
    """Pictures of one line: how they are drawn is the matter of other tests."""
    picture = Picture(b"<svg></svg>", b"", ())
    monkeypatch.setattr(pictures, "draw", lambda *_, **__: picture)
    monkeypatch.setattr(pictures, "FEW", 1000)


def reported(folder, out, language="en"):
    """The report's tables by name, and its page as words."""
    words = ["report", str(folder), "--out", str(out), "--language", language]
    done = CliRunner().invoke(analysis, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    told = json.loads((out / "report.json").read_text("utf-8"))
    page = (out / language / "index.html").read_text("utf-8")
    return told, " ".join(re.sub(r"<[^>]+>", " ", page).split())


def changed(folder, change):
    """Rewrite every row of responses.csv."""
    path = folder / "responses.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows, names = [change(row) for row in reader], reader.fieldnames
    with path.open("w", encoding="utf-8", newline="") as lines:
        extra = [name for name in rows[0] if name not in names]
        writer = csv.DictWriter(lines, [*names, *extra], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    synthetic.rehash(folder)
    return folder


def named(folder, name):
    """Name a further file in the descriptor."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"].append({"name": name[:-4], "path": name})
    path.write_text(json.dumps(descriptor), "utf-8")
    synthetic.rehash(folder)


@pytest.mark.parametrize("design", ["random", "census", "open"])
def test_sixty_answers_make_a_report(tmp_path, design):
    folder = synthetic.build(tmp_path / "survey", answers=60, design=design)
    told, page = reported(folder, tmp_path / "out")
    assert len(told["tables"]) > 5
    assert "60" in page


def test_an_item_that_nobody_answered_is_in_the_report_without_a_share(tmp_path):
    folder = synthetic.build(tmp_path / "survey", answers=120)
    changed(folder, lambda row: row | {"q04_f3": "-2", "q02": "-3"})
    _, page = reported(folder, tmp_path / "out")
    assert "withheld" in page or "too few" in page or "nobody" in page.lower()
    with (tmp_path / "out" / "figures.csv").open(encoding="utf-8") as lines:
        mine = [row for row in csv.DictReader(lines) if row["item"] == "q04_f3"]
    assert not any(row["share"] for row in mine if row["statistic"] == "top2")


def test_everybody_giving_the_same_answers_makes_a_report(tmp_path):
    folder = synthetic.build(tmp_path / "survey", answers=80)
    first = {}
    changed(folder, lambda row: first or first.update(row) or first)
    _, page = reported(folder, tmp_path / "out")
    assert "100 %" in page or "about 100" in page or "large majority" in page
    assert "differ most" not in page


def test_one_language_makes_a_report(tmp_path):
    folder = synthetic.build(tmp_path / "survey", answers=60, languages=("de",))
    told, _ = reported(folder, tmp_path / "out", "de")
    assert set(told["languages"]) == {"de"}


@pytest.mark.slow
def test_two_hundred_items_make_a_report(tmp_path):
    lines = (*synthetic.LINES, *MANY)
    folder = synthetic.build(tmp_path / "survey", answers=60, lines=lines)
    told, _ = reported(folder, tmp_path / "out")
    assert len(told["tables"]) > 20


def test_weights_missing_for_some_keep_nobody_out_of_the_report(tmp_path):
    folder = synthetic.build(tmp_path / "survey", answers=120)
    numbers = iter(range(120))
    changed(folder, lambda row: row | {"weight": ["", "1.5"][next(numbers) % 3 > 0]})
    (folder / "margins.csv").write_text(
        "variable,category,population\n"
        "d1,16_24,6000\nd1,25_44,15000\nd1,45_64,15000\nd1,65,10000\n"
        "d3,self,12000\nd3,parents,9000\nd3,no,25000\n"
    )
    named(folder, "margins.csv")
    told, page = reported(folder, tmp_path / "out")
    assert "The answers are weighted by totals of the register" in page
    assert "answers are not corrected for" in page
    assert told["texts"]["en"]["weighting"]
    package = open_package(folder)
    unknown = package.responses["d1"].astype("str").isin(["-2", "-5"])
    assert unknown.any()
    found = rake(package.responses, package.margins, bounds=TRIM)
    assert found.weights.notna().all()
    assert found.weights.sum() == pytest.approx(46000)
    told = shares(package.responses, "q02", weights=found.weights)
    assert told.loc[""]["share"].sum() == pytest.approx(1)
    with pytest.raises(AnalysisError, match="40 of 120 are not"):
        shares(package.responses, "q02", weights="weight")


def test_totals_out_of_reach_are_in_the_report_with_their_cure(tmp_path):
    folder = synthetic.build(tmp_path / "survey", answers=120)
    (folder / "margins.csv").write_text(
        "variable,category,population\n"
        "d1,16_24,600\nd1,25_44,15000\nd1,45_64,15000\nd1,65,10000\nd1,65_up,5400\n"
    )
    named(folder, "margins.csv")
    _, page = reported(folder, tmp_path / "out")
    assert "no weights reach the given totals" in page
    assert "With these groups taken together it works" in page
