"""What `analysis check` says of packages that are sound, line by line.

Knows no figure; every text out of a package is made harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis import waves
from analysis.package import AnalysisError, Package, PackageError, open_package
from analysis.report.plain import plain


def opened(paths: Sequence[Path]) -> list[Package]:
    """Every package; ``AnalysisError`` with the problems of all that are not sound."""
    found, refused = [], []
    for path in paths:
        try:
            found.append(open_package(path))
        except PackageError as error:
            refused.append(f"{path}\n{error}" if len(paths) > 1 else str(error))
    if refused:
        raise AnalysisError("\n".join(refused))
    return found


def corrections(package: Package) -> Iterator[str]:
    """The editions of a survey that was corrected while it was open."""
    count = len(package.editions)
    for edition in package.editions[1:]:
        items = [f"{item} ({language})" for item, language in edition.reworded]
        changed = ", ".join(items) or "no question"
        said = f"edition {edition.order} of {count}, {edition.note}: reworded {changed}"
        yield f"  {plain(said)}"


def comments(package: Package) -> Iterator[str]:
    """What stands in the comments that could name somebody; no text of them."""
    if len(package.comments):
        from analysis.comments.screening import report

        for line in report(package.comments).lines():
            yield f"  {line}"


def comparisons(packages: Sequence[Package]) -> Iterator[str]:
    """Every package against the first, item by item."""
    for other in packages[1:]:
        first = packages[0]
        table = waves.joinable(first, other)
        same = int((table["status"] == waves.SAME).sum())
        both = " and ".join(waves.names((first, other)))
        yield plain(f"{both}: {same} of {len(table)} items can be joined.")
        for sentence in waves.modes(first, other):
            yield f"  {plain(sentence)}"
        for item, status, differs in table.itertuples():
            said = f"{item}: {status}" + (f": {differs}" if differs else "")
            yield f"  {plain(said)}"
