"""Who took part, as a table: stages, rates, ways in, people, pages.

Rows that would say nothing are left out: rates nobody can compute, a single way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analysis.charts.figures import Figure
from analysis.report.finding import Finding
from analysis.report.rows import Cells, Display, Row

STEPS = ("invited", "undeliverable", "started", "completed")
PARTS = ("partial", "ineligible", "excluded")
RATES = ("response_rate", "cooperation_rate", "completion_rate")


def participation(finding: Finding) -> Display:
    """The table of who took part."""
    _ = finding.gettext
    people = _people(finding)
    has_ranges = any(row.has_interval for row in people)
    register = {(row.item, row.category): row for row in finding.figures.of("register")}
    found = [*_stages(finding), *people, *finding.figures.of("reached")]
    rows: list[Row] = [
        (
            _head(finding, row),
            _cells(finding, row, has_ranges=has_ranges)
            + (_corrected(finding, row, register) if register else ()),
        )
        for row in found
    ]
    ranges = (_("Range of uncertainty"),) if has_ranges else ()
    weights = (_("Weighted share"), _("Share in the register")) if register else ()
    columns = (_("Step"), _("Answers"), _("Share"), *ranges, *weights)
    return Display(columns, tuple(rows))


def _corrected(
    finding: Finding, row: Figure, register: Mapping[tuple[str, str], Figure]
) -> Cells:
    """The share with weights, and that of the register it should be."""
    aim = register.get((row.item, row.category))
    if aim is None or not row.is_weighted:
        return ("", "")
    phrases = finding.phrases
    # whole percent: what the register knows is not rounded for a small base
    return (phrases.share(replace(row.weighted, base=None)), phrases.share(aim))


def _stages(finding: Finding) -> Iterator[Figure]:
    rows = [
        row
        for row in finding.figures.of(*STEPS, *PARTS, *RATES)
        if row.sign != "not_meaningful"
    ]
    ways = {row.channel for row in rows if row.channel}
    for row in rows:
        if not row.channel or len(ways) > 1:
            yield row


def _people(finding: Finding) -> list[Figure]:
    """Answers that tell people apart; what everybody shares tells nothing."""
    rows = finding.figures.of("share")
    kinds = [row.item for row in rows]
    return [row for row in rows if kinds.count(row.item) > 1]


def _head(finding: Finding, row: Figure) -> str:
    words, detailed = finding.words, finding.phrases.detailed
    if row.statistic == "share":
        return detailed(words.item(row.item), words.category(row.category, row.item))
    name = words.say(row.statistic)
    if row.channel:
        return detailed(name, words.group(row.channel))
    return detailed(name, words.category(row.category)) if row.category else name


def _cells(finding: Finding, row: Figure, *, has_ranges: bool) -> Cells:
    phrases = finding.phrases
    has_share = row.share is not None or row.sign
    share = phrases.share(row) if has_share else ""
    return (
        phrases.counted(row),
        share,
        *((phrases.interval(row),) if has_ranges else ()),
    )
