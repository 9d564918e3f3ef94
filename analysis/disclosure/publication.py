"""Publishes a survey: the fixed catalogue, merged and rounded once for all tables.

Must not know how a figure is drawn or told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from analysis.codebook import Item, field_items
from analysis.disclosure.answered import Answered, answered
from analysis.disclosure.audit import audit
from analysis.disclosure.catalogue import PARTICIPATION, PEOPLE, Chart, catalogue
from analysis.disclosure.counting import Counter, count_system, pairs
from analysis.disclosure.counts import Key, Row, Survey
from analysis.disclosure.figures import Frame
from analysis.disclosure.gate import draw_up, nothing
from analysis.disclosure.merges import OTHER
from analysis.disclosure.policy import SYSTEM_VARIABLES, Policy
from analysis.disclosure.protected import Publication
from analysis.disclosure.quartiles import Quartiles, quartiles
from analysis.disclosure.released import Released, release
from analysis.disclosure.reviewed import rows_before
from analysis.disclosure.secured import secured
from analysis.disclosure.stages import Stages
from analysis.disclosure.steps import told_items
from analysis.disclosure.system import BOTH
from analysis.disclosure.table import Counts, Table
from analysis.disclosure.three_way import three_way
from analysis.disclosure.weighted import weighted
from analysis.disclosure.weighting import weighting
from analysis.package import Package


def publish(
    package: Package,
    *,
    seed: int,
    resamples: int = 2000,
    earlier: Sequence[pd.DataFrame] = (),
) -> Publication:
    """Publish everything the catalogue of a survey holds.

    Parameters
    ----------
    package : Package
        An opened data package; merges that were frozen in it are obeyed.
    seed, resamples : int
        Of the simulation of gaps and places in the priority matrix.
    earlier : sequence of DataFrame
        Figures that were shown while people answered. An item whose answers since
        then would be told by the difference is held back.

    Returns
    -------
    Publication
        All tables, and the merges that bind later publications. Fewer answers than
        the minimum of a survey: one table without figures, which says so.
    """
    policy = Policy.of(package)
    data = answered(package, policy)
    survey = survey_of(data)
    if data.population.people < policy.thresholds.survey_base:
        table = Table(PARTICIPATION, PARTICIPATION, (), survey, data.population)
        return Publication((nothing(table),), dict(package.merges))
    tables = tuple(tables_of(data, survey, seed=seed, resamples=resamples))
    said = said_of(tables, data, told_by_steps(tables, data, earlier))
    differences = [
        found
        for variable in data.variables
        for found in secured(
            [row for row in said.values() if row.key.variable == variable],
            policy.thresholds,
        )
    ]
    rows = {row.key: row for table in tables for row in table.rows}
    beside = weighted(said, rows, data, weighting(data), Frame(survey, policy))
    protected = [
        draw_up(
            table,
            said,
            [found for found in differences if found.group_variable == table.variable]
            if table.variable
            else (),
            policy,
            None if table.variable else beside,
        )
        for table in tables
    ]
    return Publication(tuple(protected), data.merges, beside.correction)


def said_of(
    tables: tuple[Table, ...], data: Answered, items: Collection[str] = ()
) -> dict[Key, Released]:
    """Round every row of a survey once, holding back what together is too much.

    Nothing is said of the ``items``.
    """
    rows = {row.key: row for table in tables for row in table.rows}
    policy = data.policy
    undivided = {
        Key(variable)
        for variable, groups in data.groups.items()
        if groups.names == (OTHER,)
    }
    undivided |= {key for key in rows if key.item in items}
    people = three_way(data)
    if people and people.rows[0].key not in rows:
        people = None
    withheld = undivided | audit(
        rows.values(), data.population, policy, withheld=undivided, people=people
    )
    return {
        key: release(row, policy, is_withheld=key in withheld)
        for key, row in rows.items()
    }


def told_by_steps(
    tables: Sequence[Table], data: Answered, earlier: Sequence[pd.DataFrame]
) -> frozenset[str]:
    """Return items of which earlier figures and those of now would tell too much."""
    if not earlier:
        return frozenset()
    said = [
        release(row, data.policy)
        for table in tables
        for row in table.rows
        if not row.key.variable
    ]
    return told_items(said, earlier, data.policy)


def survey_of(data: Answered) -> Survey:
    """Return what all tables of a survey have in common."""
    descriptor = data.package.descriptor
    policy = data.policy
    strata: dict[str, dict[str, int]] = {}
    for variable, merged in data.merges.items():
        for shown in dict.fromkeys(merged.values()):
            codes = tuple(code for code, name in merged.items() if name == shown)
            size = policy.population_of(variable, codes)
            if size:
                strata.setdefault(variable, {})[shown] = size
    return Survey(
        name=str(descriptor.get("survey", "")),
        wave=str(descriptor.get("wave", "")),
        design=data.design,
        package_hash=data.package.hash,
        strata=strata,
    )


def tables_of(
    data: Answered, survey: Survey, *, seed: int, resamples: int
) -> Iterator[Table]:
    """Count every table of the catalogue; each row is counted once."""
    counter, counted = Counter(data), dict[Key, Row]()
    for chart in catalogue(data.package.codebook, data.policy):
        rows = tuple(_rows(chart, data, counter, counted))
        if chart.variable and not rows:
            continue
        yield Table(
            name=chart.table,
            kind=chart.kind,
            rows=rows,
            survey=survey,
            population=data.population,
            variable=chart.variable,
            pairs=_pairs(chart, data),
            fields=_fields(chart, data),
            points=_points(chart, data),
            stages=Stages(data) if chart.table == PARTICIPATION else None,
            before=_before(chart, data),
            seed=seed,
            resamples=resamples,
            notes=_notes(chart, data),
        )


def _rows(
    chart: Chart, data: Answered, counter: Counter, counted: dict[Key, Row]
) -> Iterator[Row]:
    if chart.kind == PEOPLE:
        people = three_way(data)
        yield from people.rows if people else ()
        return
    if chart.variable and chart.variable not in data.variables:
        return
    if chart.kind == PARTICIPATION:
        yield from (count_system(name, data) for name in _system(data))
    for item in chart.items:
        key = Key(item.name)
        if not chart.variable and key in counted:
            yield counted[key]
            continue
        for row in counter.count(item, chart.variable):
            counted[row.key] = row
            yield row


def _system(data: Answered) -> list[str]:
    return [name for name in SYSTEM_VARIABLES if name in data.groups]


def _before(chart: Chart, data: Answered) -> tuple[Row, ...]:
    """What every published question said before the data review, for who took part."""
    if chart.table != PARTICIPATION:
        return ()
    charts = catalogue(data.package.codebook, data.policy)
    single = [each for each in charts if each.kind in ("agreement", "dots")]
    return rows_before(data, [item for each in single for item in each.items])


def _pairs(chart: Chart, data: Answered) -> dict[str, Counts]:
    if chart.kind != "ranks":
        return {}
    return {item.name: pairs(item, data.everybody) for item in chart.items}


def _points(chart: Chart, data: Answered) -> dict[str, Quartiles]:
    spent = [item.name for item in chart.items if item.kind == "points"]
    return {name: quartiles(data.everybody, name) for name in spent}


def _fields(chart: Chart, data: Answered) -> dict[str, str]:
    if chart.kind != "matrix":
        return {}
    pick = chart.items[0]
    rated = field_items(data.package.codebook)
    return {code: item.name for code, item in rated.items() if code in pick.options}


def _is_reversed(item: Item) -> bool:
    return item.reversed and item.is_ordinal


def _notes(chart: Chart, data: Answered) -> tuple[str, ...]:
    variables = [chart.variable] if chart.variable else []
    if chart.table == PARTICIPATION:
        variables = [item.name for item in chart.items]
    variables = [name for part in variables for name in part.split(BOTH)]
    merged = [f"merged:{name}" for name in variables if data.is_merged(name)]
    turned = ["reversed"] if any(_is_reversed(item) for item in chart.items) else []
    return (*turned, *merged, *(data.notes if chart.table == PARTICIPATION else ()))
