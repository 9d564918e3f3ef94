"""Results are kept per object, and nobody is compared."""

from __future__ import annotations

from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Question
from survey.questionnaire.once import MOST_KEPT, once_each


class Long:
    """Something that takes long to compare."""

    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        raise AssertionError("compared")

    __hash__ = None


def test_each_object_is_worked_out_once():
    made = []

    @once_each
    def name_of(one):
        made.append(one.name)
        return one.name

    first, equal = Long("a"), Long("a")
    assert [name_of(one) for one in (first, equal, first, equal)] == ["a"] * 4
    assert made == ["a", "a"]


def test_objects_that_are_gone_leave_nothing_to_others():
    name_of = once_each(lambda one: one.name)
    for number in range(2 * MOST_KEPT + 5):
        assert name_of(Long(str(number))) == str(number)


def test_equal_questions_of_two_editions_are_not_compared(monkeypatch):
    one, other = (Question("q01", "single", has_other=True) for _ in range(2))
    kind = kind_of(one)
    expected = [item.name for item in kind.items(one)]
    monkeypatch.setattr(Question, "__eq__", Long.__eq__)
    assert [item.name for item in kind.items(other)] == expected == ["q01", "q01_other"]
    assert kind.items(one) is kind.items(one)
