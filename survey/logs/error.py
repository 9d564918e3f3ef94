"""What a log tells of an error: its kind and its places, never its words.

The words of an error, its local variables and the lines of source it quotes may all
hold an answer: `int("…")` quotes what was typed, a database quotes the row it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import TracebackType

MOST_CAUSES, MOST_PLACES = 5, 40
# SQLITE_FULL, 40P01, 28; never the 16 digits of a code
CODE = r"[A-Z][A-Z_]{1,40}|[A-Z0-9]{1,6}"


def kind_of(error: BaseException) -> str:
    """Class of an error, with the code by which its library calls it, if any."""
    name = type(error).__name__
    for attribute in ("sqlite_errorname", "sqlstate", "errno"):
        code = getattr(error, attribute, None)
        if isinstance(code, str | int) and re.fullmatch(CODE, str(code)):
            return f"{name} {code}"
    return name


def kinds_of(error: BaseException) -> str:
    """Kind of an error and of what caused it, in one line."""
    return " from ".join(kind_of(one) for one in causes(error))


def place_of(file: str, line: int) -> str:
    """Where in the program something is: the last parts of the path are enough.

    An installation may lie in somebody's home, whose name is nobody's business.
    """
    return f"{'/'.join(file.replace(chr(92), '/').split('/')[-3:])}:{line}"


def places(error: BaseException) -> str:
    """Kind and places of an error and of what caused it, one a line."""
    return "\n".join(_told(error))


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it; ends, even where causes go in a circle."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen and len(seen) < MOST_CAUSES:
        seen.add(id(found))
        yield found
        hidden = found.__suppress_context__
        found = found.__cause__ or (None if hidden else found.__context__)


def _told(error: BaseException) -> Iterator[str]:
    for number, one in enumerate(causes(error)):
        yield f"{'caused by ' if number else ''}{kind_of(one)}"
        yield from _places(one.__traceback__)


def _places(trace: TracebackType | None) -> Iterator[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        where = place_of(code.co_filename, trace.tb_lineno)
        found.append(f"  {where} {code.co_name}")
        trace = trace.tb_next
    if len(found) > MOST_PLACES:
        # deep recursion: how it began and where it ended
        half = MOST_PLACES // 2
        found[half:-half] = [f"  … {len(found) - 2 * half} more …"]
    yield from found
