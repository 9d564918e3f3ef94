"""Makes answers alike at the close whose look fewer than k people share.

They are joined with those of a look nearby, and what still tells them apart is taken
from all of them: the language, the pages that only some met, and the answers that
decided about these pages. Whoever would cost others more than he has said himself is
emptied instead: a row that says nothing hides nobody. Knows no storage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import ne

from survey.questionnaire.model import NO_ANSWER, NOT_REACHED, SKIPPED
from survey.questionnaire.privacy import OTHER_LANGUAGE
from survey.questionnaire.telling import Asked
from survey.urn.ballot import Ballot
from survey.urn.looks import TYPED, Look, Ways

TRIED = 8
"""Among so many of the nearest looks that one is sought which costs least."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Answers of one look that say nothing to the questions that are ``gone``."""

    look: Look
    members: tuple[Ballot, ...]
    gone: frozenset[str] = frozenset()


def made_alike(ballots: Sequence[Ballot], ways: Ways, k: int) -> list[Ballot]:
    """The answers, each of a look that it shares with k - 1 others; takes them mixed.

    Where fewer than k came in by one way, these are all made alike.
    """
    channels: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        channels.setdefault(ballot.channel, []).append(ballot)
    found: list[Ballot] = []
    for channel, own in channels.items():
        found += own if channel in TYPED else _of_one_channel(own, ways, k)
    return found


def _of_one_channel(ballots: Iterable[Ballot], ways: Ways, k: int) -> list[Ballot]:
    looks: dict[Look, list[Ballot]] = {}
    for ballot in ballots:
        looks.setdefault(ways.look(ballot), []).append(ballot)
    groups = [_Group(look, tuple(members)) for look, members in looks.items()]
    silent: list[Ballot] = []
    while len(groups) > 1:
        least = min(groups, key=lambda group: len(group.members))
        if len(least.members) >= k:
            break
        groups.remove(least)
        joining = min(_joinings(least, groups, ways, k), key=lambda one: one.lost)
        if joining.lost < sum(map(_told, least.members)):
            groups = _joined(joining, groups)
        else:
            silent += map(_emptied, least.members)
    return [ballot for group in groups for ballot in group.members] + silent


@dataclass(frozen=True, slots=True)
class _Joining:
    """What it would cost to let answers stand with some of another look."""

    other: _Group
    alike: _Group
    left: tuple[Ballot, ...]
    lost: int


def _joinings(
    least: _Group, others: Iterable[_Group], ways: Ways, k: int
) -> Iterator[_Joining]:
    near = sorted(others, key=lambda other: _distance(least.look, other.look))
    for other in near[:TRIED]:
        lent, left = _lent(other, k - len(least.members), k)
        members = (*least.members, *lent)
        alike = _alike(members, least.gone | other.gone, ways)
        lost = sum(map(_told, members)) - sum(map(_told, alike.members))
        yield _Joining(other, alike, left, lost)


def _joined(joining: _Joining, groups: Iterable[_Group]) -> list[_Group]:
    """The groups after it; one that is the same by now takes the new one up."""
    new, found = joining.alike, []
    for group in groups:
        own = joining.left if group is joining.other else group.members
        if (group.look, group.gone) == (new.look, new.gone):
            new = replace(new, members=(*new.members, *own))
        elif own:
            found.append(replace(group, members=own))
    return [*found, new]


def _emptied(ballot: Ballot) -> Ballot:
    return _without(ballot, tuple(ballot.closed), is_language=True)


def _lent(
    other: _Group, wanted: int, k: int
) -> tuple[tuple[Ballot, ...], tuple[Ballot, ...]]:
    """As many as are wanted, if k stay behind; otherwise all."""
    if len(other.members) - wanted < k:
        return other.members, ()
    return other.members[:wanted], other.members[wanted:]


def _distance(one: Look, other: Look) -> tuple[int, bool]:
    return sum(map(ne, one.pages, other.pages)), one.language != other.language


def _told(ballot: Ballot) -> int:
    """How much an answer says: its cells, and its language."""
    cells = sum(cell not in NO_ANSWER for cell in ballot.closed.values())
    return cells + (ballot.form_language != OTHER_LANGUAGE)


def _alike(members: tuple[Ballot, ...], gone: frozenset[str], ways: Ways) -> _Group:
    """All without what tells them apart, or would tell what is gone from some."""
    while True:
        telling = _Telling(members, gone, ways)
        found = telling.found()
        members = tuple(
            _without(ballot, telling.columns, is_language=telling.is_language)
            for ballot in members
        )
        if found == gone and not telling.is_language:
            return _Group(ways.look(members[0]), members, gone)
        gone = found


def _without(ballot: Ballot, columns: Iterable[str], *, is_language: bool) -> Ballot:
    """An answer that says nothing in these columns; maybe of no own language."""
    closed = {**ballot.closed, **dict.fromkeys(columns, NOT_REACHED)}
    less = replace(ballot, closed=closed)
    if is_language:
        comments = tuple(replace(c, language=OTHER_LANGUAGE) for c in ballot.comments)
        less = replace(less, comments=comments, form_language=OTHER_LANGUAGE)
    return ballot if less == ballot else less


class _Telling:
    """What has to go so that nothing tells which pages these people met."""

    def __init__(
        self, members: Sequence[Ballot], gone: frozenset[str], ways: Ways
    ) -> None:
        self._members = members
        self._ways = ways
        self._by_name = {asked.name: asked for asked in ways.questions}
        self._gone = {name: self._by_name[name] for name in gone}
        self.is_language = len({ballot.form_language for ballot in members}) > 1

    @property
    def columns(self) -> list[str]:
        """The columns of what goes."""
        return [column for asked in self._gone.values() for column in asked.columns]

    def found(self) -> frozenset[str]:
        """The questions that go, with those that have gone before."""
        for asked in self._on_differing_pages():
            self._drop_with_reasons(asked)
        before = -1
        while len(self._gone) > before:
            before = len(self._gone)
            for asked in self._ways.questions:
                if asked.name not in self._gone and self._betrays(asked):
                    self._gone[asked.name] = asked
        return frozenset(self._gone)

    def _on_differing_pages(self) -> list[Asked]:
        looks = set(map(self._ways.look, self._members))
        signs = zip(*(look.pages for look in looks), strict=True)
        differing = {at for at, met in enumerate(signs) if len(set(met)) > 1}
        places = self._ways.places
        return [
            asked
            for asked in self._ways.questions
            if asked.page is not None and places[asked.page] in differing
        ]

    def _drop_with_reasons(self, asked: Asked) -> None:
        """A question, and what decided about it wherever that is not one for all."""
        if asked.name in self._gone:
            return
        self._gone[asked.name] = asked
        self.is_language = self.is_language or asked.is_by_language
        for name in asked.by:
            reason = self._by_name.get(name)
            if reason is not None and self._varies(reason):
                self._drop_with_reasons(reason)

    def _betrays(self, asked: Asked) -> bool:
        """Whether it is asked, or holds something, because of what goes."""
        depends = not asked.by.isdisjoint(self._gone)
        if asked.is_derived and depends and self._varies(asked):
            return True
        if self.is_language and asked.is_by_language:
            depends = True
        return depends and len({self._gap(asked, b) for b in self._members}) > 1

    def _varies(self, asked: Asked) -> bool:
        first, *others = (
            [ballot.closed[column] for column in asked.columns]
            for ballot in self._members
        )
        return any(cells != first for cells in others)

    def _gap(self, asked: Asked, ballot: Ballot) -> str:
        cell = ballot.closed[asked.columns[0]]
        return cell if cell in (SKIPPED, NOT_REACHED) else ""
