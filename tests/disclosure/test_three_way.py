"""People by three groups at once: who may be in the table, and what it tells nobody.

Expected cells are rounded by hand; the attacker is the linear programme of attacker.py.
"""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import Item
from analysis.disclosure import Policy, publish
from analysis.disclosure.answered import answered
from analysis.disclosure.audit import audit
from analysis.disclosure.catalogue import catalogue
from analysis.disclosure.publication import survey_of, tables_of
from analysis.disclosure.rows import analysis_file
from analysis.disclosure.three_way import three_way
from analysis.disclosure.workbench import Workbench
from analysis.package import AnalysisError
from tests.disclosure.attacker import Attacker
from tests.disclosure.surveys import ITEMS, SCALE, package

PARTS = tuple(f"p{number}" for number in range(1, 7))
AGES = ("u30", "u50", "u70", "o70")
SEXES = ("f", "m")
NAIVE = 11
ASKED = (
    ITEMS[0],
    Item("part", "district", role="demographic", options=PARTS),
    Item("age", "single", role="demographic", options=AGES),
    Item("sex", "single", role="demographic", options=SEXES),
)
NAMED = {
    "k": 10,
    "group_base": 10,
    "groups": ["part", "age", "sex"],
    "three_way": ["sex", "part", "age"],
}
TABLE = "people-by-part-age-sex"
# Two districts, two ages, two sexes: 2,000 people in all.
COUNTED = {
    ("p1", "u30", "f"): 604,
    ("p1", "u30", "m"): 403,
    ("p1", "o70", "f"): 12,
    ("p1", "o70", "m"): 9,
    ("p2", "u30", "f"): 502,
    ("p2", "u30", "m"): 441,
    ("p2", "o70", "f"): 22,
    ("p2", "o70", "m"): 7,
}
ROUNDED = {
    "p1*u30*f": 605,
    "p1*u30*m": 405,
    "p1*o70*f": 10,
    "p2*u30*f": 500,
    "p2*u30*m": 440,
    "p2*o70*f": 20,
}


def of(counted):
    rows = [groups for groups, n in counted.items() for _ in range(n)]
    people = pd.DataFrame(rows, columns=["part", "age", "sex"])
    likings = np.random.default_rng(1).choice(SCALE, len(people))
    return people.assign(
        liking=likings, form_language="de", channel="link", duration_band=""
    )


def drawn(people, seed):
    rng = np.random.default_rng(seed)
    columns = {
        "part": rng.choice(PARTS, people, p=[0.4, 0.25, 0.15, 0.1, 0.07, 0.03]),
        "age": rng.choice(AGES, people, p=[0.3, 0.42, 0.21, 0.07]),
        "sex": rng.choice(SEXES, people),
        "liking": rng.choice(SCALE, people),
    }
    return pd.DataFrame(columns).assign(
        form_language="de", channel="link", duration_band=""
    )


def published(responses, policy=NAMED):
    survey = package(responses, items=ASKED, policy=policy)
    return publish(survey, seed=1, resamples=10)


def shown(publication):
    figures = publication.table(TABLE).figures.dropna(subset=["n"])
    return dict(zip(figures["group"], figures["n"], strict=True))


def test_every_cell_is_a_group_of_its_own_and_rounded_alone():
    publication = published(of(COUNTED))
    table = publication.table(TABLE)
    assert shown(publication) == ROUNDED
    figures = table.figures.set_index("group")
    assert figures["sign"][["p1*o70*m", "p2*o70*m"]].tolist() == ["protected"] * 2
    assert set(figures["statistic"]) == {"people"}
    assert figures["share"].isna().all()
    assert (table.base, table.kind, table.items) == (2000, "people", ())


@pytest.mark.parametrize(
    ("less", "is_there"), [(2, True), (3, False)], ids=["1998", "1997"]
)
def test_there_is_no_table_below_two_thousand_published_answers(less, is_there):
    first = ("p1", "u30", "f")
    publication = published(of({**COUNTED, first: COUNTED[first] - less}))
    assert (TABLE in {table.table for table in publication.tables}) is is_there


def test_there_is_no_table_that_was_not_named_before_opening():
    publication = published(of(COUNTED), {**NAMED, "three_way": []})
    assert "people" not in {table.kind for table in publication.tables}


def test_everything_else_is_published_as_without_it():
    responses = drawn(2400, 3)
    figures = published(responses).figures()
    without = published(responses, {**NAMED, "three_way": []}).figures()
    others = figures[figures["table"] != TABLE].reset_index(drop=True)
    assert others.equals(without)


@pytest.mark.parametrize(
    "three",
    [["part", "age"], ["part", "age", "age"], ["part", "age", "liking"], "part", 3],
)
def test_a_policy_names_three_groups_or_none(three):
    survey = package(of(COUNTED), items=ASKED, policy={**NAMED, "three_way": three})
    with pytest.raises(AnalysisError, match="three different group variables"):
        Policy.of(survey)


