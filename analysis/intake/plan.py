"""items.csv of an intake: what the columns of a foreign table mean. Knows no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.intake.reading import Source
from analysis.package.codes import (
    KINDS,
    NO_ANSWER,
    ROLES,
    SEPARATOR,
    SPREAD_KINDS,
    SYSTEM_COLUMNS,
    TEXT_KINDS,
)
from analysis.package.items import BOOLEANS, NAME
from analysis.package.problems import Findings

CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
NEEDED = ("item", "kind")
# Codes that panels, paper forms and statistical offices use for no answer. A code that
# is an option of an item keeps its meaning there.
DEFAULT_SILENCES: Mapping[str, str] = {"88": "-1", "98": "-3", "99": "-4"}
CORRECT = "Correct the line."
_THREE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One item: where it comes from, and what it becomes.

    ``options`` maps codes of the table to codes of the package, empty where they are
    to be found in the data; ``silences`` maps codes to kinds of no answer.
    """

    number: int
    item: str
    kind: str
    column: str
    options: Mapping[str, str]
    silences: Mapping[str, str]
    scale: str = ""
    field: str = ""
    role: str = "other"
    page: str = ""
    shown_if: str = ""
    reversed: bool = False
    sensitive: bool = False
    is_group: bool = False
    is_of_three: bool = False

    @property
    def is_spread(self) -> bool:
        """Whether it becomes one column per option."""
        return self.kind in SPREAD_KINDS

    @property
    def is_text(self) -> bool:
        """Whether it holds own words, which are not taken."""
        return self.kind in TEXT_KINDS


def read_plan(table: Source, findings: Findings) -> tuple[Line, ...]:
    """Read and check every line of items.csv; all problems are noted."""
    missing = [name for name in NEEDED if name not in table.names]
    for name in missing:
        findings.add(
            table.file, "This column is missing.", "Add it.", row=1, column=name
        )
    if missing:
        return ()
    found: dict[str, Line] = {}
    for number, cells in zip(table.lines, table.rows, strict=True):
        row = dict(zip(table.names, cells, strict=True))
        line = _line(number, row, "group" in table.names)
        faults = list(_faults(line, row, found))
        for column, reason in faults:
            findings.add(table.file, reason, CORRECT, row=number, column=column)
        if not faults:
            found[line.item] = line
    _check_three(table, list(found.values()), findings)
    return tuple(found.values())


def _check_three(table: Source, lines: Sequence[Line], findings: Findings) -> None:
    """People are counted by three groups that are not sensitive, or by none."""
    named = [line for line in lines if line.is_of_three]
    if named and len(named) != _THREE:
        reason = f"People are counted by three groups; here are {len(named)}."
        remedy = "Write true in three lines or in none."
        findings.add(
            table.file, reason, remedy, row=named[0].number, column="three_way"
        )
    for line in named:
        if line.sensitive or not line.is_group or line.is_spread:
            reason = f"{line.item} is no group of one answer, or it is sensitive."
            findings.add(
                table.file, reason, CORRECT, row=line.number, column="three_way"
            )


def _line(number: int, row: Mapping[str, str], has_groups: bool) -> Line:  # noqa: FBT001
    cell: Callable[[str], str] = lambda name: row.get(name, "")  # noqa: E731
    role = cell("role") or "other"
    options = pairs(cell("options"))
    silences = {
        code: kind for code, kind in DEFAULT_SILENCES.items() if code not in options
    }
    return Line(
        number=number,
        item=cell("item"),
        kind=cell("kind"),
        column=cell("column") or cell("item"),
        options=options,
        silences=silences | pairs(cell("no_answer")),
        scale=cell("scale"),
        field=cell("field"),
        role=role,
        page=cell("page"),
        shown_if=cell("shown_if"),
        reversed=BOOLEANS.get(cell("reversed"), False),
        sensitive=BOOLEANS.get(cell("sensitive"), False),
        is_group=BOOLEANS.get(cell("group"), False)
        if has_groups
        else role == "demographic",
        is_of_three=BOOLEANS.get(cell("three_way"), False),
    )


def pairs(text: str) -> dict[str, str]:
    """``1=good 2=bad`` or ``good bad`` as a mapping of codes.

    Examples
    --------
    >>> pairs("1=good A2 -oth-=other")
    {'1': 'good', 'A2': 'a2', '-oth-': 'other'}
    """
    found = {}
    for part in text.replace(",", " ").split():
        source, sign, target = part.partition("=")
        found[source] = target if sign else code_of(source)
    return found


def code_of(text: str) -> str:
    """A code the package allows, as near to a foreign one as it can be.

    Examples
    --------
    >>> code_of("AO01"), code_of("-oth-"), code_of("Sehr gut")
    ('ao01', 'oth', 'sehr_gut')
    """
    return "_".join(re.findall(r"[a-z0-9]+", text.lower()))


def _faults(
    line: Line, row: Mapping[str, str], found: Mapping[str, Line]
) -> list[tuple[str, str]]:
    name = line.item
    is_name = NAME.fullmatch(name) and SEPARATOR not in name
    checks = [
        (
            "item",
            not is_name or name in SYSTEM_COLUMNS,
            "A name has small letters, digits and single _.",
        ),
        ("item", name in found, "This item stands twice."),
        ("kind", line.kind not in KINDS, f"It must be one of {_listed(KINDS)}."),
        ("role", line.role not in ROLES, f"It must be one of {_listed(ROLES)}."),
        (
            "options",
            not all(CODE.fullmatch(code) for code in line.options.values()),
            "A code has small letters, digits and single _; write foreign=code.",
        ),
        (
            "options",
            len(set(line.options.values())) < len(line.options) and line.is_spread,
            "Two answers would share one code.",
        ),
        (
            "no_answer",
            not set(line.silences.values()) <= set(NO_ANSWER),
            f"Write foreign=kind, where kind is one of {', '.join(NO_ANSWER)}.",
        ),
        (
            "field",
            bool(line.field) and not CODE.fullmatch(line.field),
            "A field's code has small letters, digits and single _.",
        ),
        *(
            (column, row.get(column, "") not in BOOLEANS, "It must be true or false.")
            for column in ("reversed", "sensitive", "group", "three_way")
        ),
    ]
    return [(column, reason) for column, is_wrong, reason in checks if is_wrong]


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
