"""What a chart says: its sentences and labels, already in the reader's language.

Knows no figures; every number on a picture comes from the protected table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Labels = Mapping[str, str]


class ChartError(Exception):
    """A picture cannot be drawn; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one chart in one language.

    ``headline``, ``subtitle``, ``base_line`` and ``notes`` stand on the framed
    picture only. ``items``, ``categories`` and ``groups`` are labels by code;
    ``missing`` labels the kinds of no answer (``"-3"``: "don't know").
    ``legend`` holds the chart's own words by the keys of ``LEGEND_KEYS``.
    """

    headline: str = ""
    subtitle: str = ""
    base_line: str = ""
    items: Labels = field(default_factory=dict)
    categories: Labels = field(default_factory=dict)
    groups: Labels = field(default_factory=dict)
    legend: Labels = field(default_factory=dict)
    missing: Labels = field(default_factory=dict)
    notes: Sequence[str] = ()

    def item(self, code: str) -> str:
        """The label of an item (a question, a row, an option, a field)."""
        return _label(self.items, code, "item")

    def category(self, code: str, item: str = "") -> str:
        """The label of an answer; no answers have theirs in ``missing``.

        Where a table holds several items, an answer may be labelled under
        ``item/code``, because two of them can share a code.
        """
        known = {**self.missing, **self.categories}
        own = f"{item}/{code}"
        return known[own] if own in known else _label(known, code, "category")

    def group(self, code: str) -> str:
        """The label of a group."""
        return _label(self.groups, code, "group")

    def say(self, key: str) -> str:
        """One of the chart's own words."""
        return _label(self.legend, key, "word")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: SVG, PNG (framed pictures only) and every text on it, whole."""

    svg: bytes
    png: bytes | None
    texts: tuple[str, ...]


SIGNS = (
    "sign.protected",
    "sign.few",
    "sign.uncertain",
    "sign.not_meaningful",
    "sign.impossible",
)
EVERYWHERE = (*SIGNS, "nothing", "majority", "interval")
# The chart's own words, by kind of chart. "majority" holds %(answer)s.
LEGEND_KEYS: Mapping[str, tuple[str, ...]] = {
    "agreement": (*EVERYWHERE, "net", "mark"),
    "dots": (*EVERYWHERE, "weighted"),
    "groups": (*EVERYWHERE, "top2", "first", "secured"),
    "matrix": (
        *EVERYWHERE,
        "importance",
        "satisfaction",
        "means",
        "box",
        "undecided",
        "corner.act",
        "corner.keep",
        "corner.watch",
        "corner.calm",
    ),
    "participation": (
        *EVERYWHERE,
        "channels",
        "invited",
        "undeliverable",
        "started",
        "completed",
        "partial",
        "ineligible",
        "excluded",
        "response_rate",
        "cooperation_rate",
        "completion_rate",
        "weighted",
        "register",
    ),
    "ranks": (*EVERYWHERE, "rank", "rank_interval"),
}


def _label(labels: Labels, code: str, kind: str) -> str:
    try:
        return labels[code]
    except KeyError:
        raise ChartError(f"No {kind} “{code}” among the chart's words.") from None
