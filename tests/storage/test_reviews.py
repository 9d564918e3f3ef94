from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.storage import reviews
from survey.storage.errors import SurveyError
from tests.storage.test_surveys import TODAY


def test_a_review_ends_once(engine: sa.Engine):
    assert reviews.end_untouched(engine, "village", today=TODAY)
    assert not reviews.end_untouched(engine, "village", today=TODAY)


def test_merges_are_fixed_with_the_first_report(engine: sa.Engine):
    assert reviews.merges(engine, "village") is None
    with pytest.raises(SurveyError, match="not ended"):
        reviews.keep_merges(engine, "village", "{}")
    reviews.end_untouched(engine, "village", today=TODAY)
    assert reviews.merges(engine, "village") is None
    reviews.keep_merges(engine, "village", '{"d3":{}}')
    reviews.keep_merges(engine, "village", '{"d3":{}}')
    assert reviews.merges(engine, "village") == '{"d3":{}}'
    with pytest.raises(SurveyError, match="fixed"):
        reviews.keep_merges(engine, "village", "{}")


def test_a_review_keeps_its_rules_and_who_confirmed_them(engine: sa.Engine):
    assert reviews.ended(engine, "village") is None
    rules = ("identical", "empty")
    reviews.end(engine, "village", rules=rules, witness="A. Ali", today=TODAY)
    assert reviews.ended(engine, "village") == reviews.Review(TODAY, rules, "A. Ali")


def test_nothing_is_left_out_after_a_review_has_ended(engine: sa.Engine):
    reviews.end_untouched(engine, "village", today=TODAY)
    with pytest.raises(SurveyError, match="nothing can be left out any more"):
        reviews.end(engine, "village", rules=["empty"], witness="A", today=TODAY)
    assert reviews.ended(engine, "village") == reviews.Review(TODAY, (), "")
