"""Who took part: rounded counts, rates of rounded counts. Must not know an opinion."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.disclosure.correction import Correction
from analysis.disclosure.counts import Key
from analysis.disclosure.figures import Sheet
from analysis.disclosure.released import Released
from analysis.disclosure.rounding import share, stepped
from analysis.disclosure.stages import ALL, Stages
from analysis.participation import rates

_RATES = ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6")
# Nobody counts refusals, so the rates that need them mean nothing.
_OF_REFUSALS = ("COOP", "REF", "CON")


def add_taking_part(sheet: Sheet, counts: Stages) -> None:
    """Add stages, channels, rates, exclusions and pages to a sheet."""
    completed, partial = counts.completed(), counts.partial()
    ineligible = counts.stage("screened_out") or 0
    for stage in ("invited", "undeliverable", "started"):
        n = counts.stage(stage)
        if n is not None:
            sheet.add(stage, n=n)
    sheet.add("completed", n=completed)
    _add_part(sheet, "partial", partial, completed)
    _add_part(sheet, "ineligible", ineligible, completed)
    for reason, n in counts.excluded().items():
        sheet.add("excluded", category=reason, n=n)
    for channel, n in counts.channels().items():
        sheet.add("completed", channel=channel, n=n)
        if counts.is_open(channel):
            # Nobody is invited there, whoever comes.
            sheet.add("response_rate", channel=channel, sign="impossible")
        else:
            _add_response_rate(sheet, counts.stage("invited", channel), n, channel)
    _add_rates(sheet, counts, completed, partial, ineligible)
    started = counts.stage("started") or 0
    for page in counts.pages():
        _add_part(sheet, "reached", counts.page(page) or 0, started, category=page)


def add_register(
    sheet: Sheet, correction: Correction, said: Mapping[Key, Released]
) -> None:
    """Add the shares of the register beside the groups that are shown."""
    for total in correction.totals:
        row = said.get(Key(total.variable))
        if len(total.groups) == 1 and row and row.cells:
            [group] = total.groups
            sheet.add(
                "register", item=total.variable, category=group, share=total.target
            )


def _add_part(
    sheet: Sheet, statistic: str, n: int, base: int, *, category: str = ""
) -> None:
    if base <= 0:
        sheet.add(statistic, category=category, n=n, sign="few")
        return
    part = min(n, base)
    value = share(part, base, sheet.frame.thresholds)
    sheet.add(statistic, category=category, n=n, base=base, share=value)


def _add_response_rate(sheet: Sheet, invited: int | None, n: int, channel: str) -> None:
    """Add answers by invitations; without invitations there is no such rate."""
    if invited:
        value = share(min(n, invited), invited, sheet.frame.thresholds)
        sheet.add("response_rate", channel=channel, n=n, base=invited, share=value)


def _add_rates(
    sheet: Sheet, counts: Stages, completed: int, partial: int, ineligible: int
) -> None:
    """Add the rates of everybody; all are computed from published counts."""
    started = counts.stage("started")
    if started:
        _add_part(sheet, "completion_rate", completed, started)
    invited = counts.stage("invited")
    _add_response_rate(sheet, invited, completed, ALL)
    if not invited:
        return
    undeliverable = counts.stage("undeliverable") or 0
    found = rates(
        I=max(completed - partial - ineligible, 0),
        P=partial,
        R=0,
        NC=max(invited - undeliverable - completed, 0),
        O=0,
        U=undeliverable,
        NE=ineligible,
    )
    for name in _RATES:
        value = found[name]
        if value is not None:
            said = stepped(value, invited, sheet.frame.thresholds)
            sheet.add("aapor", category=name, base=invited, share=said)
    for name in _OF_REFUSALS:
        sheet.add("aapor", category=name, sign="not_meaningful")
