"""Broken and hostile packages: every fault is located, nothing is written."""

import csv
import json
import os
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.package import PackageError, open_package, source
from analysis.package.answers import RESPONSES
from analysis.package.source import DESCRIPTOR
from tests.analysis import synthetic


def refused(path):
    """Problems of a package that must be refused."""
    with pytest.raises(PackageError) as caught:
        open_package(path)
    assert str(caught.value) == "\n".join(str(p) for p in caught.value.problems)
    for problem in caught.value.problems:
        assert problem.reason.endswith(".")
        assert problem.remedy.endswith(".")
    return caught.value.problems


def only(path):
    """The one problem of a package that must be refused."""
    (problem,) = refused(path)
    return problem


def edit(folder, name, *replacements, rehash=True):
    """Replace pieces of a text file, each of which must be there."""
    text = (folder / name).read_text("utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, "utf-8")
    if rehash:
        synthetic.rehash(folder)


def describe(folder, **changes):
    """Change entries of the descriptor."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(descriptor | changes), "utf-8")


def put(folder, row, column, value):
    """Write one cell of responses.csv; ``row`` is the line of the file."""
    with (folder / RESPONSES).open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    lines[row - 1][lines[0].index(column)] = value
    with (folder / RESPONSES).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    synthetic.rehash(folder)


def test_ten_faults_are_told_at_once_each_with_its_place(copy):
    put(copy, 3, "q02", "brilliant")
    put(copy, 5, "q05__f1", "2")
    put(copy, 7, "q04_f9", "")
    put(copy, 9, "q06__f2", "7")
    edit(
        copy,
        "items.csv",
        ("q02,single,liking5,,satisfaction", "q02,song,liking5,f77,joy"),
    )
    edit(copy, "items.csv", ("d2,single", "D 2,single"))
    edit(copy, "fields.csv", ("f3,3", "f3,third"))
    edit(copy, "participation.csv", ("code,invited,,800", "code,invited,,many"))
    edit(copy, "labels.csv", ("q19,often,label,de", "q19,often,label,fr"))
    describe(copy, design={"kind": "guess"})
    found = {(p.file, p.row, p.column) for p in refused(copy)}
    assert {
        ("items.csv", 3, "kind"),
        ("items.csv", 3, "field"),
        ("items.csv", 3, "role"),
        ("fields.csv", 4, "order"),
        ("participation.csv", 2, "count"),
        ("datapackage.json", 0, "design"),
        ("responses.csv", 5, "q05__f1"),
        ("responses.csv", 7, "q04_f9"),
        ("responses.csv", 9, "q06__f2"),
    } <= found
    assert any(
        file == "labels.csv" and column == "language" for file, _, column in found
    )
    assert any(file == "items.csv" and column == "item" for file, _, column in found)


def test_a_code_the_codebook_does_not_know_is_located(copy):
    put(copy, 4, "q02", "brilliant")
    put(copy, 9, "q02", "brilliant")
    problem = only(copy)
    assert (problem.file, problem.row, problem.column) == ("responses.csv", 4, "q02")
    assert "'brilliant'" in problem.reason
    assert "1 further row" in problem.reason


def test_many_unknown_codes_of_one_column_are_summed_up(copy):
    for row in range(2, 10):
        put(copy, row, "q02", f"code{row}")
    problems = refused(copy)
    assert len(problems) == 4
    assert problems[-1].reason.startswith("5 further codes")


def test_columns_of_one_item_must_agree_on_why_there_is_no_answer(copy):
    put(copy, 4, "q05__f1", "-3")
    put(copy, 4, "q05__f2", "-2")
    problem = only(copy)
    assert (problem.row, problem.column) == (4, "q05__f2")


def test_the_same_label_twice_is_located(copy):
    text = (copy / "labels.csv").read_text("utf-8")
    lines = text.splitlines()
    (copy / "labels.csv").write_text(text + lines[3] + "\n", "utf-8")
    synthetic.rehash(copy)
    problem = only(copy)
    assert (problem.file, problem.row) == ("labels.csv", len(lines) + 1)
    assert "row 4" in problem.reason


def test_labels_that_are_missing_are_named_and_counted(copy):
    text = (copy / "labels.csv").read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("q04")]
    (copy / "labels.csv").write_text("\n".join(kept) + "\n", "utf-8")
    synthetic.rehash(copy)
    problems = refused(copy)
    assert len(problems) == 21
    assert "q04_f1" in problems[0].reason
    # 9 rows × (1 label + 5 options) × 2 languages = 108, of which 20 are named.
    assert problems[-1].reason == "88 further labels are missing."


@pytest.mark.parametrize(
    ("name", "line", "column"),
    [
        ("labels.csv", "q02,,speech,de,text", "kind"),
        ("labels.csv", "q02,,label,fr,text", "language"),
        ("labels.csv", ",f99,label,de,text", "category"),
        ("items.csv", "q02,single,,,other,,,,,,", "item"),
        ("items.csv", "q__x,single,,,other,,,,,,", "item"),
        ("items.csv", "q77,text,,,other,,perhaps,,,,", "multiple"),
        ("items.csv", "channel,text,,,other,,,,,,", "item"),
        ("items.csv", "q77,single,,,other,,,,,,", "item"),
        ("items.csv", "q77,pick,,,pick,,true,,,,", "item"),
        ("fields.csv", "f1,10", "field"),
        ("fields.csv", "F X,10", "field"),
        ("participation.csv", "code,completed,,-5", "count"),
        ("participation.csv", "code,dreamt,,5", "stage"),
    ],
)
def test_a_faulty_line_of_a_small_table_is_located(copy, name, line, column):
    path = copy / name
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    synthetic.rehash(copy)
    problem = only(copy)
    number = len(path.read_text("utf-8").splitlines())
    assert (problem.file, problem.row, problem.column) == (name, number, column)


@pytest.mark.parametrize(
    ("lines", "column", "row"),
    [
        (["1,a,de en,,", "3,EDITION,de en,slip,q02:de"], "order", 3),
        (["²,EDITION,de,,"], "order", 2),
        (["1,a,de,,", "2,EDITION,de,slip,q99:de"], "reworded", 3),
        (["1,a,de,,", "2,b,de,slip,"], "edition", 0),
    ],
)
def test_editions_that_cannot_be_true_are_located(copy, lines, column, row):
    described = json.loads((copy / DESCRIPTOR).read_text("utf-8"))
    text = "\n".join(["order,edition,languages,note,reworded", *lines, ""])
    text = text.replace("EDITION", described["edition"])
    (copy / "editions.csv").write_text(text, "utf-8")
    resource = {"name": "editions", "path": "editions.csv", "hash": ""}
    describe(copy, resources=[*described["resources"], resource])
    synthetic.rehash(copy)
    problem = only(copy)
    assert (problem.file, problem.column, problem.row) == ("editions.csv", column, row)


def test_many_faulty_lines_are_summed_up(copy):
    path = copy / "labels.csv"
    lines = "".join(f"q02,x{n},label,fr,text\n" for n in range(50))
    path.write_text(path.read_text("utf-8") + lines, "utf-8")
    synthetic.rehash(copy)
    problems = refused(copy)
    assert len(problems) == 21
    assert "30 further" in problems[-1].reason


@pytest.mark.parametrize("name", ["responses.csv", "items.csv", "labels.csv"])
def test_lines_of_another_width_are_located(copy, name):
    lines = (copy / name).read_text("utf-8").splitlines()
    lines[3] += ",extra"
    lines[5] = lines[5].rsplit(",", 1)[0]
    (copy / name).write_text("\n".join(lines) + "\n", "utf-8")
    synthetic.rehash(copy)
    rows = [problem.row for problem in refused(copy) if "cells" in problem.reason]
    assert rows == [4, 6]


def test_hundreds_of_wrong_lines_are_summed_up(tmp_path):
    folder = synthetic.build(tmp_path / "long", answers=60)
    text = (folder / RESPONSES).read_text("utf-8")
    (folder / RESPONSES).write_text(text.replace("\n", ",\n").replace(",\n", "\n", 1))
    synthetic.rehash(folder)
    problems = refused(folder)
    assert len(problems) == 21
    assert "40 further lines" in problems[-1].reason


def test_a_blank_line_between_answers_is_located(copy):
    text = (copy / RESPONSES).read_text("utf-8").split("\n")
    text.insert(3, "")
    (copy / RESPONSES).write_text("\n".join(text), "utf-8")
    synthetic.rehash(copy)
    assert only(copy).row == 4


@pytest.mark.parametrize("name", ["responses.csv", "labels.csv", "items.csv"])
def test_a_quote_that_is_never_closed_is_told(copy, name):
    path = copy / name
    path.write_text(path.read_text("utf-8") + '"never closed\n', "utf-8")
    synthetic.rehash(copy)
    assert any("CSV" in problem.reason for problem in refused(copy))


def test_a_header_that_cannot_be_read_is_told(copy):
    edit(copy, "fields.csv", ("field,order", '"fi"eld,order'))
    assert any(p.file == "fields.csv" and p.row == 1 for p in refused(copy))


def test_an_empty_table_is_told(copy):
    (copy / "labels.csv").write_text("", "utf-8")
    (copy / "participation.csv").write_text("\n", "utf-8")
    synthetic.rehash(copy)
    files = {problem.file for problem in refused(copy)}
    assert "participation.csv" in files


def test_columns_that_stand_twice_are_told(copy):
    edit(copy, RESPONSES, ("q01,q02", "q01,q01"))
    problems = refused(copy)
    assert [(p.file, p.column) for p in problems] == [("responses.csv", "q01")]


def test_columns_that_are_missing_are_told(copy):
    edit(copy, RESPONSES, ("q02,", "mood,"), ("excluded", "left_out"))
    edit(copy, "fields.csv", ("field,order", "field,place"))
    found = {(p.file, p.column) for p in refused(copy)}
    assert ("fields.csv", "order") in found
    assert ("responses.csv", "excluded") in found or ("items.csv", "field") in found


def test_missing_columns_of_answers_are_told_one_by_one(copy):
    edit(copy, RESPONSES, ("q02,", "mood,"), (",excluded", ",left_out"))
    found = [(p.row, p.column) for p in refused(copy)]
    assert found == [(1, "q02"), (1, "excluded")]


def test_a_million_columns_are_refused_without_reading_them(copy):
    header = ",".join(f"c{n}" for n in range(1_000_000))
    (copy / RESPONSES).write_text(header + "\n", "utf-8")
    synthetic.rehash(copy)
    problem = only(copy)
    assert "20000 columns" in problem.reason


@pytest.mark.parametrize("name", ["responses.csv", "labels.csv", "datapackage.json"])
def test_bytes_that_are_not_utf_8_are_located(copy, name):
    lines = (copy / name).read_bytes().split(b"\n")
    lines[2] += "ü".encode("latin-1")
    (copy / name).write_bytes(b"\n".join(lines))
    if name != "datapackage.json":
        synthetic.rehash(copy)
    problem = only(copy)
    assert (problem.file, problem.row) == (name, 3)
    assert "UTF-8" in problem.reason


@pytest.mark.parametrize("name", ["responses.csv", "labels.csv", "policy.json"])
def test_nul_characters_are_located(copy, name):
    lines = (copy / name).read_bytes().split(b"\n")
    lines[1] += b"\0"
    (copy / name).write_bytes(b"\n".join(lines))
    synthetic.rehash(copy)
    problem = only(copy)
    assert (problem.file, problem.row) == (name, 2)
    assert "NUL" in problem.reason


def test_a_file_changed_after_the_export_is_told(copy):
    edit(copy, "policy.json", ('"k": 10', '"k": 1'), rehash=False)
    problem = only(copy)
    assert problem.file == "policy.json"
    assert "changed" in problem.reason


def test_every_missing_file_is_told_once(copy):
    for name in ("responses.csv", "items.csv", "policy.json"):
        (copy / name).unlink()
    found = [problem.file for problem in refused(copy)]
    assert sorted(found) == ["items.csv", "policy.json", "responses.csv"]


def test_a_file_the_descriptor_does_not_name_is_told(copy):
    (copy / "margins.csv").write_text("variable,category,population\n", "utf-8")
    assert only(copy).file == "margins.csv"


def test_without_a_descriptor_there_is_no_package(tmp_path):
    (tmp_path / "empty").mkdir()
    files = [problem.file for problem in refused(tmp_path / "empty")]
    assert "datapackage.json" in files
    assert only(tmp_path / "nothing").file == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"version": }',
        "[" * 100_000,
        "1" * 5_000,
        '{"version": "1"}',
    ],
)
def test_a_descriptor_that_is_no_descriptor_is_told(copy, text):
    (copy / "datapackage.json").write_text(text, "utf-8")
    assert {problem.file for problem in refused(copy)} >= {"datapackage.json"}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"version": "2"}, "version"),
        ({"version": None}, "version"),
        ({"survey": ""}, "survey"),
        ({"wave": 1}, "wave"),
        ({"edition": None}, "edition"),
        ({"created": "yesterday"}, "created"),
        ({"field_time": "long"}, "field_time"),
        ({"field_time": {"start": "2026-02-30"}}, "start"),
        ({"languages": []}, "languages"),
        ({"default_language": "fr"}, "languages"),
        ({"design": None}, "design"),
        ({"design": {"kind": "random", "population": -1}}, "design"),
        ({"design": {"kind": "random", "population": True}}, "design"),
        ({"design": {"kind": "random", "channels": "code"}}, "design"),
        ({"design": {"kind": "random", "population": 5, "invited": 6}}, "design"),
        ({"resources": "all"}, "resources"),
        ({"resources": [{"name": "x"}]}, "resources"),
    ],
)
def test_a_faulty_entry_of_the_descriptor_is_named(copy, changes, column):
    describe(copy, **changes)
    assert column in {p.column for p in refused(copy) if p.file == "datapackage.json"}


def resources(folder):
    return json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]


@pytest.mark.parametrize(
    "path", ["../secret.csv", "/etc/passwd", "a/b.csv", "..\\x.csv", ".hidden"]
)
def test_a_path_that_leads_out_of_the_package_is_refused(copy, path):
    describe(copy, resources=[*resources(copy), {"path": path, "hash": ""}])
    assert "leads out" in only(copy).reason


def test_a_file_without_a_hash_is_refused(copy):
    found = resources(copy)
    found[0]["hash"] = "md5:abc"
    describe(copy, resources=found)
    assert "hash" in only(copy).reason


@pytest.mark.parametrize(
    "field",
    [
        "q01",
        {"type": "string"},
        {"name": "q01"},
        {"name": "new", "categories": "a,b"},
        {"name": "new", "categories": ["a", "a"]},
        {"name": "new", "categories": [1, 2]},
    ],
)
def test_a_faulty_column_of_the_descriptor_is_told(copy, field):
    found = resources(copy)
    for resource in found:
        if resource["path"] == RESPONSES:
            resource["schema"]["fields"].append(field)
    describe(copy, resources=found)
    assert only(copy).column == "fields"


def test_a_descriptor_without_columns_is_told(copy):
    found = resources(copy)
    for resource in found:
        resource.pop("schema", None)
    describe(copy, resources=found)
    assert "fields" in {problem.column for problem in refused(copy)}


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("k", "many"),
        ("group_base", True),
        ("sensitive_base", -1),
        ("groups", "d1"),
        ("sensitive", [1]),
        ("strata", {"d1": 5}),
        ("strata", {"d1": {"16_24": 5}}),
        ("strata", {"d1": {"16_24": {"population": "many"}}}),
    ],
)
def test_a_faulty_entry_of_the_policy_is_named(copy, entry, value):
    policy = json.loads((copy / "policy.json").read_text("utf-8"))
    (copy / "policy.json").write_text(json.dumps(policy | {entry: value}), "utf-8")
    synthetic.rehash(copy)
    problem = only(copy)
    assert (problem.file, problem.column) == ("policy.json", entry)


@pytest.mark.parametrize("merges", ['{"d2": "other"}', '{"d2": {"diverse": 1}}'])
def test_merges_of_another_shape_are_told(copy, merges):
    (copy / "merges.json").write_text(merges, "utf-8")
    describe(copy, resources=[*resources(copy), {"path": "merges.json"}])
    synthetic.rehash(copy)
    assert only(copy).file == "merges.json"


@pytest.mark.parametrize("text", ["[]", "{", "null"])
def test_a_policy_that_is_no_object_is_told(copy, text):
    (copy / "policy.json").write_text(text, "utf-8")
    synthetic.rehash(copy)
    assert only(copy).file == "policy.json"


def test_links_in_a_folder_are_not_followed(copy, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_bytes((copy / "labels.csv").read_bytes())
    (copy / "labels.csv").unlink()
    (copy / "labels.csv").symlink_to(secret)
    problem = only(copy)
    assert problem.file == "labels.csv"
    assert "link" in problem.reason


def test_a_pipe_is_not_read(copy):
    (copy / "labels.csv").unlink()
    os.mkfifo(copy / "labels.csv")
    assert only(copy).file == "labels.csv"


def test_a_folder_in_the_place_of_a_file_is_told(copy):
    (copy / "labels.csv").unlink()
    (copy / "labels.csv").mkdir()
    assert only(copy).file == "labels.csv"


def test_a_file_beyond_its_limit_is_not_read(copy, monkeypatch):
    monkeypatch.setitem(source.LIMITS, "labels.csv", 100)
    assert "larger" in only(copy).reason
    assert "larger" in only(synthetic.zipped(copy)).reason


def test_a_path_that_cannot_be_read_is_told(copy, monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    assert "Permission denied" in only(copy).reason


def rezip(folder, path, how=lambda archive: None, **renamed):
    """Pack a folder by hand, so that the archive can be made hostile."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.writestr(renamed.get(file.stem, file.name), file.read_bytes())
        how(archive)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:evil.csv"],
)
def test_a_name_that_leads_out_of_an_archive_is_refused(copy, tmp_path, name):
    path = rezip(copy, tmp_path / "p.zip", lambda a: a.writestr(name, b"x"))
    assert "leads out" in only(path).reason
    assert sorted(file.name for file in tmp_path.iterdir()) == ["p.zip", "survey"]


