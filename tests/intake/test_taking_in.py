"""What other programs export becomes a package that the reader accepts."""

import csv
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from analysis.cli import analysis
from analysis.intake import Survey, take_in
from analysis.package import AnalysisError, PackageError, open_package

LIMESURVEY = (
    '"id";"submitdate";"startlanguage";"Q1";"Q2[SQ001]";"Q2[SQ002]";"Q2[other]";'
    """\
"Q3[1]";"Q3[2]";"age";"Q4[A]. How?"
"1";"2026-01-02 10:00";"de";"A1";"Y";"";"";"b";"a";"2";"5"
"2";"2026-01-02 11:00";"de";"A2";"";"Y";"Grüße an alle";"a";"";"1";"1"
"3";"";"ar";"-oth-";"";"";"";"";"";"";""
"4";"2026-01-03 12:00";"ar";"N/A";"N/A";"N/A";"";"";"";"98";"99"
"""
)
LIMESURVEY_ITEMS = """\
item,kind,column,options,scale,role,sensitive
q1,single,Q1,A1=yes A2=no -oth-=other,,,
q2,multiple,Q2,SQ001=bus SQ002=bike,,,
q3,rank,Q3,a b,,,
bus,single,Q4[A],5=very_good 1=bad,liking,,
age,single,,1=young 2=old,,demographic,
"""
KOBO = """\
start,transport,transport/bus,transport/bike,first,why,colours,_uuid
2026-01-01T10:00:00,bus bike,1,1,bus bike,because,red blue,aa
2026-01-01T10:00:00,bus,1,0,bike,,red,bb
2026-01-01T10:00:00,,,,,,,cc
"""
KOBO_ITEMS = """\
item,kind,options
transport,multiple,bus bike
first,rank,bus bike
why,text,
colours,multiple,
"""
OFFICE = """\
content;F1;F2;Alter
a;1;88;3
a;98;2;1
a;99;1;99
a;2;;2
"""
OFFICE_ITEMS = """\
item,kind,column,options,no_answer,role
f1,single,F1,1=yes 2=no,,
f2,single,F2,,99=-2,
age,single,Alter,1=young 2=middle 3=old,,demographic
"""


@pytest.fixture
def take(tmp_path):
    """Write the tables, take them in, and return what was said."""

    def take(table, items, labels="", *, encoding="utf-8", name="survey.csv", **about):
        (tmp_path / name).write_bytes(table.encode(encoding))
        (tmp_path / "items.csv").write_text(items, encoding="utf-8")
        said = None
        if labels:
            said = tmp_path / "labels.csv"
            said.write_text(labels, encoding="utf-8")
        out = tmp_path / about.pop("out", "package")
        parts = tmp_path / name, tmp_path / "items.csv", said, out
        return list(take_in(*parts, Survey(**about)))

    return take


def column(tmp_path, name, out="package"):
    return sorted(open_package(tmp_path / out).responses[name].astype("str"))


def rows(tmp_path, *names):
    table = open_package(tmp_path / "package").responses[list(names)].astype("str")
    return sorted(table.itertuples(index=False, name=None))


def refused(take, *tables, **how):
    with pytest.raises(PackageError) as caught:
        take(*tables, **how)
    return [str(problem) for problem in caught.value.problems]


def test_limesurvey_becomes_codes(take, tmp_path):
    take(LIMESURVEY, LIMESURVEY_ITEMS)
    # Row 3 was never sent: what is empty at its end was not reached.
    assert column(tmp_path, "q1") == ["-1", "no", "other", "yes"]
    assert rows(tmp_path, "q2__bus", "q2__bike") == [
        ("-1", "-1"),
        ("-5", "-5"),
        ("0", "1"),
        ("1", "0"),
    ]
    assert rows(tmp_path, "q3__a", "q3__b") == [
        ("-2", "-2"),
        ("-5", "-5"),
        ("1", ""),
        ("2", "1"),
    ]
    assert column(tmp_path, "age") == ["-3", "-5", "old", "young"]
    assert column(tmp_path, "bus") == ["-4", "-5", "bad", "very_good"]


