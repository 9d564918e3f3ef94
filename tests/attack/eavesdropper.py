"""Somebody with the full log of a proxy and every released row, who wants to join them.

He knows the questionnaire, has tried it out with people of his own whose answers he
knows, and is even told who is in which release. He learns what each answer does to
the log; tests/attack/joining.py looks for the assignment that fits best.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.attack.overheard import Entry

DOUBT = 8
"""How many people of his own it takes until he believes them more than the average."""

RULED_OUT = 40.0

Features = Mapping[str, str]
Row = Mapping[str, str]
HIS_KEY = {"number"}
"""By this column the test knows people again; the attacker does not look at it."""


@dataclass(frozen=True)
class View:
    """Which log he has: sizes with or without filling, whose pace it shows."""

    is_filled: bool = True
    is_late: bool = False

    def size(self, entry: Entry) -> int:
        return entry.size if self.is_filled else entry.bare

    def second(self, entry: Entry) -> int:
        return entry.late if self.is_late else entry.second


def by_address(log: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The lines of each address in their order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in log:
        found[entry.address].append(entry)
    return found


def seen(log: Iterable[Entry], view: View) -> dict[str, Features]:
    """What the log tells of each address."""
    return {one: _features(lines, view) for one, lines in by_address(log).items()}


def _features(entries: Sequence[Entry], view: View) -> dict[str, str]:
    shown = [e for e in entries if e.method == "GET"]
    places = [entry.path.rpartition("/")[2] for entry in shown]
    steps = max((int(p[1:]) for p in places if p[:1] == "p"), default=0)
    found = {"steps": str(steps), "language": shown[0].path.split("/")[1]}
    found["requests"] = str(len(entries))
    for before, entry in zip(entries, entries[1:], strict=False):
        place = entry.path.rpartition("/")[2]
        if entry.method == "POST":
            pause = math.log2(view.second(entry) - view.second(before) + 1)
            found[f"pause {steps} {place}"] = found[f"pause {place}"] = str(
                round(pause)
            )
            found[f"status {steps} {place} {entry.status}"] = "yes"
        found[f"size {steps} {place} {entry.method}"] = str(view.size(entry))
    return found


@dataclass
class Model:
    """How often a feature has a value when a question is answered so."""

    counts: dict[tuple[str, str], Counter[tuple[str, str]]]
    totals: Counter[tuple[str, str]]
    values: dict[str, set[str]]

    def fit(self, row: Row, features: Features) -> float:
        """How well a row goes with what the log tells of somebody."""
        return sum(
            self._weight(question, cell, name, value)
            for question, cell in row.items()
            if question not in HIS_KEY
            for name, value in features.items()
        )

    def _weight(self, question: str, cell: str, name: str, value: str) -> float:
        """Log of how much more often the value comes with this answer than at all."""
        rate = (self.counts["", ""][name, value] + 0.5) / (self.totals["", ""] + 1)
        if self._is_ruled_out(question, cell, name, value, rate):
            return -RULED_OUT
        with_it = self.counts[question, cell][name, value] + DOUBT * rate
        return math.log(with_it / (self.totals[question, cell] + DOUBT) / rate)

    def _is_ruled_out(
        self, question: str, cell: str, name: str, value: str, rate: float
    ) -> bool:
        """Never seen together, though by chance it would have been, often."""
        expected = self.totals[question, cell] * rate
        return expected > DOUBT and not self.counts[question, cell][name, value]

    def guess(self, question: str, features: Features) -> str:
        """The likeliest answer to one question."""

        def odds(cell: str) -> float:
            prior = math.log(self.totals[question, cell] + 1)
            each = (self._weight(question, cell, n, v) for n, v in features.items())
            return prior + sum(each)

        return max(sorted(self.values[question]), key=odds)


def learn(rows: Mapping[str, Row], told: Mapping[str, Features]) -> Model:
    """What one's own people teach; both are keyed by person."""
    model = Model(defaultdict(Counter), Counter(), defaultdict(set))
    for one, row in rows.items():
        pairs = [("", ""), *((q, c) for q, c in row.items() if q not in HIS_KEY)]
        for pair in pairs:
            model.totals[pair] += 1
            model.counts[pair].update(told[one].items())
            model.values[pair[0]].add(pair[1])
    return model
