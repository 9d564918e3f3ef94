"""Opening data packages: what a valid one yields, and typed answers."""

import csv
import json

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis.package import (
    NO_ANSWER,
    Edition,
    Item,
    Package,
    PackageError,
    open_package,
)
from analysis.package.contents import codebook_of
from analysis.responses import typed
from tests.analysis import synthetic


def test_a_folder_and_its_zip_hold_the_same_package(copy):
    folder = open_package(copy)
    packed = open_package(synthetic.zipped(copy))
    assert folder.hash == packed.hash
    expect_equal(folder.responses, packed.responses)
    assert folder.codebook == packed.codebook


def test_a_zip_of_the_folder_itself_is_opened_too(copy, tmp_path):
    import shutil

    path = shutil.make_archive(
        str(tmp_path / "sent"), "zip", root_dir=copy.parent, base_dir=copy.name
    )
    assert open_package(path).hash == open_package(copy).hash


def test_the_codebook_knows_items_options_fields_and_labels(survey):
    book = survey.codebook
    assert book.fields == synthetic.FIELDS
    assert book.options("q02") == synthetic.LIKING
    assert book.options("q05") == (*synthetic.FIELDS, "none")
    assert book.item("q04_f3").field == "f3"
    assert book.item("q19").sensitive
    assert book.item("q05").random_order
    assert book.item("q05").multiple
    assert book.item("q23").columns == ()
    assert [item.name for item in book.items_of_role("rank")] == ["q06"]
    assert book.labels("q02", "rather", "label", "de") == "Option rather (de)"
    assert book.labels("", "f1", "short", "en") == "Field f1"
    assert book.labels("q02", "rather", "short", "en") == "Option rather (en)"
    assert book.labels("q02", "", "hint", "en") == ""


def test_the_design_is_what_the_descriptor_says(survey, tmp_path):
    assert survey.design.kind == "random"
    assert survey.design.population == 46_000
    assert survey.design.invited == 800
    opened = synthetic.build(tmp_path / "open", design="open", answers=5)
    assert open_package(opened).design.population is None


def test_answers_are_typed_by_the_codebook_and_never_by_the_data(copy):
    responses = open_package(copy).responses
    kept = responses["q02"].cat.categories.tolist()
    assert kept == [*reversed(synthetic.LIKING), *NO_ANSWER]
    assert responses["q02"].cat.ordered
    assert not responses["d2"].cat.ordered
    assert responses["d2"].cat.categories.tolist()[:3] == ["female", "male", "diverse"]
    assert responses["q05__f1"].cat.categories.tolist()[:2] == ["0", "1"]
    assert responses["q04_f1"].cat.codes.dtype == np.int8


def test_a_reversed_scale_runs_from_low_to_high_all_the_same(copy):
    change(copy, "items.csv", lambda row: row | {"reversed": "true"}, item="q02")
    package = open_package(copy)
    assert package.codebook.options("q02") == synthetic.LIKING
    assert package.responses["q02"].cat.categories.tolist()[:5] == list(
        synthetic.LIKING
    )


def test_the_five_kinds_of_no_answer_stay_apart(survey, folder):
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        raw = [row for row in csv.DictReader(file) if not row["excluded"]]
    for column in ("q04_f1", "q06__f1", "d3"):
        typed_cells = survey.responses[column].astype(str)
        for code in NO_ANSWER:
            wanted = sum(row[column] == code for row in raw)
            assert (typed_cells == code).sum() == wanted
    assert {"-1", "-2", "-3", "-5"} <= set(
        survey.responses["q04_f1"].astype(str)
    ) | set(survey.responses["q06__f1"].astype(str))


def test_excluded_rows_are_left_out_but_counted(survey, folder):
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    assert survey.excluded == {"identical": 3}
    assert len(survey.excluded_rows) == 3
    assert survey.excluded_rows.dtypes.equals(survey.responses.dtypes)
    assert len(survey.responses) == rows - 3
    assert survey.responses.index.tolist() == list(range(rows - 3))