def test_own_words_are_left_out_and_named(take, tmp_path):
    said = "\n".join(take(LIMESURVEY, LIMESURVEY_ITEMS))
    assert "own words beside the answers of q2 (Q2[other])" in said
    assert "id, submitdate, startlanguage" in said
    for path in (tmp_path / "package").iterdir():
        assert "Grüße" not in path.read_text(encoding="utf-8")
        assert "2026-01-0" not in path.read_text("utf-8").replace("T00:00:00Z", "")


def test_kobo_boxes_lists_and_orders_become_codes(take, tmp_path):
    said = "\n".join(take(KOBO, KOBO_ITEMS))
    assert rows(tmp_path, "transport__bus", "transport__bike") == [
        ("-2", "-2"),
        ("1", "0"),
        ("1", "1"),
    ]
    assert rows(tmp_path, "first__bus", "first__bike") == [
        ("", "1"),
        ("-2", "-2"),
        ("1", "2"),
    ]
    assert rows(tmp_path, "colours__blue", "colours__red") == [
        ("-2", "-2"),
        ("0", "1"),
        ("1", "1"),
    ]
    assert "why holds own words" in said
    assert "_uuid" in said


def test_codes_of_statistical_offices_are_kinds_of_no_answer(take, tmp_path):
    said = "\n".join(take(OFFICE, OFFICE_ITEMS))
    assert column(tmp_path, "f1") == ["-3", "-4", "no", "yes"]
    assert column(tmp_path, "f2") == ["-1", "-2", "1", "2"]
    assert column(tmp_path, "age") == ["-4", "middle", "old", "young"]
    assert "88 = skipped by routing" in said
    assert "98 = don't know" in said


def test_a_code_that_is_an_option_is_an_answer(take, tmp_path):
    take("q\n99\n1\n", "item,kind,options\nq,single,1=low 99=high\n")
    assert column(tmp_path, "q") == ["high", "low"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_encoding_and_separator_is_read(take, tmp_path, encoding, separator):
    table = f"q{separator}word\nJa, gewiß{separator}Öl\nNein{separator}ß\n"
    if separator == ",":
        table = table.replace("Ja, gewiß", '"Ja, gewiß"')
    labels = 'item,category,text,language\nq,yes,"Ja, gewiß",de\nq,no,Nein,de\n'
    items = "item,kind,options\nq,single,yes no\n"
    said = take(table, items, labels, encoding=encoding)
    assert column(tmp_path, "q") == ["no", "yes"]
    assert any("Windows-1252" in line for line in said) == (encoding == "cp1252")


def test_labels_name_languages_and_wordings(take, tmp_path):
    labels = (
        "item,category,kind,language,text\n"
        "q1,,label,de,Fahren Sie?\nq1,,label,ar,هل تسافر؟\nq1,A1,label,de,Ja\n"
        ",,label,de,Umfrage\n"
    )
    take(LIMESURVEY, LIMESURVEY_ITEMS, labels)
    book = open_package(tmp_path / "package").codebook
    assert book.languages == ("de", "ar")
    assert book.labels("q1", "", "label", "ar") == "هل تسافر؟"
    assert book.labels("q1", "yes", "label", "de") == "Ja"
    assert book.labels("q1", "no", "label", "de") == "no"
    spoken = open_package(tmp_path / "package").responses["form_language"]
    assert sorted(spoken.astype("str")) == ["ar", "ar", "de", "de"]


def test_rows_stand_in_an_order_that_tells_nothing(take, tmp_path):
    take(LIMESURVEY, LIMESURVEY_ITEMS)
    text = (tmp_path / "package" / "responses.csv").read_text(encoding="utf-8")
    lines = list(csv.reader(io.StringIO(text)))[1:]
    assert lines == sorted(lines)


def test_groups_are_what_describes_people_or_what_items_csv_says(take, tmp_path):
    take(OFFICE, OFFICE_ITEMS)
    policy = json.loads((tmp_path / "package" / "policy.json").read_text("utf-8"))
    assert policy["groups"] == ["age"]
    items = "item,kind,column,group\nf1,single,F1,true\nage,single,Alter,\n"
    take(OFFICE, items, out="other")
    policy = json.loads((tmp_path / "other" / "policy.json").read_text("utf-8"))
    assert policy["groups"] == ["f1"]


THREE = """\
item,kind,options,role,three_way,sensitive
q,single,1=yes 2=no,,,
age,single,1=young 2=old,demographic,true,
sex,single,1=f 2=m,demographic,true,
part,single,1=north 2=south,demographic,true,
"""
OF_THREE = "q,age,sex,part\n1,1,2,1\n2,2,1,2\n"


def test_three_groups_by_which_people_are_counted_may_be_named(take, tmp_path):
    take(OF_THREE, THREE)
    policy = json.loads((tmp_path / "package" / "policy.json").read_text("utf-8"))
    assert policy["three_way"] == ["age", "sex", "part"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (
            "part,single,1=north 2=south,demographic,true",
            "part,single,1=north 2=south,demographic,",
            "here are 2",
        ),
        (
            "part,single,1=north 2=south,demographic,true,",
            "part,single,1=north 2=south,demographic,true,true",
            "part is no group",
        ),
        ("q,single,1=yes 2=no,,,", "q,single,1=yes 2=no,,true,", "q is no group"),
    ],
)
def test_anything_but_three_groups_is_told(take, before, after, reason):
    with pytest.raises(PackageError, match=reason):
        take(OF_THREE, THREE.replace(before, after))


