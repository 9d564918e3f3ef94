from __future__ import annotations

import csv
import signal
import stat
import subprocess
import sys
import textwrap

import pytest

from survey.letters import LettersError
from survey.letters.print_folder import finish_earlier, write
from survey.storage.errors import StorageError, StoreUnavailable

CODES = ["4539148803436467", "0412249656942005"]
ADDRESS = "https://a.example/s/village"


class Urn:
    """Remembers what was made valid, and how it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.kept: list[tuple[list[str], bool]] = []
        self.error = error

    def __call__(self, made, may_be_kept):
        if self.error:
            raise self.error
        self.kept.append((sorted(made), may_be_kept))


def letters():
    yield "letters.pdf", b"%PDF"


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_files_lie_in_their_place_once_the_codes_are_valid(tmp_path):
    urn = Urn()
    printed = write(tmp_path / "out", "village", CODES, ADDRESS, keep=urn, draw=letters)
    assert names(tmp_path / "out") == ["codes.csv", "letters.pdf"]
    assert [file.name for file in printed.files] == ["letters.pdf", "codes.csv"]
    assert urn.kept == [(sorted(CODES), False)]
    with (tmp_path / "out" / "codes.csv").open(newline="") as lines:
        assert list(csv.reader(lines)) == [
            ["code", "address"],
            *([code, f"{ADDRESS}#{code}"] for code in CODES),
        ]


def test_only_the_owner_may_read_what_is_written(tmp_path):
    for file in write(
        tmp_path, "village", CODES, ADDRESS, keep=Urn(), draw=letters
    ).files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_run_takes_the_next_number_for_all_its_files(tmp_path):
    (tmp_path / "letters.pdf").write_bytes(b"mine")
    write(tmp_path, "village", CODES, ADDRESS, keep=Urn(), draw=letters)
    assert names(tmp_path) == ["codes-2.csv", "letters-2.pdf", "letters.pdf"]
    assert (tmp_path / "letters.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_what_breaks_off_while_drawing_leaves_no_file_and_no_code(tmp_path, error):
    def full():
        yield "letters.pdf", b"%PDF"
        raise error

    urn = Urn()
    with pytest.raises(type(error)):
        write(tmp_path, "village", CODES, ADDRESS, keep=urn, draw=full)
    assert names(tmp_path) == []
    assert urn.kept == []


def test_a_refusal_of_the_urn_leaves_no_file(tmp_path):
    with pytest.raises(StorageError, match="closed"):
        write(
            tmp_path,
            "village",
            CODES,
            ADDRESS,
            keep=Urn(StorageError("village is closed")),
            draw=letters,
        )
    assert names(tmp_path) == []


def test_when_the_outcome_is_unknown_the_next_run_finishes(tmp_path):
    lost = Urn(StoreUnavailable("the database refuses: disk I/O error"))
    with pytest.raises(LettersError, match="Run the same command again"):
        write(tmp_path, "village", CODES, ADDRESS, keep=lost, draw=letters)
    assert names(tmp_path) == [".unfinished-village"]
    urn = Urn()
    printed = finish_earlier(tmp_path, "village", urn)
    assert printed is not None
    assert printed.is_earlier
    assert urn.kept == [(sorted(CODES), True)]
    assert names(tmp_path) == ["codes.csv", "letters.pdf"]
    assert finish_earlier(tmp_path, "village", urn) is None


SCRIPT = """
import os, signal, sys
from pathlib import Path
from survey.letters import print_folder
folder, where = Path(sys.argv[1]), sys.argv[2]
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
valid = folder.parent / "valid"
def draw():
    yield "letters.pdf", b"%PDF"
    if where == "drawing":
        die()
def keep(codes, again):
    if where == "before":
        die()
    valid.write_text("\\n".join(sorted(codes)))
    if where == "after":
        die()
real, moves = Path.rename, []
def rename(self, target):
    real(self, target)
    moves.append(target)
    if where == "moving" and valid.exists():
        die()
Path.rename = rename
codes = ["4539148803436467", "0412249656942005"]
print_folder.write(folder, "village", codes, "https://a.example/s/village",
                   keep=keep, draw=draw)
"""


@pytest.mark.parametrize(
    ("where", "are_valid"),
    [("drawing", False), ("before", False), ("after", True), ("moving", True)],
)
def test_killed_anywhere_no_valid_code_is_without_its_letter(
    tmp_path, where, are_valid
):
    folder = tmp_path / "out"
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(folder), where]
    done = subprocess.run(command, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "valid").exists() is are_valid
    urn = Urn()
    printed = finish_earlier(folder, "village", urn)
    if where == "drawing":
        assert printed is None
        assert names(folder) == []
    else:
        assert urn.kept == [(sorted(CODES), True)]
        assert names(folder) == ["codes.csv", "letters.pdf"]


def test_two_commands_do_not_write_to_one_folder_at_once(tmp_path):
    def meanwhile():
        with pytest.raises(LettersError, match="Another command is writing"):
            finish_earlier(tmp_path, "village", Urn())
        yield "letters.pdf", b"%PDF"

    write(tmp_path, "village", CODES, ADDRESS, keep=Urn(), draw=meanwhile)
    assert names(tmp_path) == ["codes.csv", "letters.pdf"]


def test_the_unfinished_run_of_another_survey_is_left_alone(tmp_path):
    lost = Urn(StoreUnavailable("gone"))
    with pytest.raises(LettersError):
        write(tmp_path, "village", CODES, ADDRESS, keep=lost, draw=letters)
    assert finish_earlier(tmp_path, "town", Urn()) is None
    assert names(tmp_path) == [".unfinished-village"]


def test_a_file_in_the_way_is_not_overwritten(tmp_path):
    def put_in_the_way(made, may_be_kept):
        (tmp_path / "codes.csv").write_text("mine")

    with pytest.raises(LettersError, match=r"codes\.csv is in the way"):
        write(tmp_path, "village", CODES, ADDRESS, keep=put_in_the_way, draw=letters)
    assert (tmp_path / "codes.csv").read_text() == "mine"
    (tmp_path / "codes.csv").unlink()
    assert finish_earlier(tmp_path, "village", Urn())
    assert names(tmp_path) == ["codes.csv", "letters.pdf"]
