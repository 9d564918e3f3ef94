"""Codes as QR symbols, many at once, each drawn as one path.

Knows no paper; the address it is given ends where the code begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import xor
from typing import NamedTuple

import segno

from survey.urn.codes import DIGITS

QUIET = 4
"""Light modules around a symbol, as ISO/IEC 18004 asks for."""
LEVEL = "m"
_BITS = (1, 2, 4, 8)
_RUN = re.compile("1+")


class Symbol(NamedTuple):
    """A symbol as text of ones and zeros, ``size`` modules a line."""

    size: int
    modules: str


def symbol(text: str) -> Symbol:
    """The symbol of any text."""
    made = segno.make(text, error=LEVEL, micro=False, boost_error=False)
    return _flat(made)


def symbols(address: str, codes: Iterable[str]) -> Iterator[Symbol]:
    """The symbol of ``address#code`` for every code, ten times as fast as one by one.

    With version and mask held, a symbol is linear in the bits of its text: codes
    differ from zeros by the bits of their digits, so their symbols differ from the
    symbol of zeros by what each of these bits changes. 65 symbols are enough for
    all. The mask is the best one for zeros; every reader undoes every mask.
    """
    zeros = "0" * DIGITS
    first = segno.make(
        f"{address}#{zeros}", error=LEVEL, micro=False, boost_error=False
    )
    size = len(_flat(first).modules)

    def drawn(code: str) -> int:
        made = segno.make(
            f"{address}#{code}",
            error=LEVEL,
            micro=False,
            boost_error=False,
            version=first.version,
            mask=first.mask,
        )
        return int(_flat(made).modules, 2)

    ground = drawn(zeros)
    change: list[dict[str, int]] = []
    for at in range(DIGITS):
        # ASCII digits are 0x30 to 0x39: their last four bits are their value
        bits = [drawn(f"{zeros[:at]}{bit}{zeros[at + 1 :]}") ^ ground for bit in _BITS]
        change.append(
            {
                str(digit): reduce(
                    xor,
                    [b for b, bit in zip(bits, _BITS, strict=True) if digit & bit],
                    0,
                )
                for digit in range(10)
            }
        )
    for code in codes:
        changes = (change[at][digit] for at, digit in enumerate(code))
        modules = f"{reduce(xor, changes, ground):0{size}b}"
        yield Symbol(_side(size), modules)


def svg(drawn: Symbol, *, quiet: int = QUIET) -> str:
    """The symbol as a picture of one path, for any size.

    ``quiet`` light modules stand around it; none where the sheet leaves the room.
    """
    side = drawn.size + 2 * quiet
    runs = []
    for row in range(drawn.size):
        line = drawn.modules[row * drawn.size : (row + 1) * drawn.size]
        for run in _RUN.finditer(line):
            length = run.end() - run.start()
            runs.append(f"M{run.start() + quiet} {row + quiet}h{length}v1h-{length}z")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{"".join(runs)}"/></svg>'
    )


def _flat(made: segno.QRCode) -> Symbol:
    rows = [tuple(row) for row in made.matrix]
    return Symbol(
        len(rows), "".join(str(int(module)) for row in rows for module in row)
    )


def _side(size: int) -> int:
    return int(size**0.5)
