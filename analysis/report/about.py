"""What a report says about a survey besides its figures; knows no answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.codebook import Codebook
from analysis.report.plain import plain


@dataclass(frozen=True)
class About:
    """Facts that were public before anybody answered.

    ``population`` and ``invited`` are those of the design, ``start`` and ``end`` the
    days of the field time where the package tells them; ``reworded`` the items whose
    wording was corrected while people answered, by language.
    """

    survey: str
    codebook: Codebook
    design: str
    package_hash: str
    created: date
    population: int | None = None
    invited: int | None = None
    start: date | None = None
    end: date | None = None
    reworded: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def only_in(self, names: Collection[str]) -> tuple[str, ...]:
        """The languages these items were asked in; empty where those are all."""
        found = [each for each in self.codebook.items if each.name in names]
        spoken = {code for each in found for code in each.only_in}
        is_partial = all(each.only_in for each in found)
        return tuple(
            code for code in self.codebook.languages if is_partial and code in spoken
        )

    def title(self, language: str) -> str:
        """The survey's title, its name where the title is missing."""
        return plain(self.codebook.labels("", "", "label", language) or self.survey)
