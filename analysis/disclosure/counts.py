"""Unrounded counts. Never leaves this package: nobody else imports it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.design import Design

Cell = tuple[str, str]  # statistic, category

PARTS = "parts"  # one answer each: the counts add up to the base
OPTIONS = "options"  # several answers: every count is at most the base

SCALE_OF_FOUR = 4  # shorter scales have ends of one category


@dataclass(frozen=True, slots=True)
class Key:
    """Who answered what: one item, answered by one group of one variable."""

    item: str
    variable: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Unrounded counts of one item in one group.

    ``favourable`` and ``unfavourable`` are the two ends of a scale, empty without
    one; ``scale`` lists its categories in order. ``apart`` marks a group that is not
    part of everybody (people who came by an open link beside a sample). With
    ``counts_everybody`` whoever saw the question is in the base (pick up to k).
    ``covers`` says that everybody in the base chose at least one option, or put
    exactly one first: true of every form that was filled in on the web.
    ``never_asked`` marks a group that does not meet the item, as anybody can read in
    the questionnaire.
    """

    key: Key
    base: int
    cells: Mapping[Cell, int]
    shape: str = PARTS
    missing: Mapping[str, int] = field(default_factory=dict)
    scale: tuple[str, ...] = ()
    apart: bool = False
    counts_everybody: bool = False
    covers: bool = False
    never_asked: bool = False

    def sums(self) -> dict[str, dict[str, int]]:
        """Return per summary of a scale how often it counts each category."""
        if not self.scale:
            return {}
        ends = 2 if len(self.scale) >= SCALE_OF_FOUR else 1
        top, bottom = self.scale[:ends], self.scale[-ends:]
        net = dict.fromkeys(top, 1) | dict.fromkeys(bottom, -1)
        return {
            "top2": dict.fromkeys(top, 1),
            "bottom2": dict.fromkeys(bottom, 1),
            "net": net,
        }

    def parts_of(self, cell: Cell) -> dict[Cell, int]:
        """Return the cells that a cell or a summary counts, and how often."""
        if cell in self.cells:
            return {cell: 1}
        factors = self.sums()[cell[0]]
        return {("share", code): factor for code, factor in factors.items()}

    def sum_of(self, statistic: str) -> int:
        """Return the unrounded value of a summary."""
        return sum(
            factor * self.cells["share", category]
            for category, factor in self.sums()[statistic].items()
        )


@dataclass(frozen=True, slots=True)
class Population:
    """What frames all tables of a survey: how many people, in which groups.

    ``sizes`` holds the groups as they are shown; ``complete`` names the variables
    that everybody has a value of.
    """

    people: int
    sizes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survey:
    """What all tables of a survey have in common, known before the answers.

    ``strata`` maps variable and shown group to the size of the population.
    """

    name: str
    wave: str
    design: Design
    package_hash: str = ""
    strata: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
