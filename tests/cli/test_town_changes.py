"""A town's own question and a renamed field, from the file to the data package."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from survey.authoring import shipped

OWN = """[[pages]]
name = "pool"
part = "more"

[[pages.questions]]
name = "pool"
kind = "single"
label = "Wie gefällt Ihnen das neue Freibad?"
where_translated = true
options = [
  { code = "good", label = "Gut" },
  { code = "bad", label = "Schlecht" },
]

"""


@pytest.fixture
def changed(shell, tmp_path):
    """An instance with the reference questionnaire as a town has changed it."""
    text = shipped.source("zusammenleben").replace(
        'label = "Mobilität und öffentliche Plätze"\nshort = "Mobilität"',
        'library = "mobility"',
    )
    before, last, after = text.rpartition('[[pages]]\nname = "q24"')
    file = tmp_path / "town.toml"
    file.write_text(f"{before}{OWN}{last}{after}", encoding="utf-8")
    shell.ok("init")
    for name in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
        shell.environment[f"SURVEY_{name}"] = "none"
    shell.environment["SURVEY_DEMO"] = "true"
    shell.ok("questionnaire", "import", file)
    return shell


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_language_is_offered_and_the_gap_is_that_of_a_group(changed, tmp_path):
    printed = changed.ok("publish", "--languages", "de,en,ar")
    assert "pool is asked only in de." in printed
    changed.ok("open", "--design", "open", "--access", "link")
    changed.ok("simulate", "--count", 60)
    changed.ok("close")
    package = tmp_path / "package"
    changed.ok("export", "--format", "package", "--out", package)
    only_in = {row["item"]: row["only_in"] for row in rows(package, "items.csv")}
    assert only_in.pop("pool") == "de"
    assert set(only_in.values()) == {""}
    found = defaultdict(set)
    for row in rows(package, "responses.csv"):
        found[row["form_language"]].add(row["pool"])
    # at the close "other" is also who is told in no language, and then of no pool
    assert found["other"] <= {"-1", "-5"}
    assert {"good", "bad"} <= found["de"]
    arabic = [
        row["text"]
        for row in rows(package, "labels.csv")
        if row["language"] == "ar" and row["category"] == "f8" and not row["item"]
    ]
    assert arabic == ["التنقل", "التنقل"]


def test_a_translation_that_would_tell_a_language_is_refused(changed, tmp_path):
    file = tmp_path / "town.toml"
    text = file.read_text("utf-8")
    for german, english in (
        ("Wie gefällt Ihnen das neue Freibad?", "How do you like the new pool?"),
        ("Gut", "Well"),
        ("Schlecht", "Badly"),
    ):
        both = f'{{ de = "{german}", en = "{english}" }}'
        text = text.replace(f'label = "{german}"', f"label = {both}", 1)
    file.write_text(text, encoding="utf-8")
    changed.ok("questionnaire", "import", file)
    said = changed.refused("publish", "--languages", "de,en,ar")
    assert "a gap would tell it" in said
    assert "Translate it into ar" in said
    changed.ok("publish", "--languages", "de,en")
