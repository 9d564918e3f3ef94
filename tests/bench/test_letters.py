"""800 letters in two languages; their QR codes beside segno, one call for each.

Processor time of this process and of the children it waited for.
"""

from __future__ import annotations

import os
import sys

import pytest
import segno

from survey.language import registry
from survey.letters import invitation, qr
from survey.letters.coded import letters
from survey.storage import engine, surveys
from survey.urn import codes
from tests import instances
from tests.bench.test_long_form import TODAY

pytestmark = pytest.mark.bench

LETTERS = 800
ADDRESS = "https://umfrage.musterstadt.example/s/zusammenleben"


def spent(act):
    """Seconds of processor time, children included, and what came out."""
    before = os.times()
    found = act()
    after = os.times()
    return sum(after[:4]) - sum(before[:4]), found


def one_by_one(made):
    return [
        segno.make(f"{ADDRESS}#{code}", error="m", micro=False, boost_error=False)
        for code in made
    ]


def test_symbols_of_many_codes_cost_a_tenth_of_one_by_one():
    made = codes.generate(LETTERS)
    alone, _ = spent(lambda: one_by_one(made))
    together, drawn = spent(lambda: list(qr.symbols(ADDRESS, made)))
    sys.stdout.write(f"symbols: {together:.2f} s, one by one {alone:.2f} s\n")
    assert len(drawn) == LETTERS
    assert together < 0.1 * alone


def test_800_letters_cost_no_more_than_twice_their_symbols_one_by_one(tmp_path):
    settings = instances.fresh(
        tmp_path / "instance", public_url="https://umfrage.musterstadt.example"
    )
    survey = instances.publish(
        settings, "zusammenleben", TODAY.date(), languages=("de", "ar")
    )
    connected = engine.connect(settings)
    edition = surveys.edition(connected, survey.edition)
    connected.dispose()
    invited = invitation(settings, survey, edition, registry())
    made = codes.generate(LETTERS)
    alone, _ = spent(lambda: one_by_one(made))
    whole, drawn = spent(lambda: letters(invited, made))
    sys.stdout.write(
        f"letters: {whole:.2f} s, {len(drawn) / 1e6:.1f} MB; "
        f"symbols one by one {alone:.2f} s\n"
    )
    assert whole < 2 * alone
