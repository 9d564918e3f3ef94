"""The command line of analysis: what it writes, what it refuses, in which words."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from analysis import disclosure
from analysis.charts import Picture
from analysis.cli import analysis
from analysis.disclosure import FIGURE_COLUMNS
from analysis.report import pictures
from tests.analysis import synthetic


class Shell:
    """Runs `analysis …` in this process."""

    def ok(self, *words):
        """Run a command that must end well; its last line."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout.strip().splitlines()[-1]

    def refused(self, *words):
        """Run a command that must be refused in words; the words."""
        result = self.run(*words)
        assert result.exit_code != 0, result.output
        assert "Traceback" not in result.output
        return result.output

    def run(self, *words):
        words = [str(word) for word in words]
        return CliRunner().invoke(analysis, words, catch_exceptions=False)


shell = Shell()


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A handful of answers in three languages."""
    folder = tmp_path_factory.mktemp("few") / "survey"
    return synthetic.build(folder, answers=24, languages=("de", "en", "ar"))


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch):
    """Pictures of one line: how they are drawn is the matter of other tests."""
    picture = Picture(b"<svg></svg>", b"", ())
    monkeypatch.setattr(pictures, "draw", lambda *_, **__: picture)
    monkeypatch.setattr(pictures, "FEW", 1000)


@pytest.fixture
def broken(tmp_path):
    """A package with several faults in several files."""
    folder = synthetic.build(tmp_path / "broken", answers=12)
    for name, before, after in (
        ("items.csv", "single", "simple"),
        ("labels.csv", ",label,de,", ",lable,de,"),
        ("responses.csv", "form_language", "langue"),
    ):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    synthetic.rehash(folder)
    return folder


@pytest.fixture(scope="module")
def publications():
    return {}


@pytest.fixture(autouse=True)
def published_once(monkeypatch, publications):
    """The same package is counted once for all tests."""
    publish = disclosure.publish

    def remembered(package, **how):
        if package.hash not in publications:
            publications[package.hash] = publish(package, **how)
        return publications[package.hash]

    monkeypatch.setattr(disclosure, "publish", remembered)


def test_a_sound_package_is_called_sound_and_counted(package):
    said = shell.ok("check", package)
    assert said.startswith(f"{package} is sound: ")
    assert said.endswith("24 responses.")


def test_two_packages_are_compared_item_by_item(package, tmp_path):
    other = synthetic.build(tmp_path / "other", answers=3, languages=("de", "en"))
    labels = other / "labels.csv"
    text = labels.read_text("utf-8")
    labels.write_text(text.replace("Question q02 (de)", "Gern hier?"), "utf-8")
    synthetic.rehash(other)
    said = shell.run("check", package, other).output.splitlines()
    assert said[0].startswith(f"{package} is sound: ")
    assert said[1] == f"{other} is sound: 19 items, 3 responses."
    assert said[2].endswith("18 of 19 items can be joined.")
    assert "  q01: same" in said
    assert "  q02: wording changed: label (de): " in "\n".join(said)


def test_of_several_packages_every_fault_is_told_with_its_package(
    package, broken, tmp_path
):
    other = synthetic.build(tmp_path / "other", answers=3)
    (other / "labels.csv").unlink()
    said = shell.refused("check", broken, package, other)
    assert f"{broken}\n" in said
    assert "responses.csv, row 1" in said
    assert f"{other}\n" in said
    assert "can be joined" not in said


@pytest.mark.parametrize("command", ["check", "report", "figures", "tables"])
def test_a_missing_package_is_refused(command, tmp_path):
    words = [] if command == "check" else ["--out", tmp_path / "out"]
    assert "does not exist" in shell.refused(command, tmp_path / "nothing", *words)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "report", "figures", "tables"])
def test_every_fault_of_a_broken_package_is_located_and_nothing_is_written(
    command, broken, tmp_path
):
    words = [] if command == "check" else ["--out", tmp_path / "new" / "out"]
    said = shell.refused(command, broken, *words)
    for place in ("items.csv, row ", "labels.csv, row ", "responses.csv, row 1"):
        assert place in said
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", ["report", "tables"])
@pytest.mark.parametrize("language", ["xx", "de,xx", "../de"])
def test_an_unknown_language_is_refused_with_those_that_are_known(
    command, language, package, tmp_path
):
    out = tmp_path / "out"
    said = shell.refused(command, package, "--out", out, "--language", language)
    assert "cannot be written: the package and this program share de, en, ar" in said
    assert not out.exists()


def test_a_report_is_written_in_the_languages_that_are_asked_for(package, tmp_path):
    said = shell.ok(
        "report", package, "--out", tmp_path / "out", "--language", "ar, de"
    )
    assert said == str(tmp_path / "out" / "ar" / "index.html")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["languages"] == ["ar", "de"]
    assert not (tmp_path / "out" / "en").exists()


def test_languages_may_be_repeated_and_all_are_written_by_default(package, tmp_path):
    twice = ["--language", "de", "--language", "de,en"]
    shell.ok("report", package, "--out", tmp_path / "some", *twice)
    shell.ok("report", package, "--out", tmp_path / "all")
    for name, languages in (("some", ["de", "en"]), ("all", ["de", "en", "ar"])):
        report = json.loads((tmp_path / name / "report.json").read_text("utf-8"))
        assert report["languages"] == languages


def test_a_folder_of_somebody_else_is_refused_in_one_sentence(package, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear", "utf-8")
    said = shell.refused("report", package, "--out", tmp_path)
    assert "exists and is no report" in said


def test_a_package_is_never_overwritten_by_its_report(package):
    before = {path.name: path.read_bytes() for path in package.iterdir()}
    shell.refused("report", package, "--out", package)
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before


def test_figures_are_written_as_one_tidy_table(package, tmp_path):
    out = tmp_path / "new" / "figures.csv"
    assert shell.ok("figures", package, "--out", out) == str(out)
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == list(FIGURE_COLUMNS)
    sent = [row for row in rows if row["statistic"] == "completed"]
    assert sent[0]["n"] == "25"
    assert [path.name for path in out.parent.iterdir()] == ["figures.csv"]


def test_figures_are_those_of_the_report(package, tmp_path):
    shell.ok("figures", package, "--out", tmp_path / "figures.csv")
    shell.ok("report", package, "--out", tmp_path / "out", "--language", "en")
    figures = (tmp_path / "figures.csv").read_bytes()
    assert figures == (tmp_path / "out" / "figures.csv").read_bytes()


def test_tables_are_written_as_a_workbook(package, tmp_path):
    out = tmp_path / "tables.xlsx"
    assert shell.ok("tables", package, "--out", out, "--language", "ar") == str(out)
    assert out.read_bytes()[:2] == b"PK"


def test_a_file_that_cannot_be_written_is_one_sentence(package, tmp_path):
    (tmp_path / "out").mkdir()
    said = shell.refused("figures", package, "--out", tmp_path / "out")
    assert said.startswith("Error: ")
    assert list((tmp_path / "out").parent.iterdir()) == [tmp_path / "out"]


@pytest.mark.parametrize("command", ["check", "report", "figures", "tables"])
def test_every_command_explains_itself(command):
    assert shell.run(command, "--help").output.startswith("Usage: ")


@pytest.mark.parametrize("ending", ["ods", "csv"])
def test_tables_are_written_as_the_ending_says(package, tmp_path, ending):
    out = tmp_path / f"tables.{ending}"
    assert shell.ok("tables", package, "--out", out, "--language", "de") == str(out)
    content = out.read_bytes()
    if ending == "ods":
        assert content[30:38] == b"mimetype"
    else:
        rows = list(csv.DictReader(content.decode().splitlines()))
        assert list(rows[0])[-3:] == ["question", "category_label", "group_label"]
        assert {row["question"] for row in rows if row["item"] == "q02"} == {
            "Question q02 (de)"
        }
        assert all(row["n"] == "" for row in rows if row["sign"] == "protected")


def test_tables_of_another_kind_are_refused_with_the_kinds_there_are(package, tmp_path):
    said = shell.refused("tables", package, "--out", tmp_path / "tables.pdf")
    assert ".xlsx, .ods, .csv" in said
    assert not list(tmp_path.glob("tables*"))


def test_figures_have_the_columns_of_the_format_in_their_order(package, tmp_path):
    shell.ok("figures", package, "--out", tmp_path / "figures.csv")
    head = (tmp_path / "figures.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head == (
        "table,item,category,group,n,share,low,high,sign,figure_id,statistic,"
        "group_variable,channel,wave,base,design,weighted,package_hash,"
        "weighted_share,weighted_low,weighted_high,weighted_sign"
    )


def test_rows_are_refused_where_too_few_answered(package, tmp_path):
    out = tmp_path / "rows.csv"
    said = shell.refused("microdata", package, "--format", "csv", "--out", out)
    assert "use the tables" in said
    assert not list(tmp_path.glob("rows*"))


def test_all_rows_are_written_on_request_and_with_a_warning(package, tmp_path):
    out = tmp_path / "rows.xlsx"
    arguments = ["--format", "xlsx", "--out", out, "--rows", "all"]
    done = shell.run("microdata", package, *arguments)
    assert done.exit_code == 0
    assert "WARNING: these rows are not protected" in done.output
    assert out.read_bytes()[:2] == b"PK"
