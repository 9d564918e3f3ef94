"""What a thief makes of his copies: who sent which answer, and how sure he is.

Answers released together are alike to him but for traces: where they stand in
tables and files, and when their bytes first showed. Every trace gives a guess
that names one answer per person, the likeliest of all that fit the releases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

from tests.attack.thief import Thief

IMPOSSIBLE = 1e6
TOWNS = 3
TRACE = 1e-3
"""Weight of a trace against the model: it only decides between equals."""


class Burgled(Protocol):
    """A town that was watched: the thief, and who really sent which answer."""

    thief: Thief
    truth: Mapping[int, int]


class Guess(NamedTuple):
    """Answer of each person, and how likely the model holds each to be."""

    answers: dict[int, int]
    chances: dict[int, float]


class Hits(NamedTuple):
    """How many persons a guess linked rightly, and what chance would reach."""

    right: int
    limit: float

    @property
    def is_more_than_chance(self) -> bool:
        return self.right > self.limit


def probabilities(thief: Thief) -> tuple[list[int], list[int], numpy.ndarray]:
    """Persons, answers, and for each pair how likely they belong together.

    Whoever waits when n are mixed and m of them let go leaves with m / n; within
    a release every answer is as likely as every other.
    """
    persons = [person for person, _ in thief.senders]
    answers = [answer for one in thief.releases for answer in one.answers]
    table = numpy.zeros((len(persons), len(answers)))
    for row, (_, sent) in enumerate(thief.senders):
        stays, column = 1.0, 0
        for one in thief.releases:
            width = len(one.answers)
            if one.look >= sent:
                leaves = min(1.0, width / one.mixed)
                table[row, column : column + width] = stays * leaves / width
                stays *= 1 - leaves
            column += width
    return persons, answers, table


def surest(thief: Thief) -> float:
    """The highest probability with which any code is linked to any answer."""
    return float(probabilities(thief)[2].max())


class Trace(NamedTuple):
    """An order of persons and one of answers that may have to do with each other."""

    of_person: Callable[[int], Any]
    of_answer: Callable[[int], Any]


def traces(thief: Thief) -> dict[str, Trace]:
    """What may tell one released answer from another, each as an order."""
    nowhere = ("", 0)
    never = (thief.looks, *nowhere)
    seen = dict(thief.senders)
    orders: dict[str, Callable[[int], Any]] = {
        "order of rows": thief.rows.index,
        "order of ids": thief.ids.index,
        "place in the files": lambda one: thief.last_byte.get(one, nowhere),
        "first copy with its bytes": lambda one: thief.first_byte.get(one, never)[0],
        "first place of its bytes": lambda one: thief.first_byte.get(one, never)[1:],
        "the number itself": lambda one: one,
    }
    found = {name: Trace(seen.__getitem__, key) for name, key in orders.items()}
    length = thief.lengths.__getitem__
    found["weight of the draft"] = Trace(
        lambda person: thief.weights.get(person, 0), length
    )
    for name, (of_person, of_answer) in thief.further.items():
        found[name] = Trace(of_person.__getitem__, of_answer.__getitem__)
    return found


def guesses(thief: Thief) -> dict[str, Guess]:
    """Every trace forwards and backwards, weighed with the releases and alone."""
    persons, answers, table = probabilities(thief)
    found: dict[str, Guess] = {}
    for name, trace in traces(thief).items():
        turns = sorted(persons, key=trace.of_person)
        ordered = sorted(answers, key=trace.of_answer)
        for way, order in (("", ordered), (", backwards", ordered[::-1])):
            alone = dict(zip(turns, order, strict=False))
            found[f"{name}{way}, alone"] = _weighed(alone, persons, answers, table)
            fitting = _fitting(turns, order, persons, answers, table)
            found[f"{name}{way}"] = _weighed(fitting, persons, answers, table)
    return found


def hits(guess: Guess, truth: Mapping[int, int]) -> Hits:
    """Right guesses, and the mean under pure chance plus three sigma."""
    right = sum(truth[person] == answer for person, answer in guess.answers.items())
    chances = list(guess.chances.values())
    spread = sum(chance * (1 - chance) for chance in chances) ** 0.5
    return Hits(right, sum(chances) + 3 * spread)


def successes(thief: Thief, truth: Mapping[int, int]) -> set[str]:
    """Ways of guessing that do better than chance."""
    return {
        name
        for name, guess in guesses(thief).items()
        if hits(guess, truth).is_more_than_chance
    }


def check_chance(burgle: Callable[[Path], Burgled], folder: Path, *, k: int) -> None:
    """Nobody is linked with more than 1 / k, and no trace helps three times over.

    A trace of many exceeds three sigma now and then by chance; one that really
    says something does so in every town.
    """
    won: set[str] | None = None
    for number in range(TOWNS):
        burgled = burgle(folder / str(number))
        assert surest(burgled.thief) <= 1 / k
        found = _telling(burgled)
        won = found if won is None else won & found
        if not won:
            return
    raise AssertionError(f"the thief gains by: {', '.join(sorted(won or ()))}")


def _telling(burgled: Burgled) -> set[str]:
    limit = 3 / len(burgled.thief.senders) ** 0.5
    found = correlations(burgled.thief, burgled.truth)
    ordered = {f"order: {name}" for name, rho in found.items() if abs(rho) > limit}
    return ordered | successes(burgled.thief, burgled.truth)


def correlations(thief: Thief, truth: Mapping[int, int]) -> dict[str, float]:
    """Rank correlation of the order of sending with every trace.

    Within releases only, because everybody may see that an answer released on
    Monday was sent before Tuesday; pooled over them, so that it spreads like
    1 / sqrt(N) where there is nothing to find.
    """
    sender = {answer: person for person, answer in truth.items()}
    groups = [one.answers for one in thief.releases]
    return {
        name: _within(
            groups,
            lambda one, trace=trace: trace.of_person(sender[one]),
            trace.of_answer,
        )
        for name, trace in traces(thief).items()
    }


def _fitting(turns, order, persons, answers, table) -> dict[int, int]:
    with numpy.errstate(divide="ignore"):
        cost = numpy.where(table > 0, -numpy.log(table), IMPOSSIBLE)
    distance = numpy.abs(_places(persons, turns)[:, None] - _places(answers, order))
    rows, columns = linear_sum_assignment(cost + TRACE * distance)
    return {
        persons[row]: answers[column] for row, column in zip(rows, columns, strict=True)
    }


def _places(all_of_them, order) -> numpy.ndarray:
    place = {one: at for at, one in enumerate(order)}
    return numpy.array([place[one] for one in all_of_them]) / max(len(order), 1)


def _weighed(pairs: Mapping[int, int], persons, answers, table) -> Guess:
    row = {person: at for at, person in enumerate(persons)}
    column = {answer: at for at, answer in enumerate(answers)}
    chances = {
        person: float(table[row[person], column[answer]])
        for person, answer in pairs.items()
    }
    return Guess(dict(pairs), chances)


def _within(groups, one_key, other_key) -> float:
    product = one_square = other_square = 0.0
    for group in groups:
        one, other = _centred(group, one_key), _centred(group, other_key)
        product += float(one @ other)
        one_square += float(one @ one)
        other_square += float(other @ other)
    if not one_square or not other_square:
        return 0.0
    return product / (one_square * other_square) ** 0.5


def _centred(group, key) -> numpy.ndarray:
    found = [key(answer) for answer in group]
    place = {value: at for at, value in enumerate(sorted(set(found)))}
    return rankdata([place[value] for value in found]) - (len(group) + 1) / 2
