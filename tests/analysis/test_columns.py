"""Columns kept beside a package: the same answers, or no file at all."""

import errno
import os
import time

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from analysis.cli import analysis
from analysis.engine import Column, crosstabs, kept
from analysis.package import AnalysisError, PackageError, cache, columns, open_package
from analysis.package.layout import BLOCK, START, write
from tests.analysis import synthetic

PACKAGE = "ab" * 32


@pytest.fixture
def always(monkeypatch):
    """Keep the columns of small packages too."""
    monkeypatch.setattr(cache, "WORTH_KEEPING", 1)


@pytest.fixture
def town(tmp_path, always):
    """A package with columns beside it, and the path of their file."""
    folder = synthetic.build(tmp_path / "town", answers=30, excluded=2)
    return folder, open_package(folder, keep=True).columns.path


def expect_equal(found, expected):
    pd.testing.assert_frame_equal(found.responses, expected.responses)
    assert dict(found.excluded) == dict(expected.excluded)
    assert found.hash == expected.hash


def listed(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_package_is_the_same_with_its_columns_and_without(tmp_path, always):
    folder = synthetic.build(tmp_path / "town", answers=60, excluded=3)
    plain = open_package(folder)
    assert plain.columns is None
    before = listed(folder)
    expect_equal(open_package(folder, keep=True), plain)
    mapped = open_package(folder)
    assert mapped.columns is not None
    expect_equal(mapped, plain)
    assert listed(folder) == before
    assert listed(tmp_path) == ["town", "town.columns"]


def test_only_its_owner_reads_what_is_kept(town):
    _, path = town
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_packed_package_keeps_its_columns_beside_it(tmp_path, always):
    packed = synthetic.zipped(synthetic.build(tmp_path / "town", answers=20))
    plain = open_package(packed)
    expect_equal(open_package(packed, keep=True), plain)
    expect_equal(open_package(packed), plain)
    assert listed(tmp_path) == ["town", "town.zip", "town.zip.columns"]


def test_what_is_read_in_a_blink_is_not_kept(tmp_path):
    folder = synthetic.build(tmp_path / "town", answers=20)
    assert open_package(folder, keep=True).columns is None
    assert listed(tmp_path) == ["town"]


def test_opening_alone_keeps_nothing(tmp_path, always):
    open_package(synthetic.build(tmp_path / "town", answers=20))
    assert listed(tmp_path) == ["town"]


def test_commands_that_count_keep_columns_and_others_do_not(tmp_path, always):
    folder = synthetic.build(tmp_path / "town", answers=20)
    kept_by = {}
    for command, *further in (
        ("check",),
        ("review",),
        ("figures", "--out", str(tmp_path / "figures.csv")),
    ):
        words = [command, str(folder), *further]
        done = CliRunner().invoke(analysis, words, catch_exceptions=False)
        assert done.exit_code == 0
        kept_by[command] = (tmp_path / "town.columns").is_dir()
    assert kept_by == {"check": False, "review": False, "figures": True}


def test_another_package_of_the_name_replaces_what_was_kept(town, tmp_path):
    folder, path = town
    synthetic.build(folder, answers=25, seed=7)
    changed = open_package(folder)
    assert changed.columns is None
    expect_equal(open_package(folder, keep=True), changed)
    assert listed(path.parent) == [changed.hash]


def test_a_package_changed_after_its_export_is_refused_all_the_same(town):
    folder, _ = town
    answers = folder / "responses.csv"
    answers.write_bytes(answers.read_bytes().replace(b"yes", b"no", 1))
    with pytest.raises(PackageError, match="changed after the export"):
        open_package(folder, keep=True)


def test_a_package_without_its_answers_is_refused_all_the_same(town):
    folder, _ = town
    (folder / "responses.csv").unlink()
    with pytest.raises(PackageError, match="missing"):
        open_package(folder, keep=True)


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def lied(content, old, new):
    """Another header of the same length, with its right hash."""
    import hashlib

    _, length, _ = START.unpack(content[: START.size])
    header = content[START.size : START.size + length].replace(old, new, 1)
    assert len(header) == length
    start = START.pack(content[:8], length, hashlib.sha256(header).digest())
    return start + header + content[START.size + length :]


def exchanged(content):
    """The last two blocks in the other order."""
    return content[: -2 * BLOCK] + content[-BLOCK:] + content[-2 * BLOCK : -BLOCK]


DAMAGES = {
    "empty": lambda content: b"",
    "cut in the mark": lambda content: content[:5],
    "cut in the header": lambda content: content[: START.size + 40],
    "cut by a byte": lambda content: content[:-1],
    "longer by a block": lambda content: content + bytes(BLOCK),
    "another mark": lambda content: b"X" + content[1:],
    "a bit of the header": lambda content: flipped(content, START.size + 60),
    "a bit of the answers": lambda content: flipped(content, len(content) - BLOCK),
    "a bit of what fills up": lambda content: flipped(content, len(content) - 1),
    "an endless header": lambda content: content[:8] + b"\xff" * 8 + content[16:],
    "columns exchanged": exchanged,
    "zeros": lambda content: bytes(len(content)),
    "an older layout": lambda content: lied(content, b'"layout": 1', b'"layout": 0'),
    "fewer rows": lambda content: lied(content, b'"rows": 28', b'"rows": 27'),
    "rows as a text": lambda content: lied(content, b'"rows": 28', b'"rows":"8"'),
    "another type": lambda content: lied(content, b'"int8"', b'"int9"'),
    "a name twice": lambda content: lied(content, b'"q04_f2"', b'"q04_f1"'),
    "no list": lambda content: lied(content, b'"columns": [', b'"columnz": ['),
    "another category": lambda content: lied(content, b'"yes"', b'"yep"'),
    "an unknown column": lambda content: lied(content, b'"q01"', b'"q99"'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(town, damage):
    folder, path = town
    sound = path.read_bytes()
    path.write_bytes(DAMAGES[damage](sound))
    without = open_package(folder)
    assert without.columns is None
    expect_equal(open_package(folder, keep=True), without)
    assert path.read_bytes() == sound


@given(
    rows=st.integers(1, 9000),
    place=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 7),
)
def test_no_changed_bit_changes_an_answer(tmp_path_factory, rows, place, bit):
    folder = tmp_path_factory.mktemp("bits")
    codes = np.arange(rows, dtype=np.int16) % 300
    table = pd.DataFrame(
        {"q": pd.Categorical.from_codes(codes, list(map(str, range(300))))}
    )
    path = folder / PACKAGE
    with path.open("wb") as file:
        write(file, PACKAGE, table, {"copies": 2})
    assert columns.read(path, PACKAGE).codes("q").tolist() == codes.tolist()
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    path.write_bytes(content)
    found = columns.read(path, PACKAGE)
    if found is not None:  # a bit of what fills up the header means nothing
        assert found.codes("q").tolist() == codes.tolist()
        assert found.described["q"].categories == tuple(map(str, range(300)))
        assert found.excluded == {"copies": 2}


def test_the_file_of_another_package_is_no_file(town):
    _, path = town
    path.rename(path.with_name(PACKAGE))
    assert columns.read(path.with_name(PACKAGE), PACKAGE) is None


@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_ordinary_file_is_not_read(town, tmp_path, kind):
    folder, path = town
    if kind == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.unlink()
        os.mkfifo(path) if kind == "pipe" else path.mkdir()
    assert open_package(folder).columns is None
    again = open_package(folder, keep=True)
    assert (again.columns is None) == (kind == "folder")


@pytest.mark.parametrize("kind", ["file", "link"])
def test_where_no_folder_can_be_nothing_is_kept_and_nothing_said(
    tmp_path, always, capsys, kind
):
    folder = synthetic.build(tmp_path / "town", answers=20)
    place = tmp_path / "town.columns"
    (tmp_path / "elsewhere").mkdir()
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "elsewhere")
    package = open_package(folder, keep=True)
    assert package.columns is None
    assert len(package.responses) == 20
    assert listed(tmp_path / "elsewhere") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_where_nobody_can_write_the_answers_stay_in_memory(
    tmp_path, always, monkeypatch, code
):
    def full(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(cache, "write", full)
    package = open_package(synthetic.build(tmp_path / "town", answers=20), keep=True)
    assert package.columns is None
    assert len(package.responses) == 20
    assert listed(tmp_path / "town.columns") == []


def test_what_was_abandoned_is_removed_and_what_is_not_ours_stays(town):
    folder, path = town
    abandoned = path.with_name(f"{path.name}.{'0' * 16}.part")
    busy = path.with_name(f"{path.name}.{'1' * 16}.part")
    foreign = path.with_name("notes.txt")
    for each in (abandoned, busy, foreign):
        each.write_text("x")
    old = time.time() - 2 * cache.ABANDONED_SECONDS
    os.utime(abandoned, (old, old))
    path.unlink()
    open_package(folder, keep=True)
    assert listed(path.parent) == sorted([path.name, busy.name, foreign.name])


def test_the_five_kinds_of_no_answer_keep_codes_of_their_own(town):
    folder, _ = town
    package = open_package(folder)
    found = package.columns.described["q02"].categories
    assert found[-5:] == ("-1", "-2", "-3", "-4", "-5")
    assert package.columns.answers("q02") == len(found) - 5
    texts = package.responses["q02"].astype("str").tolist()
    codes = package.columns.codes("q02")
    assert [found[code] for code in codes] == texts
    assert codes.dtype == np.int8


def test_a_long_list_has_codes_of_two_bytes_and_is_not_counted(tmp_path, always):
    options = tuple(f"d{number}" for number in range(300))
    lines = (*synthetic.LINES, synthetic.Line("place", "district", options))
    folder = synthetic.build(tmp_path / "town", answers=400, lines=lines)
    plain = open_package(folder)
    mapped = open_package(folder, keep=True)
    expect_equal(mapped, plain)
    assert mapped.columns.codes("place").dtype == np.int16
    assert mapped.columns.codes("q02").dtype == np.int8
    with pytest.raises(AnalysisError, match="no item that is counted"):
        mapped.columns.answers("place")


def test_columns_of_every_item_are_counted_as_their_table_is(town):
    package = open_package(town[0])
    for item in package.codebook.items:
        for name in item.columns:
            column = Column(kept(package.columns, name), package.columns.answers(name))
            cells = package.responses[name].astype("str").tolist()
            options = package.columns.described[name].categories[: column.answers]
            counted = crosstabs([column])[0].n[0, 0]
            assert counted.tolist() == [cells.count(option) for option in options]


def test_a_worker_that_does_not_see_the_file_says_so(tmp_path):
    with pytest.raises(AnalysisError, match="Every worker must see"):
        columns.opened(tmp_path / PACKAGE, PACKAGE)
