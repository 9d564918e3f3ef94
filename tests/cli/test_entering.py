"""Typed paper from the office's files to the data package."""

from __future__ import annotations

import csv

import pytest

from tests import instances

COLUMNS = ("sheet", "form_language", "child", "place", "wait", "idea")


@pytest.fixture
def town(shell):
    """A survey for everybody with a link, in German, with k = 10."""

    def town(access="link", name="skip_logic", **opening):
        shell.ok("init")
        for setting in ("UPSTREAM_LOGS", "IMAGE_BACKUPS"):
            shell.environment[f"SURVEY_{setting}"] = "none"
        shell.ok("questionnaire", "import", instances.QUESTIONNAIRES / f"{name}.toml")
        shell.ok("publish", "--languages", "de")
        shell.ok("open", "--design", "open", "--access", access)
        return shell

    return town


@pytest.fixture
def typed(tmp_path):
    """A file of typed sheets; every row is what differs from a plain one."""

    def typed(rows, name="typed.csv", encoding="utf-8-sig"):
        plain = dict(zip(COLUMNS, ("", "de", "no", "", "", ""), strict=True))
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, delimiter=";")
            writer.writeheader()
            writer.writerows(plain | row for row in rows)
        return path

    return typed


def numbered(*numbers, **cells):
    return [{"sheet": str(number), **cells} for number in numbers]


