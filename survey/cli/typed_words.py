"""What is wrong with typed sheets, in the words of the command line.

Knows no urn and stores nothing; the rules themselves are those of the web.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.paper import Difference, Stack, TypedColumn, Walked
    from survey.questionnaire.answers import AnswerProblem
    from survey.questionnaire.edition import Edition
    from survey.questionnaire.problem import Problem
    from survey.urn import Entered

NOT_APART = (
    "Fewer than k sheets would be recognised by the way they came: these count as "
    "{shown}, not as {channel}. Nothing more can be entered as {channel}."
)
_OFF_PATH = "It is not asked after the answers before."
_CHECK_PATH = (
    "Compare with the paper; if it says so, enter with --drop-off-path, which "
    "leaves it out."
)
_LONGEST = 60


def problems(
    edition: Edition,
    stack: Stack,
    columns: Sequence[TypedColumn],
    walked: Sequence[Walked],
) -> Iterator[Problem]:
    """Every answer that the web would not take either, with its row and column."""
    from survey.questionnaire.problem import Problem

    allowed = {column.name: column.allowed for column in columns}
    for one in walked:
        for problem in one.problems:
            reason = _words(edition, problem)
            remedy = _remedy(one, problem, allowed)
            row = one.sheet.row
            yield Problem(stack.file, problem.input, reason, remedy, row)


def _words(edition: Edition, problem: AnswerProblem) -> str:
    from survey.forms.problems import in_words
    from survey.language import registry, speaking

    english = next(one for one in registry().released if one.code == "en")
    source = edition.questionnaire.source_language
    language = source if source in edition.languages else edition.languages[0]
    with speaking(registry().words(english)):
        [complaint] = in_words([problem], lambda key: edition.filled(key, language))
    return complaint.message


def _remedy(
    walked: Walked, problem: AnswerProblem, allowed: Mapping[str, Sequence[str]]
) -> str:
    typed = " ".join(walked.sheet.posted.get(problem.input, ()))
    codes = allowed.get(problem.input, ())
    if problem.code == "unknown_option" and codes:
        return f"Typed is {_short(typed)!r}; allowed: {', '.join(codes)}."
    return f"Typed is {_short(typed)!r}." if typed else ""


def off_path(stack: Stack, walked: Sequence[Walked]) -> Iterator[Problem]:
    """What was filled in against the directions on the paper."""
    from survey.questionnaire.problem import Problem

    for one in walked:
        for column in one.off_path:
            yield Problem(stack.file, column, _OFF_PATH, _CHECK_PATH, one.sheet.row)


def difference(file: str, other_file: str, one: Difference) -> Problem:
    """One difference between what two people typed."""
    from survey.questionnaire.problem import Problem

    sheet = f"sheet {_short(one.number)}, " if one.number else ""
    if not one.row or not one.other_row:
        there, missing = (file, other_file) if one.row else (other_file, file)
        reason = (
            f"{sheet}row {one.row or one.other_row} of {there} is not in {missing}."
        )
        return Problem(file, "", reason, "Type it, or take it out.", one.row)
    reason = (
        f"{sheet}{_short(one.one)!r} here, {_short(one.other)!r} in row "
        f"{one.other_row} of {other_file}."
    )
    return Problem(file, one.column, reason, "Look at the paper.", one.row)


def refusal(entered: Entered, stack: Stack, channel: str) -> str:
    """Why none of a stack was stored, and what to do."""
    from survey.urn import Entering

    sheets = [stack.sheets[at] for at in entered.places]
    if entered.outcome is Entering.ALREADY and stack.is_numbered:
        numbers = ", ".join(_short(sheet.number) for sheet in sheets)
        return (
            f"Entered before: the sheets {numbers}. Nothing was stored. Take them out "
            "of the file; a number may stand on one sheet of the survey only."
        )
    if entered.outcome is Entering.TOO_LARGE:
        rows = ", ".join(str(sheet.row) for sheet in sheets)
        return f"Too long for the urn: the texts of row {rows}. Shorten them."
    words = {
        Entering.ALREADY: (
            "These sheets were entered before. Nothing was stored twice. If they are "
            "others that answer just alike, write numbers on them and type these into "
            "the column sheet."
        ),
        Entering.TOO_FEW: (
            f"{len(stack.sheets)} sheets are too few: at least {entered.k} are entered "
            "at once, mixed before they are typed, so that nobody can tell whose "
            "envelope held which. Wait for more. At the very end see --last."
        ),
        Entering.AFTER_THE_LAST: (
            f"The last stack of {channel} was entered. What arrives after it stays in "
            "its envelope, unopened, and is destroyed."
        ),
        Entering.NO_SLIPS: (
            "That would be more sheets than code slips were taken in. Nothing was "
            "stored. Count the outer envelopes, and let the other person take in their "
            "slips: survey codes --used FILE."
        ),
    }
    return words[entered.outcome]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
