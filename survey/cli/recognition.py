"""The re-identification check in words: a table, what is proposed, a verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire
    from survey.questionnaire.register import Assessment, Finding, Proposal
    from survey.questionnaire.register.exposure import Exposure

MOST_ROWS = 12
LARGEST_READ = 1_100_000  # a little more than a register may have, to say so
HEADS = ("answers seen together", "unique", "under 5", "verdict", "proposed", "then")
TOGETHER = "everything together"


def check(found: Questionnaire, file: Path, *, keep: Collection[str]) -> None:
    """Print the table; fails when somebody could be recognised."""
    from survey.questionnaire import register

    known = [variable.name for variable in register.variables(found)]
    if not known:
        click.echo("The survey asks nothing that describes people.")
        return
    unknown = [name for name in keep if name not in known]
    if unknown:
        raise click.ClickException(
            f"--keep: there is no {', '.join(unknown)}; use {', '.join(known)}."
        )
    with file.open("rb") as opened:
        content = opened.read(LARGEST_READ)
    totals = register.read(content, register.variables(found), file=file.name)
    click.echo("Looking at all answers that can be seen together …", err=True)
    assessed = register.assess(found, totals, keep=keep)
    profile = found.settings.privacy_profile
    click.echo(f"{assessed.people} people, privacy profile {profile}")
    for line in _table(assessed):
        click.echo(line)
    for line in _proposals(assessed):
        click.echo(line)
    _judge(assessed)


def write_template(found: Questionnaire, file: Path) -> None:
    """A register file to fill in; never over one that exists."""
    from survey.questionnaire import register

    with file.open("x", encoding="utf-8-sig", newline="") as out:
        out.write(register.empty(register.variables(found)))
    click.echo(f"{file}: write how many people there are into every line.")


def _table(assessed: Assessment) -> Iterator[str]:
    """Rows of what is too fine, the worst first, and of everything together."""
    tables = [found for found in assessed.findings if found.seen.is_table]
    too_fine = [found for found in tables if not found.is_within]
    too_fine.sort(key=lambda found: -found.seen.limits.excess(found.before))
    rows: list[tuple[str, ...]] = [HEADS]
    rows += [_row(found) for found in too_fine[:MOST_ROWS]]
    rows += [_row(found) for found in assessed.findings if not found.seen.is_table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(cell.ljust(width) for cell, width in cells).rstrip()
    yield ""
    if len(too_fine) > MOST_ROWS:
        yield f"{len(too_fine) - MOST_ROWS} further tables are too fine."
    within = [found for found in tables if found.is_within]
    if within:
        worst = max(within, key=lambda found: found.before.under_five)
        share = _shares(worst.before)
        yield (
            f"{len(within)} tables are coarse enough; the finest of them is "
            f"{_name(worst)} ({share[0]} unique, {share[1]} under 5)."
        )
    for found in (*tables[:1], assessed.findings[-1]):
        limits = found.seen.limits
        what = "a table" if found.seen.is_table else TOGETHER
        unique, few = _percent(limits.unique), _percent(limits.under_five)
        yield f"Limits for {what}: {unique} of the people unique, {few} under 5."


def _row(found: Finding) -> tuple[str, ...]:
    verdict = "fine" if found.is_within else "too fine"
    merged = "" if found.is_within else _short(found.proposals)
    then = " / ".join(_shares(found.after)) if merged else ""
    return (_name(found), *_shares(found.before), verdict, merged, then)


def _name(found: Finding) -> str:
    return " × ".join(found.seen.names) if found.seen.is_table else TOGETHER


def _short(proposals: Sequence[Proposal]) -> str:
    """What is proposed, in the fewest words."""
    return ", ".join(
        f"without {found.variable}"
        if found.leaves_out
        else f"{found.variable} to {len(found.groups)}"
        for found in proposals
    )


def _shares(exposure: Exposure) -> tuple[str, str]:
    return _percent(exposure.unique), _percent(exposure.under_five)


def _percent(share: float) -> str:
    if 0 < share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.1f} %"


def _proposals(assessed: Assessment) -> Iterator[str]:
    if not assessed.proposals:
        return
    yield ""
    yield "Proposed; answers that are taken together are joined by +:"
    width = max(len(found.variable) for found in assessed.proposals)
    for found in assessed.proposals:
        yield f"  {found.variable.ljust(width)}  {_in_words(found)}"


def _in_words(proposal: Proposal) -> str:
    """The groups; for the form language the setting that makes them."""
    from survey.questionnaire.privacy import OTHER_LANGUAGE
    from survey.questionnaire.register.variables import FORM_LANGUAGE

    if proposal.variable != FORM_LANGUAGE:
        return str(proposal)
    alone = {group[0] for group in proposal.groups if len(group) == 1}
    own = [f'"{code}"' for code in sorted(alone - {OTHER_LANGUAGE})]
    return f"language_groups = [{', '.join(own)}]"


def _judge(assessed: Assessment) -> None:
    click.echo("")
    too_fine = [found for found in assessed.findings if not found.is_within]
    said = []
    if too_fine:
        said.append("The questions are too fine: somebody could be recognised.")
        is_repaired = all(found.is_repaired for found in assessed.findings)
        said.append(
            "What is proposed above repairs it."
            if is_repaired
            else "No taking together repairs it: leave questions out."
        )
    if assessed.missing:
        names = ", ".join(assessed.missing)
        said.append(
            f"Not checked, as the register says nothing of it: {names}. "
            "An estimate will do; a question with several answers cannot be checked."
        )
    if said:
        raise click.ClickException(" ".join(said))
    click.echo("All is within the limits: the questions are coarse enough.")
