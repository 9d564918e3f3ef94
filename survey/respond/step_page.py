"""One step of somebody's path as a page: the prepared sheet and what fills it.

Takes nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import escape

from survey.forms.filling import (
    Inputs,
    Lists,
    facts,
    lists,
    orders,
    rank_facts,
    texts,
)
from survey.forms.prepared import Filling
from survey.questionnaire.journey import FORK, Step
from survey.questionnaire.kinds import kind_of
from survey.respond import sheets, token
from survey.respond.alerts import NONE, Alert
from survey.respond.entry import Answering
from survey.respond.path import count
from survey.respond.visit import Visit


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the answers of a page."""

    facts: Iterable[str]
    words: Mapping[str, str]
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)


def write(
    answering: Answering, step: Step, *, inputs: Inputs, alert: Alert = NONE
) -> str:
    """The page of a step with these inputs filled in."""
    journey, keys = answering.journey, answering.drawer.keys
    flags = {
        "numbered": True,
        "second": step.number > 1,
        "finish": step.number > 1,
        "late": answering.draft.is_rebuilt,
    }
    number, total = count(journey, step.number)
    frame = _Frame(
        facts=(name for name, holds in flags.items() if holds),
        words={
            "token": token.write(keys.form, step.name, answering.draft.claim),
            "number": str(number),
            "total": str(total),
        },
        shown=dict(orders(step.questions, journey, keys.order)),
        lists=lists(step.questions, journey, keys.order, journey.language),
    )
    return _fill(answering.visit, step, inputs=inputs, alert=alert, frame=frame)


def write_blind(visit: Visit, step: Step, *, inputs: Inputs, alert: Alert) -> str:
    """A page as it was posted, when nothing is known of its draft."""
    shown = {
        question.name: [option.code for option in question.options]
        for question in step.questions
        if kind_of(question).has_places
    }
    posted = escape("".join(inputs.get("token", ())))
    frame = _Frame(facts=("second",), words={"token": str(posted)}, shown=shown)
    return _fill(visit, step, inputs=inputs, alert=alert, frame=frame)


def whole(visit: Visit, name: str) -> Step | None:
    """A page with all questions of the language, whoever's path it is on."""
    if name == FORK:
        return Step(0, FORK, None, (), is_fork=True)
    language = visit.language.code
    for page in visit.edition.questionnaire.pages:
        asked = tuple(q for q in page.questions if q.is_asked_in(language))
        if page.name == name and asked:
            return Step(0, name, page, asked, is_fork=False)
    return None


def _fill(
    visit: Visit, step: Step, *, inputs: Inputs, alert: Alert, frame: _Frame
) -> str:
    if step.page is None:
        sheet = sheets.fork(visit)
    else:
        sheet = sheets.question(visit, step.page)
    said = {
        *frame.facts,
        *alert.facts,
        *facts(step.questions, inputs),
        *rank_facts(frame.shown),
    }
    words = {**frame.words, **dict(texts(step.questions, inputs)), **alert.words}
    with visit.speaking():
        return sheet.fill(Filling(said, words, frame.shown, frame.lists))
