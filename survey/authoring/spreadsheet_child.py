"""Run apart by ``spreadsheets``: prints the cells of one workbook as JSON.

Stands alone and imports nothing of ours: a workbook made to burst memory or to run
forever ends this process and no other.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine


def text_of(value: Any) -> str:
    """A cell as its author sees it: no ``.0``, TRUE and FALSE, days as 2026-10-05."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_of(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
    return str(value)


def number_of(value: float) -> str:
    """A number as a sheet shows it, with at most 15 digits."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


class TooLarge(Exception):
    """A sheet with more cells between its first and its last than anybody needs."""


def sheets_of(book: calamine.CalamineWorkbook, most: int) -> Iterator[dict[str, Any]]:
    """Name, first cell (row and column from 0), rows and merged ranges of each."""
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height * sheet.width > most:
            raise TooLarge(about.name, sheet.end)
        rows = [[text_of(value) for value in row] for row in sheet.to_python()]
        yield {
            "name": about.name,
            "start": sheet.start or (0, 0),
            "rows": rows,
            "merged": sheet.merged_cell_ranges or [],
        }


def read(path: str, most: int) -> dict[str, Any]:
    """The sheets, or the kind of fault: password, large or damaged."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - nothing is imported in vain
            book = calamine.CalamineWorkbook.from_filelike(file)
            return {"sheets": list(sheets_of(book, most))}
    except calamine.PasswordError:
        return {"fault": "password"}
    except TooLarge as error:
        return {"fault": "large", "sheet": error.args[0], "end": error.args[1]}
    except Exception as error:
        return {"fault": "damaged", "words": str(error)[:200]}


def main() -> None:
    """Arguments: file, bytes of memory, seconds of computing, most cells of a sheet."""
    path, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(read(path, int(sys.argv[4]))))


if __name__ == "__main__":
    main()
