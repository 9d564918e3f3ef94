"""A fault of the program is told by its places; what it says may quote an answer."""

from __future__ import annotations

import subprocess
import sys

from tests.rules.sources import ROOT

PROGRAM = """
from survey.cli import main
from survey.cli import surveys
def broken():
    raise RuntimeError("Nachtigallenweg")
surveys.opened_instance = broken
main()
"""


def test_a_fault_shows_where_and_not_what():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "release"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 1
    assert "Nachtigallenweg" not in done.stdout + done.stderr
    assert done.stderr.startswith("RuntimeError\n  ")
    assert "<string>:5 broken" in done.stderr
    assert "This is a fault of the program." in done.stderr
