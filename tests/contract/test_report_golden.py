"""A package of every released format version stays readable and gives the same figures.

The figures are counted a second time here, with the csv module and nothing else.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from analysis.disclosure import publish
from analysis.package import open_package

GOLDEN = Path(__file__).with_name("golden")
LARGEST = 60_000
NO_ANSWER = {"-1", "-2", "-3", "-4", "-5"}
NOT_SEEN = {"-1", "-5"}
# What a figure is, beside the name of its survey; its number is made of these.
IDENTITY = (
    "wave",
    "channel",
    "table",
    "item",
    "statistic",
    "category",
    "group_variable",
    "group",
)
# Counted by hand from v1.zip, rounded to fives: (table, item, statistic, category,
# group) -> n
FROZEN = {
    ("q02", "q02", "share", "very_much", ""): 95,
    ("q02", "q02", "share", "rather_much", ""): 100,
    ("q02", "q02", "share", "partly", ""): 75,
    ("q02", "q02", "share", "rather_not", ""): 30,
    ("q02", "q02", "share", "not_at_all", ""): 15,
    ("q04", "q04_f3", "top2", "", ""): 55,
    ("q04", "q04_f3", "bottom2", "", ""): 175,
    ("q04", "q04_f3", "net", "", ""): -120,
    ("q04", "q04_f3", "missing", "-3", ""): 20,
    ("q05", "q05", "share", "f3", ""): 150,
    ("q06", "q06", "first", "f3", ""): 40,
    ("q14", "q14", "share", "letter", ""): 130,
    ("q19", "q19", "share", "often", ""): 30,
    ("q19", "q19", "top2", "", ""): 110,
    ("q04-by-d3", "q04_f3", "top2", "", "self"): 5,
    ("participation", "", "invited", "", ""): 500,
    ("participation", "", "completed", "", ""): 330,
    ("participation", "d1", "share", "16_24", ""): 45,
    ("participation", "d2", "share", "other", ""): 145,
}


class Recount:
    """The answers of a package as a spreadsheet would count them."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.merges = json.loads(self.files["merges.json"])
        self.items = {row["item"]: row for row in self.rows("items.csv")}
        rows = [row for row in self.rows("responses.csv") if not row["excluded"]]
        self.invited = [row for row in rows if row["channel"] == "code"]
        self.by_channel = rows

    def rows(self, name):
        return list(csv.DictReader(io.StringIO(self.files[name].decode("utf-8"))))

    def people(self, variable, group):
        """The rows of a group as it is shown; without a group all the invited."""
        if not variable:
            return self.invited
        rows = self.by_channel if variable == "channel" else self.invited
        shown = self.merges[variable]
        return [row for row in rows if shown.get(row[variable]) == group]

    def count(self, rows, item, statistic, category):
        """How many rows gave an answer, by the columns of the format."""
        if statistic == "first":
            return sum(row[f"{item}__{category}"] == "1" for row in rows)
        if statistic == "ranked":
            cells = [row[f"{item}__{category}"] for row in rows]
            return sum(cell not in NO_ANSWER and cell != "" for cell in cells)
        if self.items[item]["multiple"] == "true":
            return sum(row[f"{item}__{category}"] == "1" for row in rows)
        return Counter(row[item] for row in rows)[category]

    def base(self, rows, item):
        """How many rows a share is taken of."""
        columns = [name for name in rows[0] if name.split("__")[0] == item]
        cells = [row[columns[0]] for row in rows]
        out = NOT_SEEN if self.items[item]["kind"] == "pick" else NO_ANSWER
        return sum(cell not in out for cell in cells)


def fives(n):
    return 5 * ((n + 2) // 5)


@pytest.fixture(scope="module", params=sorted(GOLDEN.glob("v*.zip")), ids=str)
def path(request):
    return request.param


@pytest.fixture(scope="module")
def package(path):
    return open_package(path)


@pytest.fixture(scope="module")
def figures(package):
    return publish(package, seed=1).figures().to_dict("records")


@pytest.fixture(scope="module")
def recount(path):
    return Recount(path)


def test_there_is_a_golden_package_and_it_is_small():
    found = sorted(GOLDEN.glob("v*.zip"))
    assert found
    assert all(path.stat().st_size <= LARGEST for path in found)


def test_a_golden_package_is_read_as_it_was_written(package, recount):
    assert package.hash == hashlib.sha256(recount.files["datapackage.json"]).hexdigest()
    assert len(package.responses) == len(recount.by_channel)
    design = package.design
    assert (design.kind, design.population, design.invited) == ("random", 12_000, 500)
    assert package.codebook.languages == ("de", "en", "ar")
    assert len(package.codebook.items) == len(recount.items)
    assert package.merges == recount.merges
    assert len(package.comments) == len(recount.rows("comments.csv"))


def test_the_frozen_figures_stay_the_same(figures):
    found = {
        (
            row["table"],
            row["item"],
            row["statistic"],
            row["category"],
            row["group"],
        ): row["n"]
        for row in figures
        if not row["channel"]
    }
    assert {place: found[place] for place in FROZEN} == FROZEN


def counted(figures):
    """Published counts of answers, but for those of people who are shown merged."""
    return [
        row
        for row in figures
        if row["statistic"] in {"share", "first", "ranked"}
        and row["item"] not in {"", "channel", "form_language"}
        and row["table"] != "participation"
        and isinstance(row["n"], int)
    ]


def test_every_published_count_is_the_recounted_one_in_fives(figures, recount):
    rows = counted(figures)
    assert len(rows) > 1000
    for row in rows:
        people = recount.people(row["group_variable"], row["group"])
        n = recount.count(people, row["item"], row["statistic"], row["category"])
        assert row["n"] == fives(n), row


def test_every_published_base_is_the_recounted_one_in_fives(figures, recount):
    for row in counted(figures):
        people = recount.people(row["group_variable"], row["group"])
        assert row["base"] == fives(recount.base(people, row["item"])), row


def test_every_share_is_that_of_its_counts_and_every_interval_holds_the_true_share(
    figures, recount
):
    shares = [row for row in counted(figures) if not row["sign"]]
    assert len(shares) > 500
    for row in shares:
        step = 0.05 if row["base"] < 100 else 0.01
        assert abs(row["share"] - row["n"] / row["base"]) <= step / 2 + 1e-9
        people = recount.people(row["group_variable"], row["group"])
        n = recount.count(people, row["item"], row["statistic"], row["category"])
        share = n / recount.base(people, row["item"])
        if isinstance(row["low"], float):
            assert row["low"] - 0.005 <= share <= row["high"] + 0.005, row


def test_the_unanswered_are_counted_by_their_kind(figures, recount):
    found = [row for row in figures if row["statistic"] == "missing"]
    assert {row["category"] for row in found} == {"-2", "-3", "-4"}
    for row in found:
        if isinstance(row["n"], int) and not row["group"]:
            item = row["item"]
            name = next(c for c in recount.invited[0] if c.split("__")[0] == item)
            n = sum(each[name] == row["category"] for each in recount.invited)
            assert row["n"] == fives(n), row


def test_figures_keep_the_numbers_that_others_point_at(figures):
    ids = [row["figure_id"] for row in figures]
    assert len(set(ids)) == len(ids)
    for row in figures[::50]:
        parts = [row[name] for name in IDENTITY]
        text = "\x1f".join(["zusammenleben", *parts])
        digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
        assert row["figure_id"] == int.from_bytes(digest)
