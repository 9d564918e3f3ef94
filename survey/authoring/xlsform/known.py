"""What expressions of a form may look at: the questions taken in so far.

Knows no expression.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.authoring.xlsform.choices import ChoiceList


@dataclass(frozen=True, slots=True)
class Item:
    """One answer: the author's name of it, ours, and its choices if it has some.

    ``codes`` maps the author's codes to ours; none for what has no choices.
    """

    original: str
    name: str
    codes: Mapping[str, tuple[str, ...]] | None = None
    choices: ChoiceList | None = None
    is_several: bool = False


@dataclass(slots=True)
class Known:
    """Items by the author's name, and why others cannot be looked at.

    ``absent`` says of a name what became of it; ``meant`` what an expression may
    hold in place of a reference, as ``today()`` for the row ``today``;
    ``keeps_spelling`` leaves quotes as they are where nothing else changes.
    """

    items: dict[str, Item] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    meant: dict[str, str] = field(default_factory=dict)
    keeps_spelling: bool = False

    def add(self, item: Item) -> None:
        """From now on expressions may look at it."""
        self.items[item.original] = item
        self.later.discard(item.original)

    def drop(self, original: str, reason: str) -> None:
        """It is not taken; what looks at it cannot be evaluated."""
        self.later.discard(original)
        if original and original not in self.items:
            self.absent.setdefault(original, reason)

    def why_not(self, original: str) -> tuple[str, str]:
        """Reason and remedy for a name that cannot be looked at."""
        if original in self.absent:
            remedy = "Rewrite the expression without it."
            return f"{original} is not taken: {self.absent[original]}", remedy
        if original in self.later:
            return (
                f"{original} is asked only later.",
                f"Move the row of {original} up.",
            )
        return f"There is no question {original}.", "Look at its spelling."
