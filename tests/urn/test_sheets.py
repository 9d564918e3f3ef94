"""Typed sheets: all of a stack or none, never twice, never fewer than k."""

from __future__ import annotations

import pytest

from survey.urn import Entered, Entering, Urn
from survey.urn.errors import SurveyClosed
from tests.urn import town
from tests.urn.test_release import fill


def enter(
    urn: Urn,
    numbers: range,
    *,
    kind: str = "paper",
    is_last: bool = False,
    needs_slips: bool = False,
    text: str = "",
) -> Entered:
    stack = [
        (town.ballot(n, text=text), urn.admission_of_paper(str(n).encode(), 0))
        for n in numbers
    ]
    return urn.enter(stack, kind, is_last=is_last, needs_slips=needs_slips)


def test_a_stack_is_in_the_urn_mixed_with_everybody_else(urn: Urn, place: town.Place):
    fill(urn, 3, start=100)
    assert enter(urn, range(7)).outcome is Entering.ENTERED
    assert town.ask(place, "SELECT n FROM pool") == [(10,)]
    assert town.ask(place, "SELECT typed, admitted FROM lanes") == [(7, 3)]
    assert urn.status().holds
    urn.close()
    assert sorted(town.numbers(urn)) == [*range(7), 100, 101, 102]
    assert urn.status().holds


def test_fewer_than_k_sheets_are_refused_and_nothing_is_stored(
    urn: Urn, place: town.Place
):
    refused = enter(urn, range(4))
    assert (refused.outcome, refused.k) == (Entering.TOO_FEW, 5)
    assert town.ask(place, "SELECT n FROM pool") == []
    assert town.ask(place, "SELECT count(*) FROM entered") == [(0,)]


def test_no_sheet_is_entered_twice_and_a_known_one_keeps_the_others_out(urn: Urn):
    enter(urn, range(5))
    again = enter(urn, range(3, 9))
    assert (again.outcome, again.places) == (Entering.ALREADY, (0, 1))
    assert enter(urn, range(5, 10)).outcome is Entering.ENTERED
    assert urn.status().typed == 10


def test_what_was_entered_is_known_until_close(urn: Urn, moment: town.Clock):
    """Longer than the marks of drafts, which are swept after some weeks."""
    from datetime import timedelta

    enter(urn, range(5))
    for _ in range(60):
        moment.now += timedelta(days=1)
        urn.act_if_due()
    assert enter(urn, range(5)).outcome is Entering.ALREADY


def test_close_forgets_which_sheets_were_entered(urn: Urn, place: town.Place):
    enter(urn, range(5))
    urn.close()
    assert town.ask(place, "SELECT count(*) FROM entered") == [(0,)]
    with pytest.raises(SurveyClosed):
        enter(urn, range(5, 10))


def test_the_last_stack_may_be_small_and_ends_its_kind_only(urn: Urn):
    assert enter(urn, range(2), is_last=True).outcome is Entering.ENTERED
    assert enter(urn, range(5, 10)).outcome is Entering.AFTER_THE_LAST
    assert enter(urn, range(5, 6), is_last=True).outcome is Entering.AFTER_THE_LAST
    assert enter(urn, range(5, 10), kind="assisted").outcome is Entering.ENTERED


def test_where_a_code_is_needed_no_sheet_comes_without_a_slip(urn: Urn):
    codes = urn.issue(6)
    urn.use_slips(codes[:5])
    assert enter(urn, range(6), needs_slips=True).outcome is Entering.NO_SLIPS
    assert enter(urn, range(5), needs_slips=True).outcome is Entering.ENTERED
    more = enter(urn, range(5, 10), needs_slips=True)
    assert more.outcome is Entering.NO_SLIPS
    status = urn.status()
    assert (status.slips, status.typed, status.holds) == (5, 5, True)


def test_texts_that_do_not_fit_are_named_before_anything_is_stored(
    urn: Urn, place: town.Place
):
    import random

    text = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FFF), k=400)))
    refused = enter(urn, range(5), text=text)
    assert (refused.outcome, refused.places) == (Entering.TOO_LARGE, (0, 1, 2, 3, 4))
    assert town.ask(place, "SELECT n FROM pool") == []


def test_a_stack_larger_than_the_hot_part_moves_on_sealed(urn: Urn, place: town.Place):
    assert enter(urn, range(120)).outcome is Entering.ENTERED
    assert town.ask(place, "SELECT n FROM pool ORDER BY n") == [(5,), (115,)]
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(120))


def test_the_order_of_the_sheets_does_not_survive(urn: Urn):
    """With 60 sheets the correlation of ranks stays within three sigma, 3/√59."""
    enter(urn, range(60))
    urn.close()
    order = town.numbers(urn)
    mean = 29.5
    spread = sum((n - mean) ** 2 for n in range(60))
    both = sum((at - mean) * (n - mean) for at, n in enumerate(order))
    assert abs(both / spread) < 3 / 59**0.5
