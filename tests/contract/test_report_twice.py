"""The same package gives the same report, whoever makes it and wherever."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.contract.towns import Town

pytestmark = pytest.mark.thorough


def content_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_programs_write_the_same_bytes(tmp_path):
    town = Town(tmp_path / "instance", design="census", population=80, invited=80)
    town.answer(14, channel="code")
    package = town.export(tmp_path / "package.zip")
    found = []
    for name, seed in (("one", "1"), ("two", "2")):
        out = tmp_path / name / "report"
        command = [sys.executable, "-m", "analysis", "report", str(package)]
        subprocess.run(  # noqa: S603 - our own program
            [*command, "--out", str(out), "--language", "ar"],
            check=True,
            timeout=300,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT-{seed}"},
        )
        found.append(content_of(out))
    assert found[0] == found[1]
    assert len(found[0]) > 7
