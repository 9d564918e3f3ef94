from __future__ import annotations

import csv
from pathlib import Path

import pytest

from survey import paper
from tests.paper.examples import edition


def rows_of(name: str) -> dict[str, tuple[str, str]]:
    """Column → its words and what is allowed."""
    frozen = edition(name)
    rows = paper.template(frozen, paper.columns_of(frozen), "de")
    return {
        column: (words, allowed) for column, words, allowed in zip(*rows, strict=True)
    }


def test_every_column_is_explained():
    found = rows_of("pick_and_rank")
    assert found["sheet"][0].startswith("#")
    assert found["form_language"][1] == "de"
    assert found["first"] == (
        "Wo soll die Gemeinde zuerst mehr tun?",
        "f1 | f2 | f3 | f4 | none   (several: with a space between)",
    )
    assert found["order__2"] == (
        "Was davon ist am wichtigsten? – 2",
        "f1 | f2 | f3 | f4",
    )
    assert found["order"][1] == "99 = prefer not to say"


def test_fields_to_type_into_say_what_they_take():
    assert rows_of("points")["share__bus"][1] == "number"
    assert rows_of("skip_logic")["idea"][1] == "words"


@pytest.mark.parametrize(
    "name", ["zusammenleben", "points", "number", "date", "other", "battery"]
)
def test_a_template_with_rows_below_can_be_entered(tmp_path: Path, name: str):
    frozen = edition(name)
    columns = paper.columns_of(frozen)
    header, *remarks = paper.template(frozen, columns, "de")
    row = ["1", "de", *([""] * (len(columns) - 1)), ""]
    column = next(one for one in columns if one.allowed)
    row[header.index(column.name)] = column.allowed[0]
    path = tmp_path / "typed.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";").writerows([header, *remarks, row])
    assert len(paper.read(path, columns, ["de"]).sheets) == 1