def package(shell, folder):
    shell.ok("export", "--out", folder, "--comments")
    tables = {}
    for name in ("responses", "comments"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            tables[name] = list(csv.DictReader(lines))
    return tables


def test_typed_sheets_are_in_the_package_as_a_channel_of_their_own(
    town, typed, tmp_path
):
    shell = town()
    file = typed(
        [*numbered(*range(11)), *numbered(11, child="yes", place="yes", idea="Bänke")],
        encoding="cp1252",
    )
    assert "12 sheets are in the urn" in shell.ok("enter", "skip_logic", file)
    assert "paper: 0 code slips, 12 sheets typed" in shell.ok("status")
    file = typed(numbered(*range(20, 31)))
    shell.ok("enter", file, "--channel", "assisted")
    shell.ok("close")
    found = package(shell, tmp_path / "package")
    channels = [row["channel"] for row in found["responses"]]
    assert (channels.count("paper"), channels.count("assisted")) == (12, 11)
    places = sorted(row["place"] for row in found["responses"])
    assert places == ["-1"] * 22 + ["yes"]
    assert [row["text"] for row in found["comments"]] == ["Bänke"]
    described = (tmp_path / "package" / "datapackage.json").read_text("utf-8")
    assert '"paper"' in described
    assert '"assisted"' in described


def test_every_wrong_cell_is_named_and_nothing_is_stored(town, typed):
    shell = town()
    file = typed(
        [
            *numbered(*range(10)),
            {"sheet": "10", "child": "maybe"},
            {"sheet": "11", "child": "yes", "place": "2"},
        ]
    )
    said = shell.refused("enter", file)
    assert (
        "typed.csv:12: child: Please choose one of the answers on the page. "
        "Typed is 'maybe'; allowed: yes, no." in said
    )
    assert "typed.csv:13: place: " in said
    assert "sheets typed" not in shell.ok("status")


def test_answers_against_the_directions_are_told_first_and_left_out_on_request(
    town, typed, tmp_path
):
    shell = town()
    file = typed([*numbered(*range(10)), *numbered(10, place="yes", idea="x")])
    said = shell.refused("enter", file)
    assert "typed.csv:12: place: It is not asked after the answers before." in said
    assert "--drop-off-path" in said
    said = shell.ok("enter", file, "--drop-off-path")
    assert "left out: 12: place" in said
    shell.ok("close")
    rows = package(shell, tmp_path / "package")["responses"]
    assert {row["place"] for row in rows} == {"-1"}


def test_the_same_file_again_stores_nothing_twice(town, typed):
    shell = town()
    rows = [{"child": "yes"}, *[{}] * 9]
    shell.ok("enter", typed(rows))
    for encoding in ("utf-8-sig", "utf-16"):
        said = shell.refused("enter", typed(rows, name="again.csv", encoding=encoding))
        assert "These sheets were entered before. Nothing was stored twice." in said
    assert "10 sheets typed" in shell.ok("status")
    shell.ok("enter", typed(list(reversed(rows))))


def test_a_sheet_with_a_number_is_entered_once_in_whatever_file(town, typed):
    shell = town()
    shell.ok("enter", typed(numbered(*range(10))))
    said = shell.refused("enter", typed(numbered(8, 9, *range(10, 20), child="yes")))
    assert "Entered before: the sheets 8, 9." in said
    assert "10 sheets typed" in shell.ok("status")


def test_too_few_sheets_wait_for_others(town, typed):
    shell = town()
    said = shell.refused("enter", typed(numbered(1, 2, 3)))
    assert "3 sheets are too few: at least 10 are entered at once" in said


def test_the_last_few_are_not_told_apart_by_the_way_they_came(town, typed, tmp_path):
    shell = town(access="both")
    shell.ok("enter", typed(numbered(*range(10))))
    said = shell.ok("enter", typed(numbered(10, 11)), "--last")
    assert "these count as code, not as paper" in said
    said = shell.refused("enter", typed(numbered(*range(20, 40))))
    assert "The last stack of paper was entered" in said
    shell.ok("close")
    rows = package(shell, tmp_path / "package")["responses"]
    channels = [row["channel"] for row in rows]
    assert (channels.count("paper"), channels.count("code")) == (10, 2)


def test_two_envelopes_slips_and_sheets_are_counted_apart(town, typed, tmp_path):
    shell = town(access="codes")
    shell.ok("codes", "--count", 12, "--out", tmp_path)
    slips = (tmp_path / "codes.csv").read_text().splitlines()[1:]
    said = shell.refused("enter", typed(numbered(*range(10))))
    assert "more sheets than code slips" in said
    (tmp_path / "slips.txt").write_text("\n".join(one[:16] for one in slips[:11]))
    shell.ok("codes", "--used", tmp_path / "slips.txt")
    shell.ok("enter", typed(numbered(*range(10))))
    said = shell.ok("status")
    assert "paper: 11 code slips, 10 sheets typed" in said
    assert "counts agree: yes" in said


def test_two_people_type_the_same_and_only_equal_sheets_are_entered(town, typed):
    shell = town()
    first = typed([*numbered(*range(9)), *numbered(9, child="yes", idea="Bänke")])
    second = typed(
        [*numbered(9, child="yes", place="no", idea="Bäume"), *numbered(*range(9))],
        name="second.csv",
    )
    said = shell.refused("enter", first, "--compare", second)
    assert (
        "typed.csv:11: place: sheet 9, '' here, 'no' in row 2 of second.csv. "
        "Look at the paper." in said
    )
    assert "idea: sheet 9, 'Bänke' here, 'Bäume'" in said
    assert "sheets typed" not in shell.ok("status")
    third = typed(
        [*numbered(9, child="yes", idea="bänke!"), *numbered(*range(9))],
        name="third.csv",
    )
    shell.ok("enter", first, "--compare", third)


def test_a_file_cannot_be_compared_with_itself(town, typed):
    shell = town()
    file = typed(numbered(*range(10)))
    said = shell.refused("enter", file, "--compare", file)
    assert "the same file" in said


def test_the_template_is_written_once_and_can_be_filled_in(town, tmp_path):
    shell = town()
    path = tmp_path / "template.csv"
    shell.ok("enter", "--template", path)
    content = path.read_bytes()
    assert content.startswith(
        b"\xef\xbb\xbfsheet;form_language;child;place;wait;idea\r\n"
    )
    assert "Haben Sie Kinder?" in content.decode()
    assert "exists already" in shell.refused("enter", "--template", path)
    assert "not in ar" in shell.refused(
        "enter", "--template", tmp_path / "x.csv", "--language", "ar"
    )
    rows = "".join(f"{n};de;no;;;\r\n" for n in range(10))
    path.write_bytes(content + rows.encode())
    shell.ok("enter", path)


def test_paper_is_entered_only_while_the_survey_is_open(town, typed):
    shell = town()
    shell.ok("close")
    assert "is closed" in shell.refused("enter", typed(numbered(*range(10))))


def test_a_file_of_another_kind_is_refused_in_words(town, tmp_path):
    shell = town()
    for content in (b"", b"\x00\x01\x02" * 99, b"<html>", b"PK\x03\x04broken"):
        path = tmp_path / "typed.csv"
        path.write_bytes(content)
        assert "typed.csv" in shell.refused("enter", path)
