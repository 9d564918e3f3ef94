"""Files as nobody should send them, each made from a seed, and their judge.

What a reader says has to be located, have a reason and hide nothing; a
questionnaire without errors has to be one that can be frozen.
"""

from __future__ import annotations

import random
import resource
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from survey.authoring import gettext, shipped, toml
from survey.authoring.problems import AuthoringError
from survey.questionnaire.edition import EditionError, freeze
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem, errors_only
from tests.attack import strangers_files, twisting
from tests.attack.watched import Attack

MOST_SECONDS = 2.0

Said = Iterable[tuple[str, str, str, str]]  # place, reason, remedy, as it is shown


class Kind(NamedTuple):
    """One kind of file: what it is called, made like and read by."""

    suffix: str
    made: Callable[[random.Random], bytes]
    read: Callable[[Path], Said]


def _twisted(rng: random.Random, content: bytes, *twists: twisting.Twist) -> bytes:
    for _ in range(rng.choice((0, 1, 1, 1, 2, 4))):
        content = rng.choice(twists)(rng, content)
    return content


def _toml(rng: random.Random) -> bytes:
    content = rng.choice(strangers_files.TOML).encode()
    return _twisted(rng, content, twisting.lines_of, twisting.bytes_of)


def _po(rng: random.Random) -> bytes:
    head, *entries = strangers_files.PO
    some = [head, *rng.sample(entries, min(len(entries), rng.randint(0, 60)))]
    content = "\n\n".join(some).encode()
    return _twisted(rng, content, twisting.lines_of, twisting.bytes_of)


def _xlsform(rng: random.Random) -> bytes:
    sheets = dict(strangers_files.XLSFORM)
    for name in rng.sample(sorted(sheets), rng.randint(0, 3)):
        sheets[name] = twisting.cells_of(rng, sheets[name])
    if rng.random() < 0.1:
        del sheets[rng.choice(sorted(sheets))]
    content = strangers_files.workbook(sheets)
    if rng.random() < 0.5:
        return content
    return _twisted(rng, content, twisting.archive_of, twisting.bytes_of)


def _csv(rng: random.Random) -> bytes:
    rows = twisting.cells_of(rng, strangers_files.XLSFORM["survey"])
    marked = rng.choice((",", ";", "\t"))
    lines = (
        marked.join('"' + str(cell).replace('"', '""') + '"' for cell in row)
        for row in rows
    )
    encoding = rng.choice(("utf-8", "utf-8-sig", *twisting.ENCODINGS))
    content = "\r\n".join(lines).encode(encoding, "replace")
    return _twisted(rng, content, twisting.bytes_of) if rng.random() < 0.5 else content


def _lss(rng: random.Random) -> bytes:
    content = strangers_files.lss(is_new=rng.random() < 0.5).encode()
    twists = (twisting.xml_of, twisting.xml_of, twisting.lines_of, twisting.bytes_of)
    return _twisted(rng, content, *twists)


def _read_toml(path: Path) -> Said:
    return _judged_problems(*toml.inspect(path))


def _judged_problems(
    questionnaire: Questionnaire | None, problems: Iterable[Problem]
) -> Said:
    found = tuple(problems)
    if questionnaire is not None and not errors_only(found):
        _freeze(questionnaire)
    return _places(found)


def _freeze(questionnaire: Questionnaire) -> None:
    """What has no errors can be frozen, but for pictures that came without it."""
    try:
        freeze(questionnaire, [questionnaire.source_language])
    except EditionError as error:
        if any(problem.place != "media" for problem in error.problems):
            raise


def _places(problems: Iterable[Problem]) -> Said:
    return [(f"{p.file}{p.place}", p.reason, p.remedy, str(p)) for p in problems]


