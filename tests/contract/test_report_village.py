"""A village of sixty answers: no file of its report tells what the gate withholds.

The report is made by the command line of `survey`, as a town would make it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile

import pytest

from analysis.disclosure import publish
from analysis.package import open_package
from survey.cli.results import export_package
from survey.cli.results import report as make_report
from survey.storage import reviews
from tests.contract import reading
from tests.contract.towns import Town
from tests.disclosure.withheld import withheld, withheld_shares

ANSWERS, POPULATION, INVITED = 60, 2_300, 400
LANGUAGE = "de"
PERCENT = re.compile(r"(\d+)(?:[.,](\d+))?\s*%")
COUNT = re.compile(r"\d[\d.]*(?:,\d+)?")
# Numbers that stand in sentences and were known before anybody answered.
KNOWN_BEFORE = {5, 100, POPULATION, INVITED}
PLACES = set(range(1, 10))
TEXT_CHUNK = (b"tEXt", b"zTXt", b"iTXt")

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    town = Town(
        tmp_path_factory.mktemp("village") / "instance",
        design="random",
        access="codes",
        population=POPULATION,
        invited=INVITED,
    )
    town.answer(ANSWERS, channel="code")
    town.urn.close()
    return town


@pytest.fixture(scope="module")
def out(village, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "out"
    make_report(village.instance, village.slug, folder, [LANGUAGE])
    return folder


@pytest.fixture(scope="module")
def package(village, out):
    return open_package(village.settings.instance / "packages" / village.slug)


@pytest.fixture(scope="module")
def publication(package):
    return publish(package, seed=1)


@pytest.fixture(scope="module")
def wordings(package):
    texts = {
        text for key, text in package.codebook.texts.items() if key[-1] == LANGUAGE
    }
    return sorted(texts, key=len, reverse=True)


def numbers(text, wordings):
    """The percentages and the other numbers of a text, without the questionnaire's."""
    text = reading.without(text, wordings)
    text = re.sub(r"\d+\.\u00a0\w+\u00a0\d{4}", " ", text)  # the days of the field
    text = re.sub(r"[−+\d]+ … [−+\d]+", " ", text)  # the range of a net, in points
    percents = [found.groups() for found in PERCENT.finditer(text)]
    rest = PERCENT.sub(" ", text)
    return percents, [found.group().rstrip(".") for found in COUNT.finditer(rest)]


def is_public(text, wordings, *, has_places):
    """Whether a text holds rounded numbers only."""
    percents, counts = numbers(text, wordings)
    if any(digits for _, digits in percents):
        return False
    allowed = KNOWN_BEFORE | (PLACES if has_places else set())
    return all(
        "," not in count
        and (int(count.replace(".", "")) % 5 == 0 or int(count) in allowed)
        for count in counts
    )


def test_something_is_withheld_and_something_is_shown(package, publication, out):
    assert len({each.count for each in withheld(package, publication)}) > 9
    rows = reading.figures(out)
    assert [row for row in rows if row["sign"] == "protected"]
    assert [row for row in rows if row["share"]]


def test_every_count_and_base_is_a_multiple_of_five(out):
    for row in reading.figures(out):
        for name in ("n", "base"):
            assert not row[name] or int(row[name]) % 5 == 0


def test_no_share_is_told_more_exactly_than_in_whole_percent(out):
    for row in reading.figures(out):
        for name in ("share", "low", "high"):
            value = float(row[name] or 0)
            assert abs(100 * value - round(100 * value)) < 1e-9


def test_a_share_of_a_small_base_stands_in_steps_of_five(out):
    for row in reading.figures(out):
        is_place = row["statistic"].startswith("rank")
        if row["share"] and row["base"] and int(row["base"]) < 100 and not is_place:
            assert round(100 * float(row["share"])) % 5 == 0


def test_what_is_withheld_is_empty_beside_its_sign(out):
    for row in reading.figures(out):
        if row["sign"]:
            assert {row[name] for name in ("share", "low", "high")} == {""}
        if row["sign"] == "protected":
            assert row["n"] == ""


