"""Other answers that would have been published alike, found by exchanging answers.

Somebody answers as somebody else did, or two people exchange their answers: where
everything published stays true, nobody can know that it was not so. Whatever differs
in one of these worlds is safe. Must not know what is published, only inequalities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]

# What was not shown to be safe by then counts as told. Rounds, not seconds: every
# machine must come to the same result.
_ROUNDS, _TRIED, _STROLLS, _TAKEN, _PARTNERS = 200, 500, 200, 25, 6
_SEED = 1
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class People:
    """Who answered what, as numbers.

    ``blocks`` holds for each person the rows of counts they are counted in, and
    ``answer`` which of the ``answers`` they gave; these say which cells of a row they
    count in. ``places`` is the unknown of each cell of each row, -1 where there is
    none.
    """

    blocks: Places
    answer: Places
    answers: npt.NDArray[np.int8]
    places: Places


@dataclass(slots=True)
class Worlds:
    """A walk through worlds that fit, each a few exchanges away from the last.

    ``matrix`` with ``low`` and ``high`` are the inequalities, ``truth`` the first
    world.
    """

    people: People
    matrix: sparse.csr_array
    low: Floats
    high: Floats
    truth: Floats
    _now: Floats = field(init=False)
    _answer: Places = field(init=False)
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self._now = self.truth.copy()
        self._answer = self.people.answer.copy()
        self._rng = np.random.default_rng(_SEED)

    def told(self, suspects: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the suspects, as row and cell, that are the same in every world."""
        left = list(suspects)
        for _ in range(_ROUNDS):
            if not left:
                break
            moves = self._candidates(left)
            changes = self._changes(moves)
            effects = (self.matrix @ changes).tocsc()
            fits = self._fits(effects)
            left = self._unmoved(left, changes, fits)
            self._walk(moves, changes, effects, np.flatnonzero(fits))
        return left

    def _candidates(self, left: Sequence[tuple[int, int]]) -> Places:
        """Moves that may change a suspect: person, answer, partner (or -1), answer."""
        each = max(_TRIED // len(left), 4)
        aimed = [self._aimed(row, cell, each) for row, cell in left]
        return np.concatenate([*aimed, self._unaimed(_STROLLS)])

    def _unaimed(self, count: int) -> Places:
        """Exchanges between any two, which make room for those that are aimed."""
        everybody = np.arange(len(self._answer))
        nobody = np.zeros(len(self._answer), dtype=bool)
        return self._pairs(everybody, everybody, nobody, count)

    def _aimed(self, row: int, cell: int, count: int) -> Places:
        inside = (self.people.blocks == row).any(axis=1)
        has = self.people.answers[self._answer, cell] != 0
        found = []
        for is_less in (True, False):
            movers = np.flatnonzero(inside & (has == is_less))
            others = np.flatnonzero(has != is_less)
            if movers.size and others.size:
                found.append(self._pairs(movers, others, inside, count))
        return np.concatenate(found) if found else np.zeros((0, 4), dtype=np.intp)

    def _pairs(
        self, movers: Places, others: Places, inside: Marks, count: int
    ) -> Places:
        """Let some people answer as others; exchange with others of other groups."""
        one = self._rng.choice(movers, count)
        other = self._rng.choice(others, (count, _PARTNERS))
        blocks = self.people.blocks
        unlike = (blocks[other] != blocks[one][:, None]).sum(axis=2)
        # The partner should differ in little but in the suspect's row.
        unlike = unlike + blocks.shape[1] * inside[other]
        other = other[np.arange(count), unlike.argmin(axis=1)]
        partner = np.where(inside[other] | (self._rng.random(count) < 0.5), -1, other)
        answer = self._answer
        return np.stack([one, answer[other], partner, answer[one]], axis=1)

    def _changes(self, moves: Places) -> sparse.csc_array:
        """What every move changes: unknowns by moves."""
        one, two = self._change(moves[:, 0], moves[:, 1]), None
        has_partner = np.flatnonzero(moves[:, 2] >= 0)
        two = self._change(moves[has_partner, 2], moves[has_partner, 3])
        where = np.concatenate([one[0], two[0]])
        which = np.concatenate([one[1], has_partner[two[1]]])
        values = np.concatenate([one[2], two[2]])
        shape = (len(self.truth), len(moves))
        return sparse.csc_array((values, (where, which)), shape=shape)

    def _change(self, who: Places, new: Places) -> tuple[Places, Places, Floats]:
        answers = self.people.answers.astype(np.int64)
        step = answers[new] - answers[self._answer[who]]
        places = self.people.places[self.people.blocks[who]]
        which, block, cell = np.nonzero((step[:, None, :] != 0) & (places >= 0))
        values = step[which, cell].astype(np.float64)
        return places[which, block, cell], which, values

    def _fits(self, effects: sparse.csc_array) -> Marks:
        """Whether after a move everything published is still true."""
        value = self.matrix @ self._now
        entries = effects.tocoo()
        rows, columns = entries.coords
        after = value[rows] + entries.data
        is_off = (after > self.high[rows] + _TINY) | (after < self.low[rows] - _TINY)
        fits = np.ones(effects.shape[1], dtype=bool)
        fits[columns[is_off & (np.abs(entries.data) > _TINY)]] = False
        return fits

    def _unmoved(
        self,
        left: Sequence[tuple[int, int]],
        changes: sparse.csc_array,
        fits: Marks,
    ) -> list[tuple[int, int]]:
        entries = changes[:, fits].tocoo()
        places, _ = entries.coords
        is_other = np.abs(self._now[places] + entries.data - self.truth[places]) > _TINY
        moved = set(places[is_other].tolist())
        unknowns = self.people.places
        return [
            (row, cell)
            for row, cell in left
            if unknowns[row, cell] not in moved
            and self._now[unknowns[row, cell]] == self.truth[unknowns[row, cell]]
        ]

    def _walk(
        self,
        moves: Places,
        changes: sparse.csc_array,
        effects: sparse.csc_array,
        fitting: Places,
    ) -> None:
        """Make some of the moves, one after the other, while everything fits."""
        chosen = self._rng.permutation(fitting)[:_TAKEN]
        value, touched = self.matrix @ self._now, set[int]()
        for column in chosen.tolist():
            one, new, partner, back = moves[column].tolist()
            if touched & {one, partner}:
                continue
            after = value + effects[:, [column]].toarray()[:, 0]
            if (after > self.high + _TINY).any() or (after < self.low - _TINY).any():
                continue
            value = after
            self._now = self._now + changes[:, [column]].toarray()[:, 0]
            self._answer[one] = new
            touched.add(one)
            if partner >= 0:
                self._answer[partner] = back
                touched.add(partner)
