"""What may leave: tables of protected figures. Must not know any unprotected count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.disclosure.correction import Correction

FIGURE_COLUMNS = (
    "table",
    "item",
    "category",
    "group",
    "n",
    "share",
    "low",
    "high",
    "sign",
    "figure_id",
    "statistic",
    "group_variable",
    "channel",
    "wave",
    "base",
    "design",
    "weighted",
    "package_hash",
    "weighted_share",
    "weighted_low",
    "weighted_high",
    "weighted_sign",
)
# What a figure without weights holds there.
UNWEIGHTED = {
    "weighted_share": None,
    "weighted_low": None,
    "weighted_high": None,
    "weighted_sign": "",
}

_TYPES = {
    "n": "Int64",
    "base": "Int64",
    "share": "Float64",
    "low": "Float64",
    "high": "Float64",
    "figure_id": "int64",
    "weighted": "bool",
    "weighted_share": "Float64",
    "weighted_low": "Float64",
    "weighted_high": "Float64",
}

KINDS = ("agreement", "dots", "groups", "matrix", "participation", "people", "ranks")

SIGNS = ("", "protected", "few", "uncertain", "not_meaningful", "impossible")

# What a row of figures says. ``n`` and ``base`` are always multiples of the rounding
# base; ``share`` holds the value, also of the statistics that are no shares.
STATISTICS = (
    "share",  # n of base gave this category
    "missing",  # n without an answer; category is the code -1 ... -5
    "top2",  # n of base chose one of the two favourable ends of the scale
    "bottom2",
    "net",  # top2 minus bottom2; n and share may be negative
    "points_low",  # a quarter of the people gave at most so many points
    "points_middle",  # half of them
    "points_high",  # three quarters of them
    "importance",  # share that picked the field
    "satisfaction",  # top-2 share of the satisfied, of the same field
    "gap",  # importance x (1 - satisfaction)
    "rank",  # place, 1 = first; ties share the lower number
    "rank_low",  # best place that is possible
    "rank_high",  # worst place that is possible
    "first",  # n of base put this first
    "ranked",  # n of base ranked this at all
    "invited",
    "undeliverable",
    "started",
    "completed",  # answers received
    "ineligible",  # of them, not living or working here
    "partial",  # of them, sent before the end
    "excluded",  # left out by the data review; category holds the reason
    "before_review",  # n of base gave this answer, rows left out by the review included
    "after_review",  # the same without them; as in the table of the item
    "response_rate",
    "aapor",  # category holds the name of the rate: RR1 ... RR6
    "completion_rate",
    "reached",  # n of base got as far as this page
    "people",  # n people are in these three groups
    "register",  # share of the people of the register who are in this group
)

QUADRANTS = (
    "act",  # more important and less satisfying than the mean of the fields
    "keep",  # more important, more satisfying
    "watch",  # less important, less satisfying
    "calm",  # less important, more satisfying
    "open",  # an interval crosses a line: not decidable
)

NOTES = (
    "rounded",  # every count is rounded to a multiple of 5
    "own_sum",  # the parts of a bar need not add up to 100 %
    "about",  # percentages in steps of 5, because a base is below 100
    "uncertain",  # some bases are 10 to 29: counts in brackets, no percentages
    "protected",  # some figures are withheld
    "homogeneous",  # a large majority of a small group gave one answer
    "nonresponse_over_20",  # more than 20 % of those asked gave no answer
    "multiple",  # several answers were possible
    "reversed",  # the first answer is the unfavourable end of the scale
    "merged",  # small groups are shown together ("merged:<variable>")
    "below_minimum",  # too few answers in the whole survey: nothing is published
    "impossible",  # some groups were not asked, by the way of the questionnaire
    "weighted",  # weighted shares stand beside the others
    "no_invited_answers",  # a sample was invited, but nobody came by invitation
)


@dataclass(frozen=True, slots=True)
class Secured:
    """A difference between a group and the rest that may be put into words.

    It holds for every set of answers that rounds to the published figures, so it
    says nothing that the figures do not say. ``effect`` is Cliff's delta (scales;
    positive: the group is nearer the favourable end), the difference of shares (one
    option, named in ``category``; positive: the group chose it more often) or
    Cramer's V (unordered answers; never negative). ``p_holm`` is adjusted over all
    comparisons of the group variable.
    """

    item: str
    group: str
    effect: float
    p_holm: float
    group_variable: str = ""
    category: str = ""
    effect_name: str = "delta"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a table says without a number.

    ``kind`` is ``median`` (``value``: code of the answer in the middle), ``majority``
    (``value``: code of the answer that more than 90 % of a small group gave; its
    figures are withheld), ``quadrant`` (of the field ``category``; ``value`` is one
    of ``QUADRANTS``), ``stability`` (of that quadrant, in open participation:
    ``stable``, ``changeable`` or ``open``) or ``check_translation`` (``value``: form
    language whose answers to ``item`` stand so far apart that the wordings should be
    compared).
    """

    kind: str
    item: str
    value: str
    category: str = ""
    group_variable: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Protected:
    """One table that may be drawn, read aloud and written to a file.

    ``figures`` has the columns ``FIGURE_COLUMNS``, one row per figure, in the order
    of the codebook: the empty group first, then groups, then categories. ``base`` is
    the largest published base, ``None`` where none may be said.
    """

    table: str
    kind: str
    items: tuple[str, ...]
    group_variable: str
    figures: pd.DataFrame
    secured: tuple[Secured, ...] = ()
    statements: tuple[Statement, ...] = ()
    base: int | None = None
    notes: tuple[str, ...] = ()
    design: str = "open"


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a survey publishes, and the merges it is bound to from now on.

    ``correction`` says whether and how the answers were weighted.
    """

    tables: tuple[Protected, ...]
    merges: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    correction: Correction | None = None

    @property
    def is_below_minimum(self) -> bool:
        """Whether there were too few answers to publish anything but this fact."""
        return any("below_minimum" in table.notes for table in self.tables)

    def table(self, name: str) -> Protected:
        """Return the table called ``name``; raise ``KeyError`` if there is none."""
        for table in self.tables:
            if table.table == name:
                return table
        raise KeyError(name)

    def figures(self) -> pd.DataFrame:
        """Return the figures of all tables, one under the other."""
        return frame(
            record
            for table in self.tables
            for record in table.figures.to_dict("records")
        )


def figure_id(
    *,
    survey: str,
    wave: str,
    channel: str,
    table: str,
    item: str,
    statistic: str,
    category: str,
    group_variable: str,
    group: str,
) -> int:
    """Return the number a figure keeps for ever, whatever its value becomes.

    48 bits, so that spreadsheets and JavaScript keep every digit.
    """
    parts = (survey, wave, channel, table, item, statistic, category)
    text = "\x1f".join((*parts, group_variable, group))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest())


def frame(records: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return figures as a table with the columns and types of ``figures.csv``."""
    rows = [UNWEIGHTED | dict(row) for row in records]
    return pd.DataFrame(
        {
            name: pd.array([row[name] for row in rows], dtype=_TYPES.get(name, "str"))
            for name in FIGURE_COLUMNS
        }
    )
