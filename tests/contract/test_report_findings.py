"""What was put into a made-up town is found in its report, and nothing else is."""

from __future__ import annotations

import pytest

from analysis.disclosure import publish
from analysis.language import registry
from analysis.package import open_package
from analysis.report import compose
from survey.cli.opinions import KNOWN
from tests.contract.towns import LANGUAGES, Town

PEOPLE = 600
# Most of those who answered in another language immigrated themselves, so what is
# true of the ones is true of the others.
FOLLOWS = {("form_language", "q04_f3")}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    place = tmp_path_factory.mktemp("town")
    town = Town(
        place / "instance",
        design="random",
        access="codes",
        population=46_000,
        invited=800,
    )
    town.answer(PEOPLE, channel="code")
    return open_package(town.export(place / "package.zip"))


@pytest.fixture(scope="module")
def publication(package):
    return publish(package, seed=1)


@pytest.fixture(scope="module")
def contents(package, publication):
    from analysis.cli import _about

    return compose(publication, _about(package), registry().choose(LANGUAGES))


def claimed(publication):
    return {
        (found.group_variable, found.item, found.group): found.effect
        for table in publication.tables
        for found in table.secured
    }


def test_every_known_difference_is_secured_in_its_direction(publication):
    found = claimed(publication)
    for tilt in KNOWN:
        assert found[tilt.variable, tilt.item, tilt.code] < -0.147


def test_no_other_difference_is_claimed(publication):
    true = {(tilt.variable, tilt.item) for tilt in KNOWN} | FOLLOWS
    assert {(variable, item) for variable, item, _ in claimed(publication)} <= true


def test_between_women_and_men_nothing_is_claimed(publication):
    tables = [t for t in publication.tables if t.group_variable == "d2"]
    assert len(tables) > 10
    assert not [table.table for table in tables if table.secured]


@pytest.mark.parametrize("code", LANGUAGES)
def test_known_differences_stand_in_headlines_and_in_the_summary(
    package, contents, code
):
    language = registry().get(code)
    summary = "\n".join(contents.texts(language)["summary"])
    for tilt in KNOWN:
        item = package.codebook.item(tilt.item)
        field = package.codebook.labels("", item.field, "label", code)
        group = package.codebook.labels(tilt.variable, tilt.code, "label", code)
        said = contents.chart(f"q04-by-{tilt.variable}", language).words.headline
        assert field in said
        assert group in said
        assert said in summary


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_other_comparison_says_that_none_is_secured(publication, contents, code):
    language = registry().get(code)
    by_sex = contents.chart("q04-by-d2", language).words.headline
    for table in publication.tables:
        has_groups = table.group_variable and table.figures["share"].notna().any()
        if has_groups and not table.secured and table.base and table.base >= 100:
            said = contents.chart(table.table, language).words.headline
            assert said == by_sex, table.table


def test_what_the_town_put_first_leads_the_matrix(contents):
    english = registry().get("en")
    said = contents.chart("priority-matrix", english).words.headline
    assert said == (
        "More important and less satisfying than the mean of the fields: "
        "Housing and neighbourhood; Mobility and public places"
    )


def test_a_reversed_question_is_told_by_its_favourable_answers(package, contents):
    assert package.codebook.item("q19").reversed
    chart = contents.chart("q19", registry().get("en"))
    rows = dict(chart.display.rows)
    counts = package.responses["q19"].astype("str").value_counts()
    favourable = counts["rarely"] + counts["never"]
    base = favourable + counts["often"] + counts["sometimes"]
    share = f"{round(100 * round(favourable / 5) / round(base / 5))}%"
    assert chart.words.headline == f"{share} answered “Rarely” or “Never”"
    assert rows["Share that answered “Rarely” or “Never”"][0] == share


def test_figures_of_scales_stand_as_people_saw_the_answers(package, publication):
    for table in publication.tables:
        if table.kind != "agreement":
            continue
        for name in table.items:
            rows = table.figures.query("statistic == 'share' and item == @name")
            assert tuple(rows["category"]) == package.codebook.options(name)
