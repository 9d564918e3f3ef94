from __future__ import annotations

import pytest

from survey.questionnaire.telling import Asked
from survey.urn.ballot import Ballot
from survey.urn.looks import Look, Ways

WAYS = Ways(
    (
        Asked("q01", 0, ("q01",)),
        Asked("q02", 1, ("q02__a", "q02__b"), by=frozenset({"q01"})),
        Asked("q03", 1, ("q03",)),
        Asked("sum", None, ("sum",), by=frozenset({"q01"}), is_derived=True),
        Asked("q04", 3, ("q04",)),
    )
)
"""Page 2 holds words only and has no column."""
FULL = {"q01": "yes", "q02__a": "1", "q02__b": "0", "q03": "-2", "sum": "3", "q04": ""}


def look(language: str = "de", channel: str = "code", **cells: str) -> Look:
    return WAYS.look(Ballot({**FULL, **cells}, channel=channel, form_language=language))


def test_a_page_was_met_if_anything_on_it_was_asked():
    assert look() == Look("code", "de", "+++")
    skipped = {"q02__a": "-1", "q02__b": "-1"}
    assert look(**skipped) == look()
    assert look(q03="-1") == look()


@pytest.mark.parametrize(("code", "sign"), [("-1", "-"), ("-5", ".")])
def test_what_was_passed_by_and_what_is_ahead_are_told_apart(code: str, sign: str):
    assert look(q02__a=code, q02__b=code, q03=code).pages == f"+{sign}+"


def test_not_reached_weighs_more_than_passed_by():
    assert look(q02__a="-1", q02__b="-1", q03="-5").pages == "+.+"


@pytest.mark.parametrize("cell", ["no", "-2", "-3", "-4", ""])
def test_what_somebody_answered_changes_no_look(cell: str):
    assert look(q01=cell) == look()


def test_a_computed_value_stands_on_no_page():
    assert look(sum="-5") == look()


def test_language_and_way_in_are_part_of_it():
    assert len({look(), look("other"), look(channel="link")}) == 3


@pytest.mark.parametrize("channel", ["paper", "assisted"])
def test_what_the_office_typed_no_log_has_seen(channel: str):
    assert look("other", channel, q01="-5") == look(channel=channel)
