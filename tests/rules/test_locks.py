"""What is locked is what gets installed.

pip takes a newer release for `name[extra]` where only `name` is pinned.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.rules.sources import ROOT

LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-postgres.txt",
    "requirements-scale.txt",
)


def pinned(lock: str) -> dict[str, set[str]]:
    """The extras with which every package is pinned here and now."""
    lines = (ROOT / lock).read_text().splitlines()
    found = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]
    here = [one for one in found if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): one.extras for one in here}


def asked_for(package: str, extras: set[str]) -> list[Requirement]:
    """What a package needs here, its extras included; nothing if not installed."""
    try:
        needed = [Requirement(line) for line in requires(package) or ()]
    except PackageNotFoundError:
        return []
    chosen = [{"extra": extra} for extra in ("", *sorted(extras))]
    return [
        one
        for one in needed
        if one.marker is None or any(map(one.marker.evaluate, chosen))
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_an_extra_that_a_package_asks_for_is_pinned_with_the_package(lock: str) -> None:
    locked = pinned(lock)
    loose = [
        f"{lock}: {package} asks for {one}; pin it with its extras (make lock)"
        for package, extras in locked.items()
        for one in asked_for(package, extras)
        if not one.extras <= locked[canonicalize_name(one.name)]
    ]
    assert loose == []
