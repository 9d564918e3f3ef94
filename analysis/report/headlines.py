"""One finding in words for every chart; a comparison only where it is secured.

In open participation every sentence speaks of those who took part and of nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts import Words
from analysis.charts.figures import Figure, Figures, read
from analysis.disclosure import Protected
from analysis.language import Language
from analysis.report.phrases import Phrases

OPEN = "open"
MOST_NAMED = 3  # more names than this make no headline


@dataclass(frozen=True)
class Finding:
    """A table with everything needed to say what stands out in it."""

    protected: Protected
    words: Words
    language: Language
    figures: Figures
    phrases: Phrases

    @property
    def is_open(self) -> bool:
        """Whether people chose to take part by themselves."""
        return self.protected.design == OPEN

    def gettext(self, message: str) -> str:
        """A sentence in the language of the report."""
        return self.language.gettext(message)


def headline(protected: Protected, words: Words, language: Language) -> str:
    """The headline of a chart."""
    finding = Finding(protected, words, language, read(protected), Phrases(language))
    if protected.figures.empty or "below_minimum" in protected.notes:
        return language.gettext("Too few answers: no figures are published.")
    writer = WRITERS[protected.kind]
    if protected.kind == "agreement" and len(protected.items) > 1:
        writer = _battery
    text = writer(finding)
    return text[:1].upper() + text[1:]


def _known(rows: tuple[Figure, ...]) -> list[Figure]:
    known = [row for row in rows if not row.sign and row.share is not None]
    return sorted(known, key=lambda row: -(row.share or 0))


def _apart(first: Figure, second: Figure) -> bool:
    """Whether two published ranges do not touch."""
    if first.low is None or second.high is None:
        return False
    return first.low > second.high


def _nothing(finding: Finding) -> str:
    return finding.gettext("Too few answers to say how opinion is spread")


def _agreement(finding: Finding) -> str:
    item = finding.protected.items[0]
    top = finding.figures.one("top2", item=item)
    codes = [row.category for row in finding.figures.of("share", item=item)]
    if top is None or top.sign or top.share is None or len(codes) < 2:
        return _most_frequent(finding)
    ends = codes[-2:][::-1] if "reversed" in finding.protected.notes else codes[:2]
    values = {
        "share": finding.phrases.share(top),
        "first": finding.words.category(ends[0]),
        "second": finding.words.category(ends[1]),
    }
    if finding.is_open:
        return (
            finding.gettext(
                "Of those who took part, %(share)s answered “%(first)s” or “%(second)s”"
            )
            % values
        )
    return finding.gettext("%(share)s answered “%(first)s” or “%(second)s”") % values


def _most_frequent(finding: Finding) -> str:
    rows = _known(finding.figures.of("share"))
    if not rows:
        return _nothing(finding)
    values = {
        "answer": finding.words.category(rows[0].category),
        "share": finding.phrases.share(rows[0]),
    }
    if finding.is_open:
        text = finding.gettext("Of those who took part, %(share)s chose “%(answer)s”")
    elif len(rows) == 1 or _apart(rows[0], rows[1]):
        text = finding.gettext("Chosen most often: “%(answer)s” (%(share)s)")
    else:
        text = finding.gettext(
            "“%(answer)s” was chosen by %(share)s; the lead over the next answer "
            "is not secured"
        )
    return text % values


def _battery(finding: Finding) -> str:
    rows = _known(finding.figures.of("top2"))
    if not rows:
        return _nothing(finding)
    best, worst = rows[0], rows[-1]
    values = {
        "best": finding.words.item(best.item),
        "best_share": finding.phrases.share(best),
        "worst": finding.words.item(worst.item),
        "worst_share": finding.phrases.share(worst),
    }
    if finding.is_open:
        text = finding.gettext(
            "Favourable answers of those who took part: from %(best_share)s "
            "(%(best)s) to %(worst_share)s (%(worst)s)"
        )
    elif _apart(best, worst):
        text = finding.gettext(
            "Most favourable: %(best)s (%(best_share)s); least favourable: "
            "%(worst)s (%(worst_share)s)"
        )
    else:
        text = finding.gettext("No secured difference between the subjects")
    return text % values


def _groups(finding: Finding) -> str:
    secured = finding.protected.secured
    if not secured:
        if finding.is_open:
            return finding.gettext(
                "No clear difference between the groups that took part"
            )
        return finding.gettext("No secured difference between the groups")
    strongest = max(secured, key=lambda each: abs(each.effect))
    values = {
        "group": finding.words.group(strongest.group),
        "answer": (
            finding.words.category(strongest.category) if strongest.category else ""
        ),
        "item": finding.words.item(strongest.item),
    }
    return _difference(finding, strongest.effect, strongest.effect_name) % values


def _difference(finding: Finding, effect: float, name: str) -> str:
    """The sentence for a secured difference, by what was compared."""
    lower, is_open = effect < 0, finding.is_open
    if name == "V":
        if is_open:
            return finding.gettext(
                "Of those who took part, “%(group)s” answered otherwise"
            )
        return finding.gettext("“%(group)s” answered otherwise than the rest")
    if name == "difference":
        if lower:
            return finding.gettext(
                "“%(group)s” chose “%(answer)s” less often than the rest"
            )
        return finding.gettext(
            "“%(group)s” chose “%(answer)s” more often than the rest"
        )
    if len(finding.protected.items) > 1:
        if lower:
            return finding.gettext(
                "“%(group)s” answered less favourably than the rest: %(item)s"
            )
        return finding.gettext(
            "“%(group)s” answered more favourably than the rest: %(item)s"
        )
    if lower:
        return finding.gettext("“%(group)s” answered less favourably than the rest")
    return finding.gettext("“%(group)s” answered more favourably than the rest")


def _matrix(finding: Finding) -> str:
    first = [
        finding.words.category(each.category)
        for each in finding.protected.statements
        if each.kind == "quadrant" and each.value == "act"
    ]
    if not first:
        return finding.gettext("No field of action can be singled out to begin with")
    named = finding.phrases.listed(first[:MOST_NAMED])
    if len(first) > MOST_NAMED:
        named = finding.phrases.listed([named, "…"])
    if finding.is_open:
        text = finding.gettext(
            "More important and less satisfying to those who took part: %(fields)s"
        )
    else:
        text = finding.gettext(
            "To begin with, important and least satisfying: %(fields)s"
        )
    return text % {"fields": named}


def _ranks(finding: Finding) -> str:
    rows = finding.figures.of("rank")
    known = [row for row in rows if not row.sign and row.share is not None]
    first = [row for row in known if round(row.share or 0) == 1]
    if not first:
        return _nothing(finding)
    values = {"answer": finding.words.category(first[0].category)}
    if finding.is_open:
        text = finding.gettext("Those who took part put first: %(answer)s")
    elif len(first) == 1 and _is_alone(finding, first[0].category):
        text = finding.gettext("%(answer)s stands first")
    else:
        text = finding.gettext("Which comes first is not secured; in front: %(answer)s")
    return text % values


def _is_alone(finding: Finding, category: str) -> bool:
    worst = finding.figures.of("rank_high", category=category)
    return bool(worst) and worst[0].share is not None and round(worst[0].share) == 1


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
    "groups": _groups,
    "matrix": _matrix,
    "ranks": _ranks,
    "participation": _participation,
}
