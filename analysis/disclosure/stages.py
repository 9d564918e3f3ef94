"""How many reached each stage, rounded. Must not know an opinion."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.design import CODED_CHANNELS
from analysis.disclosure.answered import CHANNEL, Answered, shown_as
from analysis.disclosure.rounding import rounded
from analysis.responses import is_among

ALL = ""
_STOPPED = "-5"


class Stages:
    """Published counts of who took part: stages per channel, pages, exclusions."""

    def __init__(self, data: Answered) -> None:
        self._data = data
        self._thresholds = data.policy.thresholds
        table = data.package.participation
        self._stages = table[table["stage"] != "page"]
        self._pages = table[table["stage"] == "page"]

    def stage(self, stage: str, channel: str = ALL) -> int | None:
        """Return how many reached a stage, ``None`` where nobody counted.

        Without a channel: of all channels the tables speak of.
        """
        found = self._stages[self._stages["stage"] == stage]
        return self._sum(found, channel)

    def page(self, page: str) -> int | None:
        """Return how many reached a page."""
        return self._sum(self._pages[self._pages["page"] == page], ALL)

    def pages(self) -> list[str]:
        """Return the pages in the order of the questionnaire.

        A page that only some languages have is left out: those who passed it by
        would look as if they had stopped.
        """
        items = self._data.package.codebook.items
        known = {item.page for item in items}
        for_all = {item.page for item in items if not item.only_in}
        pages = dict.fromkeys(self._pages["page"].astype("str"))
        return [page for page in pages if page in for_all or page not in known]

    def _sum(self, found: pd.DataFrame, channel: str) -> int | None:
        if channel != ALL:
            codes = found["channel"].astype("str")
            found = found[[self._shown(code) == channel for code in codes]]
        elif self._speaks_of_invited():
            found = found[found["channel"].isin(CODED_CHANNELS)]
        if found.empty:
            return None
        return rounded(int(found["count"].sum()), self._thresholds)

    def _shown(self, code: str) -> str:
        data = self._data
        has_outside = len(data.everybody) < len(data.package.responses)
        return shown_as(CHANNEL, code, data.merges[CHANNEL], has_outside=has_outside)

    def _speaks_of_invited(self) -> bool:
        return bool(self._data.design.kind != "open")

    def completed(self) -> int:
        """Return how many answers the tables speak of."""
        return rounded(self._data.population.people, self._thresholds)

    def partial(self) -> int:
        """Return how many of them were sent before the end."""
        responses = self._data.everybody
        items = self._data.package.codebook.items
        # All columns of an item carry the same code when it was not reached.
        names = [item.columns[0] for item in items if item.columns]
        stopped = np.zeros(len(responses), dtype=bool)
        for name in names:
            stopped |= is_among(responses, name, (_STOPPED,))
        return rounded(int(stopped.sum()), self._thresholds)

    def excluded(self) -> dict[str, int]:
        """Return how many answers the data review left out, by reason."""
        return {
            reason: rounded(n, self._thresholds)
            for reason, n in sorted(self._data.package.excluded.items())
        }

    def is_open(self, channel: str) -> bool:
        """Whether a way in stands beside a sample, open to whoever comes."""
        return channel in self._data.groups[CHANNEL].apart

    def channels(self) -> dict[str, int]:
        """Return how many came by each channel that is shown."""
        groups = self._data.groups[CHANNEL]
        return {
            name: rounded(int((groups.codes == place).sum()), self._thresholds)
            for place, name in enumerate(groups.names)
        }
