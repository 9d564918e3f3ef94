"""What becomes of every row: exactly one line each, however much is said about it.

Knows no column and no cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from survey.authoring.intake import CHANGED, REFUSED, TAKEN, Line


class Entry:
    """One row while it is read; the first refusal counts, changes add up."""

    __slots__ = ("_excerpt", "_lost", "_said", "_verdict", "name", "row", "sheet")

    def __init__(self, sheet: str, row: int, name: str) -> None:
        self.sheet = sheet
        self.row = row
        self.name = name
        self._verdict = TAKEN
        self._said: list[tuple[str, str]] = []
        self._lost: list[tuple[str, str]] = []
        self._excerpt = ""

    @property
    def is_refused(self) -> bool:
        """Whether the row is left out."""
        return self._verdict == REFUSED

    def change(self, reason: str, remedy: str = "", *, excerpt: str = "") -> None:
        """Something was taken otherwise than written; said once."""
        if self.is_refused or (reason, remedy) in self._said:
            return
        self._verdict = CHANGED
        self._said.append((reason, remedy))
        self._excerpt = self._excerpt or excerpt

    def lose(self, reason: str, remedy: str) -> None:
        """A cell is read as empty, which may be why the row is refused later."""
        self.change(reason, remedy)
        self._lost.append((reason, remedy))

    def refuse(self, reason: str, remedy: str = "", *, excerpt: str = "") -> None:
        """The row is left out; of what was said before, only lost cells matter."""
        if self.is_refused:
            return
        self._verdict = REFUSED
        self._said = [*self._lost, (reason, remedy)]
        self._excerpt = excerpt

    def line(self) -> Line:
        """What became of the row."""
        reason = " ".join(reason for reason, _ in self._said)
        remedies = dict.fromkeys(remedy for _, remedy in self._said if remedy)
        return Line(
            self.sheet,
            self.row,
            self.name,
            self._verdict,
            reason,
            " ".join(remedies),
            self._excerpt,
        )


class Ledger:
    """All rows of a file in its order."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def entry(self, sheet: str, row: int, name: str) -> Entry:
        """The entry of one row or column."""
        made = Entry(sheet, row, name)
        self._entries.append(made)
        return made

    def lines(self, sheets: Sequence[str]) -> list[Line]:
        """One line per entry, in the order of the sheets and their rows."""
        places = {name: at for at, name in enumerate(sheets)}
        order = sorted(self._entries, key=lambda e: (places.get(e.sheet, -1), e.row))
        return [entry.line() for entry in order]
