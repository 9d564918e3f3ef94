"""Several answers out of many, and an order of them: M, P and R."""

from __future__ import annotations

from dataclasses import replace

from survey.authoring.limesurvey import filters, limits
from survey.authoring.limesurvey.gathering import whole_number
from survey.authoring.limesurvey.structure import Asked, Part
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.types.choices import (
    apart,
    comment_on,
    random_order,
    with_other,
)
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.kinds.choosing import OTHER
from survey.questionnaire.model import Option, Question

_CHOSEN = "Y"


def several(asked: Asked, taking: Taking) -> list[Block]:
    """Boxes to tick (M); with a highest number, a few out of many."""
    name = taking.name(asked)
    parts = asked.of_scale(asked.parts, 0)
    if not parts:
        raise Refused("It has no subquestions.", "Add them in LimeSurvey.")
    taken = (OTHER,) if asked.has_other else ()
    options = taking.options(asked, parts, name, taken)
    options = _exclusive(asked, taking, options)
    kept, refusals = apart(asked, taking, name, options)
    question = Question(
        name=name,
        kind="multiple",
        options=tuple(kept.values()),
        has_hint=taking.label(asked, name),
        has_other=with_other(asked, taking, name),
        has_random_order=random_order(asked, taking),
        default=_default(asked, taking, parts, kept),
        **refusals,
    )
    _know(asked, taking, name, parts, kept)
    question = filters.of_options(asked, taking, question, kept)
    question = limits.of_choices(asked, taking, question)
    return [Block([question])]


def _know(
    asked: Asked, taking: Taking, name: str, parts: list[Part], kept: dict[str, Option]
) -> None:
    for part in parts:
        if part.code in kept:
            variable = Variable(item=name, question=name, code=kept[part.code].code)
            taking.know(asked, f"_{part.code}", variable, part=part.code)
    if asked.has_other:
        other = Variable(item=name, question=name, code=OTHER)
        taking.variables.add(asked.code, f"{asked.code}_other", other, "other")


def _exclusive(
    asked: Asked, taking: Taking, options: dict[str, Option]
) -> dict[str, Option]:
    """Options that stand alone."""
    attribute = asked.attribute("exclude_all_others")
    if attribute is None:
        return options
    alone = [code.strip() for code in attribute.value.replace(",", ";").split(";")]
    unknown = [code for code in alone if code and code not in options]
    if unknown:
        reason = f"There is no subquestion {unknown[0]!r}."
        taking.ledger.refuse(attribute.row, reason, "Look at the codes.")
    else:
        taking.claim(attribute)
    return {
        code: replace(option, exclusive=code in alone)
        for code, option in options.items()
    }


def _default(
    asked: Asked, taking: Taking, parts: list[Part], kept: dict[str, Option]
) -> str:
    codes = {part.id: part.code for part in parts}
    chosen = []
    for default in asked.defaults:
        is_chosen = any(said.markup == _CHOSEN for said in default.values.values())
        if is_chosen and codes.get(default.part) in kept:
            taking.claim_default(default)
            chosen.append(kept[codes[default.part]].code)
    order = [option.code for option in kept.values()]
    return " ".join(sorted(chosen, key=order.index))


def with_comments(asked: Asked, taking: Taking) -> list[Block]:
    """Boxes with a comment each (P); here one comment for all of them."""
    [block] = several(asked, taking)
    comment = comment_on(asked, taking, "_comment")
    reason = "One field for comments stands below, not one for each answer."
    taking.ledger.change(asked.row, reason)
    hindrance = "Comments on single answers are one comment here."
    for part in asked.parts:
        hidden = Variable(hindrance=hindrance)
        taking.alias(asked, f"_{part.code}comment", hidden)
    return [Block([*block.questions, comment])]


def ranking(asked: Asked, taking: Taking) -> list[Block]:
    """An order of a list (R), or of what was chosen before."""
    name = taking.name(asked)
    parts = asked.of_scale(asked.answers, 0) or asked.of_scale(asked.parts, 0)
    if not parts:
        raise Refused("It has nothing to put in order.", "Add answers in LimeSurvey.")
    options = taking.options(asked, parts, name)
    kept, refusals = apart(asked, taking, name, options)
    question = Question(
        name=name,
        kind="rank",
        options=tuple(kept.values()),
        has_hint=taking.label(asked, name),
        has_random_order=random_order(asked, taking),
        picks_from=_picked(asked, taking, kept),
        **refusals,
    )
    attribute = asked.attribute("max_answers")
    if attribute is not None and attribute.value.isdigit():
        taking.claim(attribute)
        most = whole_number(attribute.value)
        question = replace(question, at_most=most if most < len(kept) else 0)
    codes = {theirs: option.code for theirs, option in kept.items()}
    for place in range(1, len(kept) + 1):
        variable = Variable(item=name, question=name, place=place, codes=codes)
        taking.know(asked, f"_{place}", variable)
    if asked.answers:
        for part in asked.parts:
            reason = "A ranking has answers, no subquestions."
            taking.ledger.refuse(part.row, reason)
    return [Block([limits.of_choices(asked, taking, question)])]


def _picked(asked: Asked, taking: Taking, options: dict[str, Option]) -> str:
    """The question whose chosen answers are put in order, where there is one."""
    found = filters.of(asked, taking)
    if not found:
        return ""
    source = found[0].multiple()
    if len(found) > 1 or not source or found[0].is_excluding:
        raise Refused(
            "Its filter cannot be taken: only what was chosen in one question "
            "with several answers can be put in order."
        )
    for theirs, option in options.items():
        picked = found[0].sources.get(theirs)
        if picked is None or picked.code != option.code:
            reason = f"Its filter cannot be taken: {theirs} cannot be chosen there."
            raise Refused(reason, "Give both questions the same codes.")
    return source