def test_unknown_columns_are_kept_and_ignored(copy):
    change(copy, "responses.csv", lambda row: row | {"mood": "fine"})
    change(copy, "items.csv", lambda row: row | {"note": "x"})
    package = open_package(copy)
    assert set(package.responses["mood"].astype(str)) == {"fine"}
    assert "mood" not in [item.name for item in package.codebook.items]


def test_unknown_files_are_left_alone(copy):
    (copy / "README.txt").write_text("hello", "utf-8")
    (copy / "notes").mkdir()
    assert len(open_package(copy).responses) == 12


def test_quoted_cells_and_windows_line_ends_are_read_the_same(copy):
    plain = open_package(copy).responses
    with (copy / "responses.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    with (copy / "responses.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(cells)
    synthetic.rehash(copy)
    expect_equal(open_package(copy).responses, plain)


def test_nobody_answered_yet(tmp_path):
    folder = synthetic.build(tmp_path / "empty", answers=0)
    package = open_package(folder)
    assert len(package.responses) == 0
    assert package.responses["q02"].cat.ordered
    assert package.excluded == {}


def test_everybody_was_excluded(tmp_path):
    folder = synthetic.build(tmp_path / "all", answers=4, excluded=4)
    package = open_package(folder)
    assert len(package.responses) == 0
    assert package.excluded == {"identical": 4}


def test_optional_files_are_read_when_they_are_there(copy):
    (copy / "margins.csv").write_text(
        "variable,category,population\nd1,16_24,5200\n", "utf-8"
    )
    comment = 'q23,de,"More trees, please",f8,released'
    (copy / "comments.csv").write_text(
        f"question,language,text,field,status\n{comment}\n",
        "utf-8",
    )
    (copy / "merges.json").write_text('{"d2": {"diverse": "other"}}', "utf-8")
    (copy / "texts.json").write_text("{}", "utf-8")
    list_file(copy, "margins.csv", "comments.csv", "merges.json", "texts.json")
    package = open_package(copy)
    assert package.margins["population"].tolist() == [5200]
    assert package.comments["text"].tolist() == ["More trees, please"]
    assert package.merges["d2"] == {"diverse": "other"}
    assert package.policy["k"] == 10


def test_editions_and_hashes_are_read_when_they_are_there(copy):
    hashed = {"wording_hash": "0123456789abcdef", "structure_hash": "f" * 16}
    change(copy, "items.csv", lambda row: row | hashed)
    edition = json.loads((copy / "datapackage.json").read_text("utf-8"))["edition"]
    (copy / "editions.csv").write_text(
        "order,edition,languages,note,reworded\n"
        '1,abc,de en,,\n2,def,de en,"a slip, and more",q02:de q05:en\n'
        f"3,{edition},de en ar,Arabic,q02:en\n",
        "utf-8",
    )
    list_file(copy, "editions.csv")
    package = open_package(copy)
    item = package.codebook.item("q02")
    assert (item.wording_hash, item.structure_hash) == tuple(hashed.values())
    assert package.editions == (
        Edition(1, "abc", ("de", "en"), ""),
        Edition(
            2,
            "def",
            ("de", "en"),
            "a slip, and more",
            (("q02", "de"), ("q05", "en")),
        ),
        Edition(3, edition, ("de", "en", "ar"), "Arabic", (("q02", "en"),)),
    )
    assert package.reworded() == {"q02": ("de", "en"), "q05": ("en",)}


def test_a_package_of_before_has_neither_editions_nor_hashes(copy):
    package = open_package(copy)
    assert package.editions == ()
    assert {item.wording_hash for item in package.codebook.items} == {""}


def test_without_optional_files_their_tables_are_empty(copy):
    package = open_package(copy)
    assert package.margins.columns.tolist() == ["variable", "category", "population"]
    assert package.margins.empty
    assert package.comments.empty
    assert dict(package.merges) == {}


def test_a_survey_without_fields_of_action_needs_no_list_of_them(tmp_path):
    lines = tuple(
        line
        for line in synthetic.LINES
        if not line.field and line.kind not in ("pick", "rank")
    )
    folder = synthetic.build(tmp_path / "plain", answers=5, lines=lines)
    (folder / "fields.csv").unlink()
    text = (folder / "labels.csv").read_text("utf-8").splitlines()
    kept = [line for line in text if not line.startswith(",f")]
    (folder / "labels.csv").write_text("\n".join(kept) + "\n", "utf-8")
    describe = json.loads((folder / "datapackage.json").read_text("utf-8"))
    describe["resources"] = [
        entry for entry in describe["resources"] if entry["path"] != "fields.csv"
    ]
    (folder / "datapackage.json").write_text(json.dumps(describe), "utf-8")
    synthetic.rehash(folder)
    assert open_package(folder).codebook.fields == ()


def test_a_package_made_by_hand_needs_no_policy(survey):
    made = Package(
        descriptor={},
        design=survey.design,
        codebook=survey.codebook,
        responses=survey.responses,
        hash="0" * 64,
        excluded={},
        participation=survey.participation,
        margins=survey.margins,
        comments=survey.comments,
    )
    assert dict(made.policy) == dict(made.merges) == dict(made.texts) == {}


def test_categories_may_carry_their_labels(copy):
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    for resource in descriptor["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            field["categories"] = [
                {"value": value, "label": value.title()}
                for value in field.get("categories", [])
            ]
    path.write_text(json.dumps(descriptor), "utf-8")
    assert open_package(copy).codebook.options("q02") == synthetic.LIKING


def test_opening_writes_nothing(copy):
    before = sorted((path.name, path.stat().st_mtime_ns) for path in copy.iterdir())
    open_package(copy)
    (copy / "items.csv").write_text("broken", "utf-8")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in copy.iterdir())
    with pytest.raises(PackageError):
        open_package(copy)
    after = sorted((path.name, path.stat().st_mtime_ns) for path in copy.iterdir())
    assert after == before