def test_a_sensitive_group_is_in_no_table_of_three():
    stated = {**NAMED, "sensitive": ["age"]}
    survey = package(of(COUNTED), items=ASKED, policy=stated)
    with pytest.raises(AnalysisError, match="not sensitive"):
        Policy.of(survey)


def test_the_table_is_in_the_catalogue_after_who_took_part():
    survey = package(of(COUNTED), items=ASKED, policy=NAMED)
    names = [chart.table for chart in catalogue(survey.codebook, Policy.of(survey))]
    assert names[:2] == ["participation", TABLE]


def test_groups_are_merged_as_in_every_other_table():
    few = {groups: n for groups, n in COUNTED.items() if groups[0] == "p1"}
    few |= {("p2", "u30", "f"): 1000, ("p3", "u30", "f"): 6, ("p4", "u30", "m"): 7}
    publication = published(of(few))
    assert publication.merges["part"]["p3"] == "other"
    assert "p3" not in "".join(publication.table(TABLE).figures["group"])


def true_cells(responses):
    sizes = responses.groupby(["part", "age", "sex"]).size()
    return {
        ("", "part*age*sex", "*".join(groups), "people"): int(n)
        for groups, n in sizes.items()
    }


def attack(responses, publication, **knowing):
    book = package(responses, items=ASKED, policy=NAMED).codebook
    attacker = Attacker(book, all_have_groups=True, **knowing)
    return attacker.read(publication)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_reader_of_everything_pins_no_cell_of_a_few_people(seed):
    responses = drawn(2400, seed)
    publication = published(responses)
    cells = true_cells(responses)
    small = [name for name, n in cells.items() if n < 10]
    assert small
    assert len(shown(publication)) == len(cells) - len(small)
    attacker = attack(responses, publication)
    assert attacker.pinned(cells) == []
    limits = attacker.ranges(small)
    assert all(high - low >= 1 for low, high in limits.values())


FEW = COUNTED | {("p2", "o70", "m"): 4, ("p1", "u30", "f"): 607}


@pytest.mark.parametrize(
    "responses", [of(FEW), drawn(2400, NAIVE)], ids=["few", "drawn"]
)
def test_the_same_table_without_rounding_would_tell_cells(responses):
    publication = published(responses)
    cells = true_cells(responses)
    attacker = attack(responses, publication)
    assert attacker.pinned(cells) == []
    for name, n in cells.items():
        if n >= 10:
            attacker.learn(attacker.names[name], n, n)
    for variable in ("part", "age", "sex"):
        for group, n in responses[variable].value_counts().items():
            attacker.learn(attacker.unknown(variable, "", "", "share", group), n, n)
    assert attacker.pinned(cells)


def test_a_table_whose_figures_would_tell_a_cell_is_held_back_whole():
    survey = package(of(COUNTED), items=ASKED, policy=NAMED)
    data = answered(survey, Policy.of(survey))
    people = three_way(data)

    class Knowing:
        """The same cells, for a reader who was told one of them."""

        counted = people.counted

        @staticmethod
        def bind(system):
            people.bind(system)
            hidden = next(row for row in people.rows if row.base == 7)
            system.bind({system.place(hidden.key, ("base", "")): 1}, low=7, high=7)

    tables = tables_of(data, survey_of(data), seed=1, resamples=1)
    rows = {row.key: row for table in tables for row in table.rows}.values()
    assert audit(rows, data.population, data.policy, people=people) == frozenset()
    held = audit(rows, data.population, data.policy, people=Knowing())
    assert held == {row.key for row in people.rows if row.base >= 10}


def test_the_workbench_shows_nothing_more_beside_the_table():
    responses = of(COUNTED)
    without = {**NAMED, "three_way": []}
    for pair in (["part", "age"], ["part", "sex"], ["age", "sex"]):
        beside, alone = (
            Workbench(package(responses, items=ASKED, policy=policy))
            .table("liking", pair)
            .figures.dropna(subset=["n"])
            for policy in (NAMED, without)
        )
        is_same = beside["n"].tolist() == alone["n"].tolist()
        assert is_same or beside.empty


def test_the_reader_of_the_workbench_knows_the_cells():
    bench = Workbench(package(of(COUNTED), items=ASKED, policy=NAMED))
    system = bench._system(bench._said)
    places = {key.group: at for (key, _), at in system.unknowns.items()}
    told = {
        next(iter(terms)): (low, high)
        for terms, low, high in zip(system.rows, system.low, system.high, strict=True)
        if len(terms) == 1
    }
    assert told[places["p1*u30*f"]] == (603, 607)
    assert told[places["p1*o70*f"]] == (10, 12)
    assert told[places["p2*o70*m"]][1] == 9
    crossed = places["p2*o70*m"]
    assert sum(crossed in terms for terms in system.rows) == 4


def test_the_file_of_rows_is_made_with_the_table_in_the_readers_hand():
    responses = drawn(2400, 3)
    survey = package(responses, items=ASKED, policy=NAMED)
    file = analysis_file(survey, np.random.default_rng(1))
    assert len(file.table) == 2400
