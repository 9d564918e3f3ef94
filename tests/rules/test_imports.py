"""Who may know whom, seen at run time (the contracts in setup.cfg see the sources)."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"pandas", "matplotlib", "statsmodels", "scipy", "analysis", "alembic"}
HEAVY |= {"typst", "segno"}


def modules_after(statement: str) -> set[str]:
    """Top-level modules a fresh interpreter has loaded after one statement."""
    code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import survey.questionnaire.journey", {"flask", "sqlalchemy", "babel"}),
        ("import survey.authoring.toml", {"flask", "werkzeug", "wtforms"}),
        ("import survey.urn", {"flask", "werkzeug", "wtforms"}),
        ("from survey import create_app", {"flask"}),
        ("import survey.app", HEAVY),
        ("import survey.cli", HEAVY | {"flask", "gunicorn"}),
        ("import analysis.cli", {"flask", "survey", "sqlalchemy", "pandas"}),
        ("import analysis.report", {"flask", "survey", "matplotlib.pyplot"}),
    ],
)
def test_importing_loads_nothing_that_belongs_elsewhere(statement, forbidden):
    loaded = modules_after(statement)
    assert not loaded & forbidden


def test_the_rule_sees_a_forbidden_module():
    assert "flask" in modules_after("import flask")
