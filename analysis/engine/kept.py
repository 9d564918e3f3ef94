"""A column where a file keeps it: named instead of carried; knows no counting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.package.columns import Columns

Codes = npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Kept:
    """Some rows of a column of a kept file.

    Sent to another process it takes its name along, not its codes: whoever counts
    maps the same file, which is the same file as long as its package is.
    """

    columns: Columns
    name: str
    rows: range

    def __len__(self) -> int:
        """How many rows these are."""
        return len(self.rows)

    def __getitem__(self, part: slice) -> Kept:
        """Some of these rows."""
        return Kept(self.columns, self.name, self.rows[part])

    @property
    def codes(self) -> Codes:
        """The codes, mapped and not read."""
        return self.columns.codes(self.name)[self.rows.start : self.rows.stop]


def kept(columns: Columns, name: str) -> Kept:
    """The whole column of a kept file."""
    return Kept(columns, name, range(columns.rows))
