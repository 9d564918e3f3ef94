"""While people answer: totals of single questions, in large steps, if at all."""

import numpy as np
import pytest

from analysis.codebook import Item
from analysis.disclosure import interim, publish
from analysis.package import AnalysisError
from tests.disclosure.surveys import POLICY, answers, package

ON = {**POLICY, "interim": True}
CHOICE = (Item("q", "single", options=("a", "b", "c", "d")),)


def so_far(responses, policy=ON, **how):
    return package(responses, policy=policy, **how)


def test_nothing_is_shown_unless_it_was_switched_on_before_opening():
    with pytest.raises(AnalysisError, match="not switched on"):
        interim(package(answers(80, 1)))


@pytest.mark.parametrize("people", [12, 49])
def test_nothing_is_shown_before_fifty_answers(people):
    with pytest.raises(AnalysisError, match="from 50 answers on"):
        interim(so_far(answers(people, 1)))


def test_totals_only_no_groups_no_people_no_places():
    publication = interim(so_far(answers(50, 1)))
    assert {table.table for table in publication.tables} == {
        "liking",
        "sat",
        "place",
        "help",
        "first",
        "worse",
    }
    figures = publication.figures()
    assert set(figures["group_variable"]) == {""}
    assert (figures["n"].dropna() % 5 == 0).all()
    assert publication.merges == {}


def test_a_second_time_only_after_fifty_more():
    responses = answers(130, 1, empty=0.0)
    first = interim(so_far(responses[:60])).figures()
    with pytest.raises(AnalysisError, match="only after 50 more"):
        interim(so_far(responses[:108]), earlier=[first])
    second = interim(so_far(responses[:115]), earlier=[first])
    assert int(second.figures()["base"].max()) == 115


def growing(before, since):
    """Answers a to d before, and those who came since."""
    given = [code for code, n in zip("abcd", before, strict=True) for _ in range(n)]
    given += [code for code, n in zip("abcd", since, strict=True) for _ in range(n)]
    responses = answers(len(given), 1, items=CHOICE, empty=0.0)
    responses["q"] = given
    return responses


def test_newcomers_whose_answers_the_difference_tells_are_not_published():
    # 60 answers, then 3: 12, 17, 22, 9 become 13, 18, 23, 9. Every rounded count of
    # three answers jumps, and the base tells that at most a few people came.
    responses = growing((12, 17, 22, 12), (1, 1, 1, 1))
    first = interim(so_far(responses[:63], items=CHOICE)).figures()
    survey = so_far(responses, items=CHOICE)
    alone = publish(survey, seed=1)
    assert set(alone.table("q").figures["sign"]) == {""}
    jumps = alone.table("q").figures["n"].to_numpy() - first["n"].to_numpy()
    assert np.array_equal(jumps[:4], [5, 5, 5, 5])
    both = publish(survey, seed=1, earlier=[first])
    assert set(both.table("q").figures["sign"]) == {"protected"}


def test_newcomers_of_whom_nothing_is_told_change_nothing():
    responses = growing((12, 17, 22, 12), (20, 20, 20, 20))
    first = interim(so_far(responses[:63], items=CHOICE)).figures()
    survey = so_far(responses, items=CHOICE)
    both = publish(survey, seed=1, earlier=[first])
    assert both.table("q").figures.equals(publish(survey, seed=1).table("q").figures)