def test_numbers_and_days_are_kept_as_the_package_writes_them(take, tmp_path):
    take(
        "n;d\n3,5;2026-05-14T10:00:00\n98;2026\n",
        "item,kind\nn,number\nd,date\n",
    )
    text = (tmp_path / "package" / "responses.csv").read_text(encoding="utf-8")
    found = [line.split(",")[:2] for line in text.splitlines()]
    assert found == [["n", "d"], ["3.5", "2026-05-14"], ["98", "2026"]]


def test_points_are_whole_numbers_up_to_a_hundred(take, tmp_path):
    items = "item,kind,options\np,points,a b\n"
    take("p__a,p__b\n60,40\n,\n100,\n", items)
    assert rows(tmp_path, "p__a", "p__b") == [
        ("-2", "-2"),
        ("100", "0"),
        ("60", "40"),
    ]
    assert "'p' has no answer '101 0'" in refused(take, "p__a,p__b\n101,0\n", items)[0]


def test_a_design_of_the_past_can_be_named(take, tmp_path):
    take(OFFICE, OFFICE_ITEMS, design="random", population=5000, invited=900)
    package = open_package(tmp_path / "package")
    assert package.design.population == 5000
    invited = package.participation.query("stage == 'invited'")["count"]
    assert invited.tolist() == [900]


def test_every_problem_is_told_at_once_with_its_place(take, tmp_path):
    items = (
        "item,kind,column,options,role\n"
        "Q 1,single,Q1,,\nq2,choice,,,\nq3,rank,Q9,a b,\nq1,single,Q1,A1=yes,guest\n"
    )
    said = refused(take, LIMESURVEY, items)
    assert said[0].startswith("items.csv, row 2, column item: A name has small letters")
    assert said[1].startswith("items.csv, row 3, column kind: It must be one of")
    assert said[2].startswith("items.csv, row 5, column role: It must be one of")
    assert said[3].startswith("survey.csv, row 1: No column 'Q9' was found for 'q3'.")
    assert not (tmp_path / "package").exists()


