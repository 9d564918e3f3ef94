"""Nobody who draws or tells may import what holds unprotected counts."""

import ast
from pathlib import Path

import pytest

import analysis
from analysis import disclosure

ROOT = Path(analysis.__file__).parent
OUTSIDE = ("charts", "report", "files")
COUNTING = (
    "estimates",
    "compare",
    "ranking",
    "fields",
    "scales",
    "participation",
    "engine",
    "responses",
)
OPEN_DOOR = {"analysis.disclosure", "analysis.disclosure.protected"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def modules():
    for folder in OUTSIDE:
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize(
    "path", list(modules()), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_draws_and_tells_sees_only_what_the_gate_returns(path):
    for module, name in imported(path):
        parts = module.split(".")
        if parts[0] != "analysis":
            continue
        whole = [*parts[1:], name]
        assert whole[0] not in COUNTING, f"{path}: {module} {name}"
        if whole[0] == "disclosure":
            assert module in OPEN_DOOR, f"{path}: {module}"
            assert name in disclosure.__all__
            assert name not in ("publish", "protect", "Policy") or path.name == "cli.py"


def test_no_public_type_of_the_gate_has_a_place_for_unrounded_counts():
    public = (disclosure.Protected, disclosure.Publication, disclosure.Secured)
    assert {
        name
        for one in (disclosure.Correction, disclosure.Total, disclosure.Change)
        for name in one.__dataclass_fields__
    } == {
        "state",
        "variables",
        "unused",
        "deff",
        "n_eff",
        "light",
        "least",
        "most",
        "totals",
        "blank",
        "reasons",
        "merges",
        "whole",
        "changed",
        "variable",
        "groups",
        "target",
        "weighted",
        "item",
        "statistic",
        "category",
        "share",
    }
    places = {name for one in public for name in one.__dataclass_fields__}
    assert places == {
        "table",
        "kind",
        "items",
        "group_variable",
        "figures",
        "secured",
        "statements",
        "base",
        "notes",
        "design",
        "tables",
        "merges",
        "item",
        "group",
        "effect",
        "p_holm",
        "category",
        "effect_name",
        "correction",
    }