def test_every_text_of_the_report_holds_rounded_numbers_only(out, wordings):
    content = reading.report(out)
    for name, table in content["tables"].items():
        has_places = table["kind"] in {"matrix", "ranks"}
        words = table["languages"][LANGUAGE]
        for key in ("headline", "subtitle", "base_line", "alt", "notes"):
            for text in reading.strings(words[key]):
                assert is_public(text, wordings, has_places=False), (name, text)
        for row in words["rows"]:
            for text in row["cells"]:
                assert is_public(text, wordings, has_places=has_places), (name, text)
    for text in reading.strings(content["texts"]):
        assert is_public(text, wordings, has_places=False), text


def test_page_and_pictures_say_nothing_but_what_the_report_says(out, wordings):
    content = reading.report(out)
    told = {" ".join(text.split()) for text in reading.said(content, LANGUAGE)}
    for text in reading.on_page(out / LANGUAGE / "index.html"):
        if text not in told:
            assert not re.search(r"\d", reading.without(text, wordings)) or (
                content["package_hash"][:12] in text
            ), text
    for path in out.glob("pictures/*.svg"):
        table = content["tables"][path.name.split(".")[0]]
        places = table["kind"] in {"matrix", "ranks"}
        for text in reading.in_picture(path):
            assert is_public(text, wordings, has_places=places), (path.name, text)


def test_no_exact_share_stands_in_any_file(package, publication, out):
    hidden = withheld_shares(package, publication)
    hidden = {text for text in hidden if re.search(r"[.,]\d", text)}
    assert hidden
    for path in out.rglob("*"):
        if path.suffix in {".json", ".csv", ".html"} and path.name != "manifest.json":
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".html":
                text = "\n".join(reading.on_page(path))
            text = re.sub(r"[0-9a-f]{64}", "", text)
            found = set(re.findall(r"\d+[.,]\d+(?=\s*%)", text))
            assert not found & hidden, path.name


def test_pictures_carry_no_text_beside_what_is_drawn(out):
    for path in out.glob("pictures/*.png"):
        content = path.read_bytes()
        assert not any(chunk in content for chunk in TEXT_CHUNK)


def test_no_name_of_a_file_holds_a_number_that_is_not_in_a_name(out, package):
    names = {item.name for item in package.codebook.items} | {"priority-matrix"}
    for path in out.glob("pictures/*"):
        table = path.name.split(".")[0].split("-by-")[0]
        assert table in names | {"participation", "q04"}


def test_merges_are_fixed_by_the_first_report_and_obeyed_by_the_second(
    village, out, package, tmp_path
):
    engine = village.instance.engine
    fixed = reviews.merges(engine, village.slug)
    assert fixed == (out / "merges.json").read_text(encoding="utf-8")
    assert any(
        code != shown
        for groups in json.loads(fixed).values()
        for code, shown in groups.items()
    )
    assert not package.merges

    again = tmp_path / "again"
    shutil.copytree(out, again)  # pictures that would be the same are taken over
    make_report(village.instance, village.slug, again, [LANGUAGE])
    second = open_package(village.settings.instance / "packages" / village.slug)
    assert second.merges == json.loads(fixed)
    first_rows, rows = reading.figures(out), reading.figures(again)
    for row in (*first_rows, *rows):
        row.pop("package_hash")
    assert rows == first_rows
    one, other = reading.report(out), reading.report(again)
    for name in ("texts", "sections", "tables"):
        assert one[name] == other[name]
    assert (again / "merges.json").read_text(encoding="utf-8") == fixed


def test_the_second_package_carries_the_merges(village, out, tmp_path):
    target = tmp_path / "package.zip"
    export_package(village.instance, village.slug, target)
    with zipfile.ZipFile(target) as archive:
        merges = json.loads(archive.read("merges.json"))
        rows = csv.DictReader(io.StringIO(archive.read("items.csv").decode()))
        assert set(merges) <= {row["item"] for row in rows} | {
            "channel",
            "form_language",
        }