def _intake(module: str) -> Callable[[Path], Said]:
    """A reader that accounts for every row; loaded in the child that needs it."""

    def read(path: Path) -> Iterator[tuple[str, str, str, str]]:
        taken = import_module(module).inspect(path, name="", languages_of={})
        yield from _judged_problems(taken.questionnaire, taken.problems)
        for line in taken.noteworthy():
            yield line.place, line.reason, line.remedy or "none is needed", str(line)
        for question in taken.questions:
            answers = " ".join(question.answers)
            yield question.place, question.words, answers, ""

    return read


def _read_catalog(path: Path) -> Said:
    gettext.found_in(path, shipped.load("zusammenleben"))
    return ()


def _translation(form: str, version: str = "") -> Callable[[random.Random], bytes]:
    """A file that went out to a translator."""

    def made(rng: random.Random) -> bytes:
        exchanges = import_module("tests.authoring.exchanges")
        formats = import_module("survey.authoring.translation_formats")
        sent = exchanges.sent(exchanges.mixed())
        content = formats.write(sent, exchanges.language("ar"), form, version=version)
        if form in ("docx", "xlsx"):
            return _twisted(rng, content, twisting.archive_of, twisting.bytes_of)
        twists = (twisting.lines_of, twisting.bytes_of)
        return _twisted(rng, content, *twists, *[twisting.xml_of] * bool(version))

    return made


def _read_translation(path: Path) -> Said:
    exchange = import_module("survey.authoring.translation_formats").read(path)
    exchanges = import_module("tests.authoring.exchanges")
    rules = import_module("tests.questionnaire.translating").RULES
    taking = import_module("survey.authoring.taking").take(
        exchange, exchanges.mixed(), rules
    )
    for verdict in taking.verdicts:
        line: Any = verdict.line()
        if verdict.reason:
            yield line.place, line.reason, line.remedy or "none is needed", str(line)


_read_form = _intake("survey.authoring.xlsform")
KINDS = {
    "toml": Kind(".toml", _toml, _read_toml),
    "xlsform": Kind(".xlsx", _xlsform, _read_form),
    "csv": Kind(".csv", _csv, _read_form),
    "lss": Kind(".lss", _lss, _intake("survey.authoring.limesurvey")),
    "catalog": Kind(".po", _po, _read_catalog),
    "po": Kind(".po", _translation("po"), _read_translation),
    "xliff1": Kind(".xlf", _translation("xliff", "1.2"), _read_translation),
    "xliff2": Kind(".xlf", _translation("xliff", "2.0"), _read_translation),
    "table": Kind(".docx", _translation("docx"), _read_translation),
    "sheet": Kind(".xlsx", _translation("xlsx"), _read_translation),
}


def content_of(name: str, seed: int) -> bytes:
    """The file of a seed."""
    return KINDS[name].made(random.Random(f"{name} {seed}"))


def said(name: str, content: bytes) -> list[tuple[str, str, str, str]]:
    """Everything that a reader says of a file, refused or not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"stranger{KINDS[name].suffix}"
        path.write_bytes(content)
        try:
            return list(KINDS[name].read(path))
        except AuthoringError as error:
            refused = list(_places(error.problems))
            return refused or [("", "", "", "")]


def judged(name: str, content: bytes) -> str:
    """What is wrong with how a file is taken; empty when nothing is."""
    before = _seconds_of_children()
    words = said(name, content)
    spent = _seconds_of_children() - before
    if spent > MOST_SECONDS:
        return f"a child of it took {spent:.1f} seconds"
    return next(filter(None, (_unclear(*each) for each in words)), "")


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _unclear(place: str, reason: str, remedy: str, shown: str) -> str:
    if not place.strip():
        return f"not located: {reason}"
    if not (reason.strip() and remedy.strip()):
        return f"no reason or no remedy: {place!r} {reason!r} {remedy!r}"
    hidden = [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    return f"it hides {hidden}: {shown!r}" if hidden else ""


def attack(name: str) -> Attack:
    """The attack of one kind of file."""
    return Attack(partial(content_of, name), partial(judged, name), MOST_SECONDS)
