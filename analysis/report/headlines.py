"""One finding in words for every chart; a comparison only where it is secured.

In open participation every sentence speaks of those who took part and of nobody else.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.report import people
from analysis.report.comparisons import groups
from analysis.report.ends import favourable
from analysis.report.finding import Finding, is_above, known


def headline(finding: Finding) -> str:
    """The headline of a chart; it begins with a capital letter."""
    protected = finding.protected
    if "below_minimum" in protected.notes:
        return finding.gettext("Too few answers: no figures are published.")
    if finding.says_nothing:
        return finding.gettext("Withheld to protect people: no figures are published.")
    writer = WRITERS[protected.kind]
    if protected.kind == "agreement" and len(protected.items) > 1:
        writer = _battery
    text = writer(finding)
    return text[:1].upper() + text[1:]


def _nothing(finding: Finding) -> str:
    return finding.gettext("Too few answers to say how opinion is spread")


def _agreement(finding: Finding) -> str:
    top = finding.figures.one("top2", item=finding.protected.items[0])
    if top is None or top.sign or top.share is None or finding.scale is None:
        return _most_frequent(finding)
    said = [finding.words.category(code) for code in favourable(finding.scale)]
    share = finding.phrases.share(top)
    if len(said) == 1:
        text = finding.gettext("%(share)s answered “%(answer)s”")
        if finding.is_open:
            text = finding.gettext(
                "Of those who took part, %(share)s answered “%(answer)s”"
            )
        return text % {"share": share, "answer": said[0]}
    text = finding.gettext("%(share)s answered “%(first)s” or “%(second)s”")
    if finding.is_open:
        text = finding.gettext(
            "Of those who took part, %(share)s answered “%(first)s” or “%(second)s”"
        )
    return text % {"share": share, "first": said[0], "second": said[1]}


def _most_frequent(finding: Finding) -> str:
    if finding.majority():
        text = finding.gettext("A large majority answered: %(answer)s")
        return text % {"answer": finding.majority()}
    all_rows = finding.figures.of("share")
    rows = known(all_rows)
    if not rows:
        return _nothing(finding)
    values = {
        "answer": finding.words.category(rows[0].category),
        "share": finding.phrases.share(rows[0]),
    }
    if finding.figures.of("points_middle"):
        text = _points(finding)
    elif finding.is_open:
        text = finding.gettext("Of those who took part, %(share)s chose “%(answer)s”")
    elif len(rows) == len(all_rows) and is_above(rows[0], rows[1:]):
        text = finding.gettext("Chosen most often: “%(answer)s” (%(share)s)")
    else:
        text = finding.gettext(
            "“%(answer)s” was chosen by %(share)s; the lead over the next answer "
            "is not secured"
        )
    return text % values


def _points(finding: Finding) -> str:
    """Who gave something; how much everything got no headline says."""
    if finding.is_open:
        return finding.gettext(
            "Of those who took part, %(share)s gave points to “%(answer)s”"
        )
    return finding.gettext("%(share)s gave points to “%(answer)s”")


def _battery(finding: Finding) -> str:
    rows = known(finding.figures.of("top2"))
    if not rows:
        return _nothing(finding)
    best, worst = rows[0], rows[-1]
    values = {
        "best": finding.subject(best.item),
        "best_share": finding.phrases.share(best),
        "worst": finding.subject(worst.item),
        "worst_share": finding.phrases.share(worst),
    }
    if len(rows) == 1:
        text = finding.gettext("Favourable answers: %(best)s (%(best_share)s)")
    elif finding.is_open:
        text = finding.gettext(
            "Favourable answers of those who took part: from %(best_share)s "
            "(%(best)s) to %(worst_share)s (%(worst)s)"
        )
    elif is_above(best, [worst]):
        text = finding.gettext(
            "More favourable answers on “%(best)s” (%(best_share)s) than on "
            "“%(worst)s” (%(worst_share)s)"
        )
    else:
        text = finding.gettext("No secured difference between the subjects")
    return text % values


def _matrix(finding: Finding) -> str:
    first = [
        finding.words.category(each.category)
        for each in finding.protected.statements
        if each.kind == "quadrant" and each.value == "act"
    ]
    if not known(finding.figures.of("importance")):
        return _nothing(finding)
    if not first:
        return finding.gettext("No field of action can be singled out to begin with")
    text = finding.gettext(
        "More important and less satisfying than the mean of the fields: %(fields)s"
    )
    if finding.is_open:
        text = finding.gettext(
            "More important and less satisfying to those who took part: %(fields)s"
        )
    return text % {"fields": finding.phrases.listed(first)}


def _ranks(finding: Finding) -> str:
    rows = finding.figures.of("rank")
    placed = [row for row in rows if not row.sign and row.share is not None]
    first = [row.category for row in placed if round(row.share or 0) == 1]
    if not first:
        return _nothing(finding)
    names = [finding.words.category(code) for code in first]
    values = {"answer": finding.phrases.listed(names)}
    is_alone = len(first) == 1 and _is_alone(finding, first[0])
    return _order(finding, is_alone=is_alone) % values


def _order(finding: Finding, *, is_alone: bool) -> str:
    """The sentence about the first place, which all places together decide."""
    if finding.is_open and is_alone:
        return finding.gettext(
            "Ranked highest by those who took part, all places taken together: "
            "%(answer)s"
        )
    if finding.is_open:
        return finding.gettext(
            "Ranked highest by those who took part, though the order could change: "
            "%(answer)s"
        )
    if is_alone:
        return finding.gettext("Ranked highest, all places taken together: %(answer)s")
    return finding.gettext(
        "Which is ranked highest is not secured; in front: %(answer)s"
    )


def _is_alone(finding: Finding, category: str) -> bool:
    """Whether no other place is possible for it, and the first for no other."""
    worst = {row.category: row for row in finding.figures.of("rank_high")}
    best = {row.category: row for row in finding.figures.of("rank_low")}
    own = worst.get(category)
    if own is None or own.share is None or round(own.share) != 1:
        return False
    return all(
        row.share is not None and round(row.share) > 1
        for code, row in best.items()
        if code != category
    )


def _participation(finding: Finding) -> str:
    sent = [row for row in finding.figures.of("completed") if not row.channel]
    rate = [row for row in finding.figures.of("response_rate") if not row.channel]
    if not sent or sent[0].n is None:
        return finding.gettext("Who took part")
    values = {"count": finding.phrases.count(sent[0].n)}
    if rate and not rate[0].sign and rate[0].share is not None:
        values["share"] = finding.phrases.share(rate[0])
        text = finding.gettext(
            "About %(count)s people answered, %(share)s of those invited"
        )
    else:
        text = finding.gettext("About %(count)s people answered")
    return text % values


WRITERS: dict[str, Callable[[Finding], str]] = {
    "agreement": _agreement,
    "dots": _most_frequent,
    "groups": groups,
    "matrix": _matrix,
    "ranks": _ranks,
    "participation": _participation,
    "people": people.headline,
}
