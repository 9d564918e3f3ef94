"""What draws, says or writes sees nothing but what the gate has let through."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.rules.sources import product

BEHIND_THE_GATE = ("analysis/charts/", "analysis/report/", "analysis/files/")
BEHIND_THE_GATE += ("analysis/handing_out.py",)
# Of a package they may know that it was refused, and what was asked.
OF_A_PACKAGE = {"AnalysisError", "Codebook", "Item"}
OF_THE_GATE = "analysis.disclosure"
OPEN = {OF_THE_GATE, "analysis.package", "analysis.codebook", "analysis.language"}
OPEN |= {"analysis.design"}
HIDDEN = ("responses", "everybody", "excluded_rows")


def imports(text: str) -> Iterator[tuple[str, str]]:
    """Every module of ours that a source names, with what is taken from it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield node.module, name.name
        elif isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, ""


def is_allowed(module: str, name: str) -> bool:
    if not module.startswith("analysis"):
        return True
    inside = ("analysis.charts", "analysis.report", "analysis.files")
    if module.startswith(inside) or (module == "analysis" and not name):
        return True
    if module == "analysis.package":
        return name in OF_A_PACKAGE
    return module in OPEN


def behind_the_gate() -> Iterator[tuple[str, str]]:
    for name, text in product(".py"):
        if name.startswith(BEHIND_THE_GATE):
            yield name, text


def test_nothing_behind_the_gate_takes_what_did_not_pass_it():
    found = [
        f"{name}: {module} {part}"
        for name, text in behind_the_gate()
        for module, part in imports(text)
        if not is_allowed(module, part)
    ]
    assert not found, "\n".join(found)


def test_nothing_behind_the_gate_looks_at_answers():
    found = [
        f"{name}:{node.lineno}"
        for name, text in behind_the_gate()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in HIDDEN
    ]
    assert not found, "\n".join(found)


def test_rows_of_the_file_reach_nobody_but_files():
    takers = {
        name
        for name, text in product(".py")
        for module, part in imports(text)
        if part in ("AnalysisFile", "analysis_file", "every_row")
        and not name.startswith("analysis/disclosure/")
    }
    assert takers <= {
        "analysis/cli.py",
        "analysis/handing_out.py",
        "analysis/files/ddi.py",
        "analysis/files/rowfiles.py",
        "analysis/files/statistics.py",
        "analysis/files/variables.py",
    }


def test_the_rule_knows_a_way_around_the_gate():
    assert not is_allowed("analysis.disclosure.counts", "Row")
    assert not is_allowed("analysis.package", "open_package")
    assert not is_allowed("analysis.estimates", "shares")
    assert is_allowed("analysis.disclosure", "Protected")
