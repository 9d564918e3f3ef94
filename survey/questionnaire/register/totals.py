"""Lines of a register → its totals, held against the survey; every fault is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from survey.questionnaire.problem import Problem
from survey.questionnaire.register.table import (
    MOST_NAMED,
    Line,
    Pair,
    Register,
    RegisterError,
    lines,
)
from survey.questionnaire.register.variables import Variable

Counts = dict[tuple[Pair, ...], int]


def read(content: bytes, variables: Sequence[Variable], *, file: str) -> Register:
    """The totals in a file; raises ``RegisterError`` with every problem."""
    known = {variable.name: variable for variable in variables}
    found, problems = lines(content, file)
    problems += [fault for line in found for fault in _unknown(line, known, file)]
    problems += _repeated(found, file)
    if problems:
        raise RegisterError(sorted(problems, key=lambda problem: problem.line))
    counts: Counts = {}
    for line in (_folded(line, known) for line in found):
        counts[line.categories] = counts.get(line.categories, 0) + line.people
    margins, joints = _margins(counts), _joints(counts)
    problems = [
        *_incomplete(margins, known, file),
        *_different_totals(margins, file),
        *_different_joints(margins, joints, file),
    ]
    if problems:
        raise RegisterError(problems)
    total = sum(next(iter(margins.values())).values())
    if not total:
        reason, remedy = "There are no people.", "Write how many belong to a category."
        raise RegisterError([Problem(file, "", reason, remedy)])
    missing = tuple(name for name in known if name not in margins)
    return Register(total, margins, joints, missing)


def _unknown(line: Line, known: Mapping[str, Variable], file: str) -> Iterable[Problem]:
    for name, category in line.categories:
        variable = known.get(name)
        if variable is None:
            reason = f"The survey asks for no {name!r} that describes people."
            remedy = f"Use one of {', '.join(known)}."
            yield Problem(file, name, reason, remedy, line=line.number)
        elif variable.categories and not _takes(variable, category):
            reason = f"{name} has no answer {category!r}."
            remedy = f"Use one of {', '.join(variable.categories[:50])}."
            yield Problem(file, name, reason, remedy, line=line.number)


def _takes(variable: Variable, category: str) -> bool:
    return bool(variable.rest) or category in variable.categories


def _folded(line: Line, known: Mapping[str, Variable]) -> Line:
    """Languages that are not told apart count as the rest; pairs in one order."""
    order = list(known)
    pairs = []
    for name, category in line.categories:
        variable = known[name]
        is_own = not variable.categories or category in variable.categories
        pairs.append((name, category if is_own else variable.rest))
    pairs.sort(key=lambda pair: order.index(pair[0]))
    return replace(line, categories=tuple(pairs))


def _repeated(found: Sequence[Line], file: str) -> Iterable[Problem]:
    seen: dict[frozenset[Pair], int] = {}
    for line in found:
        first = seen.setdefault(frozenset(line.categories), line.number)
        if first != line.number:
            what = " and ".join(
                f"{name} {category}" for name, category in line.categories
            )
            reason = f"{what} stands on line {first} already."
            remedy = "Leave one of the two out."
            yield Problem(file, line.categories[0][0], reason, remedy, line=line.number)


def _margins(counts: Counts) -> dict[str, dict[str, int]]:
    """People by category; of a variable that is only in joint counts, from those."""
    margins: dict[str, dict[str, int]] = {}
    for pairs, people in counts.items():
        if len(pairs) == 1:
            name, category = pairs[0]
            margins.setdefault(name, {})[category] = people
    for names, joint in _joints(counts).items():
        for at, name in enumerate(names):
            if name not in margins:
                margins[name] = _summed(joint, at)
    return margins


def _joints(counts: Counts) -> dict[Pair, dict[Pair, int]]:
    joints: dict[Pair, dict[Pair, int]] = {}
    for pairs, people in counts.items():
        if len(pairs) == 2:
            (one, category), (other, other_category) = pairs
            joint = joints.setdefault((one, other), {})
            joint[category, other_category] = people
    return joints


def _summed(joint: Mapping[Pair, int], at: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for categories, people in joint.items():
        sums[categories[at]] = sums.get(categories[at], 0) + people
    return sums


def _incomplete(
    margins: Mapping[str, Mapping[str, int]], known: Mapping[str, Variable], file: str
) -> Iterable[Problem]:
    for name, counts in margins.items():
        lacking = [c for c in known[name].categories if c not in counts]
        if lacking:
            shown = ", ".join(lacking[:MOST_NAMED])
            more = " and more" if len(lacking) > MOST_NAMED else ""
            reason = f"{name} has no number for {shown}{more}."
            yield Problem(file, name, reason, "Write 0 if nobody belongs to it.")


def _different_totals(
    margins: Mapping[str, Mapping[str, int]], file: str
) -> Iterable[Problem]:
    totals = {name: sum(counts.values()) for name, counts in margins.items()}
    if len(set(totals.values())) > 1:
        said = ", ".join(f"{name} {total}" for name, total in totals.items())
        reason = f"The totals differ: {said}."
        remedy = (
            "All lines count the same people: those who may take part. "
            "Scale estimates from elsewhere to the total of the register."
        )
        yield Problem(file, "population", reason, remedy)


def _different_joints(
    margins: Mapping[str, Mapping[str, int]],
    joints: Mapping[Pair, Mapping[Pair, int]],
    file: str,
) -> Iterable[Problem]:
    pairs = (
        (names, name, _summed(joint, at))
        for names, joint in joints.items()
        for at, name in enumerate(names)
    )
    for names, name, sums in pairs:
        for category, people in margins[name].items():
            if sums.get(category, 0) == people:
                continue
            reason = (
                f"For {name} {category} the joint counts add up to "
                f"{sums.get(category, 0)}, but its own line says {people}."
            )
            remedy = "Write every pair of categories, and make the sums equal."
            yield Problem(file, " × ".join(names), reason, remedy)
