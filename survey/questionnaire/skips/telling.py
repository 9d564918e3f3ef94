"""Tells in a few words which answers to one item are meant; knows no condition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from survey.questionnaire import comparisons
from survey.questionnaire.skips.plan import Needed
from survey.questionnaire.tree import Node
from survey.questionnaire.values import Value, number_of_text

Groups = tuple[tuple[Needed, ...], ...]
Holds = Mapping[Value | None, bool]
Make = Callable[..., Needed]

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def told(
    needed: Make, holds: Holds, untold: frozenset[str], *, is_closed: bool
) -> Groups | None:
    """The group that stands for exactly the answers that hold; none for none.

    ``untold`` are codes that mean the same: where several can be chosen, only
    some of them were tried.
    """
    if all(holds.values()):
        return ()
    if not any(holds.values()):
        return ((),)
    answers = {answer for answer, is_held in holds.items() if is_held}
    given = {answer for answer in holds if answer}
    if answers == given:
        return ((needed("answered"),),)
    if answers == holds.keys() - given:
        return ((needed("empty"),),)
    if not is_closed:
        return None
    if any(isinstance(answer, tuple) for answer in given):
        return _told_of_several(needed, holds, untold)
    return _told_of_one(needed, holds)


def _told_of_one(needed: Make, holds: Holds) -> Groups:
    """One code: those that are meant, or those that are not."""
    codes = [answer for answer in holds if isinstance(answer, str)]
    if holds.get(None):
        others = tuple(code for code in codes if not holds[code])
        return ((needed("none_of", others),),)
    return ((needed("one_of", tuple(code for code in codes if holds[code])),),)


def _told_of_several(
    needed: Make, holds: Holds, untold: frozenset[str]
) -> Groups | None:
    sets = {frozenset(answer or ()): is_held for answer, is_held in holds.items()}
    for relation, codes, value in _candidates(sets, untold):
        means = _MEANINGS[relation]
        if all(means(some, codes, value) is is_held for some, is_held in sets.items()):
            return ((needed(relation, tuple(sorted(codes)), str(value or "")),),)
    return None


def _candidates(
    sets: Mapping[frozenset[str], bool], untold: frozenset[str]
) -> Iterator[tuple[str, Collection[str], int]]:
    """Everything that can be said of several codes."""
    alone = {code: sets[some] for some in sets if len(some) == 1 for code in some}
    for relation, is_wanted in (("one_of", True), ("none_of", False)):
        codes = {code for code, is_held in alone.items() if is_held is is_wanted}
        yield relation, codes | untold if codes & untold else codes, 0
    held = [some for some, is_held in sets.items() if is_held]
    common = frozenset.intersection(*held)
    if not common & untold:
        yield "all_of", common, 0
    for count in range(1, 1 + max(map(len, sets))):
        yield "count >=", (), count
        yield "count <=", (), count


_MEANINGS: Mapping[str, Callable[[frozenset[str], Collection[str], int], bool]] = {
    "one_of": lambda some, codes, count: not some.isdisjoint(codes),
    "none_of": lambda some, codes, count: some.isdisjoint(codes),
    "all_of": lambda some, codes, count: some.issuperset(codes),
    "count >=": lambda some, codes, count: len(some) >= count,
    "count <=": lambda some, codes, count: len(some) <= count,
}


def compared(node: Node, needed: Make, *, is_wanted: bool) -> Groups | None:
    """A number or a day that is compared; none when the node must be parted."""
    if node.form == "reference":
        return ((needed("answered" if is_wanted else "empty"),),)
    for found in comparisons.found([node]):
        if found.form != "reference" or found.operator not in _OPPOSITE:
            return None
        relation = found.operator if is_wanted else _OPPOSITE[found.operator]
        if found.literal == "":
            return ((needed("empty" if relation == "=" else "answered"),),)
        if number_of_text(found.literal) != number_of_text(found.literal):
            return None
        given = needed(relation, (), found.literal)
        # nothing is less than, more than or equal to no answer
        fails_empty = is_wanted if found.operator != "!=" else not is_wanted
        return ((given,),) if fails_empty else ((given, needed("empty")),)
    return None
