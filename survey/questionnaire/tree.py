"""The tree of an expression; knows neither grammar nor meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression; ``value`` and ``parts`` depend on ``form``.

    ``form``: text, number, reference, word, current, parent, call, negative,
    either, both, chain. A chain has its operators in ``operators``, one fewer than
    ``parts``; ``at`` is the position in the source, from 0.
    """

    form: str
    at: int
    value: str = ""
    parts: tuple[Node, ...] = ()
    operators: tuple[str, ...] = ()
    depth: int = 1


class Unreadable(ValueError):
    """A source that is no expression.

    ``text`` is what stands at the position, empty at the end; ``word`` a bare
    word right before it, with its position.
    """

    def __init__(self, position: int, text: str, word: tuple[str, int] | None) -> None:
        super().__init__(text)
        self.position = position
        self.text = text
        self.word = word
