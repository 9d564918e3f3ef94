"""The re-identification check: what could be seen of people, and what repairs it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.privacy import profile_of
from survey.questionnaire.register.exposure import Exposure
from survey.questionnaire.register.merging import Groups, Plan
from survey.questionnaire.register.population import Categories, Population
from survey.questionnaire.register.questions import Seen, seen_together
from survey.questionnaire.register.table import Register
from survey.questionnaire.register.variables import not_assessed, variables


@dataclass(frozen=True, slots=True)
class Proposal:
    """How the answers of one question are taken together.

    One group of all answers means that the question is left out.
    """

    variable: str
    groups: tuple[Categories, ...]

    @property
    def leaves_out(self) -> bool:
        """Whether nothing of the question remains."""
        return len(self.groups) < 2

    def __str__(self) -> str:
        """Answers of a group joined by +, groups parted by |."""
        if self.leaves_out:
            return "leave it out"
        return " | ".join(" + ".join(group) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Finding:
    """One set of answers: how exposed people are, and after all that is proposed."""

    seen: Seen
    before: Exposure
    after: Exposure
    proposals: tuple[Proposal, ...]

    @property
    def is_within(self) -> bool:
        """Whether the limits hold as the questions are."""
        return self.seen.limits.excess(self.before) == 0

    @property
    def is_repaired(self) -> bool:
        """Whether the limits hold after what is proposed."""
        return self.seen.limits.excess(self.after) == 0


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything the check found; ``missing`` are variables without numbers."""

    people: int
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    missing: tuple[str, ...]

    @property
    def is_within(self) -> bool:
        """Whether all limits hold, for every answer that describes people."""
        return not self.missing and all(found.is_within for found in self.findings)


def assess(
    questionnaire: Questionnaire,
    register: Register,
    *,
    keep: Collection[str] = (),
) -> Assessment:
    """Hold a survey's questions against the people of a register.

    ``keep`` names questions that proposals leave as they are. Raises
    ``RegisterError`` when joint counts contradict each other.
    """
    known = [
        replace(variable, is_fixed=variable.is_fixed or variable.name in keep)
        for variable in variables(questionnaire)
        if variable.name in register.margins
    ]
    population = Population(register)
    largest = profile_of(questionnaire).largest_table
    sets = seen_together(known, largest_table=largest)
    plan = Plan(population, known, sets)
    before = plan.unmerged()
    after = plan.applied(plan.merges())
    proposals = _proposals(before, after)
    return Assessment(
        people=register.total,
        findings=tuple(_finding(plan, seen, before, after, proposals) for seen in sets),
        proposals=proposals,
        missing=(*register.missing, *not_assessed(questionnaire)),
    )


def _proposals(before: Groups, after: Groups) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(name, groups)
        for name, groups in after.items()
        if groups != before[name]
    )


def _finding(
    plan: Plan,
    seen: Seen,
    before: Groups,
    after: Groups,
    proposals: Sequence[Proposal],
) -> Finding:
    own = tuple(found for found in proposals if found.variable in seen.names)
    exposed = plan.exposure(seen, before)
    return Finding(seen, exposed, plan.exposure(seen, after), own)
