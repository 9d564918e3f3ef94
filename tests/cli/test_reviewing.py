"""The data review of a closed survey, as an administrator types it."""

from __future__ import annotations

import csv
import json

import pytest

RULES = 'review_rules = ["empty", "identical"]'


@pytest.fixture
def closed(shell, tmp_path):
    """A closed survey of thirty simulated answers, two rules fixed before."""
    from survey.authoring import shipped

    shell.ok("init")
    for name in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
        shell.environment[f"SURVEY_{name}"] = "none"
    text = shipped.source("zusammenleben")
    file = tmp_path / "village.toml"
    file.write_text(text.replace("[settings]", f"[settings]\n{RULES}"), "utf-8")
    shell.ok("questionnaire", "import", file)
    shell.ok("publish", "--languages", "de,en")
    shell.ok("open", "--design", "random", "--population", 46000, "--invited", 800)
    shell.ok("simulate", "--count", 30, "--seed", 7, SURVEY_DEMO="true")
    shell.ok("close")
    return shell


def test_a_review_is_looked_at_ended_once_and_obeyed_ever_after(closed, tmp_path):
    said = closed.ok("review")
    assert "all channels: 30 rows" in said
    assert "Rules fixed at opening: empty, identical." in said

    said = closed.refused("review", "--exclude", "straight", "--witness", "A")
    assert "straight: not among the rules fixed at opening" in said
    assert "--witness" in closed.refused("review", "--exclude", "empty")

    said = closed.ok("review", "--exclude", "identical", "--witness", "A. Ali")
    assert "A. Ali confirms it" in said
    assert "ended on" in closed.refused(
        "review", "--exclude", "empty", "--witness", "B"
    )
    assert "identical; witness: A. Ali" in closed.ok("review")

    printed = closed.ok("export", "--out", tmp_path / "package.zip")
    assert "package.zip: package " in printed
    closed.ok("export", "--out", tmp_path / "package")
    with (tmp_path / "package" / "responses.csv").open(encoding="utf-8") as lines:
        assert {row["excluded"] for row in csv.DictReader(lines)} <= {"", "identical"}
    told = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    assert told["protected"] is False


def test_an_open_survey_is_not_reviewed(opened):
    assert "results exist once it is closed" in opened.refused("review")
