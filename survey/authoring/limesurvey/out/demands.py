"""What a page demands of its answers → the check of one of its questions.

LimeSurvey has none for a group; what it cannot say stays with the page of ours.
"""

from __future__ import annotations

from typing import Any

from survey.authoring.limesurvey.out.building import Building
from survey.authoring.limesurvey.out.saying import Unsayable
from survey.authoring.limesurvey.out.settings import translated
from survey.questionnaire import expression
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import Page, Question


def add(building: Building, page: Page) -> dict[str, Any]:
    """Say what a page demands; what of it our own attributes have to carry."""
    kept = {"has_constraint_message": page.has_constraint_message}
    read = expression.readable(page.constraint) if page.constraint else None
    if read is None:
        return kept | {"constraint": page.constraint}
    named = {
        item: question
        for question in page.questions
        for item in _items(question)
        if item in read.names
    }
    hosts = [question for question in named.values() if not question.constraint]
    try:
        if not hosts:
            raise Unsayable("its questions have checks of their own")
        equation = _said(building, page.constraint, list(named))
    except Unsayable as error:
        what = f"what its answers must fulfil together ({error})"
        building.lose(page.name, f"{what}: it is not checked")
        return kept | {"constraint": page.constraint}
    host = hosts[-1].name
    building.setting(building.ids[host], "em_validation_q", equation)
    equations = building.carried[host]["equations"]
    equations["together"] = [equation, page.constraint]
    if page.has_constraint_message:
        key = page.key("constraint_message")
        translated(building, building.ids[host], "em_validation_q_tip", key)
    return {}


def _items(question: Question) -> list[str]:
    kind = KINDS.get(question.kind)
    is_asked = kind is not None and kind.is_asked
    return [item.name for item in kind.items(question)] if kind and is_asked else []


def _said(building: Building, constraint: str, items: list[str]) -> str:
    """The condition; nobody has to answer anything."""
    sayer = building.sayer()
    condition = sayer.condition(constraint)
    empty = " and ".join(sayer.emptiness(item) for item in items)
    return f"({empty}) or {condition}"
