"""The headline of a comparison of groups: one secured difference, or that none is.

Every sentence compares people who answered with others who answered; the words of
certainty stand only in a sample or a census.
"""

from __future__ import annotations

from analysis.disclosure import Secured
from analysis.report.finding import Finding, known

FEWEST = 2  # groups with percentages that a comparison needs


def groups(finding: Finding) -> str:
    """The largest secured difference, or that none is secured."""
    if finding.protected.secured:
        strongest = max(finding.protected.secured, key=lambda each: abs(each.effect))
        return difference(finding, strongest)
    shown = {row.group for row in known(finding.figures.rows)}
    if len(shown) < FEWEST:
        return finding.gettext("Too little can be published to compare the groups")
    if finding.is_open:
        return finding.gettext("No clear difference between the groups that took part")
    return finding.gettext("No secured difference between the groups")


def difference(finding: Finding, secured: Secured) -> str:
    """The sentence for a secured difference, by what was compared."""
    values = {
        "group": finding.words.group(secured.group),
        "answer": finding.words.category(secured.category) if secured.category else "",
        "item": finding.subject(secured.item),
    }
    return _sentence(finding, secured) % values


def _sentence(finding: Finding, secured: Secured) -> str:
    is_lower = secured.effect < 0
    if secured.effect_name == "V":
        return finding.gettext(
            "“%(group)s” answered differently from the others who took part"
        )
    if secured.effect_name == "difference" and finding.figures.of("ranked"):
        return _of_a_rank(finding, is_lower=is_lower)
    if secured.effect_name == "difference":
        if is_lower:
            return finding.gettext(
                "“%(group)s” chose “%(answer)s” less often than the others who took "
                "part"
            )
        return finding.gettext(
            "“%(group)s” chose “%(answer)s” more often than the others who took part"
        )
    if len(finding.protected.items) > 1:
        return _of_a_row(finding, is_lower=is_lower)
    if is_lower:
        return finding.gettext(
            "“%(group)s” answered less favourably than the others who took part"
        )
    return finding.gettext(
        "“%(group)s” answered more favourably than the others who took part"
    )


def _of_a_row(finding: Finding, *, is_lower: bool) -> str:
    if is_lower:
        return finding.gettext(
            "“%(group)s” answered less favourably on “%(item)s” than the others who "
            "took part"
        )
    return finding.gettext(
        "“%(group)s” answered more favourably on “%(item)s” than the others who took "
        "part"
    )


def _of_a_rank(finding: Finding, *, is_lower: bool) -> str:
    if is_lower:
        return finding.gettext(
            "“%(group)s” ranked “%(answer)s” less often than the others who took part"
        )
    return finding.gettext(
        "“%(group)s” ranked “%(answer)s” more often than the others who took part"
    )
