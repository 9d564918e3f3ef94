"""Question pages: show one step of a person's path, take what was posted on it.

What an answer may be, and which step follows, is decided by the questionnaire.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from survey.forms.filling import Inputs, own_inputs, typed
from survey.headers import answer_page
from survey.language import Language
from survey.questionnaire.answers import (
    Answers,
    Cleaned,
    clean_page,
    filled_in,
    replace_page,
)
from survey.questionnaire.journey import Step
from survey.respond import alerts, later, step_page, token
from survey.respond.alerts import Alert
from survey.respond.draft import Draft
from survey.respond.entry import Answering, come_back, go_on
from survey.respond.kiln import TooBusy
from survey.respond.path import REVIEW, may_see, next_place, place_of
from survey.respond.visit import Visit, arrive, chosen_language, leave
from survey.storage.errors import StoreUnavailable

blueprint = Blueprint("question", __name__)


@blueprint.get("/<language:language>/<slug>/p<int:number>")
def show(language: Language, slug: str, number: int) -> Response:
    """One step of a person's path."""
    visit = arrive(language, slug)
    answering = come_back(visit)
    if isinstance(answering, Response):
        return answering
    furthest = may_see(answering.journey)
    if not 1 <= number <= furthest:
        return visit.go(f"p{furthest}")
    step = answering.journey.steps[number - 1]
    pending = answering.draft.pending.get(step.name)
    if pending is None:
        stored = typed(step.questions, _known(answering, step))
        return answer_page(step_page.write(answering, step, inputs=stored))
    if not _is_change():
        return answer_page(step_page.write(answering, step, inputs=pending))
    return _refuse(answering, step, pending)


@blueprint.post("/<language:language>/<slug>/p<int:number>")
def take(language: Language, slug: str, number: int) -> Response:
    """Take what was posted; the token, not the address, says which page it is."""
    visit = arrive(language, slug)
    if request.form.get("go") == "leave":
        return leave(visit, with_copies=True)
    if not visit.is_open:
        return visit.go()
    try:
        return _take(visit)
    except StoreUnavailable:
        return _give_back(visit, alerts.unsaved(visit))


def _take(visit: Visit) -> Response:
    text = request.form.get("token", "")
    answering = go_on(visit, text)
    if answering is None:
        return _give_back(visit, alerts.stale(visit))
    if isinstance(answering, Response):
        return answering
    step = answering.journey.find(token.page_of(text))
    if step is None:
        answering.keep()
        return visit.go(f"p{may_see(answering.journey)}")
    return _answer(answering, step)


def _answer(answering: Answering, step: Step) -> Response:
    visit = answering.visit
    inputs = own_inputs(step.questions, request.form.to_dict(flat=False))
    cleaned = _cleaned(answering, step, inputs)
    language = chosen_language(visit)
    is_later = request.form.get("go") == "later"
    if cleaned.problems:
        draft = _put_off(answering.draft, step, inputs)
    else:
        is_reached = not language and not is_later
        draft = _accept(answering, step, cleaned, is_reached=is_reached)
    changed = answering.changed_to(draft)
    changed.keep()
    if language:
        query = "?from=review" if _is_change() else ""
        journey = visit.in_language(language).journey(draft)
        return visit.go(f"{place_of(journey, step.name)}{query}", language)
    if is_later:
        return _lay_aside(changed, step, inputs)
    go = request.form.get("go") or (REVIEW if step.is_fork else "next")
    if cleaned.problems and go != "back":
        return _refuse(answering, step, inputs)
    before = answering.journey if _is_change() else None
    return visit.go(next_place(changed.journey, step.name, go=go, before=before))


def _lay_aside(answering: Answering, step: Step, inputs: Inputs) -> Response:
    try:
        return later.note(answering)
    except TooBusy:
        alert = alerts.busy(answering.visit)
        html = step_page.write(answering, step, inputs=inputs, alert=alert)
        return answer_page(html, 422)


def _cleaned(answering: Answering, step: Step, inputs: Inputs) -> Cleaned:
    today = answering.visit.today
    answers = answering.journey.answers
    return clean_page(step.questions, inputs, answers, today=today, page=step.page)


def _known(answering: Answering, step: Step) -> Answers:
    """What was answered; on a page not yet sent, what is filled in beforehand."""
    answers = answering.draft.answers
    if step.name in answering.draft.reached:
        return answers
    today = answering.visit.today
    before = filled_in(step.questions, answering.journey.answers, today=today)
    return {**before, **answers} if before else answers


def _put_off(draft: Draft, step: Step, inputs: Inputs) -> Draft:
    """The draft with what could not be taken as answers."""
    typed = {name: tuple(values) for name, values in inputs.items()}
    return replace(draft, pending={**draft.pending, step.name: typed})


def _accept(
    answering: Answering, step: Step, cleaned: Cleaned, *, is_reached: bool
) -> Draft:
    """The draft with the answers of a page, which counts as reached or not yet."""
    draft, visit = answering.draft, answering.visit
    reached, pending = draft.reached, draft.pending
    if step.name in pending:
        pending = {name: own for name, own in pending.items() if name != step.name}
    if is_reached and step.name not in reached:
        visit.services.urn(visit.survey.slug).count(f"page:{step.name}")
        reached = (*reached, step.name)
    answers = replace_page(step.questions, cleaned, draft.answers)
    return replace(draft, pending=pending, answers=answers, reached=reached)


def _refuse(answering: Answering, step: Step, inputs: Inputs) -> Response:
    """The page with what cannot be taken, and why."""
    cleaned = _cleaned(answering, step, inputs)
    alert = alerts.of_answers(answering.visit, cleaned.problems)
    html = step_page.write(answering, step, inputs=inputs, alert=alert)
    return answer_page(html, 422)


def _give_back(visit: Visit, alert: Alert) -> Response:
    """The page as it was posted, so that nothing typed is lost."""
    posted = request.form.to_dict(flat=False)
    step = step_page.whole(visit, token.page_of(request.form.get("token", "")))
    if step is None:
        return visit.go()
    inputs = own_inputs(step.questions, posted) | {"token": posted["token"]}
    html = step_page.write_blind(visit, step, inputs=inputs, alert=alert)
    return answer_page(html, 422)


def _is_change() -> bool:
    """Whether somebody comes from the check page to change one answer."""
    return request.args.get("from") == REVIEW
