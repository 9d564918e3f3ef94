"""The numbers a publication withholds, for whoever scans the files made of it."""

from dataclasses import dataclass

from analysis.disclosure import Publication, publish
from analysis.package import Package
from tests.disclosure.truth import true_counts

CELLS = ("share", "first", "ranked", "missing", "base")


@dataclass(frozen=True)
class Withheld:
    """One true count that must stand nowhere, and the shares that would tell it."""

    item: str
    group_variable: str
    group: str
    statistic: str
    category: str
    count: int
    base: int

    @property
    def share(self) -> float:
        """True share, unrounded; 0 without a base."""
        return self.count / self.base if self.base else 0.0


def withheld(
    package: Package, publication: Publication | None = None
) -> list[Withheld]:
    """List every true count that is not a multiple of five.

    Those are exactly the counts no file may hold: all that leaves is a multiple of
    five. Groups too small to be shown are listed with their own codes as well.
    """
    published = publication or publish(package, seed=1, resamples=10)
    variables = sorted({table.group_variable for table in published.tables} - {""})
    found = true_counts(package, published.merges, variables)
    found |= true_counts(package, _apart(package, variables), variables)
    return [
        Withheld(
            *name[:3],
            name[3],
            name[4] if len(name) > 4 else "",
            n,
            found.get((*name[:3], "base"), 0),
        )
        for name, n in found.items()
        if len(name) >= 4 and name[3] in CELLS and n % 5
    ]


def _apart(package: Package, variables: list[str]) -> dict[str, dict[str, str]]:
    """Merges that merge nothing: every group on its own."""
    return {
        variable: {code: code for code in package.responses[variable].astype("str")}
        for variable in variables
    }


def withheld_counts(
    package: Package, publication: Publication | None = None
) -> set[int]:
    """Return the withheld counts as numbers."""
    return {each.count for each in withheld(package, publication)}


def withheld_shares(
    package: Package, publication: Publication | None = None
) -> set[str]:
    """Return withheld shares in percent with one to three digits, as text.

    No published share has a fraction of a percent, so none of these may stand in any
    file with figures, in any notation of the decimal sign.
    """
    found = set()
    for each in withheld(package, publication):
        for digits in (1, 2, 3):
            text = f"{100 * each.share:.{digits}f}"
            if text.rstrip("0").rstrip(".") == text:
                found |= {text, text.replace(".", ",")}
    return found
