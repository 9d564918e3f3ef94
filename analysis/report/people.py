"""People counted by three groups at once, as a table of words; there is no picture."""

from __future__ import annotations

from analysis.charts.figures import Figure, in_order
from analysis.report.finding import Finding
from analysis.report.rows import Display

PEOPLE = "people"
BETWEEN = "*"  # stands between the groups of a cell, in no group


def people(finding: Finding) -> Display:
    """A row for every two groups, a column for each group of the third variable."""
    first, second, third = finding.protected.group_variable.split(BETWEEN)
    rows = finding.figures.of(PEOPLE)
    columns = in_order(rows, _last)
    lines: dict[tuple[str, str], dict[str, Figure]] = {}
    for row in rows:
        one, other, last = row.group.split(BETWEEN)
        lines.setdefault((one, other), {})[last] = row
    named = finding.words.category
    table = [
        (
            finding.phrases.detailed(named(one, first), named(other, second)),
            tuple(finding.phrases.share(line[last]) for last in columns),
        )
        for (one, other), line in lines.items()
    ]
    return Display(("", *(named(last, third) for last in columns)), tuple(table))


def headline(finding: Finding) -> str:
    """How many people the table counts."""
    text = finding.gettext("About %(count)s people, counted by three groups at once")
    return text % {"count": finding.phrases.count(finding.protected.base or 0)}


def _last(row: Figure) -> str:
    return row.group.rpartition(BETWEEN)[2]
