"""Tables and rows for people: which file is written for which wish.

Opens nothing and counts nothing; knows what files offers and where they are to lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.package import AnalysisError

if TYPE_CHECKING:
    from analysis.disclosure import AnalysisFile
    from analysis.language import Language
    from analysis.report import About, Contents

TABLE_FORMS = (".xlsx", ".ods", ".csv")
WARNING = (
    "WARNING: these rows are not protected. Whoever knows somebody's age and street "
    "may find out what that person answered. Keep them where only you can read them, "
    "do not pass them on, and delete them when you are done."
)


def tables(contents: Contents, language: Language, out: Path) -> dict[Path, bytes]:
    """The tables of a report as the kind of file that ``out`` names."""
    from analysis.files import opendocument, workbook
    from analysis.files import tables as drawn

    form, made = out.suffix.lower(), contents.about.created
    if form == ".csv":
        return {out: drawn.tidy(contents, language).encode()}
    sheets = drawn.sheets(contents, language)
    if form == ".ods":
        return {out: opendocument.write(sheets, made)}
    if form == ".xlsx":
        return {out: workbook.write(sheets, made)}
    raise AnalysisError(
        f"{out.name}: tables are written as {', '.join(TABLE_FORMS)}. Let the name end "
        "in one of them."
    )


def rows(
    file: AnalysisFile, about: About, language: Language, form: str, out: Path
) -> dict[Path, bytes]:
    """A file of rows and what lies beside it."""
    from analysis.files.rowfiles import Told, files

    title = about.title(language.code)
    told = Told(file, about.codebook, language, about.created, title)
    return files(told, form, out)


def remarks(file: AnalysisFile) -> list[str]:
    """What whoever asked for a file of rows is told, in plain English."""
    if not file.least:
        return [WARNING]
    found = []
    if file.groups:
        found.append(
            f"{len(file.table)} rows; every combination of {', '.join(file.groups)} "
            f"stands in at least {file.least} of them."
        )
    if file.emptied:
        found.append(
            f"Withheld in many rows: {', '.join(file.emptied)}. Shares by these groups "
            "are not fair; take them from the tables."
        )
    for reason in dict.fromkeys(each.reason for each in file.left_out):
        names = [each.item for each in file.left_out if each.reason == reason]
        found.append(f"Left out ({reason.replace('_', ' ')}): {', '.join(names)}.")
    return found


def put(files: Mapping[Path, bytes]) -> None:
    """Write files that appear complete or not at all."""
    for out in files:
        if out.is_dir():
            raise AnalysisError(f"{out} is a folder. Give the name of a file.")
    unfinished = {out.with_name(f".{out.name}.part"): out for out in files}
    try:
        for part, out in unfinished.items():
            out.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[out])
        for part, out in unfinished.items():
            part.replace(out)
    finally:
        for part in unfinished:
            part.unlink(missing_ok=True)
