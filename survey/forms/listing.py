"""Rows of a list too long to be written out on a page: one per option that is shown.

Knows codes and words; nothing of questions, templates or requests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

# of one question in one language; some hundred bytes each
MOST_ROWS = 20_000
CODE, LABEL = "code", "label"


@dataclass(frozen=True, slots=True)
class Listed:
    """The options one person is shown, by code in their order.

    ``words`` gives the words, escaped, from one place to before another; it is
    asked only for rows that were never written before.
    """

    codes: tuple[str, ...]
    words: Callable[[int, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Own:
    """A place of the option; ``then`` is empty where the word itself stands.

    Otherwise ``what`` is an input, and ``then`` stands where it has the code.
    """

    what: str
    then: str = ""


class Rows:
    """Writes rows; what nobody has chosen is written once per list and kept.

    The kept rows are those of questionnaires, never of persons: an answer that
    was chosen is written anew. Threads may write the same list twice at first.
    """

    def __init__(self, pieces: Sequence[str | Own]) -> None:
        self._pieces = pieces
        self._inputs = {p.what for p in pieces if isinstance(p, Own) and p.then}
        self._plain = self._pattern(())
        self._kept: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._count = 0

    def written(self, listed: Listed, facts: Collection[str]) -> Sequence[str]:
        """A row per option, those that ``facts`` (``input=code``) name as chosen."""
        rows = self._kept.get(listed.codes) or self._keep(listed)
        chosen = self._chosen(listed.codes, facts)
        if not chosen:
            return rows
        changed = list(rows)
        for at, inputs in chosen.items():
            [words] = listed.words(at, at + 1)
            changed[at] = self._pattern(inputs).format(listed.codes[at], words)
        return changed

    def _keep(self, listed: Listed) -> tuple[str, ...]:
        words = listed.words(0, len(listed.codes))
        rows = tuple(map(self._plain.format, listed.codes, words))
        self._count += len(rows)
        if self._count > MOST_ROWS:
            self._kept.clear()
            self._count = len(rows)
        self._kept[listed.codes] = rows
        return rows

    def _chosen(
        self, codes: tuple[str, ...], facts: Collection[str]
    ) -> dict[int, list[str]]:
        """Places of chosen options, and the inputs that chose them."""
        found: dict[int, list[str]] = {}
        for name in self._inputs:
            for code in _values(name, facts):
                if code in codes:
                    found.setdefault(codes.index(code), []).append(name)
        return found

    def _pattern(self, inputs: Collection[str]) -> str:
        """A row chosen by these inputs: ``{0}`` is the code, ``{1}`` the words."""
        return "".join(_part(piece, inputs) for piece in self._pieces)


def _values(name: str, facts: Collection[str]) -> Iterator[str]:
    start = f"{name}="
    return (fact[len(start) :] for fact in facts if fact.startswith(start))


def _part(piece: str | Own, inputs: Collection[str]) -> str:
    if isinstance(piece, str):
        return _literally(piece)
    if piece.then:
        return _literally(piece.then) if piece.what in inputs else ""
    return {CODE: "{0}", LABEL: "{1}"}[piece.what]


def _literally(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