def test_a_link_in_an_archive_is_refused(copy, tmp_path):
    link = zipfile.ZipInfo("comments.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = rezip(copy, tmp_path / "p.zip", lambda a: a.writestr(link, "/etc/passwd"))
    assert "link" in only(path).reason


BOMB = b"0" * (10 << 20)


def test_a_bomb_is_not_unpacked(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(source, "SMALL", 1 << 20)
    bomb = BOMB
    path = rezip(copy, tmp_path / "p.zip", lambda a: a.writestr("comments.csv", bomb))
    problem = only(path)
    assert problem.file == "comments.csv"
    assert "swells" in problem.reason


@pytest.mark.parametrize("format_of_end", ["short", "long"])
def test_a_list_of_contents_without_end_is_not_read(
    copy, tmp_path, monkeypatch, format_of_end
):
    path = rezip(copy, tmp_path / "p.zip")
    content = path.read_bytes()
    place = content.rindex(b"PK\5\6")
    if format_of_end == "short":
        monkeypatch.setattr(source, "MAX_CONTENTS", 100)
    else:
        record = struct.pack(
            "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0
        )
        where = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
        path.write_bytes(content[:place] + record + where + content[place:])
    assert "list of contents" in only(path).reason


def test_an_archive_cut_off_in_its_end_is_told(copy, tmp_path):
    path = rezip(copy, tmp_path / "p.zip")
    content = path.read_bytes()
    place = content.rindex(b"PK\5\6")
    where = struct.pack("<4sLQL", b"PK\6\7", 0, 1 << 50, 1)
    for broken in (content[: place + 8], where + content[place:]):
        path.write_bytes(broken)
        assert only(path).file == "p.zip"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(source, "SMALL", 1 << 20)
    bomb = BOMB
    path = rezip(copy, tmp_path / "p.zip", lambda a: a.writestr("comments.csv", bomb))
    content = path.read_bytes()
    lie = content.replace(struct.pack("<L", len(bomb)), struct.pack("<L", 1000))
    path.write_bytes(lie)
    assert only(path).file == "comments.csv"


def test_a_file_twice_in_an_archive_is_refused(copy, tmp_path):
    def again(archive):
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("labels.csv", b"x")

    path = rezip(copy, tmp_path / "p.zip", again)
    assert "twice" in only(path).reason


def test_thousands_of_files_in_an_archive_are_refused(copy, tmp_path):
    def many(archive):
        for number in range(10_001):
            archive.writestr(f"n{number}", b"")

    assert "10000 files" in only(rezip(copy, tmp_path / "p.zip", many)).reason


def test_damaged_data_in_an_archive_are_told(copy, tmp_path):
    path = rezip(copy, tmp_path / "p.zip")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("labels.csv")
    start = member.header_offset + 30 + len("labels.csv")
    content[start + 20 : start + 60] = b"\0" * 40
    path.write_bytes(bytes(content))
    assert only(path).file == "labels.csv"


def test_an_encrypted_file_in_an_archive_is_told(copy, tmp_path):
    path = rezip(copy, tmp_path / "p.zip")
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("labels.csv").header_offset
    content = bytearray(path.read_bytes())
    content[place + 6] |= 1
    entry = content.index(b"PK\x01\x02")
    while content[entry + 46 : entry + 56] != b"labels.csv":
        entry = content.index(b"PK\x01\x02", entry + 4)
    content[entry + 8] |= 1
    path.write_bytes(bytes(content))
    assert "encrypted" in only(path).reason


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_told(tmp_path, content):
    path = tmp_path / "p.zip"
    path.write_bytes(content)
    assert "zip" in only(path).reason


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A package folder that is damaged and mended again."""
    return synthetic.build(tmp_path_factory.mktemp("whole") / "survey", answers=6)


junk = st.sampled_from([b"", b"\0", b'"', b",", b"\n", b"\xff", b"-9", b"{", b"\r"])


@settings(max_examples=80, deadline=None)
@given(st.data(), junk, st.integers(0, 40), st.booleans())
def test_no_damage_ends_in_anything_but_a_located_message(
    whole, data, bytes_put_in, length, is_rehashed
):
    path = data.draw(st.sampled_from(sorted(whole.iterdir())))
    kept = {name: (whole / name).read_bytes() for name in (path.name, DESCRIPTOR)}
    content = bytearray(kept[path.name])
    place = data.draw(st.integers(0, len(content)))
    content[place : place + length] = bytes_put_in
    path.write_bytes(bytes(content))
    if is_rehashed and path.name != DESCRIPTOR:
        synthetic.rehash(whole)
    try:
        assert len(open_package(whole).responses) <= 7
    except PackageError:
        refused(whole)
    finally:
        for name, text in kept.items():
            (whole / name).write_bytes(text)


def with_only_in(folder, cell):
    """The package with the column ``only_in``, filled for q02 alone."""
    path = folder / "items.csv"
    head, *lines = path.read_text("utf-8").splitlines()
    cells = [f"{line},{cell if line.startswith('q02,') else ''}" for line in lines]
    path.write_text("\n".join([f"{head},only_in", *cells, ""]), "utf-8")
    synthetic.rehash(folder)


def test_a_language_that_the_survey_never_had_is_refused(copy):
    with_only_in(copy, "de xx")
    problem = only(copy)
    assert (problem.file, problem.column) == ("items.csv", "only_in")
    assert problem.reason == "The descriptor has no such language."


def test_labels_are_needed_only_where_an_item_was_asked(copy):
    with_only_in(copy, "de")
    lines = (copy / "labels.csv").read_text("utf-8").splitlines()
    kept = [line for line in lines if not (line.startswith("q02,") and ",en," in line)]
    assert len(kept) < len(lines)
    (copy / "labels.csv").write_text("\n".join([*kept, ""]), "utf-8")
    synthetic.rehash(copy)
    assert open_package(copy).codebook.item("q02").only_in == ("de",)
    with_another = "\n".join(line for line in kept if not line.startswith("q02,"))
    (copy / "labels.csv").write_text(f"{with_another}\n", "utf-8")
    synthetic.rehash(copy)
    assert {problem.file for problem in refused(copy)} == {"labels.csv"}
