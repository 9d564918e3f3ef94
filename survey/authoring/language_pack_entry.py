"""How the texts of a language pack enter a questionnaire: by what they say.

Nothing a town has worded itself is replaced, and nothing enters that would be wrong
there. Knows no file and no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from survey.authoring import shelf
from survey.authoring.intake import CHANGED, REFUSED, Line
from survey.authoring.language_pack_reader import Pack
from survey.questionnaire import check
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem, errors_only

MOST_ROUNDS = 20


@dataclass(frozen=True)
class Entering:
    """What became of a pack.

    ``taken`` are the wordings that entered, by text key: translated, and reviewed by
    nobody here. ``kept`` counts texts the town has worded likewise, ``unmatched``
    wordings of the pack that say nothing here; ``lines`` tell of every text that
    was not taken although it stands in the pack.
    """

    questionnaire: Questionnaire
    taken: Mapping[str, str]
    kept: int
    unmatched: int
    lines: tuple[Line, ...]


def enter(pack: Pack, asked: Questionnaire) -> Entering:
    """The questionnaire with the pack's wordings where it has none.

    A pack that translates from another language than the town writes does not
    match anything.
    """
    known = pack.wordings if pack.source_language == asked.source_language else {}
    offered = shelf.wordings(asked, known)
    own = asked.texts.get(pack.language, {})
    open_ones = {key: said for key, said in offered.items() if not own.get(key)}
    other = {key for key in offered.keys() - open_ones if own[key] != offered[key]}
    wrong = _wrong(asked, pack.language, open_ones)
    taken = {key: said for key, said in open_ones.items() if key not in wrong}
    said_here = {
        (place.kind, place.words)
        for key, place in shelf.places(asked, asked.source_language)
        if key in offered
    }
    said = {(place.kind, place.words) for place in pack.wordings}
    return Entering(
        questionnaire=_with(asked, pack.language, taken),
        taken=taken,
        kept=len(offered) - len(open_ones) - len(other),
        unmatched=len(said - said_here),
        lines=(
            *(_refused(wrong[key], offered[key]) for key in offered if key in wrong),
            *(_differs(key, offered[key]) for key in offered if key in other),
        ),
    )


def _with(
    asked: Questionnaire, language: str, wordings: Mapping[str, str]
) -> Questionnaire:
    if not wordings:
        return asked
    own = MappingProxyType({**asked.texts.get(language, {}), **wordings})
    return replace(asked, texts=MappingProxyType({**asked.texts, language: own}))


def _wrong(
    asked: Questionnaire, language: str, wordings: Mapping[str, str]
) -> Mapping[str, Problem]:
    """Wordings that a rule of the questionnaire refuses, such as a lost slot."""
    before = set(errors_only(check.check(asked)))
    wrong: dict[str, Problem] = {}
    for _ in range(MOST_ROUNDS):
        left = {key: said for key, said in wordings.items() if key not in wrong}
        found = set(errors_only(check.check(_with(asked, language, left)))) - before
        new = {problem.place: problem for problem in found if problem.place in left}
        if not new:
            break
        wrong.update(new)
    return wrong


def _refused(problem: Problem, wording: str) -> Line:
    return Line(
        place="pack",
        row=0,
        name=problem.place,
        verdict=REFUSED,
        reason=problem.reason,
        remedy=problem.remedy,
        excerpt=f"    {wording}",
    )


def _differs(key: str, wording: str) -> Line:
    return Line(
        place="pack",
        row=0,
        name=key,
        verdict=CHANGED,
        reason="There are other words of your own; they stay.",
        excerpt=f"    {wording}",
    )
