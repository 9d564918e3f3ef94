"""The gate: unrounded counts go in, protected tables come out. Must not know words.

Order: filter, group base, merge, homogeneity, round, derive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.disclosure.answered import CHANNEL
from analysis.disclosure.audit import audit
from analysis.disclosure.catalogue import FORM_LANGUAGE, PEOPLE
from analysis.disclosure.counts import OPTIONS, PARTS, Key
from analysis.disclosure.figures import Frame, Sheet, majorities, medians
from analysis.disclosure.matrix import add_matrix
from analysis.disclosure.merges import OTHER
from analysis.disclosure.places import add_places
from analysis.disclosure.policy import Policy
from analysis.disclosure.protected import Protected, Secured, Statement, frame
from analysis.disclosure.quartiles import add_quartiles
from analysis.disclosure.released import PROTECTED, Released, release
from analysis.disclosure.reviewed import add_changes
from analysis.disclosure.rounding import rounded
from analysis.disclosure.secured import secured
from analysis.disclosure.table import Table
from analysis.disclosure.taking_part import add_register, add_taking_part
from analysis.disclosure.tongues import translations_to_check
from analysis.disclosure.weighted import Weighted


def protect(table: Table, policy: Policy) -> Protected:
    """Let a table through the gate, looking at nothing but this table.

    Parameters
    ----------
    table : Table
        Unrounded counts of one chart.
    policy : Policy
        Rules of the survey.

    Returns
    -------
    Protected
        The same figures as in the publication of the whole survey, unless several
        tables together would have given a cell away.
    """
    withheld = audit(table.rows, table.population, policy)
    said = {
        row.key: release(row, policy, is_withheld=row.key in withheld)
        for row in table.rows
    }
    differences = secured(list(said.values()), policy.thresholds)
    return draw_up(table, said, differences if table.variable else (), policy)


def draw_up(
    table: Table,
    said: Mapping[Key, Released],
    differences: Sequence[Secured],
    policy: Policy,
    beside: Weighted | None = None,
) -> Protected:
    """Derive figures and statements of a table from its rounded rows.

    Parameters
    ----------
    table : Table
        Name, kind and order of the rows.
    said : mapping of Key to Released
        What may be said of each row.
    differences : sequence of Secured
        Secured differences of the survey; those of other items are left out.
    policy : Policy
        Rules of the survey.
    beside : Weighted, optional
        The weighted figures of everybody, where the survey was weighted.
    """
    is_of_people = table.stages is not None
    frame_of = Frame(
        table.survey,
        policy,
        describes=is_of_people,
        weighted=beside.values if beside else {},
    )
    sheet = Sheet(table.name, frame_of)
    # The channels are told as stages of taking part.
    rows = [said[row.key] for row in table.rows if row.key != Key(CHANNEL)]
    items = tuple(dict.fromkeys(row.key.item for row in rows if row.key.item))
    statements = _add_rows(sheet, table, rows, said)
    if beside and is_of_people:
        add_register(sheet, beside.correction, said)
    figures = frame(sheet.records)
    own = tuple(found for found in differences if found.item in items)
    statements += _to_check(table, own, policy)
    return Protected(
        table=table.name,
        kind=table.kind,
        items=items,
        group_variable=table.variable,
        figures=figures,
        secured=own,
        statements=tuple(statements),
        base=_base(table, rows, policy),
        notes=_notes(sheet, table, rows),
        design=table.survey.design.kind,
    )


def _add_rows(
    sheet: Sheet,
    table: Table,
    rows: Sequence[Released],
    said: Mapping[Key, Released],
) -> list[Statement]:
    if table.kind == "matrix":
        rated = {field: said[Key(item)] for field, item in table.fields.items()}
        return add_matrix(
            sheet, rows[0], rated, seed=table.seed, resamples=table.resamples
        )
    if table.kind == PEOPLE:
        _add_people(sheet, rows)
        return []
    if table.stages is not None:
        add_taking_part(sheet, table.stages)
        add_changes(sheet, table.before, said)
    for row in rows:
        sheet.add_row(row)
        if row.key.item in table.pairs and not table.variable:
            _add_order(sheet, table, row)
        if row.key.item in table.points and not table.variable:
            add_quartiles(sheet, row, table.points[row.key.item])
    return [*majorities(rows), *medians(rows, sheet.frame)]


def _add_people(sheet: Sheet, rows: Sequence[Released]) -> None:
    for row in rows:
        names = {"variable": row.key.variable, "group": row.key.group}
        sign = PROTECTED if row.base is None else ""
        sheet.add("people", **names, n=row.base, sign=sign)


def _to_check(
    table: Table, differences: Sequence[Secured], policy: Policy
) -> list[Statement]:
    if table.variable != FORM_LANGUAGE:
        return []
    languages = table.population.sizes.get(FORM_LANGUAGE, {}).keys() - {OTHER}
    return translations_to_check(differences, languages, policy.thresholds)


def _add_order(sheet: Sheet, table: Table, row: Released) -> None:
    own = sheet.frame.thresholds
    pairs = table.pairs[row.key.item]
    near = own.rounding_base * ((pairs + own.rounding_base // 2) // own.rounding_base)
    options = dict.fromkeys(category for _, category in row.shape.cells)
    add_places(sheet, row, tuple(options), near)


def _base(table: Table, rows: Sequence[Released], policy: Policy) -> int | None:
    """Return the largest published base; of tables of people everybody."""
    if table.stages is not None:
        return table.stages.completed()
    if table.kind == PEOPLE:
        return rounded(table.population.people, policy.thresholds)
    return max((row.base for row in rows if row.base), default=None)


def _notes(sheet: Sheet, table: Table, rows: Sequence[Released]) -> tuple[str, ...]:
    own = sheet.frame.thresholds
    records = sheet.records
    signs = {record["sign"] for record in records}
    shares = [record["base"] for record in records if record["share"] is not None]
    is_bar = table.kind in ("agreement", "groups", "dots")
    found = {
        "rounded": True,
        "own_sum": is_bar and any(row.shape.shape == PARTS for row in rows),
        "multiple": is_bar and any(row.shape.shape == OPTIONS for row in rows),
        "about": any(base and base < own.coarse_share_below for base in shares),
        "weighted": any(record.get("weighted_share") is not None for record in records),
        "uncertain": "uncertain" in signs,
        "protected": "protected" in signs,
        "impossible": any(row.shape.never_asked for row in rows),
        "homogeneous": any(row.majority for row in rows),
        "nonresponse_over_20": any(
            _is_often_empty(row, own.nonresponse_above) for row in rows
        ),
    }
    return (*(note for note, applies in found.items() if applies), *table.notes)


def _is_often_empty(row: Released, limit: float) -> bool:
    """Whether many who saw a question gave no answer, by published counts."""
    silent = sum(row.missing.values())
    asked = (row.base or 0) + (0 if row.shape.counts_everybody else silent)
    return bool(row.base and silent > limit * asked)


def nothing(table: Table) -> Protected:
    """Return the one table of a survey that too few people answered."""
    return Protected(
        table=table.name,
        kind=table.kind,
        items=(),
        group_variable="",
        figures=frame([]),
        notes=("below_minimum",),
        design=table.survey.design.kind,
    )