def test_a_table_made_by_hand_gets_the_types_of_a_codebook():
    book = codebook_of([Item("q", "single", options=("good", "bad"), is_ordinal=True)])
    table = typed(pd.DataFrame({"q": ["bad", "good", "-3"], "other": [1, 2, 3]}), book)
    assert table["q"].cat.categories.tolist() == ["bad", "good", *NO_ANSWER]
    assert table["q"].tolist() == ["bad", "good", "-3"]
    assert table["other"].tolist() == [1, 2, 3]


def test_points_are_numbers_of_whole_points(copy):
    lines = (*synthetic.LINES, synthetic.Line("q22", "points", ("m1", "m2")))
    book = codebook_of(
        [Item(line.item, line.kind, options=line.options) for line in lines]
    )
    table = typed(pd.DataFrame({"q22__m1": ["10", "-2"], "q22__m2": ["0", "-2"]}), book)
    assert table["q22__m1"].tolist() == ["10", "-2"]


def change(folder, name, how, **only):
    """Rewrite the rows of a table that carry the given cells."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows = [
        how(row) if all(row[key] == value for key, value in only.items()) else row
        for row in rows
    ]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(k for r in rows for k in r)))
        writer.writeheader()
        writer.writerows(rows)
    synthetic.rehash(folder)


def list_file(folder, *names):
    """Name further files in the descriptor."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] += [{"name": n.split(".")[0], "path": n} for n in names]
    path.write_text(json.dumps(descriptor), "utf-8")
    synthetic.rehash(folder)


def test_lines_are_counted_in_blocks_of_any_size(copy, monkeypatch):
    whole = open_package(copy).responses
    monkeypatch.setattr("analysis.package.answers.LINES", 5)
    expect_equal(open_package(copy).responses, whole)
