"""What paper says about the way through a questionnaire: data, no words.

Knows no person and no layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Goal(NamedTuple):
    """Where a person goes on; number 0 and no name are the end.

    A note has no number of its own: it is that of the question after it.
    """

    name: str
    number: int


END = Goal("", 0)


@dataclass(frozen=True, slots=True)
class Needed:
    """Something that must have been answered to an earlier question.

    ``relation`` is one of

    - ``one_of``: the answer is one of ``codes``; several may be chosen beside it
    - ``none_of``: it is none of them, or there is no answer
    - ``all_of``: all of them were chosen
    - ``answered`` and ``empty``: whether there is an answer
    - ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``: the number compared with ``value``
    - ``count >=`` and ``count <=``: how many were chosen, compared with ``value``

    ``number`` is that of the question on paper, ``item`` the row of a battery.
    """

    number: int
    item: str
    relation: str
    codes: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """The answers a sentence above a question asks for.

    Of each group at least one must be met. ``is_listed`` is false where the
    condition cannot be put into such groups: paper then needs words of an
    author, and a person who helps has to know the condition.
    """

    groups: tuple[tuple[Needed, ...], ...] = ()
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """How it goes on from one question, or one note.

    ``ends_if`` and ``only_if`` stand above it, in this order: who fulfils the
    first is at the end; who does not fulfil the second goes on at ``if_not``.
    ``goes_on`` maps (item, code) to where a person with this answer goes on,
    wherever this answer alone decides it; who gave no such answer goes on at
    ``otherwise``. Don't know and prefer not to say are codes like any other.
    """

    name: str
    number: int
    goes_on: Mapping[tuple[str, str], Goal]
    otherwise: Goal
    only_if: Filter | None = None
    if_not: Goal = END
    ends_if: Filter | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The ways of all questions in the order of the paper, and the first of them."""

    start: Goal
    ways: tuple[Way, ...]
