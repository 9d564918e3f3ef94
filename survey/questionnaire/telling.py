"""Which columns of an answer tell the way somebody took, page by page.

Knows the questionnaire only; what is done about it is the urn's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire import expression
from survey.questionnaire.model import Question
from survey.questionnaire.route import PageStops, Route, Stop


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with closed answers.

    ``by`` are the questions whose answers decide whether it is asked; what it
    holds then ``is_derived`` when it is computed or offered by their answers.
    ``page`` is the place of its page, none for what nobody is shown.
    """

    name: str
    page: int | None
    columns: tuple[str, ...]
    by: frozenset[str] = frozenset()
    is_by_language: bool = False
    is_derived: bool = False


def questions(route: Route) -> tuple[Asked, ...]:
    """Every question with closed answers, in order."""
    owners = {
        item.name: name for name, stop in route.stops.items() for item in stop.items
    }
    return tuple(_asked(route, owners))


def one_by_one(columns: tuple[str, ...]) -> tuple[Asked, ...]:
    """Where no questionnaire is at hand: every column as if on a page of its own."""
    return tuple(Asked(name, at, (name,)) for at, name in enumerate(columns))


def _asked(route: Route, owners: dict[str, str]) -> Iterator[Asked]:
    ending: frozenset[str] = frozenset()
    for at, entry in enumerate(route.pages):
        for stop in entry.stops:
            columns = tuple(c.name for c in stop.kind.columns(stop.question))
            if columns:
                yield _of(stop, at, columns, owners, ending)
        ending |= _ends(route, entry)


def _ends(route: Route, entry: PageStops) -> frozenset[str]:
    """What may have ended the way for all that follows a page."""
    screening = route.screening
    return screening.names if screening and entry.decides else frozenset()


def _of(
    stop: Stop,
    page: int,
    columns: tuple[str, ...],
    owners: dict[str, str],
    ending: frozenset[str],
) -> Asked:
    derived = _derived_from(stop.question)
    names = stop.names | ending | derived
    return Asked(
        name=stop.question.name,
        page=None if stop.calculation else page,
        columns=columns,
        by=frozenset(owners[name] for name in names if name in owners),
        is_by_language=bool(stop.question.only_in),
        is_derived=bool(derived),
    )


def _derived_from(question: Question) -> frozenset[str]:
    sources = [question.calculation, question.default_from]
    found = [expression.compile(source) for source in sources if source]
    if question.choice_filter:
        found.append(expression.compile(question.choice_filter, filters_options=True))
    picked = frozenset([question.picks_from] if question.picks_from else ())
    return picked.union(*(one.names for one in found))
