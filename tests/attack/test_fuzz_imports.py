"""Twisted files of strangers: read or refused in words; quickly, in little memory."""

from __future__ import annotations

import pytest

from tests.attack import twisted_files
from tests.attack.watched import complaints

KINDS = sorted(twisted_files.KINDS)
EACH = 10_000 // len(KINDS) + 1


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_of_twisted_files_does_no_harm(name):
    assert complaints(twisted_files.attack(name), range(40)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_ten_thousand_twisted_files_do_no_harm(name):
    assert complaints(twisted_files.attack(name), range(EACH)) == []
