"""Twisted expressions: refused with a place, or computed; quickly, in little memory."""

from __future__ import annotations

import pytest

from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from tests.attack import twisted_expressions
from tests.attack.watched import Attack, complaints

EXPRESSIONS = Attack(twisted_expressions.made, twisted_expressions.judged)


def test_a_sample_of_twisted_expressions_does_no_harm():
    assert complaints(EXPRESSIONS, range(3_000)) == []


@pytest.mark.slow
def test_a_hundred_thousand_twisted_expressions_do_no_harm():
    assert complaints(EXPRESSIONS, range(100_000)) == []


def test_both_kinds_occur_among_them():
    def is_read(seed):
        try:
            expression.compile(twisted_expressions.made(seed))
        except ExpressionError:
            return False
        return True

    read = sum(map(is_read, range(500)))
    assert 100 < read < 400