def test_an_unknown_answer_is_told_with_its_first_row_and_how_many_follow(take):
    table = "q\n1\n7\n1\n7\n7\n"
    said = refused(take, table, "item,kind,options\nq,single,1 2\n")
    assert said == [
        "survey.csv, row 3, column q: 'q' has no answer '7' (2 further rows). Add it "
        "to `options` or to `no_answer` in items.csv, or correct the cell."
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "It is empty."),
        ("q\n", "It has no rows."),
        ("q,q\n1,1\n", "This column stands twice."),
        ("q,r\n1\n", "This line has 1 cells instead of 2."),
        ('q\n"1\n', "It cannot be read as CSV"),
        ("q\0\n1\n", "It is no text file."),
        ("q," * 20_001 + "\n", "It has too many columns."),
    ],
)
def test_a_table_that_is_none_is_refused_with_the_reason(take, tmp_path, table, reason):
    said = refused(take, table, "item,kind\nq,single\n")
    assert reason in said[0]
    assert not (tmp_path / "package").exists()


def test_too_many_different_answers_are_no_question_to_count(take):
    table = "q\n" + "\n".join(str(n) for n in range(60, 110))
    said = refused(take, table, "item,kind\nq,single\n")
    assert "more than 40" in said[0]


def test_a_table_that_is_too_large_is_refused_unread(take, monkeypatch):
    monkeypatch.setattr("analysis.intake.reading.LARGEST", 10)
    said = refused(take, OFFICE, OFFICE_ITEMS)
    assert "It is larger than" in said[0]


def test_something_else_in_the_place_of_the_package_is_kept(take, tmp_path):
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(AnalysisError, match="is no package"):
        take(OFFICE, OFFICE_ITEMS)
    assert [path.name for path in (tmp_path / "package").iterdir()] == ["letter.txt"]


def test_an_older_package_is_replaced_and_a_zip_can_be_written(take, tmp_path):
    take(OFFICE, OFFICE_ITEMS)
    take(OFFICE, OFFICE_ITEMS)
    take(OFFICE, OFFICE_ITEMS, out="package.zip")
    assert zipfile.is_zipfile(tmp_path / "package.zip")
    assert column(tmp_path, "f1", "package.zip") == ["-3", "-4", "no", "yes"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("sign", ["=", "+", "@"])
def test_formulas_in_a_table_become_no_codes(take, sign):
    table = f'q\n"{sign}HYPERLINK(1)"\nyes\n'
    said = refused(take, table, "item,kind,options\nq,single,yes no\n")
    assert "has no answer" in said[0]


def test_the_result_passes_check_and_can_be_drawn(take, tmp_path):
    rows = "".join(f"{n % 3 + 1};{n % 2 + 1};{n % 3 + 1}\n" for n in range(60))
    labels = "item,language,text\nf1,de,Frage eins\nf2,de,Frage zwei\nage,de,Alter\n"
    take("F1;F2;Alter\n" + rows, OFFICE_ITEMS.replace("2=no", "2=no 3=x"), labels)
    runner = CliRunner()
    package = str(tmp_path / "package")
    done = runner.invoke(analysis, ["check", package])
    assert "3 items, 60 responses" in done.output
    out = str(tmp_path / "report")
    done = runner.invoke(analysis, ["report", package, "--out", out])
    assert done.exit_code == 0, done.output


def test_the_command_says_what_it_did_and_what_it_left_out(tmp_path):
    (tmp_path / "old.csv").write_text(OFFICE, encoding="cp1252")
    (tmp_path / "items.csv").write_text(OFFICE_ITEMS, encoding="utf-8")
    arguments = ["package", "old.csv", "--items", "items.csv", "--out", "package"]
    given = [str(tmp_path / part) if "." in part else part for part in arguments]
    given[-1] = str(tmp_path / "package")
    done = CliRunner().invoke(analysis, given)
    assert done.exit_code == 0, done.output
    assert "3 items, 4 responses" in done.output
    assert "not taken: content" in done.output
