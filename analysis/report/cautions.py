"""What a reader should know of a chart before believing it; knows no count.

What the data review changed, and which wordings somebody should compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.report.finding import Finding
from analysis.report.labels import Labels


def cautions(finding: Finding, labels: Labels) -> Iterator[str]:
    """The sentences that belong to a chart."""
    yield from _review(finding, labels)
    yield from _translations(finding, labels)


def _review(finding: Finding, labels: Labels) -> Iterator[str]:
    """The answers that change most when rows are left out, with and without."""
    after = {
        (row.item, row.category): row for row in finding.figures.of("after_review")
    }
    text = finding.gettext("%(answer)s: %(before)s before, %(after)s after")
    said = [
        text
        % {
            "answer": _answer(finding, labels, row.item, row.category),
            "before": finding.phrases.share(row),
            "after": finding.phrases.share(after[row.item, row.category]),
        }
        for row in finding.figures.of("before_review")
    ]
    if said:
        text = finding.gettext("Changed most by leaving answers out: %(changes)s")
        yield text % {"changes": finding.phrases.listed(said)}


def _answer(finding: Finding, labels: Labels, item: str, category: str) -> str:
    options = labels.options(labels.codebook.item(item))
    return finding.phrases.detailed(labels.whole(item), options[category])


def _translations(finding: Finding, labels: Labels) -> Iterator[str]:
    """Items whose wordings somebody who reads both languages should compare."""
    found: dict[str, list[str]] = {}
    for each in finding.protected.statements:
        if each.kind == "check_translation":
            found.setdefault(each.item, []).append(each.value)
    text = finding.gettext(
        "Check the translation of “%(item)s”: whoever answered in %(languages)s "
        "answered differently. Until then it is no finding about people."
    )
    for item, codes in found.items():
        # What stands apart from the language of the source is its translation.
        source = labels.codebook.default_language
        read = [code for code in codes if code != source] or codes
        names = [finding.language.called(code) for code in read]
        spoken = finding.language.together(names)
        yield text % {"item": labels.whole(item), "languages": spoken}
