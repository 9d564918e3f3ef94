"""What is filled in before somebody answers: a literal, or an expression.

Knows no type of question; which literal an option is, its type knows.
"""

from __future__ import annotations

from typing import Any

from survey.authoring.limesurvey.logic import Translator
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked, Default
from survey.authoring.limesurvey.taking import Taking, explained


def default_of(
    asked: Asked, taking: Taking, *, only_computed: bool = False
) -> dict[str, Any]:
    """What is filled in beforehand: a literal, or an expression in braces."""
    own = taking.own[asked]
    for default in asked.defaults:
        written = {said.markup for said in default.values.values() if said.markup}
        if not written or default.part not in ("", "0"):
            continue
        value = written.pop()
        if written:
            reason = "It differs from language to language."
            for said in default.values.values():
                taking.ledger.refuse(said.row, reason)
            continue
        is_computed = value.startswith("{")
        if only_computed and not is_computed:
            continue
        taking.claim_default(default)
        meant = own.meant("default", value)
        if meant is not None:
            return {"default_from": meant}
        if not is_computed:
            return {"default": value}
        return _expression(value, default, taking.looking_back(), taking)
    return {}


def _expression(
    value: str, default: Default, translator: Translator, taking: Taking
) -> dict[str, str]:
    try:
        return {"default_from": translator.value(value)}
    except ScriptError as error:
        reason, remedy, excerpt = explained(value, error)
        for said in default.values.values():
            taking.ledger.refuse(said.row, reason, remedy, excerpt=excerpt)
        return {}
